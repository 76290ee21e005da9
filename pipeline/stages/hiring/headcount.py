"""How many people (or posts) are hired, moved, wanted or laid off, where the text states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.headcount_words import (
    BOTH,
    CJK,
    FOUNDERS,
    INFORMANT_AFTER,
    INFORMANT_BEFORE,
    LATIN,
    MANY,
    ONE,
    ONE_IN_HEADLINE,
    POSTS,
    REMAIN,
    SIZE,
    TOTAL_AFTER,
    TOTAL_BEFORE,
    WORDS,
)  # fmt: skip
from pipeline.stages.hiring.numerals import read_digits, read_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.facts import Person
    from pipeline.stages.hiring.decision import Event
    from pipeline.stages.hiring.scenes import Scene

_LEAST = 0.4
_OF_ONE = {"join", "hire", "leave", "poach"}
_OF_TEAMS = {"acquihire"}  # names the heads and says "some of the staff"
_LISTED = 3  # names that make a whole list; longer ones seldom do
# Korean counts people with its own numerals; each takes the place of a Chinese one.
_KOREAN_NUMERALS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_FIRST_SENTENCES = 14  # of which one may state the size of the team


def find_headcount(events: Sequence[Event], people: Sequence[Person], scenes: Sequence[Scene]) -> int | None:
    """The stated number of the strongest sentence of hiring, else the size of the team, else the movers that the lead names."""
    ordered = sorted(
        (e for e in events if e.weight >= _LEAST and not e.is_background),
        key=lambda e: (e.scene.sentence.field != "title", e.scene.sentence.index),
    )
    for event in ordered:
        if not (event.scene.sentence.is_title or event.scene.sentence.is_lead):
            break
        if not event.scene.sentence.is_title and (named := _named_in_title(ordered, people)):
            return named
        number = next(_numbers(event), None)
        if number:
            return number
    if size := _size_of_team(scenes):
        return size
    return _movers(ordered, people)


def _named_in_title(ordered: Sequence[Event], people: Sequence[Person]) -> int:
    """How many movers the title names: the numbers of the text then tell of others."""
    move = next((e for e in ordered if e.scene.sentence.is_title and e.act in _OF_ONE), None)
    if move is None or MANY.search(move.scene.sentence.folded):
        return 0
    return _count(move, people)


def _count(event: Event, people: Sequence[Person]) -> int:
    """How many of the people the sentence of an event names."""
    sentence = event.scene.sentence
    text = sentence.original[slice(*sentence.span(0, len(sentence.folded)))]
    count = sum(person.name in text for person in people)
    return 2 if count > 1 and BOTH.search(sentence.folded) else count


def _movers(ordered: Sequence[Event], people: Sequence[Person]) -> int | None:
    """The movers that the title and the first sentences on the move name, where they seem to be all of them."""
    front = [e for e in ordered if e.scene.sentence.is_title or e.scene.sentence.is_lead]
    if any(e.act in _OF_TEAMS for e in front):
        return None
    moves = [e for e in front if e.act in _OF_ONE]
    title = next((e.scene.sentence.folded for e in moves if e.scene.sentence.is_title), "")
    if MANY.search(title):
        return None
    named: dict[int, int] = {}
    for event in moves:
        sentence = event.scene.sentence
        named.setdefault(-1 if sentence.is_title else sentence.index, _count(event, people))
    if (ONE.search(title) or ONE_IN_HEADLINE.search(title)) and not named.get(-1):
        return 1
    body = next((count for index, count in sorted(named.items()) if index >= 0 and count), 0)
    most = max(named.get(-1, 0), body)
    return most if 0 < most <= _LISTED else None


def _size_of_team(scenes: Sequence[Scene]) -> int | None:
    for scene in scenes[:_FIRST_SENTENCES]:
        if scene.has("background"):
            continue
        text = scene.sentence.folded
        if match := SIZE.search(text):
            size = next(group for group in match.groups() if group)
            return WORDS[size] if size in WORDS else int(read_digits(size, is_comma_decimal=False))
    return None


def _is_informant(text: str, match: re.Match[str]) -> bool:
    return bool(
        INFORMANT_AFTER.match(text, match.end())
        or INFORMANT_AFTER.match(text, match.end() - 1)
        or INFORMANT_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        or re.search(r"(?:[関关]系者|知情人士|관계자)\s?$", text[max(0, match.start() - 6) : match.start()])
    )


def _is_total(text: str, match: re.Match[str]) -> bool:
    """Whether the number counts all there are: those of a firm are its founders and staff, not its hires."""
    if REMAIN.match(text, match.end()):
        return True
    return bool(FOUNDERS.search(match[0]) and TOTAL_BEFORE.search(text, max(0, match.start() - 20), match.start()))


def _numbers(event: Event) -> Iterator[int]:
    text = event.scene.sentence.folded
    for match in LATIN.finditer(text):
        if _is_informant(text, match) or _is_total(text, match):
            continue
        yield (
            WORDS[match["word"]]
            if match["word"]
            else int(read_digits(match["digits"], is_comma_decimal=event.hit.phrase.language in {"de", "fr", "es"}))
        )
    for match in (*POSTS.finditer(text), *CJK.finditer(text)):
        if _is_informant(text, match) or TOTAL_AFTER.match(text, match.end() - 1):
            continue
        if korean := _KOREAN_NUMERALS.get(match["han"]):
            yield korean
            continue
        number = read_han(match["han"])
        if number and not number.is_vague and 0 < number.high < 1e6:  # noqa: PLR2004 - more are users, not staff
            yield int(number.high)
