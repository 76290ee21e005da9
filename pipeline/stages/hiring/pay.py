"""Which amounts of a text are pay, for what period, and what they come to in a year.

An amount is pay where a word for pay stands nearer to it than a word for other money (revenue, funding, deals, costs,
leaving money); weak words (offer, position, a year) count only where no such word stands in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.document import Pay
from pipeline.knowledge.pay import family, local, pay_words
from pipeline.stages.hiring.amounts import find_amounts, lists_of, with_bounds
from pipeline.stages.hiring.pay_context import EQUITY, FAR, REACH, SHORT, Context, nearest
from pipeline.stages.hiring.pay_period import period_compared, period_of, told_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.knowledge.pay import Cue
    from pipeline.stages.hiring.amounts import Amount
    from pipeline.stages.hiring.sentences import Sentence

_MONTHS_A_YEAR = 12
_TOO_MUCH = 3e9  # in any currency but won and yen: no pay was ever reported above it, deals are
_YEARS = re.compile(
    r"\bover (?:several|multiple|two|three|four|five|six|\d+) years\b|4年|四年|über (?:vier|mehrere) jahre"
)
_TOO_MUCH_UNSAID = 4e8  # beyond it, a sum is pay only if a word for pay says so
_MAINLAND = re.compile(
    r"人民币|字节|位元组|抖音|阿里|腾讯|百度|小米|华为|deepseek|深度求索|拼多多|美团|京东|智谱|月之暗面|北京|上海|深圳|杭州|广州|中国大陆"
)
_TAIWAN = re.compile(r"台币|台湾|台积|联发科|鸿海|新竹|台北|台中|高雄|人力银行")
_NAMES_A_PRICE = re.compile(r"(?:开价|报价|年入|月入|一年拿|一年能拿|一年给|一年)(?:到|了|约|近|超|上)?$")
_COUNTED = re.compile(r"[个名人次辆台部条用件份张册户篇家]")
_BESIDE = 10  # characters between a word for pay and a bare figure
_DENIAL = re.compile(
    r"\bden(?:y|ies|ied)\b|\bfake\b|\buntrue\b|\bnot true\b|\bbut not\b|\bno one is\b|isn't|wasn't|否认|不实|辟谣|假消息|并非|事実無根|否定|사실무근|부인|dementi|weist zurück|dément|desmiente|niega"
)


def find_pay(sentences: Sequence[Sentence], language: str) -> tuple[Pay, ...]:
    """Every figure or amount phrase for work, quoted, in order of the text; one figure said twice is given once."""
    language = _currency_language(sentences, language)
    around = zip([None, *sentences], sentences, [*sentences[1:], None], strict=False)
    found = [
        pay for previous, sentence, following in around for pay in _pay_of(sentence, previous, following, language)
    ]
    return tuple(_without_repeats(found))


_PHRASE_HINT = re.compile(
    r"figure|million|位数|桁|stellig|schwer|chiffres|cifras|[几数上][十百千]*[万亿]|수[십백천]*[만억]"
)


def _currency_language(sentences: Sequence[Sentence], language: str) -> str:
    """Whose bare 元 a text in Traditional characters means: the mainland's where it speaks of mainland firms or cities."""
    if (
        language == "zh-Hant"
        and sentences
        and not any(_TAIWAN.search(s.folded) for s in sentences)
        and any(_MAINLAND.search(s.folded) for s in sentences)
    ):
        return "zh-Hans"
    return language


def _pay_of(sentence: Sentence, previous: Sentence | None, following: Sentence | None, language: str) -> Iterable[Pay]:
    words = pay_words(language)
    text = sentence.folded
    amounts = find_amounts(text, language)
    if amounts:
        context = Context(
            text=text,
            language=language,
            words=words,
            reach=REACH[family(language) == "cjk"],
            amounts=amounts,
            cues=words.cues.find(text),
            listed=lists_of(text, amounts),
        )
        for before, amount in zip([None, *amounts], amounts, strict=False):
            if before and _is_conversion(before, amount, text):
                continue
            if _is_plausible(amount, context) and (_is_pay(amount, context) or _continues(amount, context, previous)):
                yield _pay(sentence, with_bounds(text, amount, language), context, (previous, following))
    taken = [(amount.start, amount.end) for amount in amounts]
    for match in words.phrases.finditer(text) if _PHRASE_HINT.search(text) else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _phrase(sentence, match)


