"""The door of discovery: what is this answer, and which links does it hold?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.discovery.addresses import absolute_url
from crawler.discovery.dates import Clock
from crawler.discovery.feeds import read_feed
from crawler.discovery.jsonfeed import read_json_feed
from crawler.discovery.listings import read_listing
from crawler.discovery.records import Answer, Discovery, Limits
from crawler.discovery.sitemaps import read_sitemap, read_text_sitemap
from crawler.discovery.unpacking import TooLargeError, decode, unpack, without_controls

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawler.page import Page
    from crawler.sources import Listing, Source

_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|RDF|feed|channel|urlset|sitemapindex|html|head|body)(?=[\s>/])", re.IGNORECASE)
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_READERS: dict[str, Callable[[Answer], Discovery]] = {
    "json": read_json_feed,
    **dict.fromkeys(("rss", "RDF", "feed", "channel"), read_feed),
    **dict.fromkeys(_SITEMAPS, read_sitemap),
}
_FILE = re.compile(r"\.(?:xml|rss|rdf|atom|json|txt)(?:\.gz)?(?:$|\?)", re.IGNORECASE)
_ROOT_WINDOW = 100_000  # characters before the root: a licence comment, a server's warning
_HUB_HEADER = re.compile(r"""<([^<>]{1,1000})>\s*;[^,]*?rel\s*=\s*["']?hub\b""", re.IGNORECASE)


def discover(page: Page, source: Source | None = None, *, now: datetime, limits: Limits | None = None) -> Discovery:
    """The links of a feed, sitemap or listing page.

    Args:
        page: the answer; a content encoding is undone already, a `.gz` file is not.
        source: whose answer it is; its time zone, country and language help to read dates and bytes, and a page of HTML
            counts as listing only where the source's table declares one.
        now: the time against which relative, future and yearless dates are read.
        limits: how much is read; default `Limits()`.

    Returns:
        Always a `Discovery`; whatever the bytes are, trouble stands in its `problem`.
    """
    limits = limits or Limits()
    try:
        body, is_cut = unpack(page.body, limits.sitemap_bytes)
    except TooLargeError:
        return Discovery(problem="too-large")
    if not body.strip():
        return Discovery(problem="empty")
    text = without_controls(decode(body, page.headers.get("content-type", "")))
    discovery = _read(_answer(text, page, Clock.of(source, now), limits, source), len(body), _listing(page, source))
    hub = _HUB_HEADER.search(page.headers.get("link", ""))
    return replace(
        discovery,
        is_partial=discovery.is_partial or is_cut,
        hub=discovery.hub or (absolute_url(hub[1], page.url) if hub else ""),
    )


def _answer(text: str, page: Page, clock: Clock, limits: Limits, source: Source | None) -> Answer:
    text = text.lstrip("\ufeff \t\r\n")
    root, start = ("json", 0) if text.startswith(("{", "[")) else _find_root(text)
    return Answer(
        text=text[start:], prolog=text[:start], root=root, url=page.url, clock=clock, limits=limits, source=source
    )


def _listing(page: Page, source: Source | None) -> Listing | None:
    """The listing this page is read as where it is HTML; None where a feed or sitemap was asked for."""
    if source is None or not source.listing.url:
        return None
    is_file = _FILE.search(page.requested_url) and page.requested_url != source.listing.url
    return None if is_file or page.requested_url in {*source.feeds, *source.sitemaps} else source.listing


def _read(answer: Answer, size: int, listing: Listing | None) -> Discovery:
    if size > answer.limits.feed_bytes and answer.root not in _SITEMAPS:
        return Discovery(problem="too-large")
    if answer.root in _READERS:
        is_declaring = answer.root != "json" and "<!ENTITY" in answer.prolog
        return Discovery(problem="entity-bomb") if is_declaring else _READERS[answer.root](answer)
    if listing and "<" in answer.text:
        return read_listing(answer, listing)
    return read_text_sitemap(answer)


def _find_root(text: str) -> tuple[str, int]:
    """The name of the root element (as specified, whatever its case here) and where it starts."""
    position = 0
    while match := _PROLOG.match(text, position):
        position = match.end()
    match = _ROOT.search(text, position, position + _ROOT_WINDOW)
    if not match:
        return "", 0
    name = match[1].lower()
    return {"rdf": "RDF"}.get(name, name), match.start()
