"""Dates of feeds, sitemaps and listings: the right instant, or none; never a guess that looks like a fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from crawler.sources import Source

Precision = Literal["minute", "day", "unknown"]
Dated = tuple[datetime | None, Precision]

UNKNOWN: Dated = (None, "unknown")
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # news sites are not older; zero dates and two-digit years are
LATEST_AHEAD = timedelta(hours=24)  # a date without zone may be up to 14 hours off; beyond a day it is wrong

_LONGEST = 100
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january januar janvier enero janeiro|feb february februar fevrier février febrero fevereiro|"
        "mar march märz mrz mars marzo março|apr april avril abril|may mai mayo maio|jun june juni juin junio junho|"
        "jul july juli juillet julio julho|aug august août aout agosto|sep sept september septembre septiembre setembro|"
        "oct october okt oktober octobre octubre outubro|nov november novembre noviembre novembro|"
        "dec december dez dezember décembre decembre diciembre dezembro".split("|"),
        1,
    )
    for name in names.split()
}
# Zone names of RFC 822 and of feeds, in minutes. CST, IST and BST mean different things in different countries.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120,
    "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "akst": -540, "hst": -600, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480,
    "awst": 480, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "ist": 330, "pkt": 300, "gst": 240,
    "wib": 420, "ict": 420, "brt": -180, "art": -180, "bst": 60, "sast": 120, "wat": 60, "eat": 180,
}  # fmt: skip
_ZONES_BY_COUNTRY = {
    "cst": dict.fromkeys(("CN", "TW", "HK", "MO", "SG"), 480),
    "ist": {"IE": 60, "IL": 120},
    "bst": {"BD": 360},
}

_TIME = r"(\d{1,2})\s*[:：時时点點]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2})(?:[.,]\d{1,9})?)?"
_TIME_FULL = re.compile(
    rf"\s*(上午|下午|早上|晚上|凌晨|中午|오전|오후|午前|午後)?\s*{_TIME}\s*(?:分|秒)?\s*([aApP]\.?[mM]\.?)?\s*"
)
_CJK_DATE = re.compile(r"(?:(\d{4})\s*[年년])\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?")
_CJK_SHORT = re.compile(r"(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s,])")
_ISO_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?")
_DAY_MONTH = re.compile(
    r"(?:[^\W\d]+\.?(?:,\s*|\s+))?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?([^\W\d]+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?=$|[\s,])"
)
_MONTH_DAY = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|[\s,])")
_WEEKDAY_MONTH_DAY = re.compile(r"[^\W\d]{3}\s+([^\W\d]{3})\s+(\d{1,2})\s+([\d:]{5,8})\s+(?:(\w+)\s+)?(\d{4})")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_OFFSET = re.compile(r"(?:(?:GMT|UTC?)\s*)?([+-−])(\d{1,2}):?(\d{2})?(?:\s*\([^)]*\))?$", re.IGNORECASE)
_ZONE_NAME = re.compile(r"\(?([A-Za-z]{1,5})\b")
_AGO = re.compile(
    r"(?:about\s+|约)?(an?|\d{1,4})\s*(个)?\s*(seconds?|secs?|秒钟?|minutes?|mins?|分钟|分鐘|分|hours?|hrs?|小时|小時|時間|시간|"
    r"days?|天|日|weeks?|周|週)\s*(?:ago|之?前|전)",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(r"(今天|今日|昨天|昨日|前天|today|yesterday|어제|오늘)", re.IGNORECASE)
_DAYS_BACK = {"今天": 0, "今日": 0, "today": 0, "오늘": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "어제": 1, "前天": 2}
_AGO_SECONDS = {"s": 1, "秒": 1, "m": 60, "分": 60, "h": 3600, "小": 3600, "時": 3600, "시": 3600, "d": 86400, "天": 86400, "日": 86400, "w": 604800, "周": 604800, "週": 604800}  # fmt: skip
_PM = frozenset({"下午", "晚上", "오후", "午後", "pm"})
_HALF_DAY, _MILLISECONDS = 12, 1000
_TWO_DIGITS, _CENTURY = 100, 2000
_LARGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Clock:
    """What a date without zone, year or day is read against: now, and the source's zone and country."""

    now: datetime
    zone: tzinfo = UTC
    country: str = ""

    @classmethod
    def of(cls, source: Source | None, now: datetime) -> Clock:
        """The clock of a source; UTC where there is none."""
        return cls(now, ZoneInfo(source.timezone), source.country) if source else cls(now)


def read_date(raw: str, clock: Clock) -> Dated:
    """The instant a text names, in UTC, and whether to the minute or the day (then 00:00 UTC of that date).

    `(None, "unknown")` where the text cannot be read with certainty, where the date does not exist, is before 1995, or
    more than a day ahead.
    """
    text = " ".join(raw.split())
    if not text or len(text) > _LONGEST:
        return UNKNOWN
    try:
        found = _relative(text, clock) or _absolute(text, clock)
    except (ValueError, OverflowError):  # 31 November, 25:61, year 0
        return UNKNOWN
    if found is None or found[0] is None:
        return UNKNOWN
    return found if EARLIEST <= found[0] <= clock.now + LATEST_AHEAD else UNKNOWN


