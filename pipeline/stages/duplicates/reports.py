"""Whether two articles report one event: how much of what is rare in both they share, and what forbids it.

Within a script all words count; across scripts only what is written alike: names in Latin letters, numbers, players, models
and days. Worths are bits from static tables, so no order of arrival matters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.folding import fold_key
from pipeline.knowledge.dictionary import dictionary
from pipeline.knowledge.words import number_bits, stems, word_bits
from pipeline.memory import REPORT_WINDOW
from pipeline.stages.duplicates.translation import values

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pipeline.memory import Trace

# Cosine at which reports of one event begin. Two articles on one company in one week reach .15.
_LEAST_COSINE = 0.19
# A short report is covered by a long one although their cosine is low.
_LEAST_COVER, _LEAST_COVER_BITS = 0.34, 25.0
# Across scripts: shared names and numbers in bits, how many of them at least, and what share of the shorter side's.
_LEAST_CROSS_BITS, _LEAST_CROSS_SHARED, _LEAST_CROSS_COVER = 28.0, 3, 0.2
# Without a shared name, number, player or model the same words are a template sooner than an event.
_LEAST_NAMED_BITS, _UNNAMED_FACTOR = 4.0, 0.55
_LEAST_SHARED_BITS = 20.0  # of all shared words: two stubs have nothing to differ in
# Headlines say what the event is: the cosine of two titles adds this share of itself.
_TITLE_SHARE = 0.2
_SPECIFIC_BITS = 5.0  # what is commoner is no sign of one event
_LEAST_WORD_BITS = 3.0
_TAG_BITS = 4.0  # players and models: half a dozen of them are in one article of ten
_OTHER_WORD_BITS = 6.0  # Japanese and Korean words: no frequency table is at hand
_HALF = 0.5
# Articles whose weighed words are kept at hand: a batch and its candidates. Each takes some 40 kB.
_KEPT = 512
# Languages whose words the weights know. Where they know none, everyday words look rare, and words alone prove nothing.
_TABLED = frozenset({"en", "zh"})


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """`score` .5 and more is one event; `shared` are the rarest shared words and anchors; `veto` says what forbids it."""

    score: float
    cosine: float
    cover: float
    bits: float
    shared: tuple[str, ...]
    veto: str = ""


@lru_cache(maxsize=_KEPT)
def _worths(script: str, words: tuple[str, ...], anchors: tuple[str, ...]) -> tuple[dict[str, float], float]:
    """Worth of all words and anchors, and the sum of its squares."""
    found: dict[str, float] = {}
    for word in words:
        bits = _OTHER_WORD_BITS if script == "other" else word_bits(word)
        if bits >= _LEAST_WORD_BITS:
            found["word:" + word] = bits
    found |= _neutral_worths(anchors)[0]
    return found, _size(found)


@lru_cache(maxsize=_KEPT)
def _neutral_worths(anchors: tuple[str, ...]) -> tuple[dict[str, float], float]:
    """Worth of what is written alike in every script, and the sum of its squares."""
    found: dict[str, float] = {}
    for anchor in anchors:
        kind, _, value = anchor.partition(":")
        if kind == "latin":
            found["word:" + value] = word_bits(value)
        elif kind == "number":
            found[anchor] = number_bits(value)
        elif kind not in {"link", "spoken"}:
            found[anchor] = _TAG_BITS
    return found, _size(found)


def _spoken(one: Trace, other: Trace) -> dict[str, float]:
    """Worth of the names of one, written otherwise, that the other spells in Latin letters."""
    if one.fingerprint.script == "latin":
        return {}
    met = values(one.fingerprint, "spoken") & (values(other.fingerprint, "latin") | values(other.fingerprint, "spoken"))
    return {"word:" + name: word_bits(name) for name in met}


def _size(worths: dict[str, float]) -> float:
    return sum(bits * bits for bits in worths.values()) or 1.0


def report_evidence(one: Trace, other: Trace, *, whenever: bool = False, least: float = 0.0) -> ReportEvidence:
    """Compare two traces as reports.

    Args:
        one: a trace.
        other: another.
        whenever: look past the days between them.
        least: of a score that cannot reach this, only a bound is given, without shared words and veto; most candidates
            of an article are such, and looking further at each would be most of the work of filing it.
    """
    is_one_script = one.fingerprint.script == other.fingerprint.script and (
        one.fingerprint.script != "other" or one.language == other.language
    )
    worth, size, other_size = (_shared_alike if is_one_script else _shared_across)(one, other)
    dot = bits = 0.0
    for value in worth.values():
        dot += value * value
        if value >= _SPECIFIC_BITS:
            bits += value
    cosine, cover = min(1.0, dot / math.sqrt(size * other_size)), min(1.0, dot / min(size, other_size))
    if is_one_script:
        score = _score_alike(cosine + _TITLE_SHARE * _title_cosine(one, other), cover, bits)
        if score >= least:
            score *= _doubt(one, other, worth)
        if score < least:
            return ReportEvidence(score, cosine, cover, bits, ())
    else:
        count = sum(value >= _SPECIFIC_BITS for value in worth.values())
        score = _score_across(count, cover, bits)
    specific = [key for key, value in worth.items() if value >= _SPECIFIC_BITS]
    rarest = sorted(specific, key=lambda key: (-worth[key], key))[:8]
    return ReportEvidence(score, cosine, cover, bits, tuple(rarest), veto(one, other, whenever=whenever))


def _shared_alike(one: Trace, other: Trace) -> tuple[dict[str, float], float, float]:
    """Worth of what two texts of one script share, and both sums of squares."""
    (here, size), (there, other_size) = (_all_worths(each) for each in (one, other))
    return {key: max(here[key], there[key]) for key in here.keys() & there.keys()}, size, other_size


def _shared_across(one: Trace, other: Trace) -> tuple[dict[str, float], float, float]:
    """As `_shared_alike`, of what is written alike in two scripts."""
    (here, _), (there, _) = (_all_worths(each) for each in (one, other))
    (named, size), (other_named, other_size) = (_neutral_worths(each.fingerprint.anchors) for each in (one, other))
    # A name of one side may stand among all words of the other, capitalised or not.
    shared = (key for key in here.keys() & there.keys() if key in named or key in other_named)
    worth = {key: max(here[key], there[key]) for key in shared} | _spoken(one, other) | _spoken(other, one)
    return worth, size, other_size


def _all_worths(each: Trace) -> tuple[dict[str, float], float]:
    return _worths(each.fingerprint.script, each.fingerprint.words, each.fingerprint.anchors)


def _doubt(one: Trace, other: Trace, worth: Mapping[str, float]) -> float:
    """What is left of a score within one script where names are missing, little is shared, or no table knows the words."""
    left = 1.0
    here, there = (_neutral_worths(each.fingerprint.anchors)[0].keys() for each in (one, other))
    if sum(worth[key] for key in here & there if worth[key] >= _TAG_BITS) < _LEAST_NAMED_BITS:
        left *= _UNNAMED_FACTOR
    left *= min(1.0, sum(worth.values()) / _LEAST_SHARED_BITS)
    if not (_has_table(one) and _has_table(other)) and not _shares_name_and_number(worth):
        left *= _UNNAMED_FACTOR
    return left


def _has_table(each: Trace) -> bool:
    """Whether the weights tell common words of its language from rare ones."""
    return each.language.partition("-")[0] in _TABLED or each.language == "und"


def _shares_name_and_number(worth: Mapping[str, float]) -> bool:
    """Whether a player or model is shared and a number that is no everyday one."""
    kinds = {key.partition(":")[0] for key, bits in worth.items() if bits >= _SPECIFIC_BITS or bits == _TAG_BITS}
    return bool(kinds & {"player", "model"}) and "number" in kinds


def _score_alike(cosine: float, cover: float, bits: float) -> float:
    by_cover = min(cover / _LEAST_COVER, bits / _LEAST_COVER_BITS)
    return min(1.0, _HALF * max(cosine / _LEAST_COSINE, min(by_cover, 1.5)))


def _score_across(count: int, cover: float, bits: float) -> float:
    return min(
        1.0, _HALF * min(bits / _LEAST_CROSS_BITS, count / _LEAST_CROSS_SHARED, 1.5 * cover / _LEAST_CROSS_COVER)
    )


def _title_cosine(one: Trace, other: Trace) -> float:
    (here, size), (there, other_size) = (_title_worths(each.title, each.fingerprint.script) for each in (one, other))
    return sum(here[key] * there[key] for key in here.keys() & there.keys()) / math.sqrt(size * other_size)


@lru_cache(maxsize=_KEPT)
def _title_worths(title: str, script: str) -> tuple[dict[str, float], float]:
    folded = fold_key(title)
    words = set(stems(folded)) | (set(dictionary().terms(folded)) if script == "han" else set())
    found = {word: word_bits(word) for word in words}
    return found, _size(found)


def veto(one: Trace, other: Trace, *, whenever: bool = False) -> str:
    """Why two articles cannot be one event, however alike they read; empty if nothing forbids it.

    Names count as other only if neither article's are anywhere in the other: whom a text calls what is often read wrong.
    """
    apart = abs(one.at - other.at)
    if not whenever and one.is_dated and other.is_dated and apart > REPORT_WINDOW:
        return f"{apart.days} days lie between them"
    if _are_strangers(one.actors, other.players + other.actors) and _are_strangers(
        other.actors, one.players + one.actors
    ):
        return f"other employers: {', '.join(one.actors)} against {', '.join(other.actors)}"
    (here, there), alike = _vocabularies(one, other), one.fingerprint.script == other.fingerprint.script
    # Of another script only words are names: P10 or Q3 in a Chinese headline is none.
    leads = [[name for name in each.fingerprint.lead if alike or name.isalpha()] for each in (one, other)]
    if _are_strangers(leads[0], there) and _are_strangers(leads[1], here):
        return f"other names lead: {', '.join(leads[0])} against {', '.join(leads[1])}"
    people = [{part for name in each.people for part in stems(fold_key(name))} for each in (one, other)]
    if (
        alike
        and one.language == other.language
        and _are_strangers(people[0], there)
        and _are_strangers(people[1], here)
    ):
        return f"other people: {', '.join(one.people)} against {', '.join(other.people)}"
    return ""


def _are_strangers(names: Collection[str], known: Collection[str]) -> bool:
    """Whether there are names, and none of them is known."""
    return bool(names) and not any(name in known for name in names)


def _vocabularies(one: Trace, other: Trace) -> tuple[frozenset[str], frozenset[str]]:
    here, there = (_vocabulary(each.fingerprint.words, each.fingerprint.anchors) for each in (one, other))
    return here, there


@lru_cache(maxsize=_KEPT)
def _vocabulary(words: tuple[str, ...], anchors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words) | {anchor.partition(":")[2] for anchor in anchors}
