"""What discovery finds, and the limits it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from crawler.discovery.dates import Clock
    from crawler.page import Link
    from crawler.sources import Source

Format = Literal["", "rss", "atom", "json-feed", "sitemap", "news-sitemap", "sitemap-index", "listing"]

# Slugs of `Discovery.problem` and what each means, for people.
PROBLEMS = {
    "empty": "the answer has no content",
    "not-a-feed": "the answer is no feed, sitemap or listing: a web page or something else came with status 200",
    "bad-feed": "the feed is broken so that nothing could be read",
    "bad-sitemap": "the sitemap is broken so that nothing could be read",
    "no-links": "the page came, but no link of it looks like an article: the layout may have changed",
    "too-large": "the answer, or what it unpacks to, is larger than allowed",
    "entity-bomb": "the document declares entities, which no honest feed needs",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read of one answer.

    Sizes are bytes after unpacking: real feeds are under 5 MB (one with 2,000 items has 4); the sitemap protocol allows
    50 MB. `links` are the newest kept; a news sitemap may hold 1,000 by its protocol. `children` bounds an index.
    """

    feed_bytes: int = 10_000_000
    sitemap_bytes: int = 52_428_800
    links: int = 200
    news_links: int = 1_000
    children: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer's text from its root element on, what it came before it (`prolog`), and where and when it was had."""

    text: str
    prolog: str
    root: str
    url: str
    clock: Clock
    limits: Limits
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """Links found in one answer, newest kept where there are too many.

    `children` are the sitemaps an index names, newest first. `next_url` is the next page of the feed or listing, where
    it declares one. `is_partial` says that the answer was cut off: its links count, but it must be fetched again in full.
    `problem` is empty, or one of `PROBLEMS`: then the source is in trouble, and no links is no news of "nothing new".
    `hub` is a WebSub hub, `ttl_seconds` the feed's wish for the gap between visits, `homepage` the site a feed says it is
    of. `dropped` counts links left out by the limits, `unusable` items without any usable link.
    """

    format: Format = ""
    links: tuple[Link, ...] = ()
    children: tuple[str, ...] = ()
    next_url: str = ""
    is_partial: bool = False
    ttl_seconds: int | None = None
    hub: str = ""
    language: str | None = None
    title: str = ""
    homepage: str = ""
    problem: str = ""
    dropped: int = 0
    unusable: int = 0
