"""Conditional GET: ask for what changed, but not on the word of servers that answer 304 for ever.

Both validators are sent. The whole is asked for at least daily, after so many 304 in a row, and after an answer that was
cut short or could not be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from scrapy import Request

WHOLE_EVERY = timedelta(hours=24)
MAX_UNCHANGED = 20
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age=\"?(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified as the server sent them, and the address that sent them."""

    url: str = ""
    etag: str | None = None
    last_modified: str | None = None


def validators_for(state: Mapping[str, Any] | None, *, now: datetime) -> Validators | None:
    """What to send for a feed last seen as `state` (a row of feed_state); None when the whole is due."""
    if state is None or state["is_partial"] or state["problem"] or state["full_at"] is None:
        return None
    if state["full_at"] + WHOLE_EVERY <= now or state["unchanged_count"] >= MAX_UNCHANGED:
        return None
    if not state["etag"] and not state["last_modified"]:
        return None
    return Validators(url=state["answered_by"], etag=state["etag"], last_modified=state["last_modified"])


def max_age_of(cache_control: str) -> int:
    """The seconds for which a Cache-Control header calls an answer fresh; 0 where it does not."""
    cache_control = cache_control.lower()
    found = _MAX_AGE.search(cache_control)
    if found is None or "no-cache" in cache_control or "no-store" in cache_control:
        return 0
    return min(int(found[1][:9]), int(WHOLE_EVERY.total_seconds()))


class ConditionalMiddleware:
    """Writes the validators of request meta into headers, for the address alone that they are of.

    A feed behind a redirect is asked for conditionally where it is; no other hop is told what we have seen.
    """

    def process_request(self, request: Request) -> None:
        """Add If-None-Match and If-Modified-Since."""
        validators: Validators | None = request.meta.get("validators")
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if validators is None or request.url != validators.url:
            return
        if validators.etag:
            request.headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            request.headers["If-Modified-Since"] = validators.last_modified
