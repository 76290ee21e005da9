"""What a query means: a small tree, made by `pipeline.search.parser`, read by `pipeline.search.sql` and `.explain`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.search.segments import Phrase

Comparison = Literal[">=", ">", "<=", "<", "="]


@dataclass(frozen=True, slots=True)
class Words:
    """Title or text has this phrase; `typed` is what was asked for."""

    typed: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Tagged:
    """The article has this value in this field (one of `pipeline.search.fields.FIELDS`).

    `ids` are what the value means, where the field holds ids of players, models, places or roles.
    """

    field: str
    value: str
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pays:
    """Pay of some job, in `currency` a year, compares so with the amount; a range counts by its better end."""

    comparison: Comparison
    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Published (or, where unknown, first seen) at or after `since`, before `until`."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """What all parts match; no parts: everything."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What any part matches."""

    parts: tuple[Node, ...]


Node: TypeAlias = Words | Tagged | Pays | Dated | Not | And | Or
