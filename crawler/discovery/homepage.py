"""From a home page to a source: where feeds and sitemaps may be, and the table that what was found there makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from crawler.discovery.addresses import absolute_url
from crawler.discovery.origins import free_id, language_of, origin_of, slug
from crawler.discovery.unpacking import decode, without_controls
from crawler.discovery.wording import plain_title
from crawler.sources import Listing, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.discovery.records import Discovery
    from crawler.page import Page

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FEED_LINK = re.compile(r"(?:^|[/._?=-])(?:rss|atom|feeds?)(?:[/._?=&-]|$)|\.rdf$", re.IGNORECASE)
_ROBOTS_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
# Where publishers put them when they name them nowhere; in the order of how often that works.
_FEED_PATHS = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json")
_SITEMAP_PATHS = ("news-sitemap.xml", "sitemap_news.xml", "sitemap-news.xml", "sitemap.xml", "sitemap_index.xml")
_MOST_LINKED = 10  # feeds of a page: some list one for each of a hundred tags
_MOST_TEXT = 2_000_000  # bytes of a home page that are read
_SEPARATORS = re.compile(r"\s+[|–—·_-]\s+|\s*_\s*")
_COMMENTS = re.compile(r"comments?[/-]feed|/comments/", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Addresses worth a look, the most promising first: `declared` by the page or robots.txt, `guessed` from habit."""

    declared_feeds: tuple[str, ...] = ()
    declared_sitemaps: tuple[str, ...] = ()
    guessed_feeds: tuple[str, ...] = ()
    guessed_sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A candidate that was fetched, and what discovery made of it."""

    url: str
    discovery: Discovery


def candidates(home: Page, robots: Page | None = None) -> Candidates:
    """Where feeds and sitemaps of a home page may be.

    Args:
        home: the home page (or a section's page).
        robots: the site's robots.txt, if it has one.
    """
    feeds = list(_linked_feeds(_tree(home), home.url)) if home.body else []
    lines = _ROBOTS_SITEMAP.findall(decode(robots.body[:_MOST_TEXT])) if robots and robots.status < 400 else []  # noqa: PLR2004
    sitemaps = [url for line in lines if (url := absolute_url(line, home.url))]
    folder = home.url if home.url.endswith("/") else home.url + "/"
    guesses = [absolute_url(urljoin(base, path), home.url) for base in _bases(folder) for path in _FEED_PATHS]
    return Candidates(
        declared_feeds=tuple(dict.fromkeys(feeds))[:_MOST_LINKED],
        declared_sitemaps=tuple(dict.fromkeys(sitemaps))[:_MOST_LINKED],
        guessed_feeds=tuple(dict.fromkeys(url for url in guesses if url not in feeds)),
        guessed_sitemaps=tuple(
            url for path in _SITEMAP_PATHS if (url := absolute_url("/" + path, home.url)) not in sitemaps
        ),
    )


def _bases(folder: str) -> tuple[str, ...]:
    """The page's own folder, then the site's root."""
    return tuple(dict.fromkeys((folder, urljoin(folder, "/"))))


def _tree(page: Page) -> html.HtmlElement | None:
    text = without_controls(decode(page.body[:_MOST_TEXT], page.headers.get("content-type", "")))
    try:
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _linked_feeds(tree: html.HtmlElement | None, url: str) -> Iterable[str]:
    """Feeds the page declares in its head, then those it links to; feeds of comments are not wanted."""
    if tree is None:
        return
    base = absolute_url(str(tree.xpath("string(//base/@href)")), url) or url
    for link in tree.iter("link"):
        relations = link.get("rel", "").lower().split()
        if "alternate" in relations and link.get("type", "").lower().strip() in _FEED_TYPES:
            address = absolute_url(link.get("href", ""), base)
            if address and not _COMMENTS.search(address):
                yield address
    for anchor in tree.iter("a"):
        address = absolute_url(anchor.get("href", ""), base)
        if address and _FEED_LINK.search(urlsplit(address).path + "?" + urlsplit(address).query):
            yield address


def working(trials: Iterable[Trial]) -> tuple[Trial, ...]:
    """The trials that gave links or children, each kind once under its first address, the freshest first."""
    seen: set[frozenset[str]] = set()
    kept = []
    for trial in trials:
        found = frozenset([*(link.url for link in trial.discovery.links), *trial.discovery.children])
        if trial.discovery.problem or not found or found in seen:
            continue
        seen.add(found)
        kept.append(trial)
    return tuple(sorted(kept, key=_newest, reverse=True))


def _newest(trial: Trial) -> float:
    return max((link.published_at.timestamp() for link in trial.discovery.links if link.published_at), default=0.0)


def proposed_source(home: Page, trials: Sequence[Trial], *, taken: Iterable[str] = ()) -> Source:
    """The table of a new source, for a person to look over: guesses are noted in `notes`.

    Args:
        home: the home page.
        trials: the candidates that were fetched.
        taken: ids that are in use.

    Feeds are preferred; sitemaps are watched where no feed works, news sitemaps in any case. Where neither works, the page
    itself is the listing.
    """
    found = working(trials)
    feeds = tuple(trial.url for trial in found if trial.discovery.format in {"rss", "atom", "json-feed"})
    news = tuple(trial.url for trial in found if trial.discovery.format == "news-sitemap")
    maps = tuple(trial.url for trial in found if trial.discovery.format in {"sitemap", "sitemap-index"})
    tree = _tree(home)
    declared = [trial.discovery.language for trial in found] + [tree.get("lang") if tree is not None else None]
    language = next((tag for tag in map(language_of, declared) if tag), "")
    guess = origin_of(home.url, language)
    name = _name(tree, found) or urlsplit(home.url).hostname or home.url
    is_feed = any(trial.url == home.url for trial in found)
    return Source(
        id=free_id(slug(name, urlsplit(home.url).hostname or ""), set(taken)),
        name=name,
        homepage=urljoin(home.url, "/") if is_feed else home.url,
        language=language or guess.language,
        country=guess.country,
        timezone=guess.timezone,
        feeds=feeds[:3],
        sitemaps=news[:1] or (() if feeds else maps[:1]),
        listing=Listing(url="" if feeds or news or maps else home.url),
        notes=" ".join(
            ["Country and time zone are guesses from the address."]
            + [f"WebSub hub: {hub}." for hub in dict.fromkeys(trial.discovery.hub for trial in found) if hub]
        ),
    )


def _name(tree: html.HtmlElement | None, trials: Sequence[Trial]) -> str:
    """What the site calls itself; else the feed's title; else the first part of the page's title."""
    if tree is not None:
        own = plain_title(str(tree.xpath("string(//meta[@property='og:site_name']/@content)")))
        if own:
            return own[:80]
    for trial in trials:
        if trial.discovery.title:
            return trial.discovery.title[:80]
    title = plain_title(tree.findtext(".//title") or "") if tree is not None else ""
    return _SEPARATORS.split(title)[0][:80]