_CONVERTS = re.compile(
    r"(?:约合|折合|折算|相当于|合|约)(?:约|为)?|\(?(?:or |i\.e\. )?(?:about|roughly|around|approximately|equivalent to|umgerechnet|rund|soit|unos|equivalentes? a)\s?(?:about |rund |environ )?|(?:약|日本円で)\s?"
)


def _is_conversion(before: Amount, amount: Amount, text: str) -> bool:
    """Whether an amount only says the one before in another currency: 8.5万元人民币,约合新台币38万元."""
    if not before.currency or not amount.currency or before.currency == amount.currency:
        return False
    gap = text[before.end : amount.core]
    match = _CONVERTS.search(gap)
    return bool(match and len(gap) <= _CONVERSION_GAP and not gap[: match.start()].strip(" ,、;(（—-人民币约每月年"))


_CONVERSION_GAP = 24  # characters between an amount and its conversion


def _phrase(sentence: Sentence, match: re.Match[str]) -> Pay:
    """An amount phrase without a number: "nine-figure offers", 七位数年薪."""
    start, end = sentence.span(match.start(), match.end())
    return Pay(
        quote=sentence.original[start:end], field=sentence.field, start=start, end=end, min=None, max=None,
        currency="USD" if "dollar" in match[0] or "美元" in match[0] else None, period="total", is_approximate=True,
    )  # fmt: skip


def _is_plausible(amount: Amount, context: Context) -> bool:
    """Not said right behind to be something else ("$2m in revenue"), and not beyond all pay."""
    after = context.words.not_pay_after
    if after.match(context.text, amount.end) or after.match(context.text, amount.bare_end):
        return False
    return (amount.high or amount.low or 0.0) <= _TOO_MUCH or amount.currency in {"KRW", "JPY"}


def _is_pay(amount: Amount, context: Context) -> bool:
    if not amount.has_currency:
        return _is_bare_pay(amount, context)
    figure = (amount.high or amount.low or 0.0) if amount.currency not in {"KRW", "JPY"} else 0.0
    strong = nearest(amount, context, context.of("pay"))
    other = nearest(amount, context, context.of("other"))
    if strong <= context.reach.word and strong <= other:
        return True
    return (
        figure <= _TOO_MUCH_UNSAID
        and other >= FAR
        and nearest(amount, context, context.of("weak")) <= context.reach.word
    )


def _continues(amount: Amount, context: Context, previous: Sentence | None) -> bool:
    """Whether a short sentence only gives the figure to what the one before said: "Many pay well. Nearly a million yuan"."""
    is_short = len(context.text) <= SHORT
    if previous is None or not is_short or not amount.has_currency or context.of("other") or amount.is_vague:
        return False
    kinds = {cue.kind for cue in context.words.cues.find(previous.folded)}
    return "pay" in kinds and "other" not in kinds


def _is_bare_pay(amount: Amount, context: Context) -> bool:
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
    if _NAMES_A_PRICE.search(text[max(0, amount.start - 6) : amount.start]) and not _COUNTED.match(
        text, amount.bare_end
    ):
        return True
    return bool(context.of("pay")) and bool(re.match(r"\s*/\s*(?:月|年|天)", text[amount.end : amount.end + 6]))


# A bound that stands before the word for pay: 최대 연봉 3억원, "a ceiling of 85,000 yuan".
_CEILING = re.compile(
    r"(?:최대|최고|最大|最高|上限)\s?(?:で|は)?\s?(?:연봉|월급|시급|보상|年収|月給|年俸|报酬|年薪|月薪|总包|年包|薪酬|薪资)(?:은|이|は|が|为|可达|达)?\s?$|\b(?:ceiling|cap|maximum|limit) (?:of|at) $|\bmaxim(?:um|al)\w* (?:salary|gehalt) (?:of|von) $"
)


def _pay(sentence: Sentence, amount: Amount, context: Context, around: tuple[Sentence | None, Sentence | None]) -> Pay:
    text = context.text
    period = period_of(amount, context) or told_around(amount, context, around) or period_compared(amount, context)
    if period is None and amount.months:
        period = "month"
    start, end = sentence.span(*_quote(text, amount, context.cues))
    low, high = (None, None) if amount.is_vague else (amount.low, amount.high)
    if (
        low is not None
        and low == high
        and not amount.bound
        and _CEILING.search(text[max(0, amount.start - 24) : amount.start])
    ):
        low = None
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
        has_equity=bool(EQUITY.search(window)),
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
