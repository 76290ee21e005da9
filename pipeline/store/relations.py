"""What relates articles, in SQL: traces and their index, relations, marks, changes of stories, people's decisions.

Statements are built once: building them anew for each article costs more than running them.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from pipeline.document import Relation
from pipeline.memory import MOST_CANDIDATES, REPORT_WINDOW, Constraint, Mark, StoryChange, Trace
from pipeline.store.relation_search import (
    index_rows,
    insert_index,
    numbers_of_copies,
    numbers_of_reports,
    reference,
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
    from datetime import datetime

# Any fixed number: names the lock that filing holds on PostgreSQL.
_FILING_LOCK = 0x68697265
_CHUNK = 400  # ids in one IN list


def _among(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return column.in_(bindparam("ids", expanding=True))


def _unindex(table: sa.Table) -> sa.Delete:
    mine = (table.c.bucket == bindparam("at")) & (table.c.num == bindparam("n"))
    return table.delete().where(mine, table.c.key.in_(bindparam("keys", expanding=True)))


_SAME_TEXT = sa.select(traces.c.num).where(traces.c.text_hash == bindparam("text_hash")).limit(MOST_CANDIDATES)
_TRACES_BY_NUM = sa.select(traces.c.body).where(_among(traces.c.num))
_TRACES_BY_ID = sa.select(traces.c.body).where(_among(traces.c.article_id))
_NUM_OF = sa.select(traces.c.num, traces.c.body).where(traces.c.article_id == bindparam("id"))
_INSERT_TRACE = traces.insert().returning(traces.c.num)
_UNINDEX = {table: _unindex(table) for table in (bands, anchors)}
_INSERTS = {table: table.insert() for table in (relations, story_marks, story_changes)}
_ENDS = (relations.c.a, relations.c.b, relations.c.kind, relations.c.score)
_EDGES = tuple(sa.select(*_ENDS).where(_among(end)) for end in (relations.c.a, relations.c.b))
_DECISIONS = sa.select(story_constraints).where(_among(story_constraints.c.a) | _among(story_constraints.c.b))
_ANY_DECISION = sa.select(sa.exists().select_from(story_constraints))
_MARK_FIELDS = [column.name for column in story_marks.c]
_MARKS = sa.select(story_marks).where(_among(story_marks.c.article_id))
_DELETE_MARKS = story_marks.delete().where(_among(story_marks.c.article_id))
_MEMBERS = sa.select(story_marks.c.article_id).where(story_marks.c.story_id == bindparam("id"))


@lru_cache(maxsize=512)
def _decoded(packed: bytes) -> Trace:
    return decode(packed)


class SqlMemory:
    """`pipeline.memory.Memory` on a connection in a write transaction; the caller commits.

    Args:
        connection: in a write transaction.
        now: the instant, for decisions and changes.
        new: the id of an article that this transaction has stored for the first time: nothing of it need be looked for.
    """

    def __init__(self, connection: sa.Connection, now: datetime, *, new: str | None = None) -> None:
        self.connection = connection
        self.now = now
        self.new = new
        self._has_decisions: bool | None = None
        self._unmarked = {new} - {None}  # known to have no mark, so that none need be deleted

    def begin(self) -> None:
        """On PostgreSQL one filer at a time, until the transaction ends; SQLite's BEGIN IMMEDIATE does the same."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_FILING_LOCK)))

    def copies_of(self, trace: Trace) -> Sequence[Trace]:
        """Traces with the same text, or sharing a band within `COPY_WINDOW`."""
        if not trace.fingerprint.length:
            return ()
        nums = numbers_of_copies(self.connection, trace)
        nums |= set(self.connection.execute(_SAME_TEXT, {"text_hash": trace.fingerprint.text_hash}).scalars())
        return [each for each in self._by_num(nums) if each.id != trace.id]

    def reports_near(self, trace: Trace) -> Sequence[Trace]:
        """Traces sharing search keys worth the `LEAST_BITS` of both within `REPORT_WINDOW`."""
        nums = numbers_of_reports(self.connection, trace)
        found = self._by_num(nums)
        return [each for each in found if each.id != trace.id and abs(each.at - trace.at) <= REPORT_WINDOW]

    def _by_num(self, nums: Iterable[int]) -> list[Trace]:
        if not (wanted := sorted(nums)):
            return []
        return [_decoded(body) for body in self.connection.execute(_TRACES_BY_NUM, {"ids": wanted}).scalars().all()]

    def remember(self, trace: Trace, found: Iterable[Relation]) -> None:
        """Keep a trace and its relations, replacing what was kept of the same article."""
        if trace.id != self.new:
            self._drop(trace.id)
        row = {"article_id": trace.id, "text_hash": trace.fingerprint.text_hash, "body": encode(trace)}
        num = self.connection.execute(_INSERT_TRACE, row).scalar_one()
        insert_index(self.connection, trace, num)
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
        known = decode(row.body)
        for table, at, keys in index_rows(known):
            if keys:
                self.connection.execute(_UNINDEX[table], {"at": at, "n": reference(row.num, known), "keys": keys})
        self.connection.execute(relations.delete().where((relations.c.a == article_id) | (relations.c.b == article_id)))
        self.connection.execute(traces.delete().where(traces.c.num == row.num))

    def forget(self, article_id: str) -> None:
        """Remove an article's trace, relations and mark; people's decisions stay."""
        self._drop(article_id)
        self.connection.execute(_DELETE_MARKS, {"ids": [article_id]})

    def neighbours(self, article_ids: Iterable[str]) -> Sequence[Relation]:
        """All relations with one of these articles at an end, without their reasons: in a flood they are thousands."""
        asked = set(article_ids)
        found = {(row[0], row[1]): tuple(row) for query in _EDGES for row in self._rows(query, asked)}
        return [Relation(a=a, b=b, kind=kind, score=score) for a, b, kind, score in found.values()]

    def constraints(self, article_ids: Iterable[str]) -> Sequence[Constraint]:
        """All of people's decisions with one of these articles at an end."""
        if self._has_decisions is None:
            self._has_decisions = self.connection.scalar(_ANY_DECISION) is True
        rows = self._rows(_DECISIONS, article_ids) if self._has_decisions else ()
        return [Constraint(a=row.a, b=row.b, kind=row.kind) for row in rows]

    def _rows(self, query: sa.Select[Any], ids: Iterable[str]) -> Iterator[Any]:
        unique = sorted(set(ids))
        for at in range(0, len(unique), _CHUNK):
            yield from self.connection.execute(query, {"ids": unique[at : at + _CHUNK]}).all()

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
        asked = set(article_ids) - self._unmarked
        found = [Mark(**dict(zip(_MARK_FIELDS, row, strict=True))) for row in self._rows(_MARKS, asked)]
        self._unmarked |= asked - {mark.article_id for mark in found}
        return found

    def story_members(self, story_id: str) -> Sequence[str]:
        """Ids of the articles of a story, sorted."""
        return sorted(self.connection.execute(_MEMBERS, {"id": story_id}).scalars())

    def write(self, marks: Iterable[Mark], changes: Iterable[StoryChange]) -> None:
        """Keep marks and changes of stories."""
        rows = [asdict(each) for each in marks]
        replaced = [row["article_id"] for row in rows if row["article_id"] not in self._unmarked]
        for at in range(0, len(replaced), _CHUNK):
            self.connection.execute(_DELETE_MARKS, {"ids": replaced[at : at + _CHUNK]})
        self._unmarked -= {row["article_id"] for row in rows}
        self._insert(story_marks, rows)
        self._insert(story_changes, [asdict(each) | {"changed_at": self.now} for each in changes])


def lineage(connection: sa.Connection, story_id: str) -> frozenset[str]:
    """A story's id with all former ids whose articles came to it: what a reader was told under any of them is told."""
    found, fresh = {story_id}, {story_id}
    while fresh:
        query = sa.select(story_changes.c.story_id).where(story_changes.c.into.in_(sorted(fresh)))
        fresh = set(connection.execute(query).scalars()) - found
        found |= fresh
    return frozenset(found)


def successor(connection: sa.Connection, story_id: str) -> str | None:
    """Where the articles of a story went whose id has ceased; of a split story the later one's choice. None if unknown."""
    seen: set[str] = set()
    while story_id not in seen:
        seen.add(story_id)
        query = sa.select(story_changes.c.into).where(story_changes.c.story_id == story_id)
        into = connection.scalar(query.order_by(story_changes.c.id.desc()).limit(1))
        if into is None:
            return None
        if connection.scalar(_MEMBERS.limit(1), {"id": into}) is not None:
            return str(into)
        story_id = into
    return None
