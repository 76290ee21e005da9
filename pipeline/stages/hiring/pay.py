"""Which amounts of a text are pay, for what period, and what they come to in a year.

An amount is pay where a word for pay stands nearer to it than a word for other money (revenue, funding, deals, costs,
leaving money); weak words (offer, position, a year) count only where no such word stands in the sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts import Pay
from pipeline.knowledge.pay import family, pay_words
from pipeline.stages.hiring.amounts import find_amounts
from pipeline.stages.hiring.bounds import with_bounds
from pipeline.stages.hiring.currencies import home_language
from pipeline.stages.hiring.pay_context import EQUITY, REACH, Context, lists_of
from pipeline.stages.hiring.pay_decision import continues, goes_on, is_conversion, is_pay, is_plausible
from pipeline.stages.hiring.pay_period import is_base, period_compared, period_of, told_around
from pipeline.stages.hiring.pay_repeats import without_repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.facts import Period
    from pipeline.knowledge.pay import Cue
    from pipeline.stages.hiring.amounts import Amount
    from pipeline.stages.hiring.sentences import Sentence

_MONTHS_A_YEAR = 12
_LONGEST_DENIAL = 120  # characters of a sentence that only denies the one before
_TOLD_NEAR = 1  # sentences without pay after which a text has left the subject
_DENIAL = re.compile(
    r"\bden(?:y|ies|ied|ying)\b|\bfake\b|\buntrue\b|\bnot true\b|\bfalse\b|\bbut not\b|\bno one is\b|isn't|wasn't|否认|不实|辟谣|假消息|非事实|并非|事実無根|否定|사실무근|부인|사실이 아니|"
    r"dementi|weist zurück|wies [^.]{0,30}zurück|dément|démenti|desmiente|desmintió|niega|negó"
)
# A sentence that denies the figures of the one before it.
_OF_FIGURES = re.compile(
    r"\b(?:figures?|numbers?|amounts?|sums?|pays?|salar\w+|offers?|reports?|claims?|rumou?rs?|summen?|zahlen|bericht\w*|gehalt|chiffres?|montants?|informations?|cifras?|sumas?|informaciones)\b"
    r"|数字|金额|薪|报道|说法|传闻|消息|额|报酬|報道|금액|보도|액수|보상"
)


def find_pay(sentences: Sequence[Sentence], language: str) -> tuple[Pay, ...]:
    """Every figure or amount phrase for work, quoted, in order of the text; one figure said twice is given once."""
    language = home_language(sentences, language)
    around = zip([None, *sentences], sentences, [*sentences[1:], None], strict=False)
    found: list[Pay] = []
    told: Pay | None = None
    age = 0  # in sentences
    for previous, sentence, following in around:
        here = list(_pay_of(sentence, previous, following, language, told))
        found += here
        age = 0 if here else age + 1
        is_near = age <= _TOLD_NEAR and (previous is None or previous.field == sentence.field)
        told = _told(here) or (told if is_near else None)
    return tuple(without_repeats(found, {sentence.field: sentence.original for sentence in sentences}))


_PHRASE_HINT = re.compile(
    r"figure|million|位数|桁|stellig|schwer|chiffres|cifras|[几数上][十百千]*[万亿]|수[십백천]*[만억]"
)


def _pay_of(
    sentence: Sentence, previous: Sentence | None, following: Sentence | None, language: str, told: Pay | None
) -> Iterable[Pay]:
    """The pay of one sentence; `told` is the last figure before it."""
    words = pay_words(language)
    text = sentence.folded
    amounts = find_amounts(text, language, told.currency if told else None)
    if amounts:
        yield from _figures(sentence, amounts, language, (previous, following), told)
    taken = [(amount.start, amount.end) for amount in amounts]
    for match in words.phrases.finditer(text) if _PHRASE_HINT.search(text) else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _phrase(sentence, match)


def _figures(
    sentence: Sentence,
    amounts: list[Amount],
    language: str,
    around: tuple[Sentence | None, Sentence | None],
    told: Pay | None,
) -> Iterable[Pay]:
    words = pay_words(language)
    text = sentence.folded
    cues = words.cues.find(text)
    context = Context(
        text=text,
        language=language,
        words=words,
        reach=REACH[family(language) == "cjk"],
        amounts=amounts,
        cues=cues,
        listed=lists_of(text, amounts, cues),
    )
    accepted: Amount | None = None
    period: Period | None = None
    for before, amount in zip([None, *amounts], amounts, strict=False):
        if (before and is_conversion(before, amount, text)) or not is_plausible(amount, context):
            continue
        if is_pay(amount, context) or goes_on(amount, accepted, context):
            inherited = period if accepted and _is_same_statement(accepted, amount, context) else None
        elif continues(amount, context, around[0], told):
            inherited = None
        else:
            continue
        pay = _pay(sentence, with_bounds(text, amount, language), context, around, inherited)
        accepted, period = amount, pay.period
        yield pay


def _is_same_statement(before: Amount, amount: Amount, context: Context) -> bool:
    """Whether no new word for pay stands between two figures: what the first is paid for holds for the second."""
    own = before.end + context.reach.beside  # a German verb follows its figure
    return not any(own <= cue.start < amount.start for cue in [*context.of("pay"), *context.of("total")])


def _told(pays: Sequence[Pay]) -> Pay | None:
    """The last figure with a number: what a following sentence may go on with."""
    return next((pay for pay in reversed(pays) if pay.min is not None or pay.max is not None), None)


def _phrase(sentence: Sentence, match: re.Match[str]) -> Pay:
    """An amount phrase without a number: "nine-figure offers", 七位数年薪."""
    start, end = sentence.span(match.start(), match.end())
    return Pay(
        quote=sentence.original[start:end], field=sentence.field, start=start, end=end, min=None, max=None,
        currency="USD" if "dollar" in match[0] or "美元" in match[0] else None, period="total", is_approximate=True,
    )  # fmt: skip


def _pay(
    sentence: Sentence,
    amount: Amount,
    context: Context,
    around: tuple[Sentence | None, Sentence | None],
    inherited: Period | None,
) -> Pay:
    text = context.text
    period = period_of(amount, context)
    if period is None and not is_base(amount, context):
        period = period_compared(amount, context) or inherited or told_around(amount, context, around)
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
        currency=amount.currency or context.home,
        period=period,
        annual_min=low * factor if factor and low is not None else None,
        annual_max=high * factor if factor and high is not None else None,
        months=amount.months,
        is_approximate=amount.bound == "about"
        or amount.is_vague
        or (not amount.has_currency and "百万" in text[amount.core : amount.end]),
        is_denied=_is_denied(text, around[1]),
        has_equity=bool(EQUITY.search(window)),
    )


def _is_denied(text: str, following: Sentence | None) -> bool:
    """Whether the sentence denies its figure, or the next one does."""
    behind = following.folded if following and len(following.folded) <= _LONGEST_DENIAL else ""
    return bool(_DENIAL.search(text) or (_DENIAL.search(behind) and _OF_FIGURES.search(behind)))


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
