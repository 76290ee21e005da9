"""When people start: dates said of taking up the work, each with its quote; dates of news and of careers long past are none."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.facts import StartDate
from pipeline.stages.hiring.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from pipeline.stages.hiring.decision import Event
    from pipeline.stages.hiring.scenes import Scene
    from pipeline.stages.hiring.sentences import Sentence

_LEAST = 0.3  # of an event whose sentence may name the day
_ACTS = {"hire", "join", "poach", "recruit", "team", "acquihire"}
_BEFORE = 70  # characters from the verb to the date; Latin verbs stand far ahead of it
_AFTER = 14  # from the date to the verb: 3月1日正式入职
_FAR_AFTER = 45  # and where a particle leads on to it: 10月1日付で…に入社する
_LATIN = re.compile(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|joins?|joined|joining|effective|takes? (?:up|over|office)|took (?:up|over)|first day|on board|onboard(?:s|ing)?|report(?:s|ing)? for work|"
    r"beginnt|begann|startet|startete|antritt|tritt|wechselt|übernimmt|fängt|ab|zum|rejoindra|rejoint|rejoindront|prendra|prend ses fonctions|débutera|débute|commencera|à partir d[eu]|dès le|"
    r"se incorpora(?:rá|rán)?|incorporará|empezará|empieza|comenzará|comienza|asumirá|a partir de)\b"
)
_CJK = re.compile(
    r"入职|加入|加盟|上任|到岗|到任|履新|就任|报到|赴任|开始工作|出任|担任|入社|着任|参画|加わ|始动|合流|합류|출근|입사|취임|부임|근무를 시작|시작"
)
_LEADS_ON = re.compile(r"\s?(?:付|から|より|に|부터|에|자로|起|开始)")
_ENDS = re.compile(
    r"\b(?:leaves?|left|leaving|depart\w*|quit\w*|resign\w*|steps? down|laid off|until|verlässt|verließ|quitt\w*|dej[aó]\w*)\b|离职|离开|卸任|辞|退社|退任|퇴사|사임|떠났|떠난"
)
_BEHIND = 2  # sentences behind an event that may still say when and where its people start
_LONG_PAST = timedelta(days=70)  # whoever started longer ago is no news


def find_starts(events: Sequence[Event], scenes: Sequence[Scene], published: datetime | None) -> tuple[StartDate, ...]:
    """Each start once, in order of the text."""
    found: dict[str, StartDate] = {}
    for sentence in told_of(events, scenes, _ACTS, _LEAST):
        for start in _in_sentence(sentence, published):
            found.setdefault(start.date, start)
    return tuple(found.values())


def told_of(events: Sequence[Event], scenes: Sequence[Scene], acts: Collection[str], least: float) -> list[Sentence]:
    """The sentences of the events, and each one close behind that says how the hired take up their work."""
    told = {id(e.scene) for e in events if e.act in acts and e.weight >= least and not e.is_background}
    found: list[Sentence] = []
    behind = _BEHIND + 1
    for scene in scenes:
        behind = 0 if id(scene) in told else behind + 1
        if behind == 0 or (behind <= _BEHIND and _takes_up(scene.sentence.folded)):
            found.append(scene.sentence)
    return found


def _takes_up(text: str) -> bool:
    return bool(_LATIN.search(text) or _CJK.search(text))


def _in_sentence(sentence: Sentence, published: datetime | None) -> Iterator[StartDate]:
    text = sentence.folded
    for said in find_dates(text, published):
        if not _is_start(text, said.start, said.end) or _is_long_past(said.value, published):
            continue
        low, high = sentence.span(said.start, said.end)
        yield StartDate(date=said.value, quote=sentence.original[low:high], field=sentence.field, start=low, end=high)


def _is_start(text: str, start: int, end: int) -> bool:
    """Whether the verb of coming or going that the date belongs to is one of coming."""
    after = text[end : end + (_FAR_AFTER if _LEADS_ON.match(text, end) else _AFTER)]
    coming = _CJK.search(after)
    if coming and not _ENDS.search(after[: coming.start()]):
        return True
    before = text[max(0, start - _BEFORE) : start]
    last = max((match.end() for pattern in (_LATIN, _CJK) for match in pattern.finditer(before)), default=-1)
    return last > max((match.end() for match in _ENDS.finditer(before)), default=-1)


def _is_long_past(value: str, published: datetime | None) -> bool:
    if published is None:
        return False
    oldest = (published - _LONG_PAST).date().isoformat()
    return value < oldest[: len(value)]
