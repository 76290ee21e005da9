"""How names that are not written in Latin letters are spelt there: 林俊旸 is Junyang, 杨立昆 and ルカン are LeCun.

Surnames and readings of Chinese names are those of the dictionary; of others `people.toml` has the best known. What looks
like a name and is none does no harm: only a spelling that the other text has as a name counts.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from pipeline.folding import fold_key
from pipeline.knowledge.dictionary import dictionary
from pipeline.knowledge.words import frequency, stem, stems

if TYPE_CHECKING:
    from collections.abc import Sequence

_READING = re.compile(r"\[([A-Za-z:]+)[1-5]\]")
_GIVEN_CHARS = 2  # a given name of one character is spelt as many words are
_LEAST_LETTERS = 4
_MOST_READINGS = 2
# Two characters that follow each other by chance more often than this are no name: one of a name's two may be common.
_BY_CHANCE = 5e-8
_RARE = 3e-5  # a commoner word behind a surname is a word, not a given name


@cache
def _readings(char: str) -> tuple[str, ...]:
    """The readings of a character without tones, the dictionary's first ones."""
    found = (match.lower().replace("u:", "u") for match in _READING.findall(_headings(char)))
    return tuple(dict.fromkeys(found))[:_MOST_READINGS]


def _headings(char: str) -> str:
    """The readings alone: glosses name other characters with theirs."""
    return "\n".join(line.partition(" /")[0] for line in dictionary().lines.get(char, "").splitlines())


@cache
def _is_surname(char: str) -> bool:
    return len(char) == 1 and "surname " in dictionary().lines.get(char, "")


def given_names(terms: Sequence[str]) -> set[str]:
    """Stems of the spellings of what may be given names of two characters behind a surname; `terms` are words in order."""
    found: set[str] = set()
    for at, surname in enumerate(terms):
        if not _is_surname(surname):
            continue
        following = terms[at + 1 : at + 3]
        if len(following) == _GIVEN_CHARS and all(len(one) == 1 for one in following):
            given = "".join(following)
            is_name = frequency(given[0]) * frequency(given[1]) < _BY_CHANCE
        else:
            given = following[0] if following else ""
            is_name = len(given) == _GIVEN_CHARS and frequency(given) < _RARE
        if is_name:
            found |= {"".join(spelt) for spelt in product(*map(_readings, given))}
    return {stem(spelt) for spelt in found if len(spelt) >= _LEAST_LETTERS}


@cache
def _people() -> dict[str, tuple[str, ...]]:
    """Folded names with the stems of their spelling."""
    table = tomllib.loads((files("pipeline.knowledge") / "people.toml").read_text(encoding="utf-8"))["people"]
    return {
        fold_key(name): tuple(part for part in stems(latin.lower().replace("-", " ")) if len(part) > 1)
        for latin, names in table.items()
        for name in names.split("|")
    }


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_people(), key=len, reverse=True)))


def well_known(folded: str) -> set[str]:
    """Stems of the spellings of people whom a folded text names in characters, kana or hangul."""
    return {part for name in _pattern().findall(folded) for part in _people()[name]}
