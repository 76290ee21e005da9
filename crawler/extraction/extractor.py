"""Page to Document: decode, parse once, refuse what is no article, keep the body, read what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.charset import read_bytes
from crawler.extraction.addresses import absolute_links, find_canonical, identity
from crawler.extraction.authors import find_authors
from crawler.extraction.banners import mark_banners
from crawler.extraction.body import find_body
from crawler.extraction.boundaries import shows_date
from crawler.extraction.declared import declared_language, is_paywalled, read_declared, squeezed, tags_of
from crawler.extraction.junk import NO_JUNK, strip_learned
from crawler.extraction.kinds import LONGEST_LEAD, MIN_ARTICLE, Shown, is_homepage, is_listing, led_astray, refusal
from crawler.extraction.lines import Line, join_lines, without_trailing_headings
from crawler.extraction.local_zones import zone_of
from crawler.extraction.markup import parse
from crawler.extraction.media import unreadable
from crawler.extraction.offers import NO_OFFER, find_offer, is_withheld, lines_of
from crawler.extraction.plain import IMAGE
from crawler.extraction.published import read_dates
from crawler.extraction.scripted import script_texts, scripted_lines
from crawler.extraction.segments import segment
from crawler.extraction.site_names import outlet_names
from crawler.extraction.tails import without_bios, without_page_junk
from crawler.extraction.titles import find_title
from pipeline.document import Document, Rejected
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.junk import JunkMemory
    from crawler.extraction.segments import Segment
    from crawler.page import Page
    from crawler.sources import Source

_AROUND = frozenset({"nav", "footer", "hidden", "related", "comments", "sidebar"})  # what no notice stands in
_LINKED = 0.5  # share of links from which a segment is a menu or a teaser
_THIN = 800  # weighted characters of body below which the page's script data is looked at

_CAPTIONED_IMAGE = re.compile(rf"{IMAGE.pattern}(?:\s*_[^_]{{1,200}}_)?", re.DOTALL)


def extract(page: Page, source: Source | None = None, junk: JunkMemory = NO_JUNK) -> Document | Rejected:
    """Make a document of a fetched HTML page.

    Args:
        page: the answer as it came.
        source: the registry's table for it: zone, outlet names, URL rules.
        junk: what the source's other pages taught; NO_JUNK where nothing is remembered.

    Returns:
        The document, or why the page is no article. Markup never raises.
    """
    source_id = source.id if source is not None else page.source
    if (other := unreadable(page)) is not None:
        return Rejected(kind=other[0], reason=other[1], url=page.url, source=source_id)
    text, flags = read_bytes(page.body, page.headers.get("content-type"))
    tree = parse(text)
    if tree is None:
        return Rejected(kind="too-short", reason="no markup", url=page.url, source=source_id)
    declared = read_declared(tree)
    body = tree.find("body")
    segments = segment(tree if body is None else body)
    mark_banners(segments)
    names = outlet_names(declared, _site_names(source), page.url)
    from_feed = page.link.title if page.link else ""
    title = find_title(tree, declared, segments, names, from_feed=from_feed, url=page.url)
    document = _document(page, source, source_id, tree, declared, segments, title, flags)
    scripts, shown_title = script_texts(tree), tree.findtext(".//title") or title
    lines = find_body(tree, segments, title, declared.article_text("articleBody"))
    lines = without_bios(_without_pasted_images(lines), document.authors)
    if sum(weight(line.text) for line in lines) < _THIN:
        lines = _fuller(lines, scripted_lines(scripts, declared), title)
    shown = _shown(shown_title, title, lines, segments, declared, markup=text)
    refused = _refusal(page, shown, segments)
    if refused is not None:
        return Rejected(kind=refused[0], reason=refused[1], url=page.url, source=source_id)
    body_text, blocks = join_lines(lines)
    links = absolute_links((link for line in lines for link in line.links), page.url)
    return strip_learned(replace(document, text=body_text, blocks=blocks, links=links), junk)


def _without_pasted_images(lines: list[Line]) -> list[Line]:
    """Syndicators paste Markdown into their pages: its images go, with a caption in underscores behind them."""
    shown = (
        replace(line, text=_CAPTIONED_IMAGE.sub(" ", line.text).strip()) if "![" in line.text else line
        for line in lines
    )
    return [line for line in shown if line.text]


def _fuller(shown: list[Line], scripted: list[Line], title: str) -> list[Line]:
    """What the scripts hold, where it is clearly more than what the HTML shows."""
    said = without_page_junk([line for line in scripted if squeezed(line.text) != squeezed(title)])
    is_more = sum(weight(line.text) for line in said) > 1.5 * sum(weight(line.text) for line in shown)
    return without_trailing_headings(said) if is_more else shown


def _shown(
    shown_title: str,
    title: str,
    lines: Sequence[Line],
    segments: Sequence[Segment],
    declared: Declared,
    *,
    markup: str,
) -> Shown:
    """What the page shows, as the judgement of its kind wants it."""
    heads = [item.text for item in segments if item.kind == "heading" and item.level == 1]
    shown = [item.text for item in segments if item.zone not in _AROUND and item.link_share < _LINKED]
    key = squeezed(title)
    prose = [text for text in shown if squeezed(text) != key]
    body = {line.text for line in lines}
    is_short, is_locked = sum(map(weight, body)) < LONGEST_LEAD, is_paywalled(declared)
    return Shown(
        titles=(shown_title, *heads[:2]),
        title=title,
        text="\n".join(line.text for line in lines),
        page_text="\n".join(prose),
        markup=markup,
        is_declared=bool(declared.articles or declared.first("article:published_time"))
        or declared.first("og:type").lower() == "article"
        or (is_short and any(map(shows_date, shown))),
        is_locked=is_locked,
        is_withheld=is_short and is_locked and is_withheld(declared, segments, body),
        offer=find_offer(lines_of(segments, body, _AROUND)) if is_short else NO_OFFER,
    )


def _refusal(page: Page, shown: Shown, segments: Sequence[Segment]) -> tuple[str, str] | None:
    if is_homepage(page.url, page.requested_url) and page.url != page.requested_url:
        return "homepage", "the address leads to a front page or a listing"
    if (astray := led_astray(page.url, page.requested_url)) is not None:
        return astray
    if weight(shown.text) < 4 * MIN_ARTICLE and is_homepage(page.url, page.requested_url):
        return "homepage", "the address is a front page"
    refused = refusal(shown, page.status)
    if refused is None and is_listing(segments, shown.text):
        return "homepage", "a list of links"
    return refused


def _document(  # noqa: PLR0917 - one call, one record
    page: Page,
    source: Source | None,
    source_id: str | None,
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    title: str,
    flags: tuple[str, ...],
) -> Document:
    """All but the body; read before the engine takes the tree apart."""
    language = declared_language(tree, declared)
    known = (source.language if source is not None else None) or (page.link.language if page.link else None)
    dates = read_dates(
        tree, declared, segments, title=title, url=page.url, link=page.link, fetched_at=page.fetched_at,
        zone=zone_of(source, language or known, page.url, title), month_first=_is_american(source, language, page.url),
    )  # fmt: skip
    address = find_canonical(tree, declared, page.url, source)
    return Document(
        id=identity(address),
        url=page.url,
        canonical_url=address,
        title=title,
        text="",
        fetched_at=page.fetched_at,
        source=source_id,
        authors=find_authors(tree, declared, segments, _site_names(source), page.link.authors if page.link else ()),
        published_at=dates.published_at,
        published_precision=dates.precision,
        published_method=dates.method,
        modified_at=dates.modified_at,
        declared_language=language,
        source_language=source.language if source is not None else None,
        source_country=source.country if source is not None else None,
        section=declared.article_text("articleSection")
        or declared.first("article:section", "og:article:section")
        or None,
        tags=tags_of(declared),
        image_url=next(
            iter(absolute_links([declared.first("og:image", "twitter:image", "og:image:url")], page.url)), None
        ),
        paywalled=is_paywalled(declared),
        flags=(*flags, *dates.flags),
    )


def _site_names(source: Source | None) -> tuple[str, ...]:
    return (source.name, *source.outlet_names) if source is not None else ()


def _is_american(source: Source | None, language: str | None, url: str) -> bool:
    """Whether 03/04/2024 is 4 March: by the source's country, else by domain and declared language."""
    if source is not None:
        return source.country in {"US", "PH"}
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    if len(ending) == 2 and ending not in {"us", "io", "ai", "co", "me", "tv"}:
        return False
    return (language or "en-us").lower() in {"en", "en-us"}
