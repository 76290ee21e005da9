"""Learned page junk in the database: per source, how many of its pages showed which line."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from pipeline.page_junk import FORGET_AFTER, JunkCount, counted, is_junk, is_republished, junk_positions, keys_of
from pipeline.store.database import CleanText, UtcDateTime, metadata
from pipeline.store.upserts import upsert_in
from pipeline.urls import article_id

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

junk_pages = sa.Table(
    "junk_pages",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("page", sa.String(16), primary_key=True),  # article id
    sa.Column("number", sa.Integer, nullable=False),  # 1 for the source's first page
    sa.Index("ix_junk_pages_source_number", "source", "number"),
)
junk_lines = sa.Table(
    "junk_lines",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(16), primary_key=True),  # of the folded line
    sa.Column("sample", CleanText, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("first", sa.Integer, nullable=False),  # page number
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("last_seen_at", UtcDateTime, nullable=False),
)

_CHUNK = 500  # keys in one IN list, well below every database's limit of bound values

# Statements that run for each page are built once: building one costs as much as running it.
_COUNTS = sa.select(junk_lines).where(
    junk_lines.c.source == sa.bindparam("of_source"), junk_lines.c.key.in_(sa.bindparam("keys", expanding=True))
)
_TOTAL = sa.select(sa.func.coalesce(sa.func.max(junk_pages.c.number), 0)).where(
    junk_pages.c.source == sa.bindparam("of_source")
)
_LEARNED = sa.select(junk_pages.c.page).where(
    junk_pages.c.source == sa.bindparam("of_source"), junk_pages.c.page == sa.bindparam("of_page")
)
_INSERT_LINES = sa.insert(junk_lines)
_UPDATE_LINE = (
    sa.update(junk_lines)
    .where(junk_lines.c.source == sa.bindparam("of_source"), junk_lines.c.key == sa.bindparam("of_key"))
    .values(
        pages=sa.bindparam("new_pages"),
        last=sa.bindparam("new_last"),
        last_seen_at=sa.bindparam("new_seen", type_=UtcDateTime),
    )
)
_FORGET = sa.delete(junk_lines).where(
    junk_lines.c.source == sa.bindparam("of_source"), junk_lines.c.last <= sa.bindparam("page")
)


@cache
def _insert_page(dialect: str) -> Any:
    return upsert_in(dialect, junk_pages).on_conflict_do_nothing().returning(junk_pages.c.number)


class JunkLine(NamedTuple):
    """One learned line for people: a sample, on how many of how many pages it stood, and whether it is stripped.

    `since_page` is the number of the source's learned page that showed it first, from 1.
    """

    text: str
    pages: int
    of_pages: int
    since_page: int
    last_seen_at: datetime
    is_stripped: bool


class SqlJunkMemory:
    """The memory of page junk over one connection; the caller owns the transaction.

    Args:
        connection: inside a transaction that may write.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._asked: tuple[str, Sequence[str], dict[str, JunkCount], int] | None = None

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """Positions of those lines that are the source's page junk."""
        counts, total = self._knowledge(source, lines)
        return junk_positions(lines, counts, total)

    def known_elsewhere(self, source: str, url: str, lines: Sequence[str]) -> Collection[int]:
        """As `known`, for a page that may have been learned from already: it is no witness against itself."""
        counts, total = self._knowledge(source, lines)
        if self._is_learned(source, _page_id(url)):
            counts = {key: replace(count, pages=count.pages - 1) for key, count in counts.items()}
        return junk_positions(lines, counts, total)

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Take note of the lines of one more page; a page counts once, a republication not at all."""
        counts, total = self._knowledge(source, lines)
        number = total + 1
        if is_republished(lines, counts) or not self._insert_page(source, _page_id(url), number):
            return
        self._asked = None
        updated = dict(counts)
        for line, key in zip(lines, keys_of(lines), strict=True):
            if key:
                updated[key] = counted(updated.get(key), line, number, at)
        self._write(source, counts, updated)
        if number > FORGET_AFTER:
            self.connection.execute(_FORGET, {"of_source": source, "page": number - FORGET_AFTER})

    def lines(self, source: str) -> list[JunkLine]:
        """What was learned of a source and repeats, most frequent first."""
        total = self._total(source)
        rows = self.connection.execute(
            sa.select(junk_lines)
            .where(junk_lines.c.source == source, junk_lines.c.pages > 1)
            .order_by(junk_lines.c.pages.desc(), junk_lines.c.key)
        )
        return [
            JunkLine(row.sample, row.pages, total, row.first, row.last_seen_at, is_junk(_count(row), total))
            for row in rows
        ]

    def forget(self, source: str) -> None:
        """Drop all that was learned of a source."""
        for table in (junk_pages, junk_lines):
            self.connection.execute(sa.delete(table).where(table.c.source == source))

    def _knowledge(self, source: str, lines: Sequence[str]) -> tuple[dict[str, JunkCount], int]:
        """The counts of the lines and of the source's pages; a page is first asked for and then learned from."""
        if self._asked is None or self._asked[0] != source or self._asked[1] is not lines:
            self._asked = source, lines, self._counts(source, lines), self._total(source)
        return self._asked[2], self._asked[3]

    def _insert_page(self, source: str, page: str, number: int) -> bool:
        """Whether the page was not learned from before."""
        inserting = _insert_page(self.connection.dialect.name)
        return (
            self.connection.execute(inserting, {"source": source, "page": page, "number": number}).first() is not None
        )

    def _is_learned(self, source: str, page: str) -> bool:
        return self.connection.execute(_LEARNED, {"of_source": source, "of_page": page}).first() is not None

    def _total(self, source: str) -> int:
        return int(self.connection.execute(_TOTAL, {"of_source": source}).scalar_one())

    def _counts(self, source: str, lines: Sequence[str]) -> dict[str, JunkCount]:
        keys = sorted({key for key in keys_of(lines) if key})
        found: dict[str, JunkCount] = {}
        for start in range(0, len(keys), _CHUNK):
            asked = {"of_source": source, "keys": keys[start : start + _CHUNK]}
            found |= {row.key: _count(row) for row in self.connection.execute(_COUNTS, asked)}
        return found

    def _write(self, source: str, before: dict[str, JunkCount], after: dict[str, JunkCount]) -> None:
        new = [_row(source, key, count) for key, count in after.items() if key not in before]
        if new:
            self.connection.execute(_INSERT_LINES, new)
        changed = [
            {
                "of_source": source,
                "of_key": key,
                "new_pages": count.pages,
                "new_last": count.last,
                "new_seen": count.last_seen_at,
            }
            for key, count in after.items()
            if key in before and count != before[key]
        ]
        if changed:
            self.connection.execute(_UPDATE_LINE, changed)


def _page_id(url: str) -> str:
    try:
        return article_id(url)
    except ValueError:
        return keys_of([url])[0] or ""


def _count(row: sa.Row[tuple[str, str, str, int, int, int, datetime]]) -> JunkCount:
    return JunkCount(row.sample, row.pages, row.first, row.last, row.last_seen_at)


def _row(source: str, key: str, count: JunkCount) -> dict[str, object]:
    return {
        "source": source,
        "key": key,
        "sample": count.sample,
        "pages": count.pages,
        "first": count.first,
        "last": count.last,
        "last_seen_at": count.last_seen_at,
    }
