"""Dated exchange rates: `rates.toml`. Conversions are derived figures for readers, shown with the date of the rate."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A derived amount in `currency`, by the rate of `rate_date`."""

    amount: float
    currency: str
    rate_date: date


@cache
def _tables() -> tuple[tuple[date, dict[str, float]], ...]:
    rows = tomllib.loads((files("pipeline.knowledge") / "rates.toml").read_text(encoding="utf-8"))["rates"]
    tables = []
    for row in rows:
        day = row.pop("date")
        if not isinstance(day, date) or any(len(code) != len("EUR") or value <= 0 for code, value in row.items()):
            raise ValueError(f"rates.toml: needs a date and positive rates by ISO 4217 code: {day}")
        tables.append((day, {"EUR": 1.0, **{code: float(value) for code, value in row.items()}}))
    return tuple(sorted(tables))


def convert(amount: float, currency: str, into: str, on: date) -> Converted | None:
    """`amount` in another currency, by the table nearest to the day; None where a currency is not in the table."""
    day, rates = min(_tables(), key=lambda table: abs(table[0] - on))
    if currency not in rates or into not in rates:
        return None
    return Converted(amount=amount / rates[currency] * rates[into], currency=into, rate_date=day)


def newest() -> dict[str, float]:
    """Units of each known currency for one euro, by the newest table."""
    return dict(_tables()[-1][1])
