"""The dates a page shows: in marked-up time elements, in the lines around its headline, in its scripts, in its address."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.date_patterns import MONTH_AT_ONCE
from crawler.extraction.declared import squeezed
from crawler.extraction.instants import Instant, is_plausible, read_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment

_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([-/_]?)(0[1-9]|1[0-2]|[1-9](?=\2[^\d]|\2\d))\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_PARTED = re.compile(
    r"/((?:19|20)\d{2})/[a-zA-Z-]{2,30}/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])/"
)  # /2023/world/11/27/
_DATE_NAMES = re.compile(
    r"date|time|publish|posted|pubtime|datum|fecha|data\b|tarih|waktu|riqi|shijian|infos?\b|meta|byline|source|author|ngay",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|modif|更新|修改|aktualisiert|aktualizo|mis à jour|màj|actualizad|atualizad|aggiornat|обновлен|оновлено|güncelle|diperbarui|cập nhật|ενημέρωση"
    r"|최종|수정|last edited|reviewed|bijgewerkt|uppdaterad|opdateret|oppdatert|päivitetty|تحديث|अपडेट",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"publish|posted|发布|發布|发表|發表|刊登|时间|時間|日期|veröffentlicht|erstellt|publié|publicad[oa]|pubblicat|公開|掲載|配信|入力|입력|등록|승인"
    r"|опубликован|опубліковано|opublikowano|publikováno|publicerad|publisert|udgivet|julkaistu|gepubliceerd|yayınlan|giriş|diterbitkan|δημοσί"
    r"|نُ?شر|प्रकाशित|เผยแพร่|\bon\b|\bdate\b|created",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"(?:19|20)\d{2}|25[67]\d|令和|平成|民國|二〇|\d{1,2}[./]\d{1,2}[./]\d\d\b|[٠-٩]{4}|[०-९]{4}|[০-৯]{4}"
)
# A key of script data with its value: the value is looked for first, for scripts are long and dates in them few.
_SCRIPT_VALUE = re.compile(r"""[:=]\s*["']?(\d{13}\b|\d{10}\b|(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}[^"',;}]{0,30})""")
_SCRIPT_KEY = re.compile(
    r"""\b(?:publish_?(?:ed)?_?(?:time|date|at|on|ts)|pub_?(?:time|date)|date_?published|release_?(?:time|date)|first_?published(?:_?at)?|oriCreateTime|createTime|create_time|ct)["']?\s*$""",
    re.IGNORECASE,
)
_KEY_WINDOW = 60  # characters before a value that hold its key; the longest has 20
_DATE_FIRST = re.compile(rf"\d{{4}}.*(?:{_UPDATED.pattern})", re.IGNORECASE)  # "26 April 2024, updated ..."
_OTHER_ZONES = frozenset({"related", "comments", "sidebar", "nav", "footer", "ad"})
_NOT_DATE_LINE = 140  # characters; a longer line is prose that may name any date
_PUBLISHED_NAMES = frozenset(
    {"datepublished", "datepublished dateline", "datecreated", "pubdate", "schema:datepublished"}
)
_BEFORE, _BEHIND = 6, 25  # segments around the headline
_AFTER_LABEL = 60  # characters in which a label's date and time stand
# "Published on Friday, 26 ...": else the label is a verb of the line's prose.
_AT_ONCE = re.compile(r"\D{0,14}(?:\d{4}|\d{1,2}(?:[-/.月월:]|\s|st|nd|rd|th))")
_MAX_TIMES = 3  # published, updated, and once more for small screens
_HEADING_DATE = 30  # characters; a longer heading that names a day is a headline
_MARKS = 12  # characters by which two writings of a headline may differ in marks and spaces
_JUST_BEFORE = 14  # characters before a label: "Updated on" says when it was updated


class Reader(NamedTuple):
    """What dates are read with: the fetch's time, the zone of times without an offset, and whether the month comes first."""

    now: datetime
    zone: tzinfo
    month_first: bool

    def read(self, text: str) -> Instant | None:
        """The first instant the text names."""
        return read_instant(text, now=self.now, zone=self.zone, month_first=self.month_first) if text else None


class Seen(NamedTuple):
    """A date a reader sees. `is_vague`: it has no year, or is told from today; `is_marked`: the page says that it is a date."""

    instant: Instant
    is_vague: bool
    is_marked: bool


def url_date(url: str, now: datetime) -> Instant | None:
    """The day in a URL such as /2023/11/27/ or 20231127; None where there is none."""
    path = url.partition("?")[0]
    for match in (*_URL_DATE.finditer(path), *_URL_PARTED.finditer(path)):
        try:
            month, day_of_month = match.groups()[-2:]
            day = datetime(int(match[1]), int(month), int(day_of_month), tzinfo=UTC)
        except ValueError:
            continue
        if is_plausible(day, now):
            return Instant(day, "day")
    return None


def marked_date(tree: HtmlElement, segments: Sequence[Segment], reader: Reader) -> Instant | None:
    """The time that microdata or RDFa in the visible page names as the publication's."""
    elsewhere = _elsewhere(segments)
    for element in tree.iter("time", "span", "div", "p", "abbr", "li", "dd", "em", "b", "strong", "small", "link"):
        attributes = element.attrib
        named = (
            attributes.get("itemprop") or attributes.get("property") or ("pubdate" if "pubdate" in attributes else "")
        )
        if not named or named.lower() not in _PUBLISHED_NAMES:
            continue
        if any(above in elsewhere for above in element.iterancestors()):
            continue
        value = attributes.get("content") or attributes.get("datetime") or element.text_content()
        if found := reader.read(value or ""):
            return found
    return None


def visible_date(tree: HtmlElement, segments: Sequence[Segment], title: str, reader: Reader) -> Seen | None:
    """The date a reader sees: a labelled one near the headline, else the first near it, else the first time element."""
    start = _headline(segments, title)
    ranked: list[tuple[int, int, Seen]] = []
    for i, item in enumerate(segments[max(0, start - _BEFORE) : start + _BEHIND], max(0, start - _BEFORE)):
        is_headline = item.kind == "heading" and not _LABELLED.match(item.text)
        limit = _HEADING_DATE if is_headline else _NOT_DATE_LINE
        if len(item.text) > limit or item.zone in _OTHER_ZONES or i == start:
            continue
        if entry := _read_line(item, reader):
            rank, seen = entry
            # Above the headline may stand today's date.
            ranked.append((rank + (i < start), abs(i - start), seen))
    if ranked:
        return min(ranked, key=lambda entry: entry[:2])[2]
    elsewhere = _elsewhere(segments)
    for element in tree.iter("time"):
        shown = element.get("datetime") or element.text_content() or ""
        if _UPDATED.search(element.get("class") or "") or any(above in elsewhere for above in element.iterancestors()):
            continue
        if found := reader.read(shown):
            return Seen(found, not _FULL_DATE.search(shown), is_marked=False)
    return None


def _elsewhere(segments: Sequence[Segment]) -> set[HtmlElement]:
    """The boxes whose dates are those of other articles and of readers."""
    return {item.opener for item in segments if item.opener is not None and item.zone in _OTHER_ZONES}


def _headline(segments: Sequence[Segment], title: str) -> int:
    """Where the headline stands: a heading or else a line that says the title, else the first heading of level 1."""
    key = squeezed(title)
    alike = [(i, item) for i, item in enumerate(segments) if key and abs(len(item.text) - len(title)) <= _MARKS]
    said = [i for i, item in alike if item.zone not in _OTHER_ZONES and squeezed(item.text) == key]
    headings = [i for i in said if segments[i].kind == "heading"]
    first = (i for i, item in enumerate(segments) if item.kind == "heading" and item.level == 1)
    return next(iter([*headings, *said]), next(first, 0))


def _read_line(item: Segment, reader: Reader) -> tuple[int, Seen] | None:
    """The date of a line near the headline, with its rank; None where there is none, or it may be prose."""
    text = item.text
    times = [element for element in item.element.iter("time") if element.get("datetime")]
    times = times if len(times) <= _MAX_TIMES else []  # loose text in a box that holds a list
    stamps = [found for element in times if (found := reader.read(element.get("datetime") or ""))]
    labelled = _labelled(text, reader)
    if stamps:  # "published ..., updated ...": the earlier
        found, is_full = min(stamps, key=lambda stamp: stamp.at), True
    else:
        update = _UPDATED.search(text)
        first = labelled or (reader.read(text[: update.start()]) if update else None) or reader.read(text)
        if first is None:
            return None
        found, is_full = first, bool(_FULL_DATE.search(text))
    names = f"{item.element.get('class', '')} {item.element.get('id', '')} {item.element.tag}"
    is_named = bool(_DATE_NAMES.search(names)) or bool(times) or item.element.find(".//time") is not None
    is_labelled = labelled is not None and len(text) <= 70
    # Prose may name any date, and a day without its year mostly stands in prose.
    if not is_labelled and not is_named and len(text) > (60 if is_full else 24):
        return None
    if not is_full and len(text) > 80:
        return None
    is_update = not is_labelled and bool(_UPDATED.search(text)) and not _DATE_FIRST.search(text)
    rank = 3 * is_update - 2 * is_labelled - is_named + 4 * (not is_full)
    return rank, Seen(found, not is_full, is_marked=is_labelled or is_named)


def _labelled(text: str, reader: Reader) -> Instant | None:
    """The date right behind "published", "on", 发布时间 and the like, unless the label is one of updates."""
    for label in _LABELLED.finditer(text):
        rest = text[label.end() : label.end() + _AFTER_LABEL]
        if _AT_ONCE.match(rest) or MONTH_AT_ONCE.match(rest):
            is_update = _UPDATED.search(text[max(0, label.start() - _JUST_BEFORE) : label.start()])
            if not is_update and (found := reader.read(rest)):
                return found
    return None


def script_date(tree: HtmlElement, reader: Reader) -> Instant | None:
    """The publication time that a page's own script data states."""
    for script in tree.iter("script"):
        if script.text and (value := _script_value(script.text)) and (found := reader.read(value)):
            return found
    return None


def _script_value(script: str) -> str | None:
    for value in _SCRIPT_VALUE.finditer(script):
        if _SCRIPT_KEY.search(script[max(0, value.start() - _KEY_WINDOW) : value.start()]):
            return value[1]
    return None
