"""What relates articles, in SQL: LSH bands and search keys, traces, relations, marks, changes of stories, people's decisions.

Bands and keys are clustered by time bucket first. So a new article reads and writes the pages of its own weeks, however
large the archive is, and what is old is never searched; `age_out` drops it from the index, not from the archive.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

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
from pipeline.store.database import CleanText, UtcDateTime, metadata
from pipeline.store.traces import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Any fixed number: names the lock that filing holds on PostgreSQL.
_FILING_LOCK = 0x68697265
_KEY_WEIGHT_MASK = 31  # low bits of a search key: what sharing it is worth
_CHUNK = 400  # ids in one IN list

traces = sa.Table(
    "relation_traces",
    metadata,
    sa.Column("num", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("article_id", sa.String(16), nullable=False, unique=True),
    sa.Column("text_hash", sa.String(32), nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)


def _index_table(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("bucket", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("num", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


bands = _index_table("relation_bands")
anchors = _index_table("relation_anchors")

relations = sa.Table(
    "relations",
    metadata,
    sa.Column("a", sa.String(16), primary_key=True),
    sa.Column("b", sa.String(16), primary_key=True, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
)

story_marks = sa.Table(
    "story_marks",
    metadata,
    sa.Column("article_id", sa.String(16), primary_key=True),
    sa.Column("story_id", sa.String(16), nullable=False, index=True),
    sa.Column("duplicate_of", sa.String(16)),
    sa.Column("duplicate_kind", CleanText),
)

story_changes = sa.Table(
    "story_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("story_id", sa.String(16), nullable=False, index=True),
    sa.Column("into", sa.String(16), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
)

story_constraints = sa.Table(
    "story_constraints",
    metadata,
    sa.Column("a", sa.String(16), primary_key=True),
    sa.Column("b", sa.String(16), primary_key=True, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("decided_at", UtcDateTime, nullable=False),
)


@lru_cache(maxsize=2048)
def _decoded(packed: bytes) -> Trace:
    return decode(packed)


def bucket(at: datetime, window: timedelta) -> int:
    """The stretch of time of a window's length that an instant lies in; neighbours within the window are one apart at most."""
    return int((at - _EPOCH) // window)


def place(stretch: int, shelf: int) -> int:
    """The first column of an index row: the stretch of time and the shelf within it."""
    return stretch * 4 + shelf


class SqlMemory:
    """`pipeline.memory.Memory` on a connection in a write transaction; the caller commits."""

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now

    def begin(self) -> None:
        """On PostgreSQL one filer at a time, until the transaction ends; SQLite's BEGIN IMMEDIATE does the same."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_FILING_LOCK)))

    def copies_of(self, trace: Trace) -> Sequence[Trace]:
        """Traces with the same text, or sharing a band within `COPY_WINDOW`."""
        if not trace.fingerprint.length:
            return ()
        shared = sa.func.count()
        near = self._search(bands, trace.at, COPY_WINDOW, trace.fingerprint.bands, shared, 1)
        same = sa.select(traces.c.num).where(traces.c.text_hash == trace.fingerprint.text_hash).limit(MOST_CANDIDATES)
        nums = {*near, *self.connection.execute(same).scalars()}
        return [each for each in self._by_num(nums) if each.id != trace.id]

    def reports_near(self, trace: Trace) -> Sequence[Trace]:
        """Traces sharing search keys worth `LEAST_BITS` within `REPORT_WINDOW`."""
        worth = sa.func.sum(anchors.c.key.bitwise_and(_KEY_WEIGHT_MASK))
        nums: set[int] = set()
        for shelf, keys in searches(trace.fingerprint):
            nums |= set(self._search(anchors, trace.at, REPORT_WINDOW, keys, worth, LEAST_BITS, shelf))
        found = self._by_num(nums)
        return [each for each in found if each.id != trace.id and abs(each.at - trace.at) <= REPORT_WINDOW]

    def _search(
        self,
        table: sa.Table,
        at: datetime,
        window: timedelta,
        keys: Sequence[int],
        worth: sa.ColumnElement[int],
        least: int,
        shelf: int = 0,
    ) -> list[int]:
        middle = bucket(at, window)
        stretches = [place(each, shelf) for each in (middle - 1, middle, middle + 1)]
        query = (
            sa.select(table.c.num)
            .where(table.c.bucket.in_(stretches), table.c.key.in_(keys))
            .group_by(table.c.num)
            .having(worth >= least)
            .order_by(worth.desc(), table.c.num)
            .limit(MOST_CANDIDATES)
        )
        return list(self.connection.execute(query).scalars())

    def _by_num(self, nums: Iterable[int]) -> list[Trace]:
        query = sa.select(traces.c.body).where(traces.c.num.in_(sorted(nums)))
        return [_decoded(body) for body in self.connection.execute(query).scalars()]

    def remember(self, trace: Trace, found: Iterable[Relation]) -> None:
        """Keep a trace and its relations, replacing what was kept of the same article."""
        self._drop(trace.id)
        row = {"article_id": trace.id, "text_hash": trace.fingerprint.text_hash, "body": encode(trace)}
        num = self.connection.execute(traces.insert().returning(traces.c.num), row).scalar_one()
        for table, at, keys in self._index_rows(trace):
            if rows := [{"bucket": at, "key": key, "num": num} for key in dict.fromkeys(keys)]:
                self.connection.execute(table.insert(), rows)
        if edges := [
            {"a": each.a, "b": each.b, "kind": each.kind, "score": each.score, "reasons": list(each.reasons)}
            for each in found
        ]:
            self.connection.execute(relations.insert(), edges)

    @staticmethod
    def _index_rows(trace: Trace) -> list[tuple[sa.Table, int, tuple[int, ...]]]:
        at = bucket(trace.at, REPORT_WINDOW)
        shelved = [(anchors, place(at, shelf), keys) for shelf, keys in shelves(trace.fingerprint)]
        return [(bands, place(bucket(trace.at, COPY_WINDOW), 0), trace.fingerprint.bands), *shelved]

    def _drop(self, article_id: str) -> None:
        query = sa.select(traces.c.num, traces.c.body).where(traces.c.article_id == article_id)
        if (row := self.connection.execute(query).one_or_none()) is None:
            return
        known = decode(row.body)
        for table, at, keys in self._index_rows(known):
            mine = (table.c.bucket == at) & (table.c.num == row.num)
            self.connection.execute(table.delete().where(mine, table.c.key.in_(keys)))
        self.connection.execute(relations.delete().where((relations.c.a == article_id) | (relations.c.b == article_id)))
        self.connection.execute(traces.delete().where(traces.c.num == row.num))

    def forget(self, article_id: str) -> None:
        """Remove an article's trace, relations and mark; people's decisions stay."""
        self._drop(article_id)
        self.connection.execute(story_marks.delete().where(story_marks.c.article_id == article_id))

    def neighbours(self, article_ids: Iterable[str]) -> Sequence[Relation]:
        """All relations with one of these articles at an end."""
        rows = self._either_end(relations, article_ids)
        return [Relation(a=row.a, b=row.b, kind=row.kind, score=row.score, reasons=tuple(row.reasons)) for row in rows]

    def constraints(self, article_ids: Iterable[str]) -> Sequence[Constraint]:
        """All of people's decisions with one of these articles at an end."""
        return [Constraint(a=row.a, b=row.b, kind=row.kind) for row in self._either_end(story_constraints, article_ids)]

    def _either_end(self, table: sa.Table, article_ids: Iterable[str]) -> list[sa.Row[tuple[object, ...]]]:
        found: dict[tuple[str, str], sa.Row[tuple[object, ...]]] = {}
        for some in _chunks(article_ids):
            for end in (table.c.a, table.c.b):
                for row in self.connection.execute(sa.select(table).where(end.in_(some))):
                    found[row.a, row.b] = row
        return list(found.values())

    def constrain(self, constraint: Constraint) -> None:
        """Remember a person's decision; a later one on the same pair replaces it."""
        pair = (story_constraints.c.a == constraint.a) & (story_constraints.c.b == constraint.b)
        self.connection.execute(story_constraints.delete().where(pair))
        row = {"a": constraint.a, "b": constraint.b, "kind": constraint.kind, "decided_at": self.now}
        self.connection.execute(story_constraints.insert(), row)

    def traces(self, article_ids: Iterable[str]) -> Sequence[Trace]:
        """The traces of these articles, as far as known."""
        queries = (sa.select(traces.c.body).where(traces.c.article_id.in_(some)) for some in _chunks(article_ids))
        return [_decoded(body) for query in queries for body in self.connection.execute(query).scalars()]

    def marks(self, article_ids: Iterable[str]) -> Sequence[Mark]:
        """The marks of these articles, as far as known."""
        queries = (sa.select(story_marks).where(story_marks.c.article_id.in_(some)) for some in _chunks(article_ids))
        return [Mark(**row) for query in queries for row in self.connection.execute(query).mappings()]

    def story_members(self, story_id: str) -> Sequence[str]:
        """Ids of the articles of a story, sorted."""
        query = sa.select(story_marks.c.article_id).where(story_marks.c.story_id == story_id)
        return sorted(self.connection.execute(query).scalars())

    def write(self, marks: Iterable[Mark], changes: Iterable[StoryChange]) -> None:
        """Keep marks and changes of stories."""
        rows = [
            {"article_id": each.article_id, "story_id": each.story_id, "duplicate_of": each.duplicate_of,
             "duplicate_kind": each.duplicate_kind} for each in marks
        ]  # fmt: skip
        for some in _chunks(row["article_id"] for row in rows):
            self.connection.execute(story_marks.delete().where(story_marks.c.article_id.in_(some)))
        if rows:
            self.connection.execute(story_marks.insert(), rows)
        ceased = [
            {"story_id": each.story_id, "into": each.into, "kind": each.kind, "changed_at": self.now}
            for each in changes
        ]
        if ceased:
            self.connection.execute(story_changes.insert(), ceased)


def _chunks(ids: Iterable[str | None]) -> Iterable[list[str]]:
    unique = sorted({each for each in ids if each})
    return (unique[at : at + _CHUNK] for at in range(0, len(unique), _CHUNK))


def lineage(connection: sa.Connection, story_id: str) -> frozenset[str]:
    """A story's id with all former ids whose articles came to it: what a reader was told under any of them is told."""
    found, fresh = {story_id}, {story_id}
    while fresh:
        query = sa.select(story_changes.c.story_id).where(story_changes.c.into.in_(sorted(fresh)))
        fresh = set(connection.execute(query).scalars()) - found
        found |= fresh
    return frozenset(found)


def age_out(connection: sa.Connection, before: datetime) -> int:
    """Drop index rows of articles that no new article can be compared with; the number of rows dropped."""
    dropped = 0
    for table, window in ((bands, COPY_WINDOW), (anchors, REPORT_WINDOW)):
        dropped += connection.execute(
            table.delete().where(table.c.bucket < place(bucket(before, window) - 1, 0))
        ).rowcount
    return dropped
