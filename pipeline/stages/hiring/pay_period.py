"""What an amount is paid for: an hour, a day, a month, a year, or a package in total."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.pay_context import BONUS, EQUITY, FAR, PERIODS, STRUCTURE
from pipeline.stages.hiring.pay_decision import dollars

if TYPE_CHECKING:
    from pipeline.facts import Period
    from pipeline.knowledge.pay import Cue
    from pipeline.stages.hiring.amounts import Amount
    from pipeline.stages.hiring.pay_context import Context
    from pipeline.stages.hiring.sentences import Sentence

_UNTIMED = {"total", "base", "besides"}
_AVERAGE = re.compile(
    r"\b(?:average|median|mediana|médian\w*)\b|mediangeh|中位|中央値|중간값|중위|一人当たり|1人当たり|人均|每人平均|1인당|平均|평균|durchschnitt|moyen|promedio"
)
_IN_ALL = re.compile(r"\btotal comp\w*|rémunération totale|compensaci(?:ón|ones) total|gesamtvergütung")
_SALARY = re.compile(r"salar|gehalt|gehält|salaire|sueldo|salario|薪水|薪资|工资|给与|급여")
_SALARY_BEHIND = re.compile(
    r"\+?\s?(?:annual |base )?(?:salar(?:y|ies)(?! package)|gehälter)|(?:的[^,。;]{0,5})?(?:薪资|薪水|工资)"
)
_OFFERS = re.compile(r"\boffer(?:ed|ing)\b|开出|提出|给出|제시|제안|提示|\bbot(?:en)?\b|geboten|propos\w+|ofrec\w+")
_RIGHT_BESIDE = 5.0  # characters between a word for the base and its sum: "sueldo base de"
_PACKAGE = 1e7  # US dollars: from this sum on, pay without a time word is a package if one is spoken of


def told_around(amount: Amount, context: Context, around: tuple[Sentence | None, Sentence | None]) -> Period | None:
    """The period from the sentence before, of a short continuation; or the package next door that a large sum belongs to."""
    previous, following = around
    if previous and context.is_short and not (context.of("pay") or context.of("weak")):
        found = [cue.kind for cue in context.words.cues.find(previous.folded) if cue.kind in PERIODS - {"base"}]
        if found:
            return found[-1] if found[-1] != "none" else None  # type: ignore[return-value]
    if dollars(amount) < _PACKAGE or _is_salary(amount, context):
        return None
    cues = [
        *context.cues,
        *(cue for sentence in (previous, following) if sentence for cue in context.words.cues.find(sentence.folded)),
    ]
    is_package = any(cue.kind == "total" for cue in cues) or _OFFERS.search(context.text)
    return "total" if is_package else None


def is_base(amount: Amount, context: Context) -> bool:
    """Whether the amount is said to be the base alone: "$300K base"."""
    first, last = context.span(amount)
    return any(
        0 <= (first - cue.end if cue.start < first else cue.start - last) <= context.reach.beside / 2
        for cue in context.of("base")
    )


def _is_salary_nearer(amount: Amount, context: Context) -> bool:
    """Whether a word for regular pay stands between the amount and the last word for a package before it."""
    first, last = context.span(amount)
    before = [cue.end for cue in context.of("total") if cue.end <= first]
    if any(0 <= cue.start - last < context.reach.beside for cue in context.of("total")) or not before:
        return False
    return bool(_SALARY.search(context.text, max(before), first))


def _is_salary(amount: Amount, context: Context) -> bool:
    """Whether a word for regular pay stands right before the amount: no package next door takes it over."""
    before = [cue for cue in context.of("pay") if cue.end <= amount.start]
    if _SALARY_BEHIND.match(context.text, amount.bare_end):
        return True
    return bool(before) and bool(_SALARY.match(context.text, before[-1].start, amount.start))


def period_of(amount: Amount, context: Context) -> Period | None:
    """What the amount is paid for: the nearest time word, else `total` beside a package, an offer or several years."""
    if amount.months:
        return "month"
    best: dict[str, float] = {}
    follows: dict[str, Cue] = {}
    for cue in context.times:
        kind, distance = _kind(cue, amount, context), _time_distance(cue, amount, context)
        if distance < best.get(kind, FAR):
            best[kind], follows[kind] = distance, cue
    timed = {
        kind: distance for kind, distance in best.items() if kind not in _UNTIMED and distance <= context.reach.period
    }
    if timed:
        nearest = min(timed, key=lambda kind: timed[kind])
        said = context.text[amount.end : follows[nearest].start]
        if _BESIDES.search(said) and best.get("total", FAR) < min(timed[nearest], context.reach.beside):
            return "total"  # "$100m signing bonuses and more than that a year": the bonus stands nearer
        if best.get("total", FAR) <= context.reach.beside and _is_of_another(follows[nearest], amount, context):
            return "total"  # "the yearly $10m of one lab and the $200m package of another"
        return None if nearest == "none" else nearest  # type: ignore[return-value]
    is_mixed_average = _AVERAGE.search(context.text) and (EQUITY.search(context.text) or _IN_ALL.search(context.text))
    if _SALARY_BEHIND.match(context.text, amount.bare_end):
        return None
    is_base = best.get("base", FAR) <= max(best.get("total", FAR), _RIGHT_BESIDE) or _is_salary_nearer(amount, context)
    return "total" if best.get("total", FAR) <= context.reach.period and not (is_mixed_average or is_base) else None


_SEVERAL_YEARS = re.compile(r"[\d二三四五六七八两数]\s?$")
_BESIDES = re.compile(
    r"\bplus\b|\bwith\b|\bmit\b|\bavec\b|\bcon\b|\band\b|外加|另|再加|及|和|と|\+|및|\bund\b|\bet\b|\by\b|\bzuzüglich\b|sowie|\bthen\b|\bpuis\b|\bdann\b|\bluego\b"
)


_OF_A_DATE = re.compile(r"\s(?:19|20)\d\d(?!\d)")  # "im Jahr 2016"
# "annual salary, options and bonus": the first of a list of parts, and no period of the whole.
_AND = re.compile(r"(?:과|와|、|\+|和|及|与|や|と)\s?")


def _kind(cue: Cue, amount: Amount, context: Context) -> str:
    """The period a time word gives: "2年間" is several years; a date, what comes on top of the amount, and one of its parts give none."""
    text = context.text
    word = text[cue.start : cue.end]
    if cue.kind == "year" and word.startswith("年") and _SEVERAL_YEARS.search(text[max(0, cue.start - 2) : cue.start]):
        return "total"
    if _OF_A_DATE.match(text, cue.end):
        return "besides"
    if word.startswith(("월", "연")) and text[max(0, cue.start - 1) : cue.start].isdigit():
        return "besides"  # a date
    if cue.kind in _UNTIMED:
        return "besides" if cue.start >= amount.end and _BESIDES.search(text[amount.end : cue.start]) else cue.kind
    joint = _AND.match(text, cue.end)
    is_part = joint is not None and any(other.start == joint.end() for other in context.of("total"))
    return "besides" if is_part else cue.kind


def _is_of_another(cue: Cue, amount: Amount, context: Context) -> bool:
    """Whether a time word before the amount has an amount of its own between."""
    first, _ = context.span(amount)
    return cue.end <= first and any(
        cue.start - context.reach.beside <= other.end <= first for other in context.amounts if other.core != amount.core
    )


def _time_distance(cue: Cue, amount: Amount, context: Context) -> float:
    """Characters between a time word and the amount, with breaks and other amounts between counted on top."""
    is_after = cue.start >= amount.core
    first, last = context.span(amount)
    low, high = (last, cue.start) if is_after else (cue.end, first)
    crossed = float(sum(low <= other.core < high for other in context.amounts))
    if not is_after and cue.kind != "total":
        # Another word for pay between takes the amount over: "年薪 40 万, 基本工资 10 万".
        taken = [other for other in context.of("pay") if other.start >= cue.end and other.end <= first]
        word = context.text[cue.start : cue.end]
        is_taken = any(context.text[other.start : other.end] != word for other in taken)
        has_base = any(cue.end <= base.start and base.end <= first for base in context.of("base"))
        if has_base or BONUS.search(context.text, cue.end, first):
            return FAR  # "besides the annual pay a signing bonus of"
        crossed = crossed * (1 + 3 * is_taken) + is_taken / 3
    breaks = len(STRUCTURE.findall(context.text, low, high)) if low < high else 0
    factor = 1.0 if is_after else 1 / 3
    return (
        max(0, high - low)
        + breaks * (context.reach.period if is_after and cue.kind != "total" else context.reach.clause)
        + crossed * context.reach.period * factor
    )


_COMPARES = re.compile(
    r"\b(?:against|compared (?:with|to)|up from|down from|instead of|gegenüber|statt|contre|frente a)\b|高于此前|此前的|此前为"
)


def period_compared(amount: Amount, context: Context) -> Period | None:
    """The period of the amount that this one is set against: "100,000 yuan a month, against a ceiling of 85,000 yuan"."""
    before = [other for other in context.amounts if other.end <= amount.start and other.currency == amount.currency]
    if not before or not _COMPARES.search(context.text, before[-1].end, amount.start):
        return None
    return period_of(before[-1], context)
