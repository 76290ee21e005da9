"""Reads dates and amounts as people type them in queries; ValueError says what is wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from pipeline.search.rates import SYMBOLS, rates

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_AGO = re.compile(r"(\d{1,4})\s*(h|d|w|m|y)", re.IGNORECASE)
_AGO_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
_AMOUNT = re.compile(
    r"(?P<sign>US\$|HK\$|NT\$|[$€£₩¥￥])?(?P<number>\d[\d,_]*(?:\.\d+)?)(?P<scale>k|m|bn|万|萬|亿|億)?(?P<code>[A-Za-z]{3})?",
    re.IGNORECASE,
)
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
MAX_AMOUNT = 1e15


def read_instant(text: str, *, now: datetime | None, is_end: bool = False) -> datetime:
    """The instant a date means: its first, or with `is_end` the first after it; UTC where no zone is named.

    Takes `2026`, `2026-11`, `2026-11-20`, ISO 8601 with time, and, where the caller hands in `now`, `today`,
    `yesterday`, and ages such as `24h`, `7d`, `2w`.

    Raises:
        ValueError: it is none of these.
    """
    word = text.strip()
    if now is not None:
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        days = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}.get(word.casefold())
        if days is not None:
            return midnight - timedelta(days=days) + timedelta(days=is_end)
        if match := _AGO.fullmatch(word):
            return now - timedelta(days=int(match[1]) * _AGO_DAYS[match[2].lower()])
    if match := _DATE.fullmatch(word):
        return _date(match, is_end=is_end)
    try:
        instant = datetime.fromisoformat(word)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is no date such as 2026-11-20, 2026-11 or 7d") from None


def _date(match: re.Match[str], *, is_end: bool) -> datetime:
    year, month, day = int(match[1]), match[2], match[3]
    try:
        start = datetime(year, int(month or 1), int(day or 1), tzinfo=UTC)
        if not is_end:
            return start
        if day:
            return start + timedelta(days=1)
        following = (start.year, start.month + 1) if month else (start.year + 1, 1)
        return datetime(following[0] + following[1] // 13, following[1] % 13 or 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError("is no date of the calendar") from None


def read_amount(text: str) -> tuple[float, str | None]:
    """The amount, and its currency (ISO 4217) if one is named: `500000`, `500k`, `50万`, `$200,000`, `200000USD`.

    Raises:
        ValueError: it is no amount, or of an unknown currency.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError("is no amount such as 500000, 500k or 50万")
    digits, scale = match["number"].replace(",", "").replace("_", ""), (match["scale"] or "").lower()
    amount = float(digits) * _SCALES[scale]
    if amount > MAX_AMOUNT:
        raise ValueError("is more than anyone is paid")
    if match["code"]:
        return amount, read_currency(match["code"])
    return amount, SYMBOLS[match["sign"].upper()] if match["sign"] else None


def read_currency(text: str) -> str:
    """The code in capitals.

    Raises:
        ValueError: no rate of it is known.
    """
    code = text.strip().upper()
    if code not in rates():
        raise ValueError("is no known currency: " + ", ".join(rates()))
    return code
