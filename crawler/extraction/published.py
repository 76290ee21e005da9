"""When a page was published: feed, JSON-LD and meta, its own words, its URL, and htmldate last.

The first trustworthy answer wins; what disagrees with it by more than 48 hours is flagged, never averaged. No method
may answer later than the fetch plus 24 hours, and htmldate's 1 January is not believed: it is how a half-read 年月日
date looks.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.extraction.declared import types_of
from crawler.extraction.instants import Instant, is_plausible, read_instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment
    from crawler.page import Link
    from crawler.sources import Source
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
    "og:release_date", "date_published", "created", "date",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:updated_time", "og:article:modified_time",
    "bytedance:updated_time", "lastmod", "last-modified", "revised", "dcterms.modified", "dc.date.modified", "bytedance:lrdate_time",
)  # fmt: skip
_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([-/_]?)(0[1-9]|1[0-2]|[1-9](?=\2[^\d]|\2\d))\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_DATE_NAMES = re.compile(
    r"date|time|publish|posted|pubtime|datum|fecha|riqi|shijian|infos?\b|meta|byline|source|author", re.IGNORECASE
)
_UPDATED = re.compile(
    r"updat|modif|更新|修改|aktualisiert|mis à jour|actualizad|최종|수정|last edited|reviewed", re.IGNORECASE
)
_LABELLED = re.compile(
    r"publish|posted|发布|發布|发表|發表|刊登|时间|時間|日期|veröffentlicht|publié|publicado|pubblicato|公開|掲載|配信|入力|입력|등록|승인|\bon\b|\bdate\b|created",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(r"(?:19|20)\d{2}|令和|平成|民國|二〇")
_SCRIPT_DATE = re.compile(
    r"""["']?\b(?:publish_?(?:ed)?_?(?:time|date|at|on|ts)|pub_?(?:time|date)|date_?published|release_?(?:time|date)|first_?published(?:_?at)?|oriCreateTime|createTime|create_time|ct)["']?\s*[:=]\s*["']?(\d{13}\b|\d{10}\b|(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}[^"',;}]{0,30})""",
    re.IGNORECASE,
)
_OTHER_ZONES = frozenset({"related", "comments", "sidebar", "nav"})
_NOT_DATE_LINE = 140  # characters; a longer line is prose that may name any date
_FIRST_JANUARY = (1, 1)
# Where the only clue to the zone is the page's language.
_LANGUAGE_ZONES = {
    "zh": "Asia/Shanghai",
    "zh-hant": "Asia/Taipei",
    "zh-tw": "Asia/Taipei",
    "zh-hk": "Asia/Hong_Kong",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "de": "Europe/Berlin",
}


class Dates(NamedTuple):
    """What is known of a page's times, UTC; `method` is of feed, json-ld, meta, script, text, url, htmldate, unknown."""

    published_at: datetime | None
    precision: Precision
    method: str
    modified_at: datetime | None
    flags: tuple[str, ...]


class _Claim(NamedTuple):
    method: str
    instant: Instant
    is_vague: bool = False  # "3 hours ago" depends on when the page was saved, a day without a year on the year


def zone_of(source: Source | None, language: str | None) -> tzinfo:
    """The zone of times without an offset: the source's, else the language's usual one, else UTC."""
    name = source.timezone if source is not None and source.timezone else ""
    language = (language or "").lower()
    name = name or _LANGUAGE_ZONES.get(language, "") or _LANGUAGE_ZONES.get(language.partition("-")[0], "")
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def read_dates(
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    *,
    url: str,
    link: Link | None,
    fetched_at: datetime,
    zone: tzinfo,
    month_first: bool,
) -> Dates:
    """Find the publication and modification times of a page."""
    reader = _Reader(fetched_at, zone, month_first)
    claims = list(_claims(tree, declared, segments, url, link, reader))
    modified = reader.read(declared.article_text("dateModified")) or reader.read(declared.first(*_META_MODIFIED))
    modified_at = modified.at if modified else None
    if not claims:
        found = _from_htmldate(tree, reader)
        claims = [found] if found else []
    if not claims:
        return Dates(None, "unknown", "unknown", modified_at, ())
    chosen = _refined(claims)
    flags = (CONFLICT,) if any(_disagree(chosen, other) for other in claims if not other.is_vague) else ()
    return Dates(chosen.instant.at, chosen.instant.precision, chosen.method, modified_at, flags)


class _Reader(NamedTuple):
    now: datetime
    zone: tzinfo
    month_first: bool

    def read(self, text: str) -> Instant | None:
        return read_instant(text, now=self.now, zone=self.zone, month_first=self.month_first) if text else None


def _claims(  # noqa: PLR0917 - one call
    tree: HtmlElement, declared: Declared, segments: Sequence[Segment], url: str, link: Link | None, reader: _Reader
) -> Iterator[_Claim]:
    if link is not None and link.published_at is not None and is_plausible(link.published_at, reader.now):
        yield _Claim(
            "feed", Instant(link.published_at.astimezone(UTC), "day" if link.published_precision == "day" else "minute")
        )
    for node in [*declared.articles, *(node for node in declared.nodes if "WebPage" in types_of(node))]:
        if isinstance(node.get("datePublished"), str) and (found := reader.read(node["datePublished"])):
            yield _Claim("json-ld", found)
            break
    for name in _META:
        if found := reader.read(declared.first(name)):
            yield _Claim("meta", found)
            break
    if found := _in_scripts(tree, reader):
        yield _Claim("script", found)
    visible = _visible(tree, segments, reader)
    if visible and not visible.is_relative:
        yield _Claim("text", visible.instant)
    if found := url_date(url, reader.now):
        yield _Claim("url", found)
    if visible and visible.is_relative:
        yield _Claim("text", visible.instant, is_vague=True)


def url_date(url: str, now: datetime) -> Instant | None:
    """The day in a URL such as /2023/11/27/ or 20231127; None where there is none."""
    for match in _URL_DATE.finditer(url.partition("?")[0]):
        try:
            day = datetime(int(match[1]), int(match[3]), int(match[4]), tzinfo=UTC)
        except ValueError:
            continue
        if is_plausible(day, now):
            return Instant(day, "day")
    return None


class _Visible(NamedTuple):
    instant: Instant
    is_relative: bool


def _visible(tree: HtmlElement, segments: Sequence[Segment], reader: _Reader) -> _Visible | None:
    """The date a reader sees: a labelled one near the headline, else the first near it, else the first time element."""
    start = next((i for i, item in enumerate(segments) if item.kind == "heading" and item.level == 1), 0)
    ranked: list[tuple[int, int, _Visible]] = []
    for i, item in enumerate(segments[max(0, start - 6) : start + 25]):
        if len(item.text) > _NOT_DATE_LINE or item.zone in _OTHER_ZONES or item.kind == "heading":
            continue
        found = reader.read(item.text)
        if not found:
            continue
        names = f"{item.element.get('class', '')} {item.element.get('id', '')} {item.element.tag}"
        is_named = bool(_DATE_NAMES.search(names)) or item.element.find(".//time") is not None
        is_labelled = len(item.text) <= 70 and bool(_LABELLED.search(item.text))
        is_full = bool(_FULL_DATE.search(item.text))
        # Prose may name any date, and a day without its year mostly stands in prose.
        if not is_labelled and not is_named and len(item.text) > (60 if is_full else 24):
            continue
        if not is_full and len(item.text) > 80:
            continue
        rank = 3 * bool(_UPDATED.search(item.text)) - 2 * is_labelled - is_named + 4 * (not is_full)
        ranked.append((rank, i, _Visible(found, not is_full)))
    if ranked:
        return min(ranked, key=lambda entry: entry[:2])[2]
    for element in tree.iter("time"):
        shown = element.get("datetime") or element.text_content() or ""
        if (found := reader.read(shown)) and not _UPDATED.search(element.get("class") or ""):
            return _Visible(found, not _FULL_DATE.search(shown))
    return None


def _in_scripts(tree: HtmlElement, reader: _Reader) -> Instant | None:
    """The publication time that a page's own script data states."""
    for script in tree.iter("script"):
        if script.text and (match := _SCRIPT_DATE.search(script.text)) and (found := reader.read(match[1])):
            return found
    return None


def _refined(claims: list[_Claim]) -> _Claim:
    """The first claim; where it names only a day, the minute comes from the next claim of that very day."""
    first = claims[0]
    if first.instant.precision == "day":
        for other in claims[1:]:
            if other.instant.precision == "minute" and abs(
                other.instant.at - first.instant.at - timedelta(hours=12)
            ) <= timedelta(hours=12):
                return _Claim(first.method, other.instant)
    return first


def _disagree(chosen: _Claim, other: _Claim) -> bool:
    return abs(chosen.instant.at - other.instant.at) > _CONFLICT_AFTER


def _from_htmldate(tree: HtmlElement, reader: _Reader) -> _Claim | None:
    from htmldate import find_date  # noqa: PLC0415 - slow to import and needed by few pages

    try:
        found = find_date(tree, original_date=True, extensive_search=False, max_date=reader.now.strftime("%Y-%m-%d"))
    except (ValueError, TypeError, RecursionError, AttributeError):
        return None
    instant = reader.read(found or "")
    if instant is None or (instant.at.month, instant.at.day) == _FIRST_JANUARY:
        return None
    return _Claim("htmldate", instant)
