"""What one unit of a currency is worth in another, from `pipeline/knowledge/rates.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What people type before an amount. A yen sign means yuan here, as this is a Chinese reader's default currency.
SYMBOLS = MappingProxyType({"US$": "USD", "HK$": "HKD", "NT$": "TWD", "$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW",
                            "¥": "CNY", "￥": "CNY"})  # fmt: skip


@cache
def rates() -> Mapping[str, float]:
    """How many CNY one unit of each known currency (ISO 4217) is worth."""
    table = tomllib.loads(files("pipeline.knowledge").joinpath("rates.toml").read_text("utf-8"))
    return MappingProxyType({currency: float(rate) for currency, rate in table["cny"].items()})


def convert(amount: float, currency: str, wanted: str) -> float:
    """The amount in another currency; the same amount where they are the same, whatever the rate."""
    return amount if currency == wanted else amount * rates()[currency] / rates()[wanted]
