"""Amounts of money in folded text: number, scale, currency, bounds and ranges; whether they are pay is decided elsewhere.

"up to" fills only the upper bound, "over" only the lower, a plain amount both; no bound is ever invented. A range
inherits scale and currency from its right end (3-6万, 200-320k); a bracket after an amount is its conversion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import family, pay_words
from pipeline.stages.hiring.currencies import currency_at
from pipeline.stages.hiring.currency_sharing import has_unit, share_currency
from pipeline.stages.hiring.figures import FIGURE, read_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.knowledge.pay import PayWords

_NUMERIC = re.compile(r"[\d一二两三四五六七八九十百千几数半万亿]|million|billion|thousand|mill[oó]n|수|억|만|milliard")
# What a sentence must hold to name money at all: a sign or word of a currency or, in Chinese, Japanese and Korean, of pay.
_MONEY = {
    True: re.compile(
        r"[元圆块$¥€£₩₹薪円원달엔俸酬包奖价拿年给収收]|ドル|ユーロ|연봉|월급|시급|위안|유로|yuan|rmb|usd|美金|[0-9]k"
    ),
    False: re.compile(
        r"[$€£¥₩₹]|yuan|rmb|cny|dollar|d[oó]lar|euro|eur\b|usd|pound|pfund|libras|livres|won\b|yen|rupee|lpa|chf|franc|franken|aed|dirham|sar\b|riyal|bucks|sgd|hkd|gbp|jpy|inr|renminbi|rs\."
    ),
}
# Of the figures of a Chinese, Japanese or Korean sentence only those with a unit or a currency are money; most sentences
# have neither beside 一 and 两, and are told from the others before any figure is read.
_UNIT_OR_CURRENCY = re.compile(
    "|".join(
        ["[百千万亿천만억元块¥]", rf"\d[\s-]?(?:{'|'.join(pay_words('zh').scale)})|illi|thousand"]
        + [re.escape(word) for word in {**pay_words("zh").currency_before, **pay_words("zh").currency_after}]
    )
)
_HAN_UNITS = {"亿": 1e8, "억": 1e8, "千万": 1e7, "万": 1e4, "만": 1e4}
_LEAST_BARE = 1000  # a figure without a currency is pay only in thousands
_SIGN = r"(?:人民币|rmb|us\$|ca\$|hk\$|[$€£¥₩₹])?\s*"
_JOIN = re.compile(
    r"\s*(?:-|—|~|〜|～|∼|to|and|至|到|から|에서|부터|bis(?: zu)?|und|à|a|et|y|hasta|jusqu'à)\s*"
    r"(?:(?P<over>more than|over|above|plus de|más de|mehr als|über|超过|超|逾)\s+)?"
    rf"(?:(?:los|las|the|rund|etwa|about|around|roughly|nearly|almost|close to|unos|casi|environ|près de|ungefähr|fast|knapp)\s)?{_SIGN}"
)
_NEEDS_BETWEEN = re.compile(r"\s*(?:and|und|et|y)\s")
_NEEDS_FROM = re.compile(r"\s*[aà]\s")
_BETWEEN = re.compile(
    rf"(?:between|zwischen|entre|von|from|de|desde)\s+(?:(?:about|around|rund|environ|unos|los|las)\s+)?{_SIGN}$"
)
# A range told with its two ends apart: "range from $210,000 for juniors to $3.7 million for the most senior".
_WIDE = re.compile(
    rf"\s(?:for|pour|für|para|en|bei|als|at|in)\s[^,;.()\d]{{3,40}}?\s(?:to|à|et|and|und|y|bis(?: zu)?|hasta|a)\s{_SIGN}"
    r"|[,、]?\s?(?:至|到)[^\d,。]{1,12}"
)
_RANGES = re.compile(
    rf"\b(?:rang|var|span|reich|oscil|vont|va|van|run|go)\w*\s(?:from|de|von|desde|entre)\s(?:los\s)?{_SIGN}$|\b(?:between|entre|zwischen)\s{_SIGN}$"
    r"|[从由][^,。;]{1,16}$"
)
_CHANGES = re.compile(
    r"\b(?:doubl|tripl|rais|increas|lift|boost|cut|lower|reduc|rose|ris|gr[eo]w|jump|climb|drop|fell|fall|verdoppel|erhöh|anhob|angehoben|stieg|gestiegen|"
    r"augment|pass|doubl|aument|subi|pas|duplic)\w*\b[^.;:]{0,34}\b(?:from|von|de|desde) (?:about |around |rund |environ |unos )?(?:us\$|[$€£¥₩₹])?\s*$"
)
_OPENS = re.compile(r"\s?[(（]\s?(?:约|약|about |around |roughly |some |or |~|≈)?\s?")
_CONVERSION = re.compile(r"\s*[(（\[][^)）\]]{0,30}\d[^)）\]]{0,24}[)）\]]")
_NO_MONEY = re.compile(r"\s*(?:%|percent|per cent|prozent|pour cent|por ciento|퍼센트|-bit|tokens|parameters|参数)")
_MONTHS = re.compile(
    r"\s*(?:[·.*x×・/,、]|及)?\s*(?P<months>1[2-9]|2[0-9])\s*(?:薪|个月薪|개월)|\s*[x×*]\s*(?P<times>1[2-9]|2[0-4])(?!\d)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A stretch of folded text that names money; `start` to `end` covers bounds, range, currency and conversion.

    `low`/`high` are the bounds that the wording states. `is_vague`: an amount is spoken of, but no number. `months` as in
    14薪. `has_currency` is False where only a word for pay makes it money (年薪80万).
    """

    start: int
    end: int
    core: int  # where the figure itself begins
    low: float | None
    high: float | None
    currency: str | None
    scale: float
    raw: float
    has_currency: bool
    bound: str = ""  # max, min, about, or empty
    is_vague: bool = False
    is_range: bool = False
    months: float | None = None
    bare_end: int = 0  # where figure and currency end, without months and conversion


