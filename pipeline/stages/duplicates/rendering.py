"""Whether a Chinese text says what an English one says: the dictionary's measure asked from the English side.

`translation` asks of every Chinese word whether the English text has it, so a summary in English, which leaves out most of
the Chinese, fails however true it is. Here every English word asks: does any Chinese word of the other text mean it? What
the Chinese text says besides counts for nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.knowledge.dictionary import glosses, meaning_frequencies
from pipeline.knowledge.words import frequency
from pipeline.stages.duplicates.translation import number_chance, values

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.document import Fingerprint

# Dictionary words a character of running text; every second character begins one.
_WORDS_A_CHARACTER = 0.5
# An English word is met by chance somewhat more often than single meanings let expect (words meant by rare idioms), and is
# met in a translation this often; measured alike on texts of 50 and of 600 characters.
_CHANCE_FACTOR, _CHANCE_FLOOR, _CERTAIN = 1.3, 0.012, 0.9
_KEPT, _KEPT_BY_CHANCE, _MOST_KEPT = 0.62, 0.3, 0.95
# Words that no common Chinese word means, often names: seldom met, and then hardly by chance. Missed, each counts as part
# of a question.
_ODD_CHANCE, _ODD_KEPT, _ODD_SHARE = 0.006, 0.2, 0.3
_KEPT_NUMBER, _KEPT_NAME = 0.85, 0.85
_NUMBER_SHARE = 0.7  # numbers are written as words or left out more freely than words are
_MISSED_COMMON_NUMBER, _COMMON_NUMBER = -0.3, 0.2
_LEAST, _MOST = -1.2, 3.5  # no single word decides
_LEAST_WORDS = 8  # fewer are averaged as if there were as many


@dataclass(frozen=True, slots=True)
class RenderingEvidence:
    """`mean` is nats an English word (a summary has .3 to 1.5), `total` their sum over `asked` words and numbers."""

    mean: float
    total: float
    asked: float
    matched: tuple[str, ...]


def rendering_evidence(chinese: Fingerprint, english: Fingerprint) -> RenderingEvidence:
    """How much speaks for the Chinese text having what the English one says."""
    meant = _meanings(chinese.words)
    written = values(chinese, "latin") | values(chinese, "spoken")
    length = round(4 * math.log2(max(1, chinese.length)))
    total, asked = 0.0, 0.0
    matched = []
    for word in english.words:
        found, missed, share = _nats(word, length)
        if word in meant:
            total, asked = total + found, asked + 1
            matched.append(word)
        elif word in written:
            total, asked = total + _name_nats(word, length), asked + 1
            matched.append(word)
        else:
            total, asked = total + missed, asked + share
    numbers = values(english, "number")
    total += _number_nats(numbers, values(chinese, "number"))
    asked += _NUMBER_SHARE * len(numbers)
    return RenderingEvidence(total / max(_LEAST_WORDS, asked), total, asked, tuple(matched))


@lru_cache(maxsize=512)
def _meanings(words: tuple[str, ...]) -> frozenset[str]:
    """Every stem of every English gloss of these Chinese words."""
    return frozenset().union(*(_stems_of(word) for word in words))


@lru_cache(maxsize=131072)
def _stems_of(word: str) -> frozenset[str]:
    return frozenset(stem for gloss in glosses(word) for stem in gloss)


@lru_cache(maxsize=262144)
def _nats(word: str, doublings: int) -> tuple[float, float, float]:
    """What it adds to find an English word meant in a text of 2^(doublings/4) characters, what to miss it, and how much of a question it is."""
    rate = meaning_frequencies().get(word)
    if rate:
        by_chance = 1 - math.exp(-rate * _WORDS_A_CHARACTER * 2 ** (doublings / 4))
        chance = min(_CERTAIN, _CHANCE_FACTOR * by_chance + _CHANCE_FLOOR)
        kept, share = max(chance + 0.02, min(_MOST_KEPT, _KEPT + _KEPT_BY_CHANCE * chance)), 1.0
    else:
        chance, kept, share = _ODD_CHANCE, _ODD_KEPT, _ODD_SHARE
    return (
        max(_LEAST, min(_MOST, math.log(kept / chance))),
        max(_LEAST, min(_MOST, math.log((1 - kept) / (1 - chance)))),
        share,
    )


@lru_cache(maxsize=65536)
def _name_nats(word: str, doublings: int) -> float:
    """What it adds that both write a word in Latin letters; little for those that this beat writes in every text."""
    chance = min(0.5, 1 - math.exp(-3 * frequency(word) * _WORDS_A_CHARACTER * 2 ** (doublings / 4)) + 0.003)
    return min(_MOST, math.log(_KEPT_NAME / chance))


def _number_nats(asked: Collection[str], there: Collection[str]) -> float:
    total = 0.0
    for number in sorted(asked):
        chance = number_chance(number)
        if number in there:
            total += math.log(_KEPT_NUMBER / chance)
        elif chance < _COMMON_NUMBER:
            total += _NUMBER_SHARE * math.log(0.25 / (1 - chance))
        else:
            total += _MISSED_COMMON_NUMBER
    return total
