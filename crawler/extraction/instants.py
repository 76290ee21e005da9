"""Reading an instant out of words: ISO, RFC 2822, epoch, 年月日, month names in many languages, relative times.

Strict: a half-read date is no date, and nothing is guessed that the words do not say, but for a missing year, which is
the latest that does not lie ahead. Pure: `now` and the zone for times without an offset are handed in.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.date_words import MONTHS, UNITS, ZONES

if TYPE_CHECKING:
    from pipeline.document import Precision


class Instant(NamedTuple):
    """`at` in UTC; with precision `day`, midnight UTC of the named calendar day."""

    at: datetime
    precision: Precision


_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))

_TIME = (
    r"(?:[\sT,，·|@-]*(?:at|um|à|a las|alle|às|om|kl\.?|o|в|klo)?[\s]*"
    r"(?P<half>上午|下午|晚上|凌晨|中午|早上|午前|午後|오전|오후)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:：时時点點h시]|(?<=\d)\.(?=\d\d\b))\s*(?P<minute>\d{1,2})?(?:\s*[:：分분]\s*(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?(?:분|分|秒)?"
    r"\s*(?P<meridiem>[ap]\.?\s?m\b\.?)?\s*(?P<zone>Z\b|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{2}|UTC|GMT|[A-Z]{2,4}T\b|CEST)?)?"
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)\s?[日号號일]?\.?(?:\s?[（(][^）)]{1,4}[）)])?"
    + _TIME
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
_NO_YEAR = re.compile(r"(?<![\d年년])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]" + _TIME)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|of\s+)?(?P<name>{_MONTH})\b\.?,?[\s-]+(?:de\s+|del\s+)?(?P<year>(?:19|20)\d{{2}})(?!\d)"
    + _TIME,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})(?!\d)" + _TIME,
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<separator>[./-])(?P<second_>\d{1,2})(?P=separator)(?P<year>(?:19|20)\d{2})(?!\d)"
    + _TIME
)
# A two-digit year is believed only right behind a label.
_SHORT_YEAR = re.compile(
    r"(?:时间|時間|日期|发布于|發布於|发表于)\s*[:：]?\s*(?P<short>[12]\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)"
    + _TIME
)
_ERA = re.compile(
    r"(?P<era>令和|平成|中華民國|民國)\s?(?P<count>\d{1,3}|元)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
    + _TIME
)
_ERA_OFFSET = {"令和": 2018, "平成": 1988, "中華民國": 1911, "民國": 1911}
_HAN_DATE = re.compile(
    r"(?P<year>[二一][〇○零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_HAN = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_EPOCH = re.compile(r"^\s*(\d{10}|\d{13})\s*$")
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_AGO = re.compile(
    rf"(?<!\d)(\d{{1,3}})\s*({_UNIT})(?:e?n|s)?\s*(?:之?前|전|ago)|\b(?:vor|il y a|hace|há)\s+(\d{{1,3}})\s+({_UNIT})(?:e?n|s)?\b",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"(?P<day>今天|今日|昨天|昨日|前天|yesterday|today|gestern|heute|어제|오늘)" + _TIME, re.IGNORECASE
)
_DAYS_BACK = {
    "今天": 0,
    "今日": 0,
    "昨天": 1,
    "昨日": 1,
    "前天": 2,
    "yesterday": 1,
    "today": 0,
    "gestern": 1,
    "heute": 0,
    "어제": 1,
    "오늘": 0,
}
_NOW = re.compile(r"^\s*(?:刚刚|刚才|剛剛|just now|たった今|방금)\s*$", re.IGNORECASE)
_EARLIEST_YEAR = 1990
_TOLERANCE = timedelta(hours=24)  # a clock or a zone may be wrong by a day; more is a wrong date


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
    text = text.strip()[:300]
    if match := _EPOCH.match(text):
        at = datetime.fromtimestamp(int(match[1][:10]), UTC)
        return Instant(at, "minute") if is_plausible(at, now) else None
    if "," in text[:5] and (found := _rfc(text, now)):
        return found
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _ERA, _NUMERIC, _SHORT_YEAR, _NO_YEAR, _COMPACT):
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
    return _judge(at.astimezone(UTC), now) if at.time().replace(tzinfo=None) != datetime.min.time() else None


def _judge(at: datetime, now: datetime) -> Instant | None:
    return Instant(at, "minute") if is_plausible(at, now) else None


def _from_match(match: re.Match[str], now: datetime, zone: tzinfo, month_first: bool) -> Instant | None:  # noqa: FBT001
    groups = match.groupdict()
    day = _calendar_day(groups, now, zone, month_first)
    return _with_time(day, groups, now, zone) if day else None


def _calendar_day(groups: dict[str, str | None], now: datetime, zone: tzinfo, month_first: bool) -> date | None:  # noqa: FBT001
    try:
        if groups.get("first"):
            first, second = int(groups["first"] or 0), int(groups["second_"] or 0)
            is_month_first = second > 12 or (month_first and groups["separator"] != "." and first <= 12)
            month, day = (first, second) if is_month_first else (second, first)
            return date(int(groups["year"] or 0), month, day)
        if groups.get("era"):
            count = 1 if groups["count"] == "元" else int(groups["count"] or 0)
            return date(_ERA_OFFSET[groups["era"] or ""] + count, int(groups["month"] or 0), int(groups["day"] or 0))
        if groups.get("short"):
            return date(2000 + int(groups["short"] or 0), int(groups["month"] or 0), int(groups["day"] or 0))
        month = MONTHS[(groups["name"] or "").lower()] if groups.get("name") else int(groups["month"] or 0)
        if groups.get("year"):
            return date(int(groups["year"] or 0), month, int(groups["day"] or 0))
        today = now.astimezone(zone).date()
        this_year = date(today.year, month, int(groups["day"] or 0))
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
    if half in {"下午", "晚上", "午後", "오후", "pm", "中午"} and hour < 12:
        hour += 12
    elif half in {"am", "오전", "午前", "上午", "凌晨"} and hour == 12:
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
    at = local.astimezone(UTC)
    return Instant(at, "minute") if is_plausible(at, now) else plain


def _zone(name: str | None, default: tzinfo) -> tzinfo:
    if not name:
        return default
    name = name.strip()
    if match := re.search(r"([+-])(\d{1,2}):?(\d{2})$", name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return timezone(offset if match[1] == "+" else -offset) if offset < timedelta(hours=24) else default
    if name == "CST":  # China, or the central United States, by where the source is
        return (
            default
            if datetime(2024, 1, 1, tzinfo=default).utcoffset() == timedelta(hours=8)
            else timezone(timedelta(hours=-6))
        )
    return timezone(timedelta(hours=ZONES[name])) if name in ZONES else default


def _han(text: str, now: datetime) -> Instant | None:
    match = _HAN_DATE.search(text)
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
    if _NOW.match(text):
        return Instant(now.astimezone(UTC), "minute")
    if match := _AGO.search(text):
        count, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        seconds = UNITS[unit.lower()]
        at = now.astimezone(UTC) - timedelta(seconds=int(count) * seconds)
        if seconds < 86400:  # "3 days ago" names a day
            return Instant(at, "minute")
        local = at.astimezone(zone)
        return Instant(datetime(local.year, local.month, local.day, tzinfo=UTC), "day")
    if match := _NAMED_DAY.search(text):
        day = now.astimezone(zone).date() - timedelta(days=_DAYS_BACK[match["day"].lower()])
        return _with_time(day, match.groupdict(), now, zone)
    return None
