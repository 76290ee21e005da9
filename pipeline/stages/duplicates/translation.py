"""Whether an English text is the translation of a Chinese one: what the dictionary, numbers and Latin words say.

Every Chinese word asks one question: does one of its English glosses occur in the English text? The answer counts by its
log-likelihood ratio between a translation and an unrelated text of that length. So a common English word says little, a
rare one much, and a long text is not found everywhere by chance. Numbers and Latin words are asked for likewise. Chances
come from static frequencies, so the measure is the same whatever else was seen, and it is symmetric.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from pipeline.knowledge.dictionary import glosses
from pipeline.knowledge.words import frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import Fingerprint

# How often a translation uses a dictionary gloss of a word of two characters and more, or of one. Human translations of
# news keep about six in ten; single characters are often particles.
_KEPT_WORD, _KEPT_CHARACTER = 0.62, 0.45
_KEPT_NUMBER, _KEPT_LATIN = 0.85, 0.85
_FLOOR = 2e-6
# No single word decides: bounds of what one can add or take, in nats.
_LEAST, _MOST = -1.2, 3.5
_LEAST_ANCHOR, _MOST_ANCHOR = -1.6, 4.0
_CERTAIN = 0.9
# Unrelated texts lie at -.4 nats a word, translations above 0: after this many words one in a thousand of them is as low.
_FIRST_WORDS, _HOPELESS = 48, -0.28
# Fewer words than this are averaged as if there were as many: ten agreeing words are no proof.
LEAST_WORDS = 10
# Distinct English words for a distinct Chinese one: .6 to .85 in whole articles and their translations, .5 to 1.1 in short
# ones. Running words say less: which line counts as the title differs between the sides. A pair is narrow where the English
# text has fewer, wide where it has more: a summary at best.
NARROW, WIDE = 0.55, 1.2

_Question = tuple[str, frozenset[str], tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True)
class TranslationEvidence:
    """`mean` is nats a word (a true translation has .15 to 1, unrelated texts less than 0), `total` their sum."""

    mean: float
    total: float
    words_alone: float  # the mean of the Chinese words, without names and numbers
    matched: tuple[str, ...]
    asked: int
    count: float  # words, numbers and names that the mean is of
    shared_anchors: tuple[str, ...]


@lru_cache(maxsize=131072)
def _gloss_chances(word: str) -> tuple[frozenset[str], float, tuple[tuple[tuple[str, ...], float], ...]]:
    """One-stem glosses with their summed frequency, and longer glosses with the frequency of their rarest stem."""
    all_glosses = glosses(word)
    single = frozenset(gloss[0] for gloss in all_glosses if len(gloss) == 1)
    longer = tuple((gloss, min(_floored(each) for each in gloss)) for gloss in all_glosses if len(gloss) > 1)
    return single, sum(_floored(each) for each in single), longer


def _floored(stem: str) -> float:
    return max(_FLOOR, frequency(stem))


@lru_cache(maxsize=262144)
def _nats(word: str, doublings: int) -> tuple[float, float]:
    """What it adds to find a gloss of the word in a text of 2^(doublings/4) words, and what not to find it."""
    _, rate, longer = _gloss_chances(word)
    length = 2 ** (doublings / 4)
    chance = 1 - math.exp(-rate * length)
    # Stems of a phrase do not occur independently; the square of the rarest one's chance is a fair guess of both.
    chance += sum((1 - math.exp(-rarest * length)) ** 2 for _, rarest in longer)
    chance = min(_CERTAIN, 1.5 * chance + 0.004)
    kept = max(chance + 0.02, min(0.95, (_KEPT_CHARACTER if len(word) == 1 else _KEPT_WORD) + 0.3 * chance))
    found, missed = math.log(kept / chance), math.log((1 - kept) / (1 - chance))
    return max(_LEAST, min(_MOST, found)), max(_LEAST, min(_MOST, missed))


def number_chance(number: str) -> float:
    """How likely an unrelated article names a number."""
    value = float(number)
    if value <= 12:  # noqa: PLR2004 - months and small counts are in every text
        return 0.35
    if 2000 <= value <= 2040:  # noqa: PLR2004 - years
        return 0.3
    if value < 100:  # noqa: PLR2004
        return 0.12 if value <= 31 or value == 50 else 0.05  # noqa: PLR2004 - days of a month
    if value in {100, 1000, 10000}:
        return 0.08
    if value < 1000:  # noqa: PLR2004
        return 0.02 if number.endswith("0") else 0.012
    return 0.01 if len(number.strip("0")) == 1 else 0.004


def balance(chinese: Fingerprint, english: Fingerprint) -> float:
    """Distinct words of the English text for one of the Chinese text; both count their titles."""
    return len(english.words) / max(1, len(chinese.words))


def _number_evidence(here: frozenset[str], there: frozenset[str], asked: frozenset[str]) -> tuple[float, int]:
    total = 0.0
    for number in asked:
        chance = number_chance(number)
        if number in here and number in there:
            total += math.log(_KEPT_NUMBER / chance)
        else:  # small numbers are written as words or dropped; others rarely
            total += math.log(0.25 / (1 - chance)) * 0.7 if chance < 0.2 else -0.3  # noqa: PLR2004
    return total, len(asked)


def _latin_evidence(words: Iterable[str], english: frozenset[str], length: int) -> tuple[float, int]:
    total, asked = 0.0, 0
    for word in words:
        chance = min(0.5, 1 - math.exp(-3 * max(_FLOOR, frequency(word)) * length) + 0.003)
        nats = math.log(_KEPT_LATIN / chance) if word in english else math.log(0.2 / (1 - chance))
        total += max(_LEAST_ANCHOR, min(_MOST_ANCHOR, nats))
        asked += 1
    return total, asked


def values(fingerprint: Fingerprint, kind: str) -> frozenset[str]:
    """The values of a fingerprint's anchors of one kind: number, latin, spoken, player, model, date, link."""
    return _values(fingerprint.anchors, kind + ":")


