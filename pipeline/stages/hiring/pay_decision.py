"""Whether an amount is pay at all: the words near it, what was told just before, and sums beyond all pay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.knowledge.rates import newest
from pipeline.stages.hiring.pay_context import FAR, STRUCTURE, nearest

if TYPE_CHECKING:
    from pipeline.facts import Pay
    from pipeline.knowledge.pay import Cue
    from pipeline.stages.hiring.amounts import Amount
    from pipeline.stages.hiring.pay_context import Context
    from pipeline.stages.hiring.sentences import Sentence

_TOO_MUCH = 2.5e9  # US dollars: no pay was ever reported above it, deals are
_TOO_MUCH_UNSAID = 4e8  # US dollars: beyond it, a sum is pay only if a word for pay says so, or a person is offered it
_TOO_MUCH_FOR_ONE = 2e9
_ALIKE = 12.0  # how many times more or less than the pay just told a figure may be and still continue it
_ALIKE_BESIDE = 20.0
_TIMES = {"year", "month", "day", "hour"}
_AT_ONCE = 3  # characters between a figure and the time word that is its own
_WORK_NEAR = 40.0
_PERSON = re.compile(
    r"researcher|engineer|scientist|employee|chercheu|ingénieur|salarié|forscher|ingenieur|mitarbeit|investigador|ingenier|"
    r"recruit|\bhire|\blure|\bpoach|débauch|abwerb|fichar|挖人|挖角|引き抜|영입|"
    r"研究员|研究者|工程师|科学家|员工|技術者|エンジニア|社員|연구원|엔지니어|직원"
)
# An offer spread over years is made to a person: a firm is bought at once.
_YEARS = re.compile(r"\b(?:years|jahren?|ans|años)\b|[\d一两三四五六七八几수]\s?(?:年间|年|년)")
_OFFER = re.compile(r"\boffer|angebot|\boffre|\boferta|报价|オファー|제안|제시")
_NAMES_A_PRICE = re.compile(r"(?:开价|报价|年入|月入|一年拿|一年能拿|一年给|一年)(?:到|了|约|近|超|上)?$")
_COUNTED = re.compile(r"\s?(?:[个名人次辆台部条用件份张册户篇家字年月天]|岗位|职位|参数|token|以上的)")
# Between a figure and the word for pay that it belongs to: 千万级年薪, 12억…파격 연봉.
_OF_THE_PAY = re.compile(r"(?:元?级别?的?|的|대|대의|원|원대)?[\s….·]{0,3}(?:파격|고액|초고액)?\s?")
_BESIDE = 10  # characters between a word for pay and a bare figure
_OF_THINGS = re.compile(r"缺口|用户|岗位|职位|参数|规模|人数|粉丝|家企业")
_CONTINUES_BARE = 16  # characters between two bare figures of one statement: 从36万涨至52万
_CONVERTS = re.compile(
    r"(?:约合|折合|折算|相当于|换算|合|约|우리\s?돈(?:으로)?|(?:한화|원화)로?(?:\s?환산(?:하면|시)?)?"
    r"|日本円(?:で|に)?(?:换算)?(?:すると|して|では)?|円换算(?:で|すると)?)(?:约|为|약|は)?\s?약?"
    r"|\(?(?:or |i\.e\. )?(?:about|roughly|around|approximately|equivalent to|umgerechnet|rund|soit|unos|equivalentes? a)\s?(?:about |rund |environ )?|약\s?"
)
_CONVERSION_GAP = 24  # characters between an amount and its conversion
_PLAINLY_CONVERTS = re.compile(r"[,、(（]\s?(?:折合|约合|相当于|换算)")
_SPENDS = re.compile(
    r"(?:\b(?:spend|spends|spent|spending|cost|costs|costing|dépens\w+|gast[óa]\w*|ausgegeben)|花费|花了|斥资|耗资|支出)\s?"
    r"(?:(?:more than|over|up to|nearly|about|around|plus de|jusqu'à|más de|超过|逾|近|约)\s?)?$"
)
_IN_BRACKETS = re.compile(r"\s?[^\s(（]{0,6}\s?[(（]\s?(?:约|약|about |or |some |~|≈)?\s?")


_VALUED = re.compile(r"value|worth|valoris|valorad|valuad|bewertet")
# What is said right before or after a difference between two sums.
_MORE_BY = re.compile(
    r"(?:多拿|多赚|少拿|相差|差距|差额|高出|多出|上涨了|增加了|涨薪|加薪|提高了|涨了)(?:近|约|了)?$"
    r"|\b(?:rose|risen|rise|rises|jump\w*|increas\w*|gr[eo]w\w*|raised|cut|fell|drop\w*) (?:by|between) (?:about |around |up to )?$"
    r"|(?:steiger|erhöh|anstieg|stieg|gestiegen|zulage)[^.;]{0,40}\bum (?:etwa |rund |bis zu )?$"
)
_CONVERTS_ALL = re.compile(
    r"\s*(?:das (?:entspricht|sind|wären)|umgerechnet|that is|that's|this is|which is|soit|cela (?:fait|représente)|esto equivale|equivale|折合|相当于|约合|이는|즉|우리 ?돈)"
)
_THAT_IS = re.compile(
    r"(?:es decir|o sea|that is|in other words|c'est-à-dire|soit|das heißt|das heisst|also|也就是|即|つまり|즉)\b"
)
_LESS_BY = re.compile(
    r"[\s-]*(?:(?:less|more|lower|higher) than\b|(?:pay )?(?:cut|raise|hike|increase|bump)\b|(?:mehr|weniger) als|de plus que|de moins que|más que|menos que|더 |も?(?:多い|少ない)|(?:以上|程度|ほど|近く)?も?(?:高い|低い|安い|高く|低く)|more\b|extra\b|additional|adicional|supplémentaire|zusätzlich|mehr\b)"
)


# "Million-dollar" is a sum only of pay: million-dollar wars, questions and homes are words.
_MILLION_DOLLAR = re.compile(r"(?:^|\s)million-dollar$")
_OF_PAY = re.compile(
    r"[\s-](?:a-year |annual |signing |retention )?(?:salar|pay|wage|package|offer|bonus|compensation|job|contract|equity|stock)"
)


def dollars(amount: Amount) -> float:
    """The order of magnitude of an amount, in US dollars."""
    return worth(amount.high or amount.low or 0.0, amount.currency)


def worth(figure: float, currency: str | None) -> float:
    """A figure in US dollars by the newest table of rates; as it stands where its currency is unknown."""
    rates = newest()
    return figure / rates[currency] * rates["USD"] if currency in rates else figure


def is_conversion(before: Amount, amount: Amount, text: str) -> bool:
    """Whether an amount only says the one before in another currency: 8.5万元人民币,约合新台币38万元."""
    gap = text[before.end : amount.start]
    if len(gap) <= _CONVERSION_GAP and _PLAINLY_CONVERTS.match(gap) and before.currency != amount.currency:
        return True
    if not before.currency or not amount.currency or before.currency == amount.currency:
        return False
    if _IN_BRACKETS.fullmatch(gap) and text[amount.end : amount.end + 3].lstrip()[:1] in {")", "）"}:
        return True
    match = _CONVERTS.search(gap)
    return bool(match and len(gap) <= _CONVERSION_GAP and not gap[: match.start()].strip(" ,、;(（—-人民币约每月年"))


def is_plausible(amount: Amount, context: Context) -> bool:
    """Not said right behind to be something else ("$2m in revenue"), and not beyond all pay."""
    after = context.words.not_pay_after
    text, ends = context.text, (amount.end, amount.bare_end)
    if any(after.match(text, end) or _LESS_BY.match(text, end) for end in ends):
        return False
    if _MILLION_DOLLAR.search(text[amount.core : amount.bare_end]) and not _OF_PAY.match(text, amount.bare_end):
        return False
    # German parts the verb from "um" by the thing that grows, up to forty characters.
    before = text[max(0, amount.start - 65) : amount.start]
    if _MORE_BY.search(before) or _SPENDS.search(before):
        return False
    return worth(amount.high or amount.low or 0.0, amount.currency or context.home) <= _TOO_MUCH


def is_pay(amount: Amount, context: Context) -> bool:
    """Whether the words of its sentence make the amount pay."""
    if not amount.has_currency:
        return _is_bare_pay(amount, context)
    strong = nearest(amount, context, context.of("pay"))
    other = nearest(amount, context, _other_money(context))
    if strong <= context.reach.word and strong <= other:
        return True
    if _is_paid_by_time(amount, context):
        return True
    is_for_one = _PERSON.search(context.text) or (_YEARS.search(context.text) and _OFFER.search(context.text))
    most = _TOO_MUCH_FOR_ONE if is_for_one else _TOO_MUCH_UNSAID
    return (
        dollars(amount) <= most and other >= FAR and nearest(amount, context, context.of("weak")) <= context.reach.word
    )


def _is_paid_by_time(amount: Amount, context: Context) -> bool:
    """Whether a time word follows and work is spoken of, with no other money in the clause: "offering $1.2m annually"."""
    first, last = context.span(amount)
    follows = any(last <= cue.start <= last + _AT_ONCE for cue in context.times if cue.kind in _TIMES)
    if not follows or dollars(amount) > _TOO_MUCH_UNSAID or nearest(amount, context, context.of("weak")) > _WORK_NEAR:
        return False
    return all(
        STRUCTURE.search(context.text, *((cue.end, first) if cue.start < first else (last, cue.start)))
        for cue in context.of("other")
    )


def _other_money(context: Context) -> list[Cue]:
    """The words for other money; "valued" right behind a word for pay is none ("a package valued at")."""
    ends = {cue.end for cue in context.cues if cue.kind in {"pay", "total"}}
    return [
        cue for cue in context.of("other") if not (cue.start - 1 in ends and _VALUED.match(context.text, cue.start))
    ]


def continues(amount: Amount, context: Context, previous: Sentence | None, told: Pay | None) -> bool:
    """Whether a sentence without a word for pay goes on with what the one before told.

    A short one gives the figure itself ("Many pay well. Nearly a million yuan"); a longer one gives further figures of
    the same kind and size as those `told` ("A manager reached $220,000").
    """
    is_converted = told is not None and told.currency != amount.currency and _CONVERTS_ALL.match(context.text)
    if previous is None or not amount.has_currency or is_converted or context.of("other") or amount.is_vague:
        return False
    if told is not None and told.currency == amount.currency:
        if _THAT_IS.match(context.text) and context.times:
            return True
        ratio = (amount.high or amount.low or 0.0) / (told.max or told.min or 1.0)
        if 1 / _ALIKE <= ratio <= _ALIKE:
            return True
    kinds = {cue.kind for cue in context.words.cues.find(previous.folded)}
    return context.is_short and "pay" in kinds and "other" not in kinds


def goes_on(amount: Amount, before: Amount | None, context: Context) -> bool:
    """Whether a bare figure stands beside one that is pay, as the next of a statement: 平均月薪4.5万,AI领域超6万."""
    if before is None or amount.has_currency or _COUNTED.match(context.text, amount.bare_end):
        return False
    gap = (before.end, amount.start)
    if gap[1] - gap[0] > _CONTINUES_BARE or _OF_THINGS.search(context.text, *gap):
        return False
    if any(gap[0] <= cue.start < gap[1] for cue in context.of("other")):
        return False
    ratio = (amount.high or amount.low or 0.0) / (before.high or before.low or 1.0)
    return 1 / _ALIKE_BESIDE <= ratio <= _ALIKE_BESIDE


def _is_bare_pay(amount: Amount, context: Context) -> bool:
    """A figure without a currency: 年薪80万, 25-50K·15薪, 연봉 3억; the word for pay stands right beside it."""
    if amount.months:
        return True
    text = context.text
    _, last = context.span(amount)
    for cue in context.of("pay"):
        start, end = cue.start, cue.end
        gap = text[end : amount.start]
        if start < amount.start and 0 <= amount.start - end <= _BESIDE and not re.search(r"[,。;;个名人家次倍%]", gap):
            return True
        if start >= last and _OF_THE_PAY.fullmatch(text, last, start):
            return True
    if _NAMES_A_PRICE.search(text[max(0, amount.start - 6) : amount.start]) and not _COUNTED.match(
        text, amount.bare_end
    ):
        return True
    return bool(context.of("pay")) and bool(re.match(r"\s*/\s*(?:月|年|天)", text[amount.end : amount.end + 6]))