def find_amounts(text: str, language: str, assumed: str | None = None) -> list[Amount]:
    """All amounts with a currency, and bare ones that a word for pay may make money; in order, not overlapping.

    Spans cover figure, range, currency, conversion and months; `bounds.with_bounds` adds "up to" and the like.
    """
    kind = family(language)
    if not _may_hold(text, kind, assumed):
        return []
    words = pay_words(language)
    found: list[Amount] = []
    for match in FIGURE[kind].finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if amount := _read(text, match, language, words):
            found.append(amount)
    found = [a for i, a in enumerate(found) if not (i and _is_bracketed(text, found[i - 1], a))]
    amounts: list[Amount] = []
    for amount in share_currency(text, list(_join_ranges(text, found)), language, assumed):
        is_money = amount.has_currency or (
            not amount.is_vague and (amount.high or amount.low or 0) >= _LEAST_BARE and has_unit(text, amount)
        )
        if is_money and (not amounts or amount.core >= amounts[-1].end):
            amounts.append(_with_tail(text, amount))
    return amounts


def _may_hold(text: str, kind: str, assumed: str | None) -> bool:
    """Whether the sentence may name money at all: what rules most sentences out soonest is asked first."""
    if kind == "cjk":
        is_money = assumed or _MONEY[True].search(text)
        return bool(is_money and _NUMERIC.search(text) and _UNIT_OR_CURRENCY.search(text))
    return bool(_NUMERIC.search(text) and (assumed or _MONEY[False].search(text)))


def _is_bracketed(text: str, before: Amount, amount: Amount) -> bool:
    """Whether an amount stands in brackets right behind another, as its conversion: 20m dollars (3.1bn yen)."""
    return (
        before.has_currency
        and amount.has_currency
        and before.currency != amount.currency
        and bool(_OPENS.fullmatch(text, before.end, amount.start))
        and text[amount.end : amount.end + 1] in {")", "）"}
    )


