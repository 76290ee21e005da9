"""What one unit of a currency is worth in another, by the dated table of `pipeline.knowledge.rates`."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.knowledge.rates import newest

if TYPE_CHECKING:
    from collections.abc import Mapping

# What people type before an amount. A yen sign means yuan here, as this is a Chinese reader's default currency.
SYMBOLS = MappingProxyType({"US$": "USD", "HK$": "HKD", "NT$": "TWD", "$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW",
                            "¥": "CNY", "￥": "CNY"})  # fmt: skip


@cache
def rates() -> Mapping[str, float]:
    """How many CNY one unit of each known currency (ISO 4217) is worth, by the newest table."""
    a_euro = newest()
    return MappingProxyType({currency: a_euro["CNY"] / rate for currency, rate in a_euro.items()})


def convert(amount: float, currency: str, wanted: str) -> float:
    """The amount in another currency; the same amount where they are the same, whatever the rate."""
    return amount if currency == wanted else amount * rates()[currency] / rates()[wanted]
