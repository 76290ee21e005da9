"""Dates as news says them, in seven languages, as ISO 8601 with as much as is said: 2026-03-01, 2026-03, 2026.

Works on folded text. A date without a year is the one nearest to the day of publication; "next month" counts from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_MONTHS = (
    "january|jan|januar|janvier|enero", "february|feb|februar|février|febrero", "march|mar|märz|mars|marzo", "april|apr|avril|abril",
    "may|mai|mayo", "june|jun|juni|juin|junio", "july|jul|juli|juillet|julio", "august|aug|août|agosto", "september|sept|sep|septembre|septiembre",
    "october|oct|oktober|octobre|octubre", "november|nov|novembre|noviembre", "december|dec|dezember|décembre|diciembre",
)  # fmt: skip
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split("|")}
_NAME = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_NEXT_MONTH = (
    "next month|下个月|下月|来月|次月|다음 ?달|nächsten monat|le mois prochain|mois prochain|el próximo mes|próximo mes"
)
_NEXT_YEAR = "next year|明年|来年|내년|nächstes jahr|nächsten jahr|l'année prochaine|el próximo año|próximo año"
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s(?:of |de )?)?(?P<name>{_NAME})(?!\w)(?:\.(?=\s?\d))?(?:\s(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]))?(?:,?\s(?:de )?(?P<year>20\d\d))?"
    r"|(?<!\d)(?:(?P<cjk_year>20\d\d)[年년]\s?)?(?P<cjk_month>1[0-2]|[1-9])[月월](?:\s?(?P<cjk_day>[12]\d|3[01]|[1-9])[日号일])?(?!间|間|薪|부터 \d)"
    r"|(?<!\d)(?P<iso>20\d\d-[01]\d-[0-3]\d)(?!\d)"
    rf"|(?P<next_month>{_NEXT_MONTH})(?:\s?(?P<next_day>[12]\d|3[01]|[1-9])[日号일])?"
    rf"|(?P<next_year>{_NEXT_YEAR})(?:\s?(?P<next_year_month>1[0-2]|[1-9])[月월])?"
)
# "may", "march" and "mars" are also other words: a name of a month needs a preposition, a day or a year beside it.
_WORDS = {"may", "march", "mars", "mar", "mai", "dec"}
_PREPOSITION = re.compile(
    r"(?:\b(?:in|on|from|by|of|since|early|late|mid|until|effective|starting|im|am|ab|zum|seit|anfang|mitte|ende|en|le|au|dès|à partir de|a partir de|début|fin|desde|de)[\s-])(?:early |late |mid-?)?$"
)
_NEAR = 24  # characters before a month in which its preposition stands
_HALF_A_YEAR = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A date where it is said: `value` is ISO 8601 down to the month or the day."""

    value: str
    start: int
    end: int


def find_dates(text: str, published: datetime | None) -> Iterator[Said]:
    """All dates of a folded text that have a value, in order."""
    for match in _DATE.finditer(text):
        value = _value(match, text, published)
        if value:
            yield Said(value, match.start(), match.end())


def _value(match: re.Match[str], text: str, published: datetime | None) -> str | None:
    part = match.groupdict()
    if part["iso"]:
        return part["iso"]
    if part["name"]:
        day = part["day"] or part["day_after"]
        is_date = (
            part["name"] not in _WORDS or day or part["year"] or _PREPOSITION.search(text[: match.start()][-_NEAR:])
        )
        return _dated(part["year"], _MONTH_OF[part["name"]], int(day) if day else None, published) if is_date else None
    if part["cjk_month"]:
        day = part["cjk_day"]
        return _dated(part["cjk_year"], int(part["cjk_month"]), int(day) if day else None, published)
    return _counted_from(published, part) if published else None


def _counted_from(published: datetime, part: dict[str, str]) -> str | None:
    """Next month, or next year, as seen from the day of publication."""
    if part["next_year"]:
        month = part["next_year_month"]
        return f"{published.year + 1}-{int(month):02}" if month else str(published.year + 1)
    month_number = published.month % 12 + 1
    day = part["next_day"]
    return _iso(published.year + (month_number == 1), month_number, int(day) if day else None)


def _dated(year: str | None, month: int, day: int | None, published: datetime | None) -> str | None:
    """With the year that is said, else the one in which the month lies nearest to the publication."""
    if year:
        return _iso(int(year), month, day)
    if published is None:
        return None
    distance = month - published.month
    near = published.year + (distance < -_HALF_A_YEAR) - (distance > _HALF_A_YEAR)
    return _iso(near, month, day)


def _iso(year: int, month: int, day: int | None) -> str | None:
    longest = 31  # a day beyond its month is the text's own slip
    if day is not None and not 1 <= day <= longest:
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")