def _read(text: str, match: re.Match[str], language: str, words: PayWords) -> Amount | None:
    read = read_figure(match, language, words)
    if match[0].strip() == "수":
        return None  # 수원 is a city; "some won" has a unit: 수억원
    if read is None or _NO_MONEY.match(text, match.end()):
        return None
    number, scale = read
    currency, start, end = currency_at(text, match.start(), match.end(), language, words)
    has_currency = currency is not None
    return Amount(
        start=start,
        end=end,
        core=match.start(),
        low=None if number.is_vague else number.low * scale,
        high=None if number.is_vague or number.is_more else number.high * scale,
        currency=currency,
        scale=scale,
        raw=number.high,
        has_currency=has_currency,
        bound="min" if number.is_more else "",
        is_vague=number.is_vague,
        is_range=number.low != number.high,
    )


def _join_ranges(text: str, amounts: list[Amount]) -> Iterator[Amount]:
    held: Amount | None = None
    for amount in amounts:
        joined = held and _range(text, held, amount)
        if held and not joined:
            yield held
        held = joined or amount
    if held:
        yield held


def _are_joined(joint: re.Match[str] | None, gap: str, lead: str, left: Amount) -> bool:
    """Whether what stands between two amounts makes them one range."""
    if _CHANGES.search(lead):
        return False  # "doubled from $125 million to $250 million" names two sums
    if joint is None:
        return bool(_WIDE.fullmatch(gap) and _RANGES.search(lead))
    if _NEEDS_BETWEEN.match(gap) or (_NEEDS_FROM.match(gap) and left.has_currency):
        return bool(_BETWEEN.search(lead))
    return True


def _range(text: str, left: Amount, right: Amount) -> Amount | None:
    """The two as one range, if a hyphen, "to", 至 … stands between them and their currencies agree."""
    bracket = _CONVERSION.match(text, left.end)
    gap = text[bracket.end() if bracket else left.end : right.core]
    lead = text[max(0, left.start - 60) : left.start]
    joint = _JOIN.fullmatch(gap)
    if left.is_range or left.low is None or not _are_joined(joint, gap, lead, left):
        return None
    if right.is_vague and right.currency == left.currency:
        return replace(left, end=right.end, high=None, is_range=True)  # "from $1 million to several million"
    if right.low is None:
        return None
    if left.has_currency and right.has_currency and left.currency != right.currency:
        return None
    scale = right.scale if left.scale == 1 and left.raw * right.scale <= (right.low or 0) else 1.0
    if scale == 1 and left.low == left.raw and right.raw:  # 3-6万, 2500〜3500万, 70 to 100 k
        unit = max((u for sign, u in _HAN_UNITS.items() if sign in text[right.core : right.end]), default=1.0)
        is_bare = not any(sign in text[left.core : left.end] for sign in _HAN_UNITS)
        scale = unit if is_bare and left.raw * unit <= (right.low or 0) else 1.0
        unit = (right.low or 0) / right.raw
        scale = max(scale, unit if left.raw < _LEAST_BARE and left.raw * unit < (right.low or 0) else 1.0)
    low = left.low * scale
    if low > (right.high or right.low or low):
        return None
    return replace(
        right,
        start=left.start,
        core=left.core,
        low=low,
        high=None if joint and joint["over"] else right.high,
        currency=right.currency or left.currency,
        has_currency=left.has_currency or right.has_currency,
        is_range=True,
    )


def _with_tail(text: str, amount: Amount) -> Amount:
    """The amount with the months a year and the conversion in brackets that stand behind it."""
    months = _MONTHS.match(text, amount.end)
    end = months.end() if months else amount.end
    if conversion := _CONVERSION.match(text, end):
        end = conversion.end()
    return replace(
        amount, end=end, bare_end=amount.end, months=float(months["months"] or months["times"]) if months else None
    )
