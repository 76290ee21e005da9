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
from pipeline.stages.hiring.figures import FIGURE, read_figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.knowledge.pay import PayWords

_NUMERIC = re.compile(r"[\d一二两三四五六七八九十百千几数半]|million|billion|thousand|mill[oó]n|수|억|만|milliard")
# What a sentence must hold to name money at all: a sign or word of a currency or, in Chinese, Japanese and Korean, of pay.
_MONEY = {
    True: re.compile(
        r"[元圆块$¥€£₩₹薪円원달엔俸酬包奖价拿年给収收]|ドル|ユーロ|연봉|월급|시급|위안|유로|yuan|rmb|usd|美金|[0-9]k"
    ),
    False: re.compile(
        r"[$€£¥₩₹]|yuan|rmb|cny|dollar|d[oó]lar|euro|eur\b|usd|pound|pfund|libras|livres|won\b|yen|rupee|lpa|chf|franc|franken|aed|dirham|sar\b|riyal|bucks|sgd|hkd|gbp|jpy|inr|renminbi|rs\."
    ),
}
_LEAST_BARE = 1000  # a figure without a currency is pay only in thousands
_BEFORE = 40  # how far back a bound or a currency sign may stand, in characters
_JOIN = re.compile(
    r"\s*(?:-|—|~|〜|～|to|and|至|到|から|에서|bis(?: zu)?|und|à|a|et|y)\s*(?:(?P<over>more than|over|above|plus de|más de|mehr als|超过|超|逾)\s+)?"
    r"(?:人民币|rmb|us\$|[$€£¥₩])?\s*"
)
_NEEDS_BETWEEN = re.compile(r"\s*(?:and|und|et|y|a|à)\s")
_BETWEEN = re.compile(
    r"(?:between|zwischen|entre|von|from|de|desde)\s+(?:(?:about|rund|environ|unos)\s+)?(?:us\$|[$€£])?$"
)
_CONVERSION = re.compile(r"\s*[(（\[][^)）\]]{0,30}\d[^)）\]]{0,24}[)）\]]")
_LISTED = re.compile(r"\s*(?:[、,/]|或|和|or|and|oder|ou|o|および|또는|、または)\s*")
_NO_MONEY = re.compile(r"\s*(?:%|percent|per cent|prozent|pour cent|por ciento|퍼센트|-bit|tokens|parameters|参数)")
_MONTHS = re.compile(
    r"\s*(?:[·.*x×・/,]|及|，)?\s*(?P<months>1[2-9]|2[0-9])\s*(?:薪|个月薪|개월)|\s*[x×*]\s*(?P<times>1[2-9]|2[0-4])(?!\d)"
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


def find_amounts(text: str, language: str) -> list[Amount]:
    """All amounts with a currency, and bare ones that a word for pay may make money; in order, not overlapping.

    Spans cover figure, range, currency, conversion and months; `with_bounds` adds "up to" and the like.
    """
    if not _MONEY[family(language) == "cjk"].search(text) or not _NUMERIC.search(text):
        return []
    words = pay_words(language)
    found: list[Amount] = []
    for match in FIGURE[family(language)].finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if amount := _read(text, match, language, words):
            found.append(amount)
    amounts: list[Amount] = []
    for amount in _share_currency(text, list(_join_ranges(text, found))):
        is_money = amount.has_currency or (
            not amount.is_vague and (amount.high or amount.low or 0) >= _LEAST_BARE and _has_unit(text, amount)
        )
        if is_money and (not amounts or amount.core >= amounts[-1].end):
            amounts.append(_with_tail(text, amount))
    return amounts


def lists_of(text: str, amounts: list[Amount]) -> dict[int, tuple[int, int]]:
    """By the core of each amount, the span of the list it stands in (its own where it stands alone)."""
    spans: dict[int, tuple[int, int]] = {}
    group: list[Amount] = []
    for amount in [*amounts, None]:
        if amount and (not group or _LISTED.fullmatch(text[group[-1].end : amount.start])):
            group.append(amount)
            continue
        spans |= {one.core: (group[0].start, group[-1].end) for one in group}
        group = [amount] if amount else []
    return spans


def _has_unit(text: str, amount: Amount) -> bool:
    return amount.scale > 1 or any(unit in text[amount.core : amount.end] for unit in "万亿百千만억천")


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


def _share_currency(text: str, amounts: list[Amount]) -> list[Amount]:
    """In a list, the last amount's currency is that of all: 9万、11万或13万元."""
    shared: list[Amount] = []
    for amount in reversed(amounts):
        follower = shared[-1] if shared else None
        is_listed = (
            follower
            and not amount.has_currency
            and _has_unit(text, amount)
            and _LISTED.fullmatch(text[amount.end : follower.start])
        )
        shared.append(
            replace(amount, currency=follower.currency, has_currency=True)
            if follower and is_listed and follower.has_currency
            else amount
        )
    return shared[::-1]


def _range(text: str, left: Amount, right: Amount) -> Amount | None:
    """The two as one range, if a hyphen, "to", 至 … stands between them and their currencies agree."""
    gap = text[left.end : right.core]
    joint = _JOIN.fullmatch(gap)
    if not joint or left.is_range or left.low is None or right.low is None:
        return None
    if _NEEDS_BETWEEN.match(gap) and not _BETWEEN.search(text[max(0, left.start - 24) : left.start]):
        return None
    if left.has_currency and right.has_currency and left.currency != right.currency:
        return None
    scale = right.scale if left.scale == 1 and left.raw * right.scale <= (right.low or 0) else 1.0
    if scale == 1 and left.raw < 1000 <= (right.low or 0) and left.low == left.raw:  # noqa: PLR2004 - 3-6万, 70 to 100 k
        unit = (right.low or 0) / right.raw if right.raw else 1.0
        scale = next((u for u in (1e8, 1e4) if right.raw >= u and left.raw * u < (right.low or 0)), 1.0)
        scale = max(scale, unit if left.raw * unit < (right.low or 0) else 1.0)
    low = left.low * scale
    if low > (right.high or right.low or low):
        return None
    return replace(
        right,
        start=left.start,
        core=left.core,
        low=low,
        high=None if joint["over"] else right.high,
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


def with_bounds(text: str, amount: Amount, language: str) -> Amount:
    """The amount with the bounds that stand around it, and its span widened over them."""
    words = pay_words(language)
    start, end, low, high = amount.start, amount.end, amount.low, amount.high
    before = next((m for m in words.before.finditer(text, max(0, start - _BEFORE), start) if m.end() == start), None)
    after = words.after.match(text, amount.bare_end) or words.after.match(text, end)
    if after is None and text[amount.bare_end - 1] == "元":
        after = words.after.match(text, amount.bare_end - 1)
    kinds = {found.lastgroup for found in (before, after) if found} | {amount.bound}
    bound = next((kind for kind in ("max", "min", "about") if kind in kinds), "")
    if bound == "max":
        low = low if amount.is_range else None
    elif bound == "min":
        high = high if amount.is_range else None
    start, end = before.start() if before else start, max(end, after.end()) if after else end
    return replace(amount, start=start, end=end, low=low, high=high, bound=bound)