@lru_cache(maxsize=512)
def _values(anchors: tuple[str, ...], prefix: str) -> frozenset[str]:
    return frozenset(anchor[len(prefix) :] for anchor in anchors if anchor.startswith(prefix))


@lru_cache(maxsize=512)
def english_stems(words: tuple[str, ...], anchors: tuple[str, ...]) -> frozenset[str]:
    """What an English text has: the stems of its words, and its names."""
    return frozenset(words) | _values(anchors, "latin:")


@lru_cache(maxsize=512)
def _asked(words: tuple[str, ...]) -> tuple[_Question, ...]:
    """The words that have English to look for, in an order that has nothing to do with what they mean."""
    found = [
        (word, single, tuple((min(gloss, key=frequency), gloss) for gloss, _ in longer))
        for word in words
        for single, _, longer in [_gloss_chances(word)]
        if single or longer
    ]
    return tuple(sorted(found, key=lambda question: crc32(question[0].encode())))


def _answer(asked: Sequence[_Question], stems: frozenset[str], doublings: int) -> tuple[float, list[str]]:
    """Sum of what the words say, and those whose English was found."""
    total, matched = 0.0, []
    for word, single, longer in asked:
        is_met = not single.isdisjoint(stems)
        if not is_met:
            for rarest, gloss in longer:
                if rarest in stems and stems.issuperset(gloss):
                    is_met = True
                    break
        total += _nats(word, doublings)[0 if is_met else 1]
        if is_met:
            matched.append(word)
    return total, matched


def translation_evidence(chinese: Fingerprint, english: Fingerprint, *, in_full: bool = False) -> TranslationEvidence:
    """How much speaks for one text being the other in English.

    What is hopeless after the first words is not asked to the end, unless `in_full`.
    """
    stems = english_stems(english.words, english.anchors)
    doublings = round(4 * math.log2(max(1, english.length)))
    asked = _asked(chinese.words)
    total, matched = _answer(asked[:_FIRST_WORDS], stems, doublings)
    if not in_full and total < _HOPELESS * _FIRST_WORDS and len(asked) > _FIRST_WORDS:
        asked = asked[:_FIRST_WORDS]
    else:
        more, also_matched = _answer(asked[_FIRST_WORDS:], stems, doublings)
        total, matched = total + more, matched + also_matched
    of_words = total
    numbers, english_numbers = values(chinese, "number"), values(english, "number")
    # What a summary leaves out of a longer text says nothing against it.
    of_both = numbers if balance(chinese, english) > WIDE else numbers | english_numbers
    number_total, number_count = _number_evidence(numbers, english_numbers, of_both)
    latin = values(chinese, "latin")
    # Of Chinese names only those that the other text has: the rest may be none.
    spoken = (values(chinese, "spoken") & values(english, "latin")) - latin
    latin_total, latin_count = _latin_evidence(latin | spoken, stems, english.length)
    total += number_total + latin_total
    count = len(asked) + 0.7 * number_count + latin_count
    return TranslationEvidence(
        mean=total / max(LEAST_WORDS, count),
        total=total,
        words_alone=of_words / max(LEAST_WORDS, len(asked)),
        matched=tuple(matched),
        asked=len(asked),
        count=count,
        shared_anchors=tuple(sorted(numbers & english_numbers)) + tuple(sorted((latin & stems) | spoken)),
    )
