"""Stories: which articles repeat which original and which report one event, drawn anew around each article that is filed.

The stories of a connected set of articles are derived from its relations and people's constraints alone (`derivation`), so
the same set of articles gives the same stories however they arrive. A story's id is the id of its first article; an id
that ceases, because an earlier article came or stories were merged or split, is recorded with where its articles went.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.memory import MOST_CANDIDATES, Constraint, Mark, RelationOutcome, StoryChange
from pipeline.stages.stories.derivation import derive, original

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pipeline.document import Relation
    from pipeline.memory import ChangeKind, Memory, Trace

# Bounds the work one article can cause; beyond it only the nearest of a component are drawn anew.
MOST_COMPONENT = 1500


def file_trace(memory: Memory, here: Trace, relations: tuple[Relation, ...]) -> RelationOutcome:
    """Remember an article's trace with its relations and draw the stories around it anew."""
    if (mark := _settled_mark(memory, here, relations)) is not None:
        memory.remember(here, relations)
        memory.write([mark], [])
        return RelationOutcome(article_id=here.id, relations=relations, marks=(mark,), changes=())
    around = _around(memory, {here.id})
    memory.remember(here, relations)
    outcome = redraw(memory, around | {here.id})
    return replace(outcome, article_id=here.id, relations=relations)


def _settled_mark(memory: Memory, here: Trace, relations: Sequence[Relation]) -> Mark | None:
    """The mark of an article for which nothing need be drawn: it is new, and alone or one more copy in a flood of them.

    A flood has more copies than are compared with one. Its stories would cost thousands of relations to draw for each
    further copy, which changes nothing but its own mark.
    """
    if memory.marks([here.id]) or memory.constraints([here.id]):
        return None
    if not relations:
        return Mark(article_id=here.id, story_id=here.id)
    if here.credits or sum(each.kind in {"exact", "near"} for each in relations) <= MOST_CANDIDATES:
        return None
    marks = memory.marks({end for each in relations for end in (each.a, each.b)} - {here.id})
    settled = {(mark.duplicate_of or mark.article_id, mark.story_id) for mark in marks}
    if len(settled) != 1:
        return None
    ((chosen, story_id),) = settled
    ends = {each.id: each for each in memory.traces([chosen, story_id])}
    if len(ends) < len({chosen, story_id}) or here.at <= ends[story_id].at or original([ends[chosen], here]) != chosen:
        return None
    is_same = ends[chosen].fingerprint.text_hash == here.fingerprint.text_hash
    return Mark(
        article_id=here.id, story_id=story_id, duplicate_of=chosen, duplicate_kind="exact" if is_same else "near"
    )


def forget_article(memory: Memory, article_id: str) -> RelationOutcome:
    """Forget an article; what it held together may fall apart."""
    around = _around(memory, {article_id})
    memory.forget(article_id)
    return replace(redraw(memory, around - {article_id}), article_id=article_id)


def constrain(memory: Memory, constraint: Constraint) -> RelationOutcome:
    """Remember a person's decision on two articles and draw their stories anew."""
    memory.constrain(constraint)
    return replace(redraw(memory, {constraint.a, constraint.b}), article_id=constraint.a)


def merge_stories(memory: Memory, one: str, other: str) -> RelationOutcome:
    """A person says that two stories are one; remembered, and stronger than earlier splits of the two."""
    here, there = memory.story_members(one), memory.story_members(other)
    crossing = {frozenset((mine, theirs)) for mine in here for theirs in there}
    for earlier in memory.constraints([*here, *there]):
        if frozenset((earlier.a, earlier.b)) in crossing:
            memory.constrain(replace(earlier, kind="together"))
    if here and there:
        a, b = sorted((here[0], there[0]))
        memory.constrain(Constraint(a=a, b=b, kind="together"))
    return redraw(memory, {*here, *there})


def split_story(memory: Memory, story_id: str, article_ids: Collection[str]) -> RelationOutcome:
    """A person says that these articles are not of the story's event; remembered against all others of it."""
    members = set(memory.story_members(story_id))
    leaving = members & set(article_ids)
    for mine in leaving:
        for theirs in members - leaving:
            a, b = sorted((mine, theirs))
            memory.constrain(Constraint(a=a, b=b, kind="apart"))
    return redraw(memory, members)


def linked_stories(memory: Memory, story_id: str) -> tuple[str, ...]:
    """Stories with articles related to this one's, though not of the same event: follow-ups and what they follow."""
    members = set(memory.story_members(story_id))
    ends = {end for edge in memory.neighbours(members) for end in (edge.a, edge.b)} - members
    return tuple(sorted({mark.story_id for mark in memory.marks(ends)} - {story_id}))


def _around(memory: Memory, article_ids: set[str]) -> set[str]:
    """The articles with their neighbours and the members of their stories, as known so far."""
    found = set(article_ids)
    for relation in memory.neighbours(article_ids):
        found |= {relation.a, relation.b}
    for mark in memory.marks(article_ids):
        found |= set(memory.story_members(mark.story_id))
    return found


def redraw(memory: Memory, article_ids: set[str]) -> RelationOutcome:
    """Derive the marks of everything connected with the articles; write and return what is new or differs."""
    known, relations, constraints = _component(memory, article_ids)
    marks = derive(known, relations, constraints)
    before = {mark.article_id: mark for mark in memory.marks(known)}
    differing = tuple(mark for mark in marks if before.get(mark.article_id) != mark)
    changes = story_changes(before.values(), marks)
    if differing or changes:
        memory.write(differing, changes)
    return RelationOutcome(article_id="", relations=(), marks=differing, changes=changes)


def _component(memory: Memory, article_ids: set[str]) -> tuple[dict[str, Trace], set[Relation], set[Constraint]]:
    """Everything reachable over relations and constraints, nearest first, at most `MOST_COMPONENT` articles."""
    relations: set[Relation] = set()
    constraints: set[Constraint] = set()
    reached, fresh = set(article_ids), set(article_ids)
    while fresh and len(reached) <= MOST_COMPONENT:
        edges, decisions = memory.neighbours(fresh), memory.constraints(fresh)
        relations.update(edges)
        constraints.update(decisions)
        ends = {end for edge in edges for end in (edge.a, edge.b)}
        fresh = (ends | {end for each in decisions for end in (each.a, each.b)}) - reached
        reached |= fresh
    return {each.id: each for each in memory.traces(reached)}, relations, constraints


def story_changes(before: Iterable[Mark], after: Iterable[Mark]) -> tuple[StoryChange, ...]:
    """Which story ids ceased or lost articles, and where their articles are now."""
    now = {mark.article_id: mark.story_id for mark in after}
    went: dict[str, set[str]] = defaultdict(set)
    came: dict[str, set[str]] = defaultdict(set)
    for mark in before:
        if mark.article_id in now:
            went[mark.story_id].add(now[mark.article_id])
            came[now[mark.article_id]].add(mark.story_id)
    changes = []
    for story_id, into in sorted(went.items()):
        for target in sorted(into - {story_id}):
            merged: ChangeKind = "merged" if len(came[target]) > 1 else "renamed"
            changes.append(StoryChange(story_id=story_id, into=target, kind="split" if len(into) > 1 else merged))
    return tuple(changes)
