"""What relates articles, in SQL: an index of LSH bands and search keys, traces, relations, marks, people's decisions.

Bands and keys are clustered by time bucket first. So a new article reads and writes the pages of its own weeks, however
large the archive is, and what is old is never searched; `age_out` drops it from the index, not from the archive.
Statements are built once: building them anew for each article costs more than running them.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from pipeline.document import Relation
from pipeline.memory import (
    COPY_WINDOW,
    LEAST_BITS,
    MOST_CANDIDATES,
    REPORT_WINDOW,
    Constraint,
    Mark,
    StoryChange,
    Trace,
    searches,
    shelves,
)
from pipeline.store.relation_tables import (
    anchors,
    bands,
    relations,
    story_changes,
    story_constraints,
    story_marks,
    traces,
)
from pipeline.store.traces import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Any fixed number: names the lock that filing holds on PostgreSQL.
_FILING_LOCK = 0x68697265
_KEY_WEIGHT_MASK = 31  # low bits of a search key: what sharing it is worth
_CHUNK = 400  # ids in one IN list


def _search(table: sa.Table, worth: sa.ColumnElement[int], least: int) -> sa.Select[Any]:
    return (
        sa.select(table.c.num)
        .where(table.c.bucket.in_(bindparam("buckets", expanding=True)))
        .where(table.c.key.in_(bindparam("keys", expanding=True)))
        .group_by(table.c.num)
        .having(worth >= least)
        .order_by(worth.desc(), table.c.num)
        .limit(MOST_CANDIDATES)
    )


def _among(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return column.in_(bindparam("ids", expanding=True))


def _unindex(table: sa.Table) -> sa.Delete:
    mine = (table.c.bucket == bindparam("at")) & (table.c.num == bindparam("n"))
    return table.delete().where(mine, table.c.key.in_(bindparam("keys", expanding=True)))


_COPIES = _search(bands, sa.func.count(), 1)
_REPORTS = _search(anchors, sa.func.sum(anchors.c.key.bitwise_and(_KEY_WEIGHT_MASK)), LEAST_BITS)
_SAME_TEXT = sa.select(traces.c.num).where(traces.c.text_hash == bindparam("text_hash")).limit(MOST_CANDIDATES)
_TRACES_BY_NUM = sa.select(traces.c.body).where(_among(traces.c.num))
_TRACES_BY_ID = sa.select(traces.c.body).where(_among(traces.c.article_id))
_NUM_OF = sa.select(traces.c.num, traces.c.body).where(traces.c.article_id == bindparam("id"))
_INSERT_TRACE = traces.insert().returning(traces.c.num)
_UNINDEX = {table: _unindex(table) for table in (bands, anchors)}
_INSERTS = {table: table.insert() for table in (bands, anchors, relations, story_marks, story_changes)}
_EDGES = sa.select(relations).where(_among(relations.c.a) | _among(relations.c.b))
_DECISIONS = sa.select(story_constraints).where(_among(story_constraints.c.a) | _among(story_constraints.c.b))
_ANY_DECISION = sa.select(sa.exists().select_from(story_constraints))
_MARK_FIELDS = [column.name for column in story_marks.c]
_MARKS = sa.select(story_marks).where(_among(story_marks.c.article_id))
_DELETE_MARKS = story_marks.delete().where(_among(story_marks.c.article_id))
_MEMBERS = sa.select(story_marks.c.article_id).where(story_marks.c.story_id == bindparam("id"))


@lru_cache(maxsize=2048)
def _decoded(packed: bytes) -> Trace:
    return decode(packed)


def bucket(at: datetime, window: timedelta, shelf: int = 0) -> int:
    """First column of an index row: the stretch of time, as long as the window, and the shelf within it.

    Articles no further apart than the window lie in the same stretch or in neighbouring ones.
    """
    return (at - _EPOCH) // window * 4 + shelf


class SqlMemory:
    """`pipeline.memory.Memory` on a connection in a write transaction; the caller commits."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self._has_decisions: bool | None = None

    def begin(self) -> None:
        """On PostgreSQL one filer at a time, until the transaction ends; SQLite's BEGIN IMMEDIATE does the same."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_FILING_LOCK)))

    def copies_of(self, trace: Trace) -> Sequence[Trace]:
        """Traces with the same text, or sharing a band within `COPY_WINDOW`."""
        if not trace.fingerprint.length:
            return ()
        nums = self._found(_COPIES, trace.at, COPY_WINDOW, trace.fingerprint.bands)
        nums |= set(self.connection.execute(_SAME_TEXT, {"text_hash": trace.fingerprint.text_hash}).scalars())
        return [each for each in self._by_num(nums) if each.id != trace.id]

    def reports_near(self, trace: Trace) -> Sequence[Trace]:
        """Traces sharing search keys worth `LEAST_BITS` within `REPORT_WINDOW`."""
        nums: set[int] = set()
        for shelf, keys in searches(trace.fingerprint):
            nums |= self._found(_REPORTS, trace.at, REPORT_WINDOW, keys, shelf)
        found = self._by_num(nums)
        return [each for each in found if each.id != trace.id and abs(each.at - trace.at) <= REPORT_WINDOW]

    def _found(
        self, search: sa.Select[Any], at: datetime, window: timedelta, keys: Sequence[int], shelf: int = 0
    ) -> set[int]:
        if not keys:
            return set()
        buckets = [bucket(moment, window, shelf) for moment in (at - window, at, at + window)]
        return {row.num for row in self.connection.execute(search, {"buckets": buckets, "keys": keys})}

    def _by_num(self, nums: Iterable[int]) -> list[Trace]:
        if not (wanted := sorted(nums)):
            return []
        return [_decoded(body) for body in self.connection.execute(_TRACES_BY_NUM, {"ids": wanted}).scalars()]

    def remember(self, trace: Trace, found: Iterable[Relation]) -> None:
        """Keep a trace and its relations, replacing what was kept of the same article."""
        self._drop(trace.id)
        row = {"article_id": trace.id, "text_hash": trace.fingerprint.text_hash, "body": encode(trace)}
        num = self.connection.execute(_INSERT_TRACE, row).scalar_one()
        for table, at, keys in _index_rows(trace):
            self._insert(table, [{"bucket": at, "key": key, "num": num} for key in dict.fromkeys(keys)])
        self._insert(
            relations,
            [
                {"a": each.a, "b": each.b, "kind": each.kind, "score": each.score, "reasons": list(each.reasons)}
                for each in found
            ],
        )

    def _insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(_INSERTS[table], rows)

    def _drop(self, article_id: str) -> None:
        if (row := self.connection.execute(_NUM_OF, {"id": article_id}).one_or_none()) is None:
            return
        for table, at, keys in _index_rows(decode(row.body)):
            if keys:
                self.connection.execute(_UNINDEX[table], {"at": at, "n": row.num, "keys": keys})
        self.connection.execute(relations.delete().where((relations.c.a == article_id) | (relations.c.b == article_id)))
        self.connection.execute(traces.delete().where(traces.c.num == row.num))

    def forget(self, article_id: str) -> None:
        """Remove an article's trace, relations and mark; people's decisions stay."""
        self._drop(article_id)
        self.connection.execute(_DELETE_MARKS, {"ids": [article_id]})

    def neighbours(self, article_ids: Iterable[str]) -> Sequence[Relation]:
        """All relations with one of these articles at an end."""
        return [
            Relation(a=row.a, b=row.b, kind=row.kind, score=row.score, reasons=tuple(row.reasons))
            for row in self._rows(_EDGES, article_ids)
        ]

    def constraints(self, article_ids: Iterable[str]) -> Sequence[Constraint]:
        """All of people's decisions with one of these articles at an end."""
        if self._has_decisions is None:
            self._has_decisions = self.connection.scalar(_ANY_DECISION) is True
        rows = self._rows(_DECISIONS, article_ids) if self._has_decisions else ()
        return [Constraint(a=row.a, b=row.b, kind=row.kind) for row in rows]

    def _rows(self, query: sa.Select[Any], ids: Iterable[str]) -> Iterator[Any]:
        unique = sorted(set(ids))
        for at in range(0, len(unique), _CHUNK):
            yield from self.connection.execute(query, {"ids": unique[at : at + _CHUNK]})

    def constrain(self, constraint: Constraint) -> None:
        """Remember a person's decision; a later one on the same pair replaces it."""
        self._has_decisions = True
        pair = (story_constraints.c.a == constraint.a) & (story_constraints.c.b == constraint.b)
        self.connection.execute(story_constraints.delete().where(pair))
        row = {"a": constraint.a, "b": constraint.b, "kind": constraint.kind, "decided_at": self.now}
        self.connection.execute(story_constraints.insert(), row)

    def traces(self, article_ids: Iterable[str]) -> Sequence[Trace]:
        """The traces of these articles, as far as known."""
        return [_decoded(row.body) for row in self._rows(_TRACES_BY_ID, article_ids)]

    def marks(self, article_ids: Iterable[str]) -> Sequence[Mark]:
        """The marks of these articles, as far as known."""
        return [Mark(**dict(zip(_MARK_FIELDS, row, strict=True))) for row in self._rows(_MARKS, article_ids)]

    def story_members(self, story_id: str) -> Sequence[str]:
        """Ids of the articles of a story, sorted."""
        return sorted(self.connection.execute(_MEMBERS, {"id": story_id}).scalars())

    def write(self, marks: Iterable[Mark], changes: Iterable[StoryChange]) -> None:
        """Keep marks and changes of stories."""
        rows = [asdict(each) for each in marks]
        for at in range(0, len(rows), _CHUNK):
            self.connection.execute(_DELETE_MARKS, {"ids": [row["article_id"] for row in rows[at : at + _CHUNK]]})
        self._insert(story_marks, rows)
        self._insert(story_changes, [asdict(each) | {"changed_at": self.now} for each in changes])


def _index_rows(trace: Trace) -> list[tuple[sa.Table, int, tuple[int, ...]]]:
    printed = trace.fingerprint
    shelved = [(anchors, bucket(trace.at, REPORT_WINDOW, shelf), keys) for shelf, keys in shelves(printed)]
    return [(bands, bucket(trace.at, COPY_WINDOW), printed.bands), *shelved]


def lineage(connection: sa.Connection, story_id: str) -> frozenset[str]:
    """A story's id with all former ids whose articles came to it: what a reader was told under any of them is told."""
    found, fresh = {story_id}, {story_id}
    while fresh:
        query = sa.select(story_changes.c.story_id).where(story_changes.c.into.in_(sorted(fresh)))
        fresh = set(connection.execute(query).scalars()) - found
        found |= fresh
    return frozenset(found)


def age_out(connection: sa.Connection, before: datetime) -> int:
    """Drop index rows of articles that no article dated `before` or later can be compared with; returns their number."""
    dropped = 0
    for table, window in ((bands, COPY_WINDOW), (anchors, REPORT_WINDOW)):
        dropped += connection.execute(table.delete().where(table.c.bucket < bucket(before - window, window))).rowcount
    return dropped
