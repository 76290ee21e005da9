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
from pipeline.stages.hiring.amounts import find_amounts, with_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import Period
    from pipeline.knowledge.pay import Cue, PayWords
    from pipeline.stages.hiring.amounts import Amount
    from pipeline.stages.hiring.sentences import Sentence

_MONTHS_A_YEAR = 12
_FAR = 10_000.0
_TOO_MUCH = 3e9  # in any currency but won and yen: no pay was ever reported above it, deals are
_TOO_MUCH_UNSAID = 4e8  # beyond it, a sum is pay only if a word for pay says so
_SHORT = 60  # characters of a sentence that only continues the one before
_PACKAGE = 1e7  # from this sum on, pay without a time word is a package if one is spoken of
_LONG = 250  # nobody refers further than this
_BESIDE = 10  # characters between a word for pay and a bare figure
_EQUITY = re.compile(
    r"stock|equity|shares|rsus?\b|options|期权|股票|股权|股份|ストックオプション|株式|스톡옵션|주식|aktien|actions|acciones"
)
_DENIAL = re.compile(
    r"\bden(?:y|ies|ied)\b|\bfake\b|\buntrue\b|\bnot true\b|\bbut not\b|\bno one is\b|isn't|wasn't|否认|不实|辟谣|假消息|并非|事実無根|否定|사실무근|부인|dementi|weist zurück|dément|desmiente|niega"
)
_AVERAGE = re.compile(r"\baverage\b|平均|평균|durchschnitt|moyen|promedio")
_STRUCTURE = re.compile(r"[,,、;;:—]|\s-\s")


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
    pairs = zip([None, *sentences], sentences, strict=False)
    found = [pay for previous, sentence in pairs for pay in _pay_of(sentence, previous, language)]
    return tuple(_without_repeats(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """A sentence with its amounts and the words that decide, found once."""

    text: str
    language: str
    words: PayWords
    reach: _Reach
    amounts: Sequence[Amount]
    cues: Sequence[Cue]

    def of(self, kind: str) -> list[Cue]:
        """The cues of one kind."""
        return [cue for cue in self.cues if cue.kind == kind]

    @property
    def times(self) -> list[Cue]:
        """The cues of periods."""
        return [cue for cue in self.cues if cue.kind in _PERIODS]


_PERIODS = {"year", "month", "day", "hour", "total", "none"}
_PHRASE_HINT = re.compile(
    r"figure|million|位数|桁|stellig|schwer|chiffres|cifras|[几数上][十百千]*[万亿]|수[십백천]*[만억]"
)


def _pay_of(sentence: Sentence, previous: Sentence | None, language: str) -> Iterable[Pay]:
    words = pay_words(language)
    text = sentence.folded
    amounts = find_amounts(text, language)
    if amounts:
        context = _Context(
            text=text,
            language=language,
            words=words,
            reach=_REACH[family(language) == "cjk"],
            amounts=amounts,
            cues=words.cues.find(text),
        )
        for amount in amounts:
            if _is_plausible(amount, context) and (_is_pay(amount, context) or _continues(amount, context, previous)):
                yield _pay(sentence, with_bounds(text, amount, language), context, previous)
    taken = [(amount.start, amount.end) for amount in amounts]
    for match in words.phrases.finditer(text) if _PHRASE_HINT.search(text) else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _phrase(sentence, match)


def _phrase(sentence: Sentence, match: re.Match[str]) -> Pay:
    """An amount phrase without a number: "nine-figure offers", 七位数年薪."""
    start, end = sentence.span(match.start(), match.end())
    return Pay(
        quote=sentence.original[start:end], field=sentence.field, start=start, end=end, min=None, max=None,
        currency="USD" if "dollar" in match[0] or "美元" in match[0] else None, period="total", is_approximate=True,
    )  # fmt: skip


def _is_plausible(amount: Amount, context: _Context) -> bool:
    """Not said right behind to be something else ("$2m in revenue"), and not beyond all pay."""
    after = context.words.not_pay_after
    if after.match(context.text, amount.end) or after.match(context.text, amount.bare_end):
        return False
    return (amount.high or amount.low or 0.0) <= _TOO_MUCH or amount.currency in {"KRW", "JPY"}


def _is_pay(amount: Amount, context: _Context) -> bool:
    if not amount.has_currency:
        return _is_bare_pay(amount, context)
    figure = (amount.high or amount.low or 0.0) if amount.currency not in {"KRW", "JPY"} else 0.0
    strong = _nearest(amount, context, context.of("pay"))
    other = _nearest(amount, context, context.of("other"))
    if strong <= context.reach.word and strong <= other:
        return True
    return (
        figure <= _TOO_MUCH_UNSAID
        and other >= _FAR
        and _nearest(amount, context, context.of("weak")) <= context.reach.word
    )


def _continues(amount: Amount, context: _Context, previous: Sentence | None) -> bool:
    """Whether a short sentence only gives the figure to what the one before said: "Many pay well. Nearly a million yuan"."""
    is_short = len(context.text) <= _SHORT
    if previous is None or not is_short or not amount.has_currency or context.of("other") or amount.is_vague:
        return False
    kinds = {cue.kind for cue in context.words.cues.find(previous.folded)}
    return "pay" in kinds and "other" not in kinds


def _is_bare_pay(amount: Amount, context: _Context) -> bool:
    """A figure without a currency: 年薪80万, 25-50K·15薪, 연봉 3억; the word for pay stands right beside it."""
    if amount.months:
        return True
    text = context.text
    for cue in context.of("pay"):
        start, end = cue.start, cue.end
        gap = text[end : amount.start]
        if start < amount.start and 0 <= amount.start - end <= _BESIDE and not re.search(r"[,。;;个名人家次倍%]", gap):
            return True
        if start >= amount.end and re.fullmatch(r"(?:的|대|대의)?\s?", text[amount.end : start]):
            return True
    return bool(context.of("pay")) and bool(re.match(r"\s*/\s*(?:月|年|天)", text[amount.end : amount.end + 6]))


def _nearest(amount: Amount, context: _Context, cues: Iterable[Cue]) -> float:
    """Distance to the nearest cue, with clause breaks and other amounts between counted on top."""
    best = _FAR
    for cue in cues:
        start, end = cue.start, cue.end
        low, high = (end, amount.start) if start < amount.start else (amount.end, start)
        if high - low >= min(best, _LONG):
            continue
        breaks = len(_STRUCTURE.findall(context.text, low, high)) if low < high else 0
        crossed = sum(low <= other.core < high for other in context.amounts if other is not amount)
        best = min(best, max(0, high - low) + context.reach.clause * breaks + context.reach.other * crossed)
    return best


def _pay(sentence: Sentence, amount: Amount, context: _Context, previous: Sentence | None) -> Pay:
    text = context.text
    period = _period(amount, context) or _told_before(amount, context, previous)
    if period is None and amount.months:
        period = "month"
    start, end = sentence.span(*_quote(text, amount, context.cues))
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
        currency=amount.currency or local(context.words.bare, context.language),
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


def _told_before(amount: Amount, context: _Context, previous: Sentence | None) -> Period | None:
    """The period from the sentence before: of a short continuation, or a package that a large sum without a word for pay belongs to."""
    if previous is None:
        return None
    if len(context.text) <= _SHORT and not context.of("pay"):
        found = [cue.kind for cue in context.words.cues.find(previous.folded) if cue.kind in _PERIODS]
        return found[-1] if found and found[-1] != "none" else None  # type: ignore[return-value]
    is_large = (amount.low or amount.high or 0) >= _PACKAGE
    around = [*context.cues, *context.words.cues.find(previous.folded)]
    return "total" if is_large and any(cue.kind == "total" for cue in around) else None


def _period(amount: Amount, context: _Context) -> Period | None:
    """What the amount is paid for: the nearest time word, else `total` beside a package, an offer or several years."""
    best: dict[str, float] = {}
    for cue in context.times:
        kind = _kind(cue, amount, context.text)
        best[kind] = min(best.get(kind, _FAR), _time_distance(cue, amount, context))
    timed = {
        kind: distance
        for kind, distance in best.items()
        if kind not in {"total", "besides"} and distance <= context.reach.period
    }
    if timed:
        nearest = min(timed, key=lambda kind: timed[kind])
        return None if nearest == "none" else nearest  # type: ignore[return-value]
    is_mixed_average = _AVERAGE.search(context.text) and _EQUITY.search(context.text)
    return "total" if best.get("total", _FAR) <= context.reach.period and not is_mixed_average else None


_SEVERAL_YEARS = re.compile(r"[\d二三四五六七八两数]\s?$")
_BESIDES = re.compile(r"\bplus\b|\band\b|外加|另|再加|及|和|と|\+|및|\bund\b|\bet\b|\by\b|\bzuzüglich\b|sowie")


def _kind(cue: Cue, amount: Amount, text: str) -> str:
    """The period a time word gives: "2年間" is several years, and equity that comes on top of the amount gives none."""
    word = text[cue.start : cue.end]
    if cue.kind == "year" and word.startswith("年") and _SEVERAL_YEARS.search(text[max(0, cue.start - 2) : cue.start]):
        return "total"
    is_besides = cue.start >= amount.end and _BESIDES.search(text[amount.end : cue.start])
    return "besides" if cue.kind == "total" and _EQUITY.search(word) and is_besides else cue.kind


def _time_distance(cue: Cue, amount: Amount, context: _Context) -> float:
    """Characters between a time word and the amount, with breaks and other amounts between counted on top."""
    is_after = cue.start >= amount.core
    low, high = (amount.end, cue.start) if is_after else (cue.end, amount.start)
    crossed = float(sum(low <= other.core < high for other in context.amounts if other.core != amount.core))
    if not is_after and cue.kind != "total":
        # Another word for pay between takes the amount over: "年薪 40 万, 基本工资 10 万".
        taken = [other for other in context.of("pay") if other.start >= cue.end and other.end <= amount.start]
        word = context.text[cue.start : cue.end]
        crossed *= 1 + 3 * any(context.text[other.start : other.end] != word for other in taken)
    breaks = len(_STRUCTURE.findall(context.text, low, high)) if low < high else 0
    factor = 1.0 if is_after else 1 / 3
    return (
        max(0, high - low)
        + breaks * context.reach.clause * (2 if is_after else 1)
        + crossed * context.reach.period * factor
    )


def _quote(text: str, amount: Amount, cues: Sequence[Cue]) -> tuple[int, int]:
    """The amount with the words that stand right beside it: "up to 60,000 yuan (US$8,451) per month", 年薪百万."""
    start, end = amount.start, amount.end
    for cue in cues:
        if cue.kind not in {"weak", "other"} and cue.start in {end, end + (text[end : end + 1] == " ")}:
            end = max(end, cue.end)
    for cue in cues:
        if cue.kind == "pay" and cue.end in {start, start - (text[start - 1 : start] == " ")}:
            start = min(start, cue.start)
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
