"""People's word on stories: two articles are of one event, or are not; remembered, and stronger than any measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.memory import Constraint
from pipeline.run import change_relations
from pipeline.stages import duplicates
from pipeline.stages.stories import constrain, merge_stories
from pipeline.store.database import reading
from pipeline.store.reads import as_id
from pipeline.store.relations import SqlMemory

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pipeline.memory import Memory, RelationOutcome
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles and the stories they are in; `decided` is what a person said of just these two."""

    a: str
    b: str
    story_a: str
    story_b: str
    decided: str | None

    @property
    def is_together(self) -> bool:
        """Whether both are in one story."""
        return self.story_a == self.story_b


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person's decision came to: where the two articles are now, and the articles that changed their place."""

    pair: Pair
    placed: tuple[str, ...]


def merge(store: Store, one: str, other: str, *, now: datetime) -> Correction:
    """Make one story of the stories of two articles, each named by its id or URL, or by the id of its story.

    Raises:
        UsageError: an article is not stored, or both are the same.
    """
    return _decide(store, one, other, now, _merge)


def split(store: Store, one: str, other: str, *, now: datetime) -> Correction:
    """Keep two articles in stories of their own; the others of their story go with the one they are nearer to.

    Raises:
        UsageError: an article is not stored, or both are the same.
    """
    return _decide(store, one, other, now, _split)


def explain(store: Store, one: str, other: str, *, now: datetime) -> tuple[Pair, tuple[str, ...]]:
    """Where two articles are, and every measure of the two in words: also why they are not together.

    Raises:
        UsageError: an article is not stored, or both are the same.
    """
    a, b = _ids(one, other)
    with reading(store.engine) as connection:
        memory = SqlMemory(connection, now)
        pair = _pair(memory, a, b)
        known = {trace.id: trace for trace in memory.traces([a, b])}
    return pair, duplicates.explain(known[a], known[b])


def _decide(
    store: Store, one: str, other: str, now: datetime, decide: Callable[[Memory, Pair], RelationOutcome]
) -> Correction:
    a, b = _ids(one, other)
    with store.writing() as writer:
        outcome = change_relations(writer, now, lambda memory: decide(memory, _pair(memory, a, b)))
        pair = _pair(SqlMemory(writer.connection, now), a, b)
    return Correction(pair=pair, placed=tuple(mark.article_id for mark in outcome.marks))


def _merge(memory: Memory, pair: Pair) -> RelationOutcome:
    # Of these two it was said: should the stories be drawn otherwise one day, these two stay together.
    said = Constraint(a=pair.a, b=pair.b, kind="together")
    if pair.is_together:
        return constrain(memory, said)
    memory.constrain(said)
    return merge_stories(memory, pair.story_a, pair.story_b)


def _split(memory: Memory, pair: Pair) -> RelationOutcome:
    return constrain(memory, Constraint(a=pair.a, b=pair.b, kind="apart"))


def _ids(one: str, other: str) -> tuple[str, str]:
    a, b = sorted((as_id(one), as_id(other)))
    if a == b:
        raise UsageError(f"{one} and {other} are one article", remedy="name two articles by their ids or URLs")
    return a, b


def _pair(memory: Memory, a: str, b: str) -> Pair:
    marks = {mark.article_id: mark.story_id for mark in memory.marks([a, b])}
    for each in (a, b):
        if each not in marks:
            raise UsageError(
                f"no article {each!r} is stored", remedy="name two by id or URL; `hirewire articles --json` lists both"
            )
    decided = next((each.kind for each in memory.constraints([a]) if (each.a, each.b) == (a, b)), None)
    return Pair(a=a, b=b, story_a=marks[a], story_b=marks[b], decided=decided)
