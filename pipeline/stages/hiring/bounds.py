"""The bounds that stand around an amount: "up to" fills only the upper one, "over" only the lower."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import pay_words

if TYPE_CHECKING:
    from pipeline.knowledge.pay import PayWords
    from pipeline.stages.hiring.amounts import Amount

_BEFORE = 40  # how far back a bound may stand, in characters
# An upper bound with its word for pay, a verb or a span of years between it and the amount: 最高月薪可达, 최대 연봉 3억,
# 最大で4年间に, "a ceiling of".
_PAY_WORD = "(?:月薪|年薪|日薪|时薪|薪资|薪酬|薪水|底薪|总包|年包|工资|待遇|报价|奖金|收入|年収|月给|年俸|报酬|基本给|연봉|월급|시급|보상|기본급|보너스)"
_CEILING = re.compile(
    rf"(?:最高|最多|最大|上限|최대|최고)\s?(?:的|で|は|も)?\s?(?:{_PAY_WORD}(?:水平|范围|待遇)?)?\s?(?:也|都|就|则|更)?(?:大概|大约|差不多)?(?:可以|能够|可|能|将|会)?"
    r"(?:达到|达|到|还有|有|为|是|拿到|拿|给到|给出|开到|开出|给|领到|领|获得|得|が|は|も|은|는|이|가|도)?(?:了)?\s?"
    r"(?:每月|每年|每天|一年|一个月|一天|税前|税后|大概|大约|约|近|将近|接近|人民币|\d年间?(?:に|で|の)?|年间|\d년간|연간|연|월)*\s?$"
    r"|\b(?:ceiling|cap|maximum|limit) (?:of|at) $|\bmaxim(?:um|al)\w* (?:salary|gehalt) (?:of|von) $"
)
_DENIED_EXCESS = re.compile(r"\b(?:none|not?|never|nor|without|keine?r?|nicht|sans|sin|no)\s(?:\w+\s)?$")
# Between an amount and the bound behind it may stand what it is paid for: "$200,000 a year or more", 500元一天起.
_PER = re.compile(
    r"\s?(?:的?(?:年薪|月薪|日薪|薪资|薪酬|연봉)|/?(?:一天|每天|天|月|个月|一个月|每月|一年|每年|年|小时)|a year|per year|a month|per month|an hour|per hour|a day|"
    r"pro jahr|im jahr|par an|al año|per annum|annually)\s?"
)

_CLOSING = {'"', "'", "」", "』", ")"}


def with_bounds(text: str, amount: Amount, language: str) -> Amount:
    """The amount with the bounds that stand around it, and its span widened over them."""
    words = pay_words(language)
    start, low, high = amount.start, amount.low, amount.high
    before = next((m for m in words.before.finditer(text, max(0, start - _BEFORE), start) if m.end() == start), None)
    kind_before = before.lastgroup if before else None
    if before and kind_before == "min" and _DENIED_EXCESS.search(text, max(0, before.start() - 20), before.start()):
        kind_before = "max"
    ceiling = None if before else _CEILING.search(text, max(0, start - _BEFORE), start)
    after = _after(text, amount, words)
    kinds = {kind_before, after.lastgroup if after else None, "max" if ceiling else None, amount.bound}
    bound = next((kind for kind in ("max", "min", "about") if kind in kinds), "")
    if bound == "max":
        low = low if amount.is_range else None
    elif bound == "min":
        high = high if amount.is_range else None
    start = before.start() if before else start
    return replace(
        amount, start=start, end=max(amount.end, after.end()) if after else amount.end, low=low, high=high, bound=bound
    )


def _after(text: str, amount: Amount, words: PayWords) -> re.Match[str] | None:
    """The bound behind the amount, its conversion or its time word; 元级别 shares its first character with the currency."""
    ends = [amount.bare_end, amount.end]
    ends += [match.end() for end in ends if (match := _PER.match(text, end))]
    if text[amount.bare_end - 1] == "元":
        ends.append(amount.bare_end - 1)
    ends += [end + 1 for end in ends if text[end : end + 1] in _CLOSING]
    return next((match for end in ends if (match := words.after.match(text, end))), None)
