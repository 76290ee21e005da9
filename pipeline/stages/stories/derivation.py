"""Duplicate marks and stories as a pure function of traces, relations and constraints: no order of arrival matters.

Copies are joined, then each group of copies with its best counterpart in each other language, then reports of one event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING

from pipeline.memory import Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from pipeline.document import Relation
    from pipeline.memory import Constraint, DuplicateKind, Trace

# Two clusters of reports are one story if their articles are related this much on average, unrelated pairs counted as 0:
# one odd link between two large stories does not join them.
_LEAST_LINKAGE = 0.25
_ACROSS = 0.25  # what an unrelated pair of two languages counts as of one language
# A translation that lost to a better counterpart is still a report of the event if it scored this much.
_LEAST_AS_REPORT = 0.3
# A second translation of one text into one language stands beside the best if it reads like it to this degree, and its own
# measure is this share of the best one's.
_LEAST_SIBLING, _LEAST_SECOND = 0.85, 0.8
# A text is furniture if this many texts, so much longer, have it and at most this share of
# their pairs are copies and of them share a player with it.
_FURNITURE_COPIES, _LONGER, _FURNITURE_LINKED = 3, 1.3, 0.34
# Bounds the work one article can cause.
MOST_STORY = 200


class _Sets:
    """Disjoint sets of ids that never join what a person keeps apart."""

    def __init__(self, ids: Iterable[str], apart: Collection[frozenset[str]]) -> None:
        self.members: dict[str, set[str]] = {each: {each} for each in ids}
        self.apart = apart

    def may_join(self, one: str, other: str) -> bool:
        here, there = self.members[one], self.members[other]
        if here is there:
            return False
        return not any(len(pair & here) == 1 and len(pair & there) == 1 for pair in self.apart)

    def join(self, one: str, other: str) -> None:
        if not self.may_join(one, other):
            return
        few, many = sorted((self.members[one], self.members[other]), key=len)
        many |= few
        for each in few:
            self.members[each] = many

    def groups(self) -> list[set[str]]:
        unique = {id(group): group for group in self.members.values()}
        return sorted(unique.values(), key=min)


def derive(
    traces: Mapping[str, Trace], relations: Iterable[Relation], constraints: Iterable[Constraint] = ()
) -> tuple[Mark, ...]:
    """The marks of a closed set of articles; the same for every order of its arguments."""
    decided = {frozenset((each.a, each.b)): each.kind for each in constraints if each.a in traces and each.b in traces}
    apart = {pair for pair, kind in decided.items() if kind == "apart"}
    edges = sorted(
        (each for each in relations if each.a in traces and each.b in traces and {each.a, each.b} not in apart),
        key=lambda each: (-each.score, each.a, each.b),
    )
    repeats = _Sets(traces, apart)
    copies = [edge for edge in edges if edge.kind in {"exact", "near"}]
    furniture = _furniture(traces, copies)
    for edge in copies:
        if edge.kind == "exact" or furniture.isdisjoint((edge.a, edge.b)):
            repeats.join(edge.a, edge.b)
    spare = _join_translations(repeats, traces, edges)
    events = _Sets(traces, apart)
    for group in repeats.groups():
        for each in group:
            events.join(min(group), each)
    for pair, kind in sorted(decided.items(), key=lambda item: sorted(item[0])):
        if kind == "together":
            events.join(*sorted(pair))
    _join_reports(events, traces, [edge for edge in edges if edge.kind == "report"] + spare)
    stories = {each: first for event in events.groups() for first in [_first(event, traces)] for each in event}
    marks = [mark for group in repeats.groups() for mark in _marks(group, traces, stories[min(group)])]
    return tuple(sorted(marks, key=lambda mark: mark.article_id))


def _furniture(traces: Mapping[str, Trace], copies: Iterable[Relation]) -> set[str]:
    """Short texts that stand in several longer ones which are no copies of each other, nor on its players.

    They are notices and frames of a site, stored where nothing else was left of a page, and would join everything.
    """
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for edge in copies:
        beside[edge.a].add(edge.b)
        beside[edge.b].add(edge.a)
    found = set()
    for each, others in beside.items():
        here = traces[each]
        longer = {one for one in others if traces[one].fingerprint.length > _LONGER * here.fingerprint.length}
        alike = sum(not set(here.players).isdisjoint(traces[one].players) for one in longer)
        pairs = len(longer) * (len(longer) - 1)
        linked = sum(len(beside[one] & longer) for one in longer)
        is_spread = alike <= _FURNITURE_LINKED * len(longer) and linked <= _FURNITURE_LINKED * pairs
        if len(longer) >= _FURNITURE_COPIES and is_spread:
            found.add(each)
    return found


def _first(ids: Iterable[str], traces: Mapping[str, Trace]) -> str:
    return min(ids, key=lambda each: (traces[each].at, each))


def _join_translations(repeats: _Sets, traces: Mapping[str, Trace], edges: Sequence[Relation]) -> list[Relation]:
    """Join each group of copies with its best counterpart in each other language, if the choice is mutual.

    Returns the translations that were not chosen; they may still be reports of one event.
    """
    key = {each: min(group) for each, group in repeats.members.items()}
    best: dict[tuple[str, str], tuple[float, str]] = {}
    translations = [edge for edge in edges if edge.kind == "translation"]  # best first
    for edge in translations:
        for here, there in ((edge.a, edge.b), (edge.b, edge.a)):
            best.setdefault((key[here], _tongue(traces[there])), (edge.score, key[there]))
    alike = {frozenset((edge.a, edge.b)) for edge in edges if edge.kind == "report" and edge.score >= _LEAST_SIBLING}
    spare = []
    for edge in translations:
        choices = [
            best[key[here], _tongue(traces[there])][1] == key[there]
            or _stands_beside(best[key[here], _tongue(traces[there])], edge.score, key[there], alike)
            for here, there in ((edge.a, edge.b), (edge.b, edge.a))
        ]
        if all(choices):
            repeats.join(edge.a, edge.b)
        elif edge.score >= _LEAST_AS_REPORT:
            spare.append(replace(edge, kind="report", score=0.5))
    return spare


def _stands_beside(best: tuple[float, str], score: float, key: str, alike: Collection[frozenset[str]]) -> bool:
    """Whether a second translation is nearly as good as the best one and reads like it."""
    return score >= _LEAST_SECOND * best[0] and frozenset((best[1], key)) in alike


def _tongue(each: Trace) -> str:
    """The language as far as translations go: both scripts of Chinese are one."""
    return "zh" if each.fingerprint.script == "han" else each.language.partition("-")[0]


def _join_reports(events: _Sets, traces: Mapping[str, Trace], edges: Iterable[Relation]) -> None:
    """Join clusters of reports, the surest link first, where they are related on average.

    That a pair of one language is not related says that it is of two events; of two languages it says little.
    """
    edges = sorted(edges, key=lambda each: (-each.score, each.a, each.b))
    links: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for edge in reversed(edges):  # of two links between the same two the surer one stays
        links[edge.a][edge.b] = links[edge.b][edge.a] = edge.score
    for edge in edges:
        few, many = sorted((events.members[edge.a], events.members[edge.b]), key=len)
        if few is many or len(few) + len(many) > MOST_STORY:
            continue
        linked = [(one, other, score) for one in few for other, score in links[one].items() if other in many]
        spoken = Counter(_tongue(traces[each]) for each in many)
        alike = sum(spoken[_tongue(traces[each])] for each in few)
        across = sum(_tongue(traces[one]) != _tongue(traces[other]) for one, other, _ in linked)
        unlinked = len(few) * len(many) - alike - across
        # fsum, because a set has no order and rounding must not have one either.
        if fsum(score for _, _, score in linked) >= _LEAST_LINKAGE * (alike + across + _ACROSS * unlinked):
            events.join(edge.a, edge.b)


def _marks(group: set[str], traces: Mapping[str, Trace], story_id: str) -> list[Mark]:
    if len(group) == 1:
        return [Mark(article_id=each, story_id=story_id) for each in group]
    chosen = original(traces[each] for each in group)
    marks = [Mark(article_id=chosen, story_id=story_id)]
    for each in sorted(group - {chosen}):
        kind: DuplicateKind = "near"
        if traces[each].fingerprint.text_hash == traces[chosen].fingerprint.text_hash:
            kind = "exact"
        elif _tongue(traces[each]) != _tongue(traces[chosen]):
            kind = "translation"
        marks.append(Mark(article_id=each, story_id=story_id, duplicate_of=chosen, duplicate_kind=kind))
    return marks


def original(group: Iterable[Trace]) -> str:
    """Which of several copies and translations the others were made from.

    What decides, in this order: the others credit its outlet; it credits no outlet itself and shows no sign of being
    translated; it is the earliest; it is the longest (a cut copy cannot be the original); its id.
    """
    members = list(group)
    credited = Counter(family for each in members for family in each.credits)
    return min(
        members,
        key=lambda each: (
            (each.family in each.credits) - credited[each.family],
            any(name != each.family for name in each.credits) or each.is_translated,
            not each.is_dated,
            each.at,
            -each.fingerprint.length,
            each.id,
        ),
    ).id
