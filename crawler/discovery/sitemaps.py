"""Sitemaps, news sitemaps and sitemap indexes, read as a stream so that 50 MB of them need no 500 MB of memory."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from crawler.discovery.addresses import absolute_url, without_repeats
from crawler.discovery.dates import read_date
from crawler.discovery.records import Discovery
from crawler.discovery.wording import plain_title
from crawler.page import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.discovery.dates import Clock
    from crawler.discovery.records import Answer

_MOST_ENTRIES = 100_000  # twice what the protocol allows; beyond it we stop reading
_NUMBERS = re.compile(r"\d+")
# As in `?a=1&b=2`; a lenient parser would drop it, and make another address.
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
# Parts of an index that hold no articles, by the names that WordPress and its plugins, Drupal and Ghost give them.
_ASIDE = re.compile(
    r"(?:^|[/_.-])(?:authors?|users?|categor(?:y|ies)|(?:post_?)?tags?|taxonom(?:y|ies)|images?|videos?|products?|attachments?)"
    r"(?=[/_.-]|\d|$)",
    re.IGNORECASE,
)
_OF_ARTICLES = re.compile(r"news|article|stor(?:y|ies)", re.IGNORECASE)  # `news-image-sitemap.xml`

Entry = dict[str, str]


def read_sitemap(answer: Answer) -> Discovery:
    """The newest links of a sitemap, or the children of an index; an empty one is no problem."""
    entries: list[Entry] = []
    try:
        for entry in _entries(_BARE_AMPERSAND.sub("&amp;", answer.text)):
            entries.append(entry)
            if len(entries) >= _MOST_ENTRIES:
                break
    except etree.LxmlError:
        if not entries:
            return Discovery(problem="bad-sitemap")
    is_partial = bool(entries) and f"{answer.root}>" not in answer.text[-1000:]
    if answer.root == "sitemapindex":
        return _index(entries, answer, is_partial=is_partial)
    limits, clock = answer.limits, answer.clock
    is_news = any("publication_date" in entry or "title" in entry for entry in entries)
    limit = limits.news_links if is_news else limits.links
    freshest = sorted(entries, key=lambda entry: _freshness(entry, clock), reverse=True)[:limit]
    links = [link for entry in freshest if (link := _link(entry, answer.url, clock))]
    return Discovery(
        format="news-sitemap" if is_news else "sitemap",
        links=without_repeats(links),
        is_partial=is_partial,
        problem="bad-sitemap" if entries and not links else "",
        dropped=len(entries) - len(freshest),
        unusable=len(freshest) - len(links),
    )


def _index(entries: list[Entry], answer: Answer, *, is_partial: bool) -> Discovery:
    """The children, freshest first: many publishers list a decade of monthly sitemaps, of which one is worth polling."""
    ordered = sorted(entries, key=lambda entry: _freshness(entry, answer.clock), reverse=True)
    addresses = [absolute_url(entry.get("loc", ""), answer.url) for entry in ordered]
    named = tuple(dict.fromkeys(address for address in addresses if address and address != answer.url))
    # Of an index of nothing else, its pages are still better than none.
    children = tuple(address for address in named if not _is_aside(address)) or named
    kept = children[: answer.limits.children]
    return Discovery(
        format="sitemap-index",
        children=kept,
        is_partial=is_partial,
        problem="bad-sitemap" if entries and not any(addresses) else "",
        dropped=len(named) - len(kept),
    )


def _is_aside(address: str) -> bool:
    name = urlsplit(address).path.rpartition("/")[2]
    return bool(_ASIDE.search(name)) and not _OF_ARTICLES.search(name)


def _freshness(entry: Entry, clock: Clock) -> tuple[bool, float, list[int]]:
    """News sitemaps before others, then by date, then by the numbers in the address (2026-11 after 2026-10, 12 after 2)."""
    address = entry.get("loc", "").rpartition("//")[2].partition("/")[2]
    for key in ("publication_date", "lastmod"):
        moment = read_date(entry.get(key, ""), clock)[0]
        if moment:
            break
    is_news = "news" in address.lower() and "publication_date" not in entry and address.endswith((".xml", ".gz"))
    return is_news, moment.timestamp() if moment else 0.0, [int(digits[:18]) for digits in _NUMBERS.findall(address)]


def read_text_sitemap(answer: Answer) -> Discovery:
    """The links of a plain-text sitemap, one address a line; `not-a-feed` where a line is none."""
    lines = [line.strip() for line in answer.text.splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        return Discovery(problem="not-a-feed")
    limit = answer.limits.links
    links = [Link(url=address) for line in lines[:limit] if (address := absolute_url(line, answer.url))]
    if not links:
        return Discovery(problem="bad-sitemap")
    return Discovery(format="sitemap", links=without_repeats(links), dropped=max(len(lines) - limit, 0))


def _entries(text: str) -> Iterator[Entry]:
    """Each `<url>` or `<sitemap>` as its element names (without prefix) and texts."""
    events = etree.iterparse(
        io.BytesIO(text.encode()), events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    entry: Entry = {}
    for _, element in events:
        name = _local(element.tag)
        if name in {"url", "sitemap"}:
            yield entry
            entry = {}
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name not in {"image", "video", "news", "publication"} and element.text:
            parent = element.getparent()
            # <image:title> or <video:publication_date> say nothing of the article.
            if parent is not None and _local(parent.tag) in {"url", "sitemap", "news", "publication"}:
                entry.setdefault(name, element.text.strip())


def _local(tag: object) -> str:
    """An element's name without namespace or prefix; lenient parsing lets names through that lxml itself refuses."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _link(entry: Entry, base: str, clock: Clock) -> Link | None:
    url = absolute_url(entry.get("loc", ""), base)
    if not url:
        return None
    # lastmod is when the page changed, if that: good for order, no date of the article.
    published_at, precision = read_date(entry.get("publication_date", ""), clock)
    return Link(
        url=url,
        title=plain_title(entry.get("title", "")),
        published_at=published_at,
        published_precision=precision,
        language=entry.get("language") or None,
    )
