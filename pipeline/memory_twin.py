"""`Memory` in plain dictionaries: ships with the SQL one, passes the same tests, and forgets everything when it goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.memory import COPY_WINDOW, LEAST_BITS, MOST_CANDIDATES, REPORT_WINDOW, key_class, searches, shelves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import Relation
    from pipeline.memory import Constraint, Mark, StoryChange, Trace

_WEIGHT_MASK = 31


@dataclass(slots=True)
class MemoryTwin:
    """What an article is related to and what was derived, for one process."""

    known: dict[str, Trace] = field(default_factory=dict)
    relations: dict[tuple[str, str], Relation] = field(default_factory=dict)
    decided: dict[tuple[str, str], Constraint] = field(default_factory=dict)
    marked: dict[str, Mark] = field(default_factory=dict)
    changes: list[StoryChange] = field(default_factory=list)
    _bands: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _keys: defaultdict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))

    def begin(self) -> None:
        """Nothing to wait for."""

    def copies_of(self, trace: Trace) -> Sequence[Trace]:
        """Traces with the same text, or sharing a band within `COPY_WINDOW`."""
        shared = Counter(each for band in trace.fingerprint.bands for each in self._bands[band])
        near = [each for each in shared if abs(self.known[each].at - trace.at) <= COPY_WINDOW]
        near.sort(key=lambda each: (-shared[each], each))
        same = [key for key, each in self.known.items() if each.fingerprint.text_hash == trace.fingerprint.text_hash]
        found = {*near[:MOST_CANDIDATES], *same[:MOST_CANDIDATES]} if trace.fingerprint.length else set()
        return [self.known[each] for each in sorted(found - {trace.id})]

    def reports_near(self, trace: Trace) -> Sequence[Trace]:
        """Traces sharing search keys worth the `LEAST_BITS` of both within `REPORT_WINDOW`."""
        found: set[str] = set()
        classed = key_class(trace.fingerprint)
        for shelf, keys in searches(trace.fingerprint):
            worth: Counter[str] = Counter()
            for key in dict.fromkeys(keys):
                worth.update(dict.fromkeys(self._keys[shelf, key], key & _WEIGHT_MASK))
            near = [each for each in worth if abs(self.known[each].at - trace.at) <= REPORT_WINDOW]
            least = {each: LEAST_BITS[min(classed, key_class(self.known[each].fingerprint))] for each in near}
            near = [each for each in near if worth[each] >= least[each]]
            found |= set(sorted(near, key=lambda each: (-worth[each], each))[:MOST_CANDIDATES])
        return [self.known[each] for each in sorted(found - {trace.id})]

    def remember(self, trace: Trace, relations: Iterable[Relation]) -> None:
        """Keep a trace and its relations, replacing what was kept of the same article."""
        self._drop(trace.id)
        self.known[trace.id] = trace
        for band in trace.fingerprint.bands:
            self._bands[band].add(trace.id)
        for shelf, keys in shelves(trace.fingerprint):
            for key in keys:
                self._keys[shelf, key].add(trace.id)
        self.relations |= {(each.a, each.b): each for each in relations}

    def _drop(self, article_id: str) -> None:
        if trace := self.known.pop(article_id, None):
            for band in trace.fingerprint.bands:
                self._bands[band].discard(article_id)
            for shelf, keys in shelves(trace.fingerprint):
                for key in keys:
                    self._keys[shelf, key].discard(article_id)
            self.relations = {pair: each for pair, each in self.relations.items() if article_id not in pair}

    def forget(self, article_id: str) -> None:
        """Remove an article's trace, relations and mark; people's decisions stay."""
        self._drop(article_id)
        self.marked.pop(article_id, None)

    def neighbours(self, article_ids: Iterable[str]) -> Sequence[Relation]:
        """All relations with one of these articles at an end."""
        wanted = set(article_ids)
        return [each for pair, each in self.relations.items() if not wanted.isdisjoint(pair)]

    def constraints(self, article_ids: Iterable[str]) -> Sequence[Constraint]:
        """All of people's decisions with one of these articles at an end."""
        wanted = set(article_ids)
        return [each for pair, each in self.decided.items() if not wanted.isdisjoint(pair)]

    def constrain(self, constraint: Constraint) -> None:
        """Remember a person's decision; a later one on the same pair replaces it."""
        self.decided[constraint.a, constraint.b] = constraint

    def traces(self, article_ids: Iterable[str]) -> Sequence[Trace]:
        """The traces of these articles, as far as known."""
        return [self.known[each] for each in sorted(set(article_ids)) if each in self.known]

    def marks(self, article_ids: Iterable[str]) -> Sequence[Mark]:
        """The marks of these articles, as far as known."""
        return [self.marked[each] for each in sorted(set(article_ids)) if each in self.marked]

    def story_members(self, story_id: str) -> Sequence[str]:
        """Ids of the articles of a story, sorted."""
        return sorted(key for key, mark in self.marked.items() if mark.story_id == story_id)

    def write(self, marks: Iterable[Mark], changes: Iterable[StoryChange]) -> None:
        """Keep marks and changes of stories."""
        self.marked |= {mark.article_id: mark for mark in marks}
        self.changes += changes
