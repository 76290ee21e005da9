"""When a page was published: feed, JSON-LD and meta, its own words, its URL, and htmldate last.

The first trustworthy answer wins; what disagrees with it by more than 48 hours is flagged, never averaged. No method
may answer later than the fetch plus 24 hours, and htmldate's 1 January is not believed: it is how a half-read 年月日
date looks.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.declared import types_of
from crawler.extraction.instants import Instant, is_plausible
from crawler.extraction.seen_dates import Reader, marked_date, script_date, url_date, visible_date
from crawler.extraction.site_names import DATE_PART, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment
    from crawler.page import Link
    from pipeline.document import Precision

CONFLICT = "date-conflict"
_CONFLICT_AFTER = timedelta(hours=48)

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "bytedance:published_time", "datepublished",
    "article.published", "published_time", "og:pubdate", "publishdate", "publish-date", "publish_date", "pubdate", "publication_date",
    "publicationdate", "published", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "rnews:datepublished", "article_date_original", "originalpublicationdate", "apub:time", "weibo: article:create_at",
    "weibo:article:create_at", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date",
    "citation_publication_date", "citation_online_date", "displaydate", "iso-8601-publish-date", "ptime", "sendtime", "datecreated",
    "article:published", "article:publish_date", "article:post_date", "article:created", "article.created", "pub_date", "dateissued",
    "dc.issued", "dc.created", "dcsext.articlefirstpublished", "mediator_published_time", "vr:published_time", "rbpubdate", "publishtime",
    "og:release_date", "date_published", "created", "date",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:updated_time", "og:article:modified_time",
    "bytedance:updated_time", "lastmod", "last-modified", "revised", "dcterms.modified", "dc.date.modified", "bytedance:lrdate_time",
)  # fmt: skip
_FIRST_JANUARY = (1, 1)


class Dates(NamedTuple):
    """What is known of a page's times, each with the page's own offset; `method` is of feed, json-ld, meta, script, text, url, htmldate, unknown."""

    published_at: datetime | None
    precision: Precision
    method: str
    modified_at: datetime | None
    flags: tuple[str, ...]


class _Claim(NamedTuple):
    method: str
    instant: Instant
    is_vague: bool = False  # "3 hours ago" depends on when the page was saved, a day without a year on the year


def read_dates(
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    *,
    title: str,
    url: str,
    link: Link | None,
    fetched_at: datetime,
    zone: tzinfo,
    month_first: bool,
) -> Dates:
    """Find the publication and modification times of a page."""
    reader = Reader(fetched_at, zone, month_first)
    claims = _by_address([*_stated(declared, link, reader), *_shown(tree, segments, title, url, reader)])
    modified = reader.read(declared.article_text("dateModified")) or reader.read(declared.first(*_META_MODIFIED))
    modified_at = modified.at if modified else None
    if not claims:
        found = _from_title(tree, reader) or _from_htmldate(tree, reader)
        claims = [found] if found else []
    if not claims:
        return Dates(None, "unknown", "unknown", modified_at, ())
    chosen = _refined(claims)
    flags = (CONFLICT,) if any(_disagree(chosen, other) for other in claims if not other.is_vague) else ()
    return Dates(chosen.instant.at, chosen.instant.precision, chosen.method, modified_at, flags)


def _stated(declared: Declared, link: Link | None, reader: Reader) -> Iterator[_Claim]:
    """What the feed and the page's head say."""
    if link is not None and link.published_at is not None and is_plausible(link.published_at, reader.now):
        yield _Claim("feed", Instant(link.published_at, "day" if link.published_precision == "day" else "minute"))
    if found := _structured(declared, reader):
        yield _Claim("json-ld", found)
    for name in _META:
        if found := reader.read(declared.first(name)):
            yield _Claim("meta", found)
            break


def _shown(tree: HtmlElement, segments: Sequence[Segment], title: str, url: str, reader: Reader) -> Iterator[_Claim]:
    """What the page's body, its scripts and its address say."""
    if found := marked_date(tree, segments, reader):
        yield _Claim("meta", found)
    visible, script = visible_date(tree, segments, title, reader), script_date(tree, reader)
    text = [_Claim("text", visible.instant, visible.is_vague)] if visible else []
    # What the page marks as its date is surer than a script, which may speak of anything; a bare line is less sure.
    is_sure = visible is not None and visible.is_marked
    if text and is_sure and not text[0].is_vague:
        yield text.pop()
    if script:
        yield _Claim("script", script)
    if text and not text[0].is_vague:
        yield text.pop()
    if found := url_date(url, reader.now):
        yield _Claim("url", found)
    yield from text


def _structured(declared: Declared, reader: Reader) -> Instant | None:
    for key in ("datePublished", "dateCreated"):
        for node in [*declared.articles, *(node for node in declared.nodes if "WebPage" in types_of(node))]:
            value = node.get(key)
            value = value.get("@value") if isinstance(value, dict) else value
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, (str, int)) and (found := reader.read(str(value))):
                return found
    return None


def _by_address(claims: list[_Claim]) -> list[_Claim]:
    """The claims, the address's day first where it contradicts the first one and another claim bears it out.

    Nobody changes an address; templates state the time of the last build or of a teaser as the publication's.
    """
    if not claims or claims[0].method == "feed":
        return claims
    day = next((claim for claim in claims if claim.method == "url"), None)
    if day is None or not _disagree(claims[0], day):
        return claims
    others = [claim for claim in claims[1:] if claim is not day and not claim.is_vague and not _disagree(claim, day)]
    return (
        [*others, day, *(claim for claim in claims if claim not in others and claim is not day)] if others else claims
    )


def _refined(claims: list[_Claim]) -> _Claim:
    """The first claim; where it names only a day, the minute comes from the next claim of that very day."""
    first = claims[0]
    if first.instant.precision == "day":
        for other in claims[1:]:
            if other.instant.precision == "minute" and other.instant.at.date() == first.instant.at.date():
                return _Claim(first.method, other.instant)
    return first


def _disagree(chosen: _Claim, other: _Claim) -> bool:
    return abs(chosen.instant.at - other.instant.at) > _CONFLICT_AFTER


def _from_title(tree: HtmlElement, reader: Reader) -> _Claim | None:
    """The day that a template puts into <title>, in a part of its own."""
    parts = SEPARATOR.split(tree.findtext(".//head/title") or "")
    days = (reader.read(part) for part in parts if DATE_PART.fullmatch(part))
    return next((_Claim("text", day) for day in days if day), None)


def _from_htmldate(tree: HtmlElement, reader: Reader) -> _Claim | None:
    from htmldate import find_date  # noqa: PLC0415 - slow to import and needed by few pages

    try:
        found = find_date(tree, original_date=True, extensive_search=False, max_date=reader.now.strftime("%Y-%m-%d"))
    except (ValueError, TypeError, RecursionError, AttributeError):
        return None
    instant = reader.read(found or "")
    if instant is None or (instant.at.month, instant.at.day) == _FIRST_JANUARY:
        return None
    return _Claim("htmldate", instant)
