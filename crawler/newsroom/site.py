"""One publisher's site: paths to answers, without a network."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from crawler.newsroom.printing import FEED_TYPES, Entry, Feed, Sheet, print_feed, print_front, print_sheet, summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.newsroom.content import Item, Publisher

FEED_PATHS = {
    "rss": "/feed/",
    "rdf": "/index.rdf",
    "atom": "/feed/atom.xml",
    "jsonfeed": "/feed.json",
    "news-sitemap": "/news-sitemap.xml",
    "sitemap-index": "/sitemap.xml",
    "listing": "/latest/",
}
SITEMAP_PARTS = {"/sitemaps/recent.xml.gz": True, "/sitemaps/earlier.xml.gz": False}
RECENT = timedelta(days=2)  # what the recent part of a sitemap index holds; news sitemaps end here by convention
CORRECTED_AFTER = timedelta(hours=2)  # between an item's first edition and its second
RELATED_LINKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the site says: a status, bytes, and what caches may know of them."""

    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""
    changed_at: datetime | None = None

    @property
    def etag(self) -> str:
        """Names these bytes; only answers that may be asked for conditionally have one."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"' if self.changed_at else ""


@dataclass
class Site:
    """A publisher at an address, seen at `now`; `items` may change while it runs."""

    publisher: Publisher
    base: str  # http://127.0.0.11:18917, without a slash at the end
    now: datetime
    items: list[Item] = field(default_factory=list)

    def path(self, item: Item) -> str:
        """Where the item is printed."""
        tail = self.publisher.path.format(number=item.number, slug=item.slug)
        return item.under.rstrip("/") + tail if item.under else tail

    def url(self, item: Item) -> str:
        """The item's absolute address."""
        return self.base + self.path(item)

    def answer(self, target: str) -> Answer:
        """What a GET of this path and query is answered with."""
        path, query = _without_trackers(target)
        if path == "/robots.txt":
            return Answer(content_type="text/plain; charset=utf-8", body=self._robots().encode())
        if path == "/":
            return self._front()
        for item in self.items:
            if path + query == self.path(item):
                return self._page(item, target)
            if item.page in {"consent", "login"} and path == f"/{item.page}":
                return self._print(item)
        return self._list_of_articles(path) or Answer(
            status=404, body=b"<!DOCTYPE html><title>404</title><h1>Not found</h1>"
        )

    def _list_of_articles(self, path: str) -> Answer | None:
        for kind in self.publisher.channels:
            if path == FEED_PATHS[kind]:
                return self._front() if kind == "listing" else self._feed(kind, self.items)
        if path in SITEMAP_PARTS and "sitemap-index" in self.publisher.channels:
            return self._sitemap_part(is_recent=SITEMAP_PARTS[path])
        return None

    def _robots(self) -> str:
        rules = ["User-agent: *", *(f"Disallow: {path}" for path in self.publisher.disallow)]
        if not self.publisher.disallow:
            rules.append("Disallow:")
        if self.publisher.crawl_delay_seconds is not None:
            rules.append(f"Crawl-delay: {self.publisher.crawl_delay_seconds:g}")
        sitemaps = [kind for kind in self.publisher.channels if "sitemap" in kind]
        return "\n".join([*rules, *(f"Sitemap: {self.base}{FEED_PATHS[kind]}" for kind in sitemaps), ""])

    def _page(self, item: Item, target: str) -> Answer:
        if item.page == "homepage":
            return Answer(status=301, location=self.base + "/")
        if item.page in {"consent", "login"}:
            return Answer(status=302, location=f"{self.base}/{item.page}?{urlencode({'next': target})}")
        if item.page == "gone":
            return Answer(status=410, body=b"<!DOCTYPE html><title>410</title><h1>Gone</h1>")
        return self._print(item)

    def _print(self, item: Item) -> Answer:
        sheet = self._sheet(item)
        changed_at = self._changed_at(item) if item.page == "article" else None
        charset = sheet.charset if item.page == "article" else "utf-8"
        encoding = self.publisher.encoding if item.page == "article" else "utf-8"
        return Answer(
            content_type=f"text/html; charset={charset}",
            body=print_sheet(sheet).encode(encoding),
            changed_at=changed_at,
        )

    def _front(self) -> Answer:
        sheet = self._sheet(self.items[0], shown=_newest_first(self.items))
        changed_at = max(self._changed_at(item) for item in self.items)
        body = print_front(sheet).encode(self.publisher.encoding)
        return Answer(content_type=f"text/html; charset={sheet.charset}", body=body, changed_at=changed_at)

    def _feed(self, kind: str, items: Iterable[Item]) -> Answer:
        feed = Feed(
            publisher=self.publisher,
            url=self.base + FEED_PATHS.get(kind, ""),
            home=self.base + "/",
            entries=tuple(self._entry(item) for item in _newest_first(items)),
            charset=self.publisher.encoding if kind in {"rss", "rdf", "atom"} else "utf-8",
        )
        body = print_feed(kind, feed).encode(feed.charset)
        return Answer(content_type=FEED_TYPES[kind], body=body, changed_at=feed.changed_at)

    def _sitemap_part(self, *, is_recent: bool) -> Answer:
        chosen = [item for item in self.items if (item.age <= RECENT) == is_recent]
        plain = self._feed("sitemap", chosen)
        return Answer(
            content_type=plain.content_type, body=gzip.compress(plain.body, mtime=0), changed_at=plain.changed_at
        )

    def _sheet(self, item: Item, shown: Iterable[Item] | None = None) -> Sheet:
        others = [other for other in _newest_first(self.items) if other != item][:RELATED_LINKS]
        return Sheet(
            publisher=self.publisher,
            item=item,
            url=self.url(item),
            host=urlsplit(self.base).netloc,
            published_at=item.published_at(self.now),
            related=tuple(self._entry(other) for other in (others if shown is None else shown)),
        )

    def _entry(self, item: Item) -> Entry:
        return Entry(
            title=item.title,
            url=self.url(item),
            guid=f"{self.publisher.id}.example,2026:{item.number}",
            author=item.author,
            summary=summary(item),
            published_at=item.published_at(self.now),
            changed_at=self._changed_at(item),
            timezone=self.publisher.timezone,
        )

    def _changed_at(self, item: Item) -> datetime:
        return item.published_at(self.now) + (item.edition - 1) * CORRECTED_AFTER


def _newest_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.age)


def _without_trackers(target: str) -> tuple[str, str]:
    parts = urlsplit(target)
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.startswith("utm_"))
    return parts.path, f"?{query}" if query else ""
