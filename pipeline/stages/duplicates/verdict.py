"""Whether a Chinese and an English text are one another's translation, judged by the side that says less.

A translation leaves out little, so texts of like length are asked both ways and the answers pooled: two looks at few words
are surer than one. Where one text is much shorter it is a summary at best; then its own words alone are asked, because what
the longer text says besides proves nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.stages.duplicates.rendering import rendering_evidence
from pipeline.stages.duplicates.translation import (
    LEAST_WORDS,
    NARROW,
    WIDE,
    balance,
    english_stems,
    translation_evidence,
    values,
)

if TYPE_CHECKING:
    from pipeline.document import Fingerprint
    from pipeline.stages.duplicates.rendering import RenderingEvidence
    from pipeline.stages.duplicates.translation import TranslationEvidence

# Nats a Chinese word, and in all, from which a pair is a translation whatever the English side says. Human translations of
# news lie above .08, unrelated articles below 0; articles on one subject reach .3, and give way to the better counterpart
# when stories are drawn.
_LEAST_MEAN, _LEAST_TOTAL = 0.08, 6.0
# Independent reports share names and numbers as translations do; the other words must agree as well.
_LEAST_WORDS_ALONE = 0.02
# What the English side, or both sides pooled, must say: a mean that one subject alone reaches in long texts, more where
# chance plays with few words (its spread goes by the root of their number), and not less in all.
_LEAST_OTHERWISE, _SPREAD, _LEAST_OTHERWISE_TOTAL = 0.2, 1.6, 12.0
# Below this the Chinese side has said no too clearly for the English one to make up for it.
_LEAST_TO_POOL = -0.3
# Items of one series (projects with their stars, papers with their scores) say the same of other names. A translation keeps
# names that are written in Latin letters; without them it must be as near as no series comes.
_LEAST_OF_STRANGERS = 0.7
_LEAST_NAME = 5  # letters; abbreviations have fewer
# What falls short of that, or agrees by names and numbers sooner than by words, may yet be of one event: what the shorter
# side must say for it.
_LEAST_NEAR, _LEAST_NEAR_TOTAL = 0.3, 10.0
_LEAST_NEAR_CHINESE = 0.05
# A summary ranks behind whole translations of the same text, whose means are half as high as its own.
_SUMMARY_SHARE = 0.5
# English words of an unrelated article on the beat are met so much oftener than Chinese ones: a summary's mean less this
# compares with the mean of the Chinese words.
_SUMMARY_LEAD = 0.3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What both measures say; `nearness` compares with unrelated articles, which lie below -.15, on any lengths.

    `is_near` is a summary of the event, though perhaps not of the text.
    """

    is_translation: bool
    is_near: bool
    score: float
    nearness: float
    chinese: TranslationEvidence
    english: RenderingEvidence | None = None


def judge(chinese: Fingerprint, english: Fingerprint, *, in_full: bool = False) -> Verdict:
    """Judge a pair; `in_full` asks every word, also where the first ones suffice to refuse."""
    asked = translation_evidence(chinese, english, in_full=in_full)
    ratio = balance(chinese, english)
    suffices = asked.mean >= _LEAST_MEAN and asked.total >= _LEAST_TOTAL and asked.words_alone >= _LEAST_WORDS_ALONE
    is_strange = _is_led_by_stranger(chinese, english)
    if ratio < NARROW:
        is_other = is_strange or _leads_elsewhere(chinese, english)
        return _of_summary(asked, rendering_evidence(chinese, english), suffices=suffices, is_other=is_other)
    mean, answered = asked.mean, None
    if ratio <= WIDE and (asked.mean >= _LEAST_TO_POOL or in_full):
        answered = rendering_evidence(chinese, english)
        count = max(LEAST_WORDS, asked.count) + answered.asked
        total = asked.total + answered.total
        mean = total / count
        suffices = suffices or (asked.mean >= _LEAST_TO_POOL and _is_enough(total, mean, count))
    is_near = (
        ratio > WIDE
        and not is_strange
        and not _leads_elsewhere(chinese, english)
        and asked.mean >= _LEAST_NEAR_CHINESE
        and asked.total >= _LEAST_TOTAL
    )
    if is_strange:
        suffices = suffices and mean >= _LEAST_OF_STRANGERS
    return Verdict(suffices, is_near, _score(mean), asked.mean, asked, answered)


def _of_summary(asked: TranslationEvidence, answered: RenderingEvidence, *, suffices: bool, is_other: bool) -> Verdict:
    """The verdict on an English text that is much shorter than a translation would be."""
    is_summary = _is_enough(answered.total, answered.mean, answered.asked)
    mean = max(asked.mean, _SUMMARY_SHARE * answered.mean)
    nearness = max(asked.mean, answered.mean - _SUMMARY_LEAD)
    is_near = not is_other and answered.mean >= _LEAST_NEAR and answered.total >= _LEAST_NEAR_TOTAL
    return Verdict(suffices or is_summary, is_near, _score(mean), nearness, asked, answered)


def _is_led_by_stranger(chinese: Fingerprint, english: Fingerprint) -> bool:
    """Whether the Chinese text begins with rare names in Latin letters, and the other has none of them.

    Only of words: P10 or Q3 is no name. Abbreviations may be written out in English: IPO, CBA.
    """
    named = [name for name in chinese.lead if name.isalpha() and len(name) >= _LEAST_NAME]
    return bool(named) and english_stems(english.words, english.anchors).isdisjoint(named)


def _leads_elsewhere(chinese: Fingerprint, english: Fingerprint) -> bool:
    """Whether the English text begins with rare names, and the other has none of them by any known spelling.

    Most names are spelt in characters, so this is no sign against a translation; but what is less may be a template.
    """
    named = [name for name in english.lead if name.isalpha()]
    return bool(named) and (values(chinese, "latin") | values(chinese, "spoken")).isdisjoint(named)


def _is_enough(total: float, mean: float, count: float) -> bool:
    return total >= _LEAST_OTHERWISE_TOTAL and mean >= _LEAST_OTHERWISE + _SPREAD / math.sqrt(max(LEAST_WORDS, count))


def _score(mean: float) -> float:
    """Between 0 and 1, and never alike for means that differ: the best counterpart of a short item is far above 1 nat."""
    return 1 - math.exp(-max(0.0, mean))