def _absolute(text: str, clock: Clock) -> Dated | None:
    if text[:6].isdigit():
        return _digits(text, clock)
    if match := _ISO.match(text):
        return _instant(int(match[1]), int(match[3]), int(match[4]), text[match.end() :].lstrip("T ,"), clock)
    if match := _CJK_DATE.search(text):
        return _instant(int(match[1]), int(match[2]), int(match[3]), _after_day(text[match.end() :]), clock)
    if match := _CJK_SHORT.search(text):
        return _latest_year(int(match[1]), int(match[2]), _after_day(text[match.end() :]), clock)
    return _western(text, clock)


def _digits(text: str, clock: Clock) -> Dated | None:
    """Seconds or milliseconds since 1970, or `20261120` with or without time."""
    if _EPOCH.fullmatch(text):
        seconds = float(text) if len(text.partition(".")[0]) == 10 else int(text) / _MILLISECONDS  # noqa: PLR2004
        return datetime.fromtimestamp(seconds, UTC), "minute"
    if match := _ISO_COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        rest = f"{hour}:{minute}:{second or '00'} {zone or ''}" if hour else ""
        return _instant(int(year), int(month), int(day), rest, clock)
    return None


def _after_day(rest: str) -> str:
    """What follows a date, without a weekday in parentheses."""
    return re.sub(r"^\s*(?:[(（][^)）]{1,4}[)）]|星期.|周.|週.|.曜日)\s*", " ", rest)


def _western(text: str, clock: Clock) -> Dated | None:
    if match := _WEEKDAY_MONTH_DAY.fullmatch(text):  # Fri Nov 20 10:00:00 CST 2026
        month = _MONTHS.get(match[1].lower())
        return _instant(int(match[5]), month, int(match[2]), f"{match[3]} {match[4] or ''}", clock) if month else None
    if (match := _DAY_MONTH.match(text)) and (month := _MONTHS.get(match[2].lower())):
        year = int(match[3])
        if year < _TWO_DIGITS:
            year += _CENTURY  # RFC 822 has two digits; news older than the year 2000 is not dated so
        return _instant(year, month, int(match[1]), text[match.end() :].lstrip(" ,"), clock)
    if (match := _MONTH_DAY.match(text)) and (month := _MONTHS.get(match[1].lower())):
        return _instant(int(match[3]), month, int(match[2]), text[match.end() :].lstrip(" ,"), clock)
    return None


def _instant(year: int, month: int, day: int, rest: str, clock: Clock) -> Dated:
    """The instant of a date and what follows it: a time and a zone, or nothing."""
    midnight = datetime(year, month, day, tzinfo=UTC)
    rest = rest.removeprefix("at ").removeprefix("um ").removeprefix("à ").strip(" ,-|")
    match = _TIME_FULL.match(rest)
    if not match:
        return midnight, "day"
    half, hour_text, minute, second, half_latin = match.groups()
    hour = int(hour_text)
    half = half or (half_latin or "").replace(".", "").lower()
    if half in _PM and hour < _HALF_DAY:
        hour += _HALF_DAY
    elif half in {"am", "凌晨", "上午", "오전", "午前"} and hour == _HALF_DAY:
        hour = 0
    zone = _zone(rest[match.end() :].strip(), clock)
    moment = datetime(year, month, day, hour, int(minute), min(int(second or 0), 59), tzinfo=zone)
    return moment.astimezone(UTC), "minute"


def _zone(text: str, clock: Clock) -> tzinfo:
    if match := _OFFSET.match(text):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset > _LARGEST_OFFSET:
            raise ValueError("no such offset")
        return timezone(-offset if match[1] in "-−" else offset)
    if match := _ZONE_NAME.match(text):
        name = match[1].lower()
        minutes = _ZONES_BY_COUNTRY.get(name, {}).get(clock.country, _ZONES.get(name))
        if minutes is not None:
            return timezone(timedelta(minutes=minutes))
    return clock.zone


def _relative(text: str, clock: Clock) -> Dated | None:
    """`3小时前`, `2 hours ago`, `刚刚`, `昨天 10:30`."""
    if text.lower() in {"刚刚", "剛剛", "just now", "now", "방금"}:
        return clock.now, "minute"
    if match := _AGO.fullmatch(text):
        count = 1 if match[1].lower() in {"a", "an"} else int(match[1])
        seconds = _AGO_SECONDS[match[3][0].lower()]
        moment = clock.now - timedelta(seconds=count * seconds)
        if seconds < 86400:  # noqa: PLR2004 - a day: beyond it only the date is meant
            return moment.replace(second=0, microsecond=0), "minute"
        local = moment.astimezone(clock.zone)
        return datetime(local.year, local.month, local.day, tzinfo=UTC), "day"
    if match := _NAMED_DAY.match(text):
        local = clock.now.astimezone(clock.zone) - timedelta(days=_DAYS_BACK[match[1].lower()])
        return _instant(local.year, local.month, local.day, text[match.end() :], clock)
    return None


def _latest_year(month: int, day: int, rest: str, clock: Clock) -> Dated:
    """A date without year: the latest such day that is not ahead."""
    year = clock.now.astimezone(clock.zone).year
    moment, precision = _instant(year, month, day, rest, clock)
    if moment is not None and moment > clock.now + LATEST_AHEAD:
        return _instant(year - 1, month, day, rest, clock)
    return moment, precision
