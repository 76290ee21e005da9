"""The stage that relates an article to those before it: the same text, a copy, a translation, another report of the event.

`relate` is pure and symmetric: it sees two traces and nothing else, so a relation never depends on the order of arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.document import Relation
from pipeline.knowledge.words import word_bits
from pipeline.memory import COPY_WINDOW
from pipeline.stages.duplicates.agreement import fact_evidence
from pipeline.stages.duplicates.copies import copy_evidence, may_be_copies
from pipeline.stages.duplicates.reports import report_evidence
from pipeline.stages.duplicates.translation import values
from pipeline.stages.duplicates.verdict import judge

if TYPE_CHECKING:
    from pipeline.document import RelationKind
    from pipeline.memory import CandidateMemory, Trace
    from pipeline.stages.duplicates.agreement import FactEvidence
    from pipeline.stages.duplicates.copies import CopyEvidence
    from pipeline.stages.duplicates.reports import ReportEvidence
    from pipeline.stages.duplicates.verdict import Verdict

# Reports of one event in two languages share fewer words than translations, but names and numbers besides: each bit beyond
# the least makes up for so many nats a word. Unrelated articles on the beat lie below -.15 nats.
_LEAST_CROSS_BITS, _NATS_A_BIT, _LEAST_CROSS_MEAN = 14.0, 0.01, -0.15
LEAST_REPORT = 0.5
_FACT_SCORE = 0.8  # where hiring facts alone say so: surer than words that suffice just so
# Two languages without a dictionary between them: nearly all names and numbers, and many of them, must be the same in a
# translation. Short texts on one event have the same names too, so these are reports.
_LEAST_NEUTRAL_COSINE, _LEAST_NEUTRAL_BITS, _LEAST_NEUTRAL_NUMBERS = 0.75, 80.0, 4
# A text's length in another language: from Korean (.6 words for an English one) to Japanese (2.5 characters).
_MOST_LENGTH_RATIO = 3.5


_LEANING = {
    1: "title or slug are the same at another outlet: a copy sooner",
    -1: "one outlet under two titles: a series sooner than a copy",
}


def relations_of(memory: CandidateMemory, here: Trace) -> tuple[Relation, ...]:
    """What an article of this trace is to those the memory holds."""
    found = {there.id: there for there in (*memory.copies_of(here), *memory.reports_near(here))}
    related = (relate(here, there) for key, there in sorted(found.items()) if key != here.id)
    return tuple(relation for relation in related if relation)


def relate(one: Trace, other: Trace) -> Relation | None:
    """What two articles are to each other; None if nothing. Symmetric."""
    one, other = sorted((one, other), key=lambda each: each.id)
    translated = None
    if is_one_script(one, other):
        copied = copy_evidence(one, other) if may_be_copies(one.fingerprint, other.fingerprint) else None
        if copied and copied.is_copy and (copied.is_same_text or abs(one.at - other.at) <= COPY_WINDOW):
            return _relation(
                one, other, "exact" if copied.is_same_text else "near", copied.score, _copy_reasons(copied)
            )
    else:
        translated = translation_between(one, other)
        if translated and translated.is_translation:
            return _relation(one, other, "translation", translated.score, _translation_reasons(translated))
    told = fact_evidence(one, other)
    reported = report_evidence(one, other, least=0.0 if told.is_one_event else LEAST_REPORT)
    if reported.veto or told.veto:
        return None
    if translated is None and not is_one_script(one, other) and _is_neutral_translation(one, other, reported):
        return _relation(one, other, "translation", reported.cosine, _report_reasons(reported, told))
    score = reported.score
    if translated and (translated.is_near or _is_cross_report(translated, reported)):
        score = max(score, LEAST_REPORT)
    if told.is_one_event:
        score = max(score, _FACT_SCORE)
    return _relation(one, other, "report", score, _report_reasons(reported, told)) if score >= LEAST_REPORT else None


def explain(one: Trace, other: Trace) -> tuple[str, ...]:
    """Every measure of a pair, in words for people: also why it is not related."""
    lines: list[str] = []
    found = relate(one, other)
    lines.append(f"{found.kind}, score {found.score:.2f}" if found else "not related")
    one, other = sorted((one, other), key=lambda each: each.id)
    if is_one_script(one, other):
        lines += _copy_reasons(copy_evidence(one, other))
    elif translated := translation_between(one, other, in_full=True):
        lines += _translation_reasons(translated)
    reported, told = report_evidence(one, other), fact_evidence(one, other)
    lines += _report_reasons(reported, told)
    if veto := reported.veto or told.veto:
        lines.append(f"not one event: {veto}")
    return tuple(lines)


def is_one_script(one: Trace, other: Trace) -> bool:
    """Whether two texts can be compared word by word."""
    scripts = {one.fingerprint.script, other.fingerprint.script}
    return (
        len(scripts) == 1
        and (scripts != {"other"} or one.language == other.language)
        and not (
            scripts == {"latin"} and "und" not in {one.language, other.language} and one.language != other.language
        )
    )


def translation_between(one: Trace, other: Trace, *, in_full: bool = False) -> Verdict | None:
    """What the dictionary says of a Chinese and an English text; None for other pairs."""
    sides = {each.fingerprint.script: each for each in (one, other)}
    if sides.keys() != {"han", "latin"} or sides["latin"].language not in {"en", "und"}:
        return None
    return judge(sides["han"].fingerprint, sides["latin"].fingerprint, in_full=in_full)


def _is_cross_report(translated: Verdict, reported: ReportEvidence) -> bool:
    spare = reported.bits - _LEAST_CROSS_BITS
    return spare >= 0 and translated.nearness >= max(_LEAST_CROSS_MEAN, -_NATS_A_BIT * spare)


def _is_neutral_translation(one: Trace, other: Trace, reported: ReportEvidence) -> bool:
    ratio = max(one.fingerprint.length, 1) / max(other.fingerprint.length, 1)
    shared_numbers = values(one.fingerprint, "number") & values(other.fingerprint, "number")
    return (
        reported.cosine >= _LEAST_NEUTRAL_COSINE
        and reported.bits >= _LEAST_NEUTRAL_BITS
        and len(shared_numbers) >= _LEAST_NEUTRAL_NUMBERS
        and max(ratio, 1 / ratio) <= _MOST_LENGTH_RATIO
    )


def _relation(one: Trace, other: Trace, kind: RelationKind, score: float, reasons: tuple[str, ...]) -> Relation:
    return Relation(a=one.id, b=other.id, kind=kind, score=round(score, 4), reasons=reasons)


def _copy_reasons(evidence: CopyEvidence) -> tuple[str, ...]:
    if evidence.is_same_text:
        return ("the same text",)
    laid = evidence.alignment
    lines = [
        f"wording: the longer text has {laid.cover:.2f} of the shorter one, the longest run is {laid.longest} words",
        f"names, numbers and rare words: {laid.kept} the same, {laid.changed} exchanged",
        f"shingles: resemblance {evidence.jaccard:.2f}, containment {evidence.containment:.2f}",
    ]
    if evidence.leaning:
        lines.append(_LEANING[evidence.leaning])
    if evidence.are_strangers:
        lines.append("no copy: each is led by names that the other has not")
    return tuple(lines)


def _translation_reasons(verdict: Verdict) -> tuple[str, ...]:
    asked, answered = verdict.chinese, verdict.english
    lines = [
        f"dictionary: {asked.mean:+.2f} nats a word, {asked.total:+.1f} in all, words alone {asked.words_alone:+.2f}",
        f"{len(asked.matched)} of {asked.asked} Chinese words have their English in the other text: "
        + " ".join(sorted(asked.matched, key=word_bits, reverse=True)[:12]),
        "shared names and numbers: " + (" ".join(asked.shared_anchors[:12]) or "none"),
    ]
    if answered:
        lines.append(
            f"asked from the English side: {answered.mean:+.2f} nats a word, {answered.total:+.1f} in all; met: "
            + (" ".join(sorted(answered.matched, key=word_bits, reverse=True)[:12]) or "none")
        )
    return tuple(lines)


def _report_reasons(evidence: ReportEvidence, told: FactEvidence) -> tuple[str, ...]:
    facts = (f"the same hiring facts: {', '.join(told.agreeing)} ({told.bits:.0f} bits)",) if told.agreeing else ()
    return (
        *facts,
        f"one event: {evidence.score:.2f} (cosine {evidence.cosine:.2f}, cover {evidence.cover:.2f}, {evidence.bits:.0f} bits)",
        "shared: " + (" ".join(evidence.shared) or "nothing rare"),
    )
