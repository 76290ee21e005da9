"""Which amounts of a text are pay, for what period, and what they come to in a year.

An amount is pay where a word for pay stands nearer to it than a word for other money (revenue, funding, deals, costs,
leaving money); weak words (offer, position, a year) count only where no such word stands in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.document import Pay
from pipeline.knowledge.pay import family, local, pay_words
from pipeline.stages.hiring.amounts import find_amounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import Period
    from pipeline.knowledge.pay import PayWords
    from pipeline.stages.hiring.amounts import Amount
    from pipeline.stages.hiring.sentences import Sentence

_MONTHS_A_YEAR = 12
_FAR = 10_000.0
_TOO_MUCH = 3e9  # in any currency but won and yen: no pay was ever reported above it, deals are
_LEAST_BARE = 1000  # a figure without a currency is pay only in thousands
_EQUITY = re.compile(
    r"stock|equity|shares|rsus?\b|options|期权|股票|股权|股份|ストックオプション|株式|스톡옵션|주식|aktien|actions|acciones"
)
_DENIAL = re.compile(
    r"\bden(?:y|ies|ied)\b|\bfake\b|\buntrue\b|\bnot true\b|\bbut not\b|\bno one is\b|isn't|wasn't|否认|不实|辟谣|假消息|并非|事実無根|否定|사실무근|부인|dementi|weist zurück|dément|desmiente|niega"
)
_AVERAGE = re.compile(r"\baverage\b|平均|평균|durchschnitt|moyen|promedio")
_STRUCTURE = re.compile(r"[,,、;;:—]|\s-\s")
_CODE = re.compile(r"\bper\b|/")


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a word may stand from its amount, in characters: Chinese says in ten what English says in thirty."""

    word: float
    clause: float  # added for each comma or dash between
    other: float  # added where another amount stands between
    period: float


_REACH = {True: _Reach(45, 8, 6, 42), False: _Reach(110, 18, 25, 60)}


def find_pay(sentences: Sequence[Sentence], language: str) -> tuple[Pay, ...]:
    """Every figure or amount phrase for work, quoted, in order of the text; one figure said twice is given once."""
    found = [pay for sentence in sentences for pay in _pay_of(sentence, language)]
    return tuple(_without_repeats(found))


def _pay_of(sentence: Sentence, language: str) -> Iterable[Pay]:
    words = pay_words(language)
    amounts = find_amounts(sentence.folded, language)
    for amount in amounts:
        if not _is_pay(sentence.folded, amount, amounts, words, _REACH[family(language) == "cjk"]):
            continue
        yield _pay(sentence, amount, amounts, language)
    taken = [(amount.start, amount.end) for amount in amounts if not amount.is_vague]
    for match in words.phrases.finditer(sentence.folded):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            start, end = sentence.span(match.start(), match.end())
            yield Pay(
                quote=sentence.original[start:end], field=sentence.field, start=start, end=end, min=None, max=None,
                currency="USD" if "dollar" in match[0] or "美元" in match[0] else None, period="total", is_approximate=True,
            )  # fmt: skip


def _is_pay(text: str, amount: Amount, amounts: Sequence[Amount], words: PayWords, reach: _Reach) -> bool:
    if words.not_pay_after.match(text, amount.end) or words.not_pay_after.match(
        text, amount.core + len(text[amount.core : amount.end].split("(", maxsplit=1)[0])
    ):
        return False
    figure = amount.high or amount.low or 0.0
    if figure > _TOO_MUCH and amount.currency not in {"KRW", "JPY"}:
        return False
    strong = _nearest(text, amount, amounts, words.pay, reach)
    if not amount.has_currency:
        return _is_bare_pay(text, amount, words, strong)
    other = _nearest(text, amount, amounts, words.not_pay, reach)
    if strong <= reach.word and strong <= other:
        return True
    return _nearest(text, amount, amounts, words.pay_weak, reach) <= reach.word and other >= _FAR


def _is_bare_pay(text: str, amount: Amount, words: PayWords, strong: float) -> bool:
    """A figure without a currency: 年薪80万, 25-50K·15薪, 연봉 3억; the word for pay stands right beside it."""
    if (
        amount.is_vague
        or (amount.high or amount.low or 0) < _LEAST_BARE
        or (amount.scale == 1 and not _has_unit(text, amount))
    ):
        return False
    if amount.months:
        return True
    before, after = text[max(0, amount.start - 12) : amount.start], text[amount.end : amount.end + 6]
    close = [m.end() for m in words.pay.finditer(before)]
    gap = before[close[-1] :] if close else None
    if gap is not None and not re.search(r"[,。;;]|[个名人家年次倍%]", gap):
        return True
    return (
        bool(re.match(r"\s*(?:的)?(?:年薪|月薪|总包|年包|薪|연봉|年俸|年収)|\s*/\s*(?:月|年|天)", after))
        and strong < _FAR
    )


def _has_unit(text: str, amount: Amount) -> bool:
    return any(unit in text[amount.core : amount.end] for unit in "万亿百千만억천")


