"""Links of a listing page: by the source's CSS selector, or those that look like articles."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree, html

from crawler.discovery.addresses import absolute_url, site_of
from crawler.discovery.dates import UNKNOWN, read_date
from crawler.discovery.records import Discovery
from crawler.discovery.wording import plain_title
from crawler.page import Link
from pipeline.urls import identity_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.discovery.dates import Clock, Dated
    from crawler.discovery.records import Answer
    from crawler.sources import Listing

# How an article's path differs from a section's: a number of four or more digits, a date, or a slug of several words.
_ARTICLE_PATH = re.compile(r"\d{4,}|/\d{4}[/-]\d{1,2}[/-]|(?:[^\W\d_]+-){3,}[^\W_]+|\.s?html?$|/[0-9a-f]{12,}")
_NOT_ARTICLES = re.compile(
    r"/(?:tags?|topics?|category|categories|authors?|users?|search|login|register|signup|about|contact|privacy|terms|"
    r"page|subscribe|newsletters?|account|help|advertise|jobs|careers|feed|rss|video|videos|podcasts?|wp-content)(?:/|$)|"
    r"\.(?:jpe?g|png|gif|svg|webp|pdf|zip|mp[34]|css|js|xml|apk|exe)$",
    re.IGNORECASE,
)
_DATE_TEXT = re.compile(r"\d{1,2}\s*[月:：/.-]\s*\d{1,2}|前|ago|昨天|今天|yesterday|\d{4}", re.IGNORECASE)
_CARD_LEVELS = 4  # how far above its link a card's date may stand
_CARD_LINKS, _MOST_CARD_LINKS = 4, 12  # addresses in a card (article, author, section, comments); looked at to know
_MOST_ELEMENTS = 60  # of a card, among which its date is looked for
_MOST_ANCHORS = 2_000  # article links of a page that are looked at
_LONGEST_DATE = 40
_SHORTEST_TITLE = 4  # characters; "更多" and "1" are no headlines


def read_listing(answer: Answer, listing: Listing) -> Discovery:
    """The article links of a listing page in the order of the page, and its next page, if it declares one."""
    try:
        # As bytes: lxml refuses text that still declares an encoding.
        page = html.document_fromstring(answer.text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return Discovery(problem="not-a-feed")
    url, limit = answer.url, answer.limits.links
    base = _base(page, url)
    links = _merged(islice(_selected(page, listing, base, url), _MOST_ANCHORS), answer.clock)
    return Discovery(
        format="listing",
        links=tuple(links[:limit]),
        next_url=_next(page, listing, base, url),
        language=page.get("lang") or None,
        title=plain_title(page.findtext(".//title") or ""),
        problem="" if links else "no-links",
        dropped=max(len(links) - limit, 0),
    )


def _base(page: html.HtmlElement, url: str) -> str:
    declared = page.xpath("string(//base/@href)")
    return absolute_url(str(declared), url) or url


def _selected(page: html.HtmlElement, listing: Listing, base: str, url: str) -> Iterator[tuple[str, html.HtmlElement]]:
    own = identity_key(url)
    if listing.links:
        for element in page.cssselect(listing.links):
            anchor = element if element.tag == "a" else next(element.iter("a"), None)
            address = absolute_url(anchor.get("href", ""), base) if anchor is not None else ""
            if address and identity_key(address) != own:
                yield address, anchor
        return
    for anchor in page.iter("a"):
        address = absolute_url(anchor.get("href", ""), base)
        if address and identity_key(address) != own and looks_like_article(address, url):
            yield address, anchor


def looks_like_article(address: str, listing_url: str) -> bool:
    """Whether an address on a listing page is likely an article: of the same site, with a path as articles have."""
    parts, home = urlsplit(address), urlsplit(listing_url)
    if site_of(parts.hostname or "") != site_of(home.hostname or ""):
        return False
    path = parts.path + ("?" + parts.query if re.search(r"(?:^|[&])(?:id|p|aid|newsid)=\d", parts.query) else "")
    return bool(_ARTICLE_PATH.search(path)) and not _NOT_ARTICLES.search(parts.path)


def _merged(found: Iterator[tuple[str, html.HtmlElement]], clock: Clock) -> list[Link]:
    """One link an article, with the longest of its texts (a card links picture, title and "more") and the card's date."""
    titles: dict[str, str] = {}
    first: dict[str, tuple[str, Dated]] = {}
    for address, anchor in found:
        key = identity_key(address)
        title = _title(anchor)
        if len(title) > len(titles.get(key, "")):
            titles[key] = title
        dated = first.get(key, (address, UNKNOWN))[1]
        first[key] = (first.get(key, (address,))[0], dated if dated != UNKNOWN else _card_date(anchor, clock))
    return [
        Link(url=address, title=titles.get(key, ""), published_at=dated[0], published_precision=dated[1])
        for key, (address, dated) in first.items()
    ]


def _title(anchor: html.HtmlElement) -> str:
    heading = next(anchor.iter("h1", "h2", "h3", "h4"), None)
    own = heading if heading is not None else anchor
    for raw in (own.text_content(), anchor.get("title", ""), anchor.get("aria-label", "")):
        title = plain_title(raw)
        if len(title) >= _SHORTEST_TITLE:
            return title
    return ""


def _card_date(anchor: html.HtmlElement, clock: Clock) -> Dated:
    """The date in the smallest box around the link, as long as the box holds no other article."""
    box = anchor
    for _ in range(_CARD_LEVELS):
        for element in islice(box.iter("time", "span", "em", "i", "p", "div", "small", "td"), _MOST_ELEMENTS):
            for raw in (element.get("datetime", ""), element.text or ""):
                text = raw.strip()
                if text and len(text) <= _LONGEST_DATE and _DATE_TEXT.search(text):
                    dated = read_date(text, clock)
                    if dated != UNKNOWN:
                        return dated
        parent = box.getparent()
        if (
            parent is None
            or len({link.get("href") for link in islice(parent.iter("a"), _MOST_CARD_LINKS)}) > _CARD_LINKS
        ):
            break
        box = parent
    return UNKNOWN


def _next(page: html.HtmlElement, listing: Listing, base: str, url: str) -> str:
    if listing.next:
        found = page.cssselect(listing.next)
    elif listing.pages > 1:
        found = page.xpath("//link[@rel='next'] | //a[@rel='next']")
    else:
        return ""
    address = absolute_url(found[0].get("href", ""), base) if found else ""
    return address if address and address != url else ""
