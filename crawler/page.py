"""A fetched page: bytes as they came, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link found by discovery, with what the feed, sitemap or listing says of the article behind it."""

    url: str
    title: str = ""
    published_at: datetime | None = None
    published_precision: str = "unknown"  # minute, day, unknown
    guid: str = ""
    language: str | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes of one HTTP answer.

    `url` is the final URL after redirects, `requested_url` what was asked for. `headers` have lower-case names.
    `link` is what discovery knew of the page, if it came by a feed, sitemap or listing.
    """

    url: str
    requested_url: str
    status: int
    body: bytes
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    link: Link | None = None