def _nearest(text: str, amount: Amount, amounts: Sequence[Amount], pattern: re.Pattern[str], reach: _Reach) -> float:
    """Distance to the nearest match, with clause breaks and other amounts between counted on top."""
    best = _FAR
    for match in pattern.finditer(text):
        if match.end() <= amount.start:
            between, low, high = text[match.end() : amount.start], match.end(), amount.start
        elif match.start() >= amount.core:
            between, low, high = text[amount.end : match.start()], amount.end, match.start()
            if match.start() < amount.end:
                between = ""
        else:
            return 0.0
        distance = len(between) + reach.clause * len(_STRUCTURE.findall(between))
        distance += reach.other * sum(low <= other.core < high for other in amounts if other is not amount)
        best = min(best, distance)
    return best


def _pay(sentence: Sentence, amount: Amount, amounts: Sequence[Amount], language: str) -> Pay:
    words = pay_words(language)
    text = sentence.folded
    period = _period(text, amount, amounts, words, _REACH[family(language) == "cjk"])
    if period is None and amount.months:
        period = "month"
    start, end = _quote(text, amount, words)
    start, end = sentence.span(start, end)
    low, high = (None, None) if amount.is_vague else (amount.low, amount.high)
    factor = {"year": 1.0, "month": amount.months or _MONTHS_A_YEAR}.get(period or "")
    window = text[max(0, amount.start - 60) : amount.end + 60]
    return Pay(
        quote=sentence.original[start:end],
        field=sentence.field,
        start=start,
        end=end,
        min=low,
        max=high,
        currency=amount.currency or local(words.bare, language),
        period=period,
        annual_min=low * factor if factor and low is not None else None,
        annual_max=high * factor if factor and high is not None else None,
        months=amount.months,
        is_approximate=amount.bound == "about"
        or amount.is_vague
        or (not amount.has_currency and "百万" in text[amount.core : amount.end]),
        is_denied=bool(_DENIAL.search(text)),
        has_equity=bool(_EQUITY.search(window)),
    )


def _period(text: str, amount: Amount, amounts: Sequence[Amount], words: PayWords, reach: _Reach) -> Period | None:
    """What the amount is paid for: the nearest time word, else `total` beside a package, an offer or several years."""
    best: dict[str, float] = {}
    pay_before = max((m.end() for m in words.pay.finditer(text, 0, amount.start)), default=-1)
    for match in words.period.finditer(text):
        kind = match.lastgroup or ""
        if match.start() >= amount.core:
            between = text[amount.end : match.start()] if match.start() > amount.end else ""
            crossed = sum(amount.end <= other.core < match.start() for other in amounts)
        else:
            between = text[match.end() : amount.start] if match.end() < amount.start else ""
            crossed = sum(match.end() <= other.core < amount.start for other in amounts)
            # Another word for pay between takes the amount over: "年薪 40 万, 基本工资 10 万".
            if (
                kind != "total"
                and pay_before > match.end()
                and text[match.start() : match.end()] not in text[pay_before - 4 : pay_before]
            ):
                crossed += 3
        breaks = len(_STRUCTURE.findall(between))
        is_after = match.start() >= amount.core
        distance = (
            len(between)
            + breaks * reach.clause * (2 if is_after else 1)
            + crossed * (reach.period if is_after else reach.period / 3)
        )
        best[kind] = min(best.get(kind, _FAR), distance)
    timed = {kind: distance for kind, distance in best.items() if kind != "total" and distance <= reach.period}
    if timed:
        nearest = min(timed, key=lambda kind: timed[kind])
        return None if nearest == "none" else nearest  # type: ignore[return-value]
    if best.get("total", _FAR) <= reach.period and not (_AVERAGE.search(text) and _EQUITY.search(text)):
        return "total"
    return None


def _quote(text: str, amount: Amount, words: PayWords) -> tuple[int, int]:
    """The amount with the words that stand right beside it: "up to 60,000 yuan (US$8,451) per month", 年薪百万."""
    start, end = amount.start, amount.end
    for pattern in (words.period, words.pay):
        if match := pattern.match(text, end + (text[end : end + 1] == " ")):
            end = match.end()
    for match in words.pay.finditer(text, max(0, start - 24), start):
        if match.end() == start or (match.end() == start - 1 and text[match.end()] == " "):
            start = match.start()
            break
    return start, end


def _without_repeats(found: list[Pay]) -> list[Pay]:
    """One row a figure: the title's repeats of the body go, and a later mention only adds the period it knows."""
    in_body = {number for pay in found if pay.field == "text" for number in (pay.min, pay.max) if number is not None}
    kept: dict[tuple[object, ...], Pay] = {}
    for pay in found:
        numbers = {number for number in (pay.min, pay.max) if number is not None}
        if pay.field == "title" and numbers and numbers <= in_body:
            continue
        key = (pay.min, pay.max, pay.currency, pay.is_approximate, pay.quote.casefold() if not numbers else "")
        first = kept.get(key)
        if first is None:
            kept[key] = pay
        elif first.period in {None, "total"} and pay.period not in {None, "total"}:
            kept[key] = replace(pay, quote=first.quote, field=first.field, start=first.start, end=first.end)
    return list(kept.values())
