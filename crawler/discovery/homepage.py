"""Where the feeds and sitemaps of a site may be: what its home page and robots.txt name, and where they use to lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from crawler.discovery.addresses import absolute_url, site_of
from crawler.discovery.unpacking import decode, without_controls
from crawler.discovery.wording import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

    from crawler.page import Page

_FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml", "application/xml",
})  # fmt: skip
# A part of a path that is a feed's: `/feed/`, `/rss2`, `/rss_news.html`, `/news-feed`, `/blog.atom`; not feedback, and no
# headline about feeds.
_FEED_PART = re.compile(
    r"(?:(?:news|blog|site|rss)[-_])?(?:rss|atom|rdf|feeds?)\d{0,2}(?:[._][a-z0-9]+){0,2}|[^/]+\.(?:rss|atom|rdf)",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:[a-z]{1,8}=)?(?:rss2?|atom|rdf|feed|json-?feed)(?:=[^&]*)?(?:&|$)|(?:^|&)(?:rss|feed)=", re.IGNORECASE
)
_FEED_HOST = re.compile(r"(?:rss|feeds?|feeds-api)\d?\.|.*\.feedburner\.com$", re.IGNORECASE)
_ROBOTS_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
# Where publishers put them when they name them nowhere; in the order of how often that works.
_FEED_PATHS = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json")
_SITEMAP_PATHS = ("news-sitemap.xml", "sitemap_news.xml", "sitemap-news.xml", "sitemap.xml", "sitemap_index.xml")
_MOST_LINKED = 10  # feeds of a page: some list one for each of a hundred tags
_MOST_TEXT = 2_000_000  # bytes of a home page that are read
_COMMENTS = re.compile(r"comments?[/-]feed|/comments/", re.IGNORECASE)
_OF_COMMENTS = re.compile(
    r"\bcomments?\s+(?:feed|on\b|for\b)|\bkommentar(?:e\b|-feed)|\bcommentaires\b|\bcomentarios\b|评论|評論|コメント|댓글",
    re.IGNORECASE,
)
_FEED_WORD = re.compile(
    r"(?:^|[^\w-])(?:rss|atom|xml|订阅源|訂閱源)(?:[^\w-]|$)|^(?:\w+\s)?feeds?$", re.IGNORECASE
)  # of feeds alone, newspapers of trade and farming write, too
_LINK = re.compile(r"""<([^<>]{1,1000})>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)""")
_PARAMETER = re.compile(r"""([\w*]+)\s*=\s*("[^"]*"|[^\s",;]+)""")
_LONGEST_LABEL = 40  # characters; an article about feeds has a longer headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Addresses worth a look, the most promising first: `declared` by the page or robots.txt, `guessed` from habit."""

    declared_feeds: tuple[str, ...] = ()
    declared_sitemaps: tuple[str, ...] = ()
    guessed_feeds: tuple[str, ...] = ()
    guessed_sitemaps: tuple[str, ...] = ()


def candidates(home: Page, robots: Page | None = None) -> Candidates:
    """Where feeds and sitemaps of a home page may be.

    Args:
        home: the home page (or a section's page).
        robots: the site's robots.txt, if it has one.
    """
    feeds = linked_feeds(home)
    lines = _ROBOTS_SITEMAP.findall(decode(robots.body[:_MOST_TEXT])) if robots and robots.status < 400 else []  # noqa: PLR2004
    sitemaps = [url for line in lines if (url := absolute_url(line, home.url))]
    folder = home.url if home.url.endswith("/") else home.url + "/"
    guesses = [absolute_url(urljoin(base, path), home.url) for base in _bases(folder) for path in _FEED_PATHS]
    return Candidates(
        declared_feeds=feeds,
        declared_sitemaps=tuple(dict.fromkeys(sitemaps))[:_MOST_LINKED],
        guessed_feeds=tuple(dict.fromkeys(url for url in guesses if url not in feeds)),
        guessed_sitemaps=tuple(
            url for path in _SITEMAP_PATHS if (url := absolute_url("/" + path, home.url)) not in sitemaps
        ),
    )


def _bases(folder: str) -> tuple[str, ...]:
    """The page's own folder, then the site's root."""
    return tuple(dict.fromkeys((folder, urljoin(folder, "/"))))


def tree_of(page: Page) -> html.HtmlElement | None:
    """The page's elements; None where it has none."""
    text = without_controls(decode(page.body[:_MOST_TEXT], page.headers.get("content-type", "")))
    try:
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def linked_feeds(page: Page) -> tuple[str, ...]:
    """Feeds the page's Link header and head declare, then those it links to; feeds of comments are not wanted."""
    found = [absolute_url(href, page.url) for href in _sent(page.headers.get("link", ""))]
    tree = tree_of(page) if page.body else None
    if tree is not None:
        base = absolute_url(str(tree.xpath("string(//base/@href)")), page.url) or page.url
        found += [absolute_url(href, base) for href in (*_declared(tree), *_anchored(tree, base))]
    return tuple(dict.fromkeys(address for address in found if address and not _COMMENTS.search(address)))[
        :_MOST_LINKED
    ]


def _sent(header: str) -> Iterator[str]:
    """The feeds of a Link header: `</feed.atom>; rel="alternate"; type="application/atom+xml"`."""
    for match in _LINK.finditer(header):
        said = {name.lower(): value.strip("\"'").lower() for name, value in _PARAMETER.findall(match[2])}
        if "alternate" in said.get("rel", "").split() and said.get("type", "") in _FEED_TYPES:
            yield match[1]


def _declared(tree: html.HtmlElement) -> Iterator[str]:
    for link in tree.iter("link"):
        relations = set(link.get("rel", "").lower().split())
        kind = link.get("type", "").lower().partition(";")[0].strip()
        is_feed = kind in _FEED_TYPES or (kind == "application/json" and _is_named(urlsplit(link.get("href", ""))))
        if (("alternate" in relations and is_feed) or "feed" in relations) and not is_of_comments(
            link.get("title", "")
        ):
            yield link.get("href", "")


def _anchored(tree: html.HtmlElement, base: str) -> Iterator[str]:
    """Links of the same site, or to a host that has nothing but feeds, which their address or words call feeds."""
    own = site_of(urlsplit(base).hostname or "")
    for anchor in tree.iter("a"):
        parts = urlsplit(absolute_url(anchor.get("href", ""), base))
        host = parts.hostname or ""
        if host and (site_of(host) == own or _FEED_HOST.match(host)) and (_is_named(parts) or _is_labelled(anchor)):
            yield anchor.get("href", "")


def _is_named(parts: SplitResult) -> bool:
    """Whether an address is called a feed by its host, a part of its path or its query."""
    return bool(
        _FEED_HOST.match(parts.hostname or "")
        or any(_FEED_PART.fullmatch(part) for part in parts.path.split("/"))
        or _FEED_QUERY.search(parts.query)
    )


def _is_labelled(anchor: html.HtmlElement) -> bool:
    """Whether a link says that it leads to a feed, in its words or those of its picture."""
    pictures = [image.get("alt", "") for image in anchor.iter("img")]
    labels = [plain_title(label) for label in (anchor.text_content(), anchor.get("title", ""), *pictures)]
    return any(len(label) <= _LONGEST_LABEL and _FEED_WORD.search(label) for label in labels)


def is_of_comments(title: str) -> bool:
    """Whether a feed of that title holds comments, not articles."""
    return bool(_OF_COMMENTS.search(title))
