"""Which acts a sentence tells as what was before: years gone by, careers, and what a relative clause says of a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.tellings import (
    ATTRIBUTIVE_ZH,
    BEGAN_BEFORE,
    COMPARES,
    HEARD_BEFORE,
    PAST_LEAVE_BEFORE,
    TOLD_AS_NEW,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

_YEAR = re.compile(r"(?<!\d)(?<!\bsince )(?<!自)(?<!\bseit )(?<!\bdepuis )(?<!\bdesde )(20[0-2]\d)(?!\d)")
# The year of a thing ("the 2024 Nobel Prize", "the seminal 2017 paper") dates no act; that of a time of the year does.
_OF_A_THING = re.compile(r"\bthe (?:(?!year|month|end|start|beginning|spring|summer|autumn|fall|winter)[a-z]+ )?$")
_RELATIVE = re.compile(
    r",\s*(?:and\s+)?(?:who|whose|where|which|having|a former|der|die|das|dessen|deren|wo|qui|où|dont|quien(?:es)?|donde|cuy[oa]s?|que)\b"
)

_TAKES_IN = {"hire", "poach", "join", "recruit", "team"}


def is_background(scene: Scene, year: int | None, hit: Hit) -> bool:
    """Whether the act is no news of this text; `year` is the document's."""
    if scene.sentence.is_title:
        return False
    text = scene.sentence.folded
    if _lies_before(hit, text):
        return True
    years = list(_years(text)) if "20" in text else []
    if year and years and max(years) < year:
        return True
    if all(
        HEARD_BEFORE.match(text, told.start)
        or ATTRIBUTIVE_ZH.fullmatch(text, told.start, hit.start)
        or _is_aside(told, hit, text)
        for told in scene.of("background")
    ):
        return False
    start = max(text.rfind(mark, 0, hit.start) for mark in ",;:") + 1
    end = min((at for at in (text.find(mark, hit.end) for mark in ",;") if at >= 0), default=len(text))
    return not TOLD_AS_NEW.search(text, start, end)


def _years(text: str) -> Iterator[int]:
    """The years in which a sentence says that something happened."""
    for year in _YEAR.finditer(text):
        is_of_a_thing = text[year.end() : year.end() + 1] == " " and _OF_A_THING.search(text, 0, year.start())
        if not is_of_a_thing:
            yield int(year[1])


def _lies_before(hit: Hit, text: str) -> bool:
    """Whether the words before the act put it in the past of what is told, or only compare it."""
    if hit.phrase.act == "leave":
        return bool(PAST_LEAVE_BEFORE.search(text[max(0, hit.start - 60) : hit.start]))
    begun = hit.phrase.act in _TAKES_IN and BEGAN_BEFORE.search(text[max(0, hit.start - 80) : hit.start])
    return bool(begun or COMPARES.search(text, 0, hit.start))


def _is_aside(told: Hit, hit: Hit, text: str) -> bool:
    """Whether the word of the past stands in a relative clause and the act outside: "hired Jane, who worked at X, to …"."""
    if told.start >= hit.end:
        return bool(_RELATIVE.search(text, hit.end, told.end))
    opened = [match.end() for match in _RELATIVE.finditer(text, 0, told.start + 1)]
    return bool(opened) and "," in text[max(told.end, opened[-1]) : hit.start]
