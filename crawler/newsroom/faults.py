"""What can be made to go wrong at an address, so that tests see how the crawler bears it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A way to answer wrongly; the fields combine, and what is not set stays as it was.

    Args:
        status: answer with this status and an empty body, as 503 or, with `retry_after`, 429.
        retry_after: value of the Retry-After header: seconds or an HTTP date.
        redirect_to: answer 302 to this address.
        charset: declare this charset in the Content-Type header, whatever the bytes are.
        headers: further headers, which win over the page's own.
        body: send these bytes in place of the page.
        bytes_per_second: drip the body this slowly.
        cut_at: announce the whole length, send this part of the body (0 to 1) and close.
        delay_seconds: wait this long before the first byte.
        is_always_unchanged: answer 304 whatever the request says.
        times: after so many answers the fault is over; None: it stays until healed.
    """

    status: int | None = None
    retry_after: str | None = None
    redirect_to: str | None = None
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    bytes_per_second: int | None = None
    cut_at: float | None = None
    delay_seconds: float = 0.0
    is_always_unchanged: bool = False
    times: int | None = None
