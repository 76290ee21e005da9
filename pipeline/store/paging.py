"""Long answers in pages: each is its own short transaction, so that a slow reader keeps no writer and no checkpoint waiting."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.search.fulltext import COMMON, rarity
from pipeline.search.sql import matching
from pipeline.store.database import reading
from pipeline.store.tables import article_bodies, articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.engine import RowMapping

    from pipeline.search.query import Query

PAGE_ROWS = 500


class Paging:
    """Rows of articles that match a query, newest first."""

    engine: sa.Engine

    @property
    def is_postgresql(self) -> bool:
        """Which of the two databases this is."""
        return self.engine.dialect.name == "postgresql"

    def stream(self, query: Query, columns: Iterable[Any], *more: sa.ColumnElement[bool]) -> Iterator[RowMapping]:
        """The rows one by one, up to the query's limit."""
        for page in self.pages(query, columns, *more):
            yield from page

    def pages(
        self, query: Query, columns: Iterable[Any], *more: sa.ColumnElement[bool], first: int = PAGE_ROWS
    ) -> Iterator[Sequence[RowMapping]]:
        """The rows in pages, up to the query's limit.

        Args:
            query: what to read.
            columns: with `seq` among them.
            more: further conditions.
            first: rows of the first page, where the caller expects to need no more.
        """
        left, before = query.limit, query.before
        size = min(left, first, PAGE_ROWS)
        while left > 0:
            page = self.page(query.page(size, before), columns, *more)
            if page:
                yield page
            if len(page) < size:
                return
            left, before = left - size, page[-1]["seq"]
            size = min(left, PAGE_ROWS)

    def page(self, query: Query, columns: Iterable[Any], *more: sa.ColumnElement[bool]) -> Sequence[RowMapping]:
        """One page: as many rows as the query's limit says."""
        with self.searching() as connection:
            return (
                connection.execute(self._select(query, columns, connection).where(*more).limit(query.limit))
                .mappings()
                .all()
            )

    @contextmanager
    def searching(self) -> Iterator[sa.Connection]:
        """A short read transaction; on PostgreSQL never through whole tables, whose vectors are dear to read."""
        with reading(self.engine) as connection:
            if self.is_postgresql:
                connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
            yield connection

    def _select(self, query: Query, columns: Iterable[Any], connection: sa.Connection) -> sa.Select[Any]:
        counts, is_rare = rarity(query.tree) if self.is_postgresql else None, False
        if counts is not None:
            # What is left to the planner without it is the index of words; rare words are best read through that alone.
            connection.execute(sa.text("SET LOCAL enable_indexscan = off"))
            is_rare = connection.execute(counts).scalar_one() < COMMON
            if not is_rare:
                connection.execute(sa.text("SET LOCAL enable_indexscan = on"))
        return matching(
            query.tree,
            articles,
            *columns,
            is_postgresql=self.is_postgresql,
            before=query.before,
            after=query.after,
            bodies=article_bodies,
            is_rare=is_rare,
        )
