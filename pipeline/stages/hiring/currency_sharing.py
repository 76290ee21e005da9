"""Amounts that leave their currency to a neighbour: 9万、11万或13万元, "from 200,000 to 450,000, often over $800,000"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import family

if TYPE_CHECKING:
    from pipeline.stages.hiring.amounts import Amount

LISTED = re.compile(r"\s*(?:[、,/]|或|和|or|and|oder|ou|o|および|또는|、または)\s*")
_MILLION = 1e6
# What follows a sum of money and not a count of things: the clause ends, or a preposition or a time word comes.
_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?)\]\"'—-]|(?:a|an|per|pro|par|por|for|to|in|im|over|über|sur|en|and|y|et|und|or|o|ou|depending|je|"
    r"pour|para|für|als|annually|yearly|annuels?|anual(?:es)?|al|jährlich|brut|brutos?|brutto|de sueldo|de salaire)(?![a-zà-ÿ]))"
)


def share_currency(text: str, amounts: list[Amount], language: str, assumed: str | None) -> list[Amount]:
    """The amounts of a sentence, those without a currency given that of the list or sentence they stand in.

    `assumed` is the currency of pay named shortly before; it serves where the sentence itself names none.
    """
    shared = _along_lists(text, amounts)
    if family(language) == "cjk":
        return shared  # there a figure without a currency is money of the country
    spoken = next((amount.currency for amount in shared if amount.currency), assumed)
    return [
        replace(amount, currency=spoken, has_currency=True)
        if spoken and not amount.has_currency and _is_sum(text, amount)
        else amount
        for amount in shared
    ]


def _along_lists(text: str, amounts: list[Amount]) -> list[Amount]:
    """In a list, the last amount's currency is that of all: 9万、11万或13万元."""
    shared: list[Amount] = []
    for amount in reversed(amounts):
        follower = shared[-1] if shared else None
        is_listed = (
            follower
            and follower.has_currency
            and not amount.has_currency
            and has_unit(text, amount)
            and LISTED.fullmatch(text[amount.end : follower.start])
        )
        shared.append(
            replace(amount, currency=follower.currency, has_currency=True) if follower and is_listed else amount
        )
    return shared[::-1]


def _is_sum(text: str, amount: Amount) -> bool:
    """Whether a figure without a currency reads as money: grouped or in millions, and no thing counted behind it."""
    is_written_out = amount.scale >= _MILLION or bool(re.search(r"\d[.,' ]\d{3}(?!\d)", text[amount.core : amount.end]))
    return is_written_out and not amount.is_vague and bool(_ENDS.match(text, amount.end))


def has_unit(text: str, amount: Amount) -> bool:
    """Whether the figure has a scale: k, million, 万, 억."""
    return amount.scale > 1 or any(unit in text[amount.core : amount.end] for unit in "万亿百千만억천")
