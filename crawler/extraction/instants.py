"""Reading an instant out of words: ISO, RFC 2822, epoch, 年月日, month names in many languages, relative times.

Strict: a half-read date is no date, and nothing is guessed that the words do not say, but for a missing year, which is
the latest that does not lie ahead. Pure: `now` and the zone for times without an offset are handed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction import date_patterns as written
from crawler.extraction.date_words import (
    AFTER_NOON,
    BEFORE_NOON,
    DAY_COUNTS,
    MONTH_NUMBERS,
    UNIT_SECONDS,
    ZONES,
    folded,
)

if TYPE_CHECKING:
    from pipeline.document import Precision

_WITH_YEAR = (written.ISO, written.DAY_FIRST, written.MONTH_FIRST, written.YEAR_FIRST, written.NUMERIC, written.COMPACT)
_WITHOUT_YEAR = (written.ERA, written.SHORT_YEAR, written.NO_YEAR, written.SHORT_WITH_TIME, written.SHORT_NUMERIC)
_IN_FEW_WORDS = (written.NO_YEAR_DAY, written.NO_YEAR_MONTH)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_HAN = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_EARLIEST_YEAR = 1990
_TOLERANCE = timedelta(hours=24)  # a clock or a zone may be wrong by a day; more is a wrong date


class Instant(NamedTuple):
    """`at` with the offset the words give it, for its day is the publisher's day; with precision `day`, midnight UTC of that day."""

    at: datetime
    precision: Precision


def is_plausible(at: datetime, now: datetime) -> bool:
    """Neither before the web nor more than 24 hours after `now`."""
    return at.year >= _EARLIEST_YEAR and at <= now + _TOLERANCE


def read_instant(text: str, *, now: datetime, zone: tzinfo = UTC, month_first: bool = False) -> Instant | None:
    """The first instant the text names; None where it names none, or only an impossible one.

    Args:
        text: a few words, such as an attribute or a byline.
        now: when the page was fetched.
        zone: zone of times without an offset.
        month_first: whether 03/04/2024 is 4 March (United States).
    """
    text = written.in_one_form(text[:300])
    if not _DIGIT.search(text):
        return _han(text, now) or _relative(text, now, zone)
    if match := written.EPOCH.match(text):
        at = datetime.fromtimestamp(int(match[1][:10]), UTC)
        return Instant(at, "minute") if is_plausible(at, now) else None
    if "," in text[:5] and (found := _rfc(text, now)):
        return found
    has_year = _YEAR.search(text) is not None
    in_few_words = _IN_FEW_WORDS if not has_year and len(text) <= written.NO_YEAR_WORDS else ()
    for pattern in (*(_WITH_YEAR if has_year else ()), *_WITHOUT_YEAR, *in_few_words):
        if (match := pattern.search(text)) and (found := _from_match(match, now, zone, month_first)):
            return found
    return _han(text, now) or _relative(text, now, zone)


def _rfc(text: str, now: datetime) -> Instant | None:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if at.tzinfo is None:
        return None
    return _judge(at, now) if at.time().replace(tzinfo=None) != datetime.min.time() else None


def _judge(at: datetime, now: datetime) -> Instant | None:
    return Instant(at, "minute") if is_plausible(at, now) else None


def _from_match(match: re.Match[str], now: datetime, zone: tzinfo, month_first: bool) -> Instant | None:  # noqa: FBT001
    groups = match.groupdict()
    day = _calendar_day(groups, now, zone, month_first)
    return _with_time(day, groups, now, zone) if day else None


def _calendar_day(groups: dict[str, str | None], now: datetime, zone: tzinfo, month_first: bool) -> date | None:  # noqa: FBT001
    def number(name: str) -> int:
        return int(groups.get(name) or 0)

    try:
        year = number("year") or (2000 + number("short") if groups.get("short") else 0)
        if groups.get("first"):
            first, second = number("first"), number("second_")
            is_month_first = second > 12 or (month_first and groups["separator"] == "/" and first <= 12)
            return date(year, *((first, second) if is_month_first else (second, first)))
        if groups.get("era"):
            year = written.ERA_OFFSET[groups["era"] or ""] + (1 if groups["count"] == "元" else number("count"))
        name = folded(groups.get("name") or groups.get("name_") or "")
        month, day = MONTH_NUMBERS[name] if name else number("month"), number("day") or number("day_")
        if year:
            return date(year, month, day)
        today = now.astimezone(zone).date()
        this_year = date(today.year, month, day)
        return this_year if this_year <= today + timedelta(days=1) else this_year.replace(year=today.year - 1)
    except ValueError:
        return None


def _with_time(day: date, groups: dict[str, str | None], now: datetime, zone: tzinfo) -> Instant | None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    plain = Instant(midnight, "day") if is_plausible(midnight, now) else None
    if not groups.get("hour") or not plain:
        return plain
    hour, minute = int(groups["hour"] or 0), int(groups["minute"] or 0)
    half = (groups.get("half") or groups.get("meridiem") or "").lower().replace(".", "").replace(" ", "")
    if half in AFTER_NOON and hour < 12:
        hour += 12
    elif half in BEFORE_NOON and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or (hour == minute == 0):  # midnight stands for "no time" far more often
        return plain
    local = datetime(
        day.year,
        day.month,
        day.day,
        hour,
        minute,
        min(int(groups.get("second") or 0), 59),
        tzinfo=_zone(groups.get("zone"), zone),
    )
    return Instant(local, "minute") if is_plausible(local, now) else plain


def _zone(name: str | None, default: tzinfo) -> tzinfo:
    if not name:
        return default
    name = name.strip()
    if match := re.search(r"([+-])\s?(\d{1,2}?):?(\d{2})?$", name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(offset if match[1] == "+" else -offset) if offset < timedelta(hours=24) else default
    if name == "CST":  # China, or the central United States, by where the source is
        return (
            default
            if datetime(2024, 1, 1, tzinfo=default).utcoffset() == timedelta(hours=8)
            else timezone(timedelta(hours=-6))
        )
    return timezone(timedelta(hours=ZONES[name])) if name in ZONES else default


def _han(text: str, now: datetime) -> Instant | None:
    match = written.HAN_DATE.search(text)
    if not match:
        return None
    year = int("".join(str(_HAN[char]) for char in match["year"]))
    try:
        midnight = datetime(year, _han_number(match["month"]), _han_number(match["day"]), tzinfo=UTC)
    except ValueError:
        return None
    return Instant(midnight, "day") if is_plausible(midnight, now) else None


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return ((_HAN[tens] if tens else 1) * 10 if ten else 0) + (_HAN.get(ones, 0) if ones else 0)


def _relative(text: str, now: datetime, zone: tzinfo) -> Instant | None:
    here = now.astimezone(zone)
    if written.NOW.match(text):
        return Instant(here, "minute")
    if match := written.RELATIVE.search(text):
        count, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        seconds = UNIT_SECONDS[folded(unit)]
        at = here - timedelta(seconds=int(count) * seconds)
        if seconds < 86400:  # "3 days ago" names a day
            return Instant(at, "minute")
        return Instant(datetime(at.year, at.month, at.day, tzinfo=UTC), "day")
    if match := written.NAMED_DAY.search(text):
        groups, word = match.groupdict(), match["day"] or match["day_"]
        if groups["day_"]:
            groups = {name.removeprefix("_"): value for name, value in groups.items() if name.startswith("_")}
        if not groups["hour"] and len(text.strip(" :：,，|·")) > len(word):
            return None
        return _with_time(here.date() - timedelta(days=DAY_COUNTS[folded(word)]), groups, now, zone)
    return None
