"""Where the pages of the frontier lie in the archive, for looking at them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from pipeline.store.crawling.tables import frontier

if TYPE_CHECKING:
    from datetime import datetime


class Spot(NamedTuple):
    """A page's place in the archive, with the article it is of, if it became one."""

    key: str
    source: str
    article_id: str | None
    file: str
    offset: int


def spots(
    connection: sa.Connection, *, after: str, limit: int, source: str | None = None, since: datetime | None = None
) -> list[Spot]:
    """The next archived pages in the order of their keys, from the one behind `after`.

    Args:
        connection: of any transaction.
        after: key of the last page had; empty for the first.
        limit: at most so many.
        source: only its pages.
        since: only pages that were fetched and settled from then on.
    """
    page = frontier.c
    query = sa.select(page.key, page.source, page.article_id, page.archive_file, page.archive_offset).where(
        page.key > after, page.archive_file.is_not(None)
    )
    if source is not None:
        query = query.where(page.source == source)
    if since is not None:
        query = query.where(page.settled_at >= since)
    return [Spot(*row) for row in connection.execute(query.order_by(page.key).limit(limit))]


def adopt(connection: sa.Connection, key: str, article_id: str) -> None:
    """Say of a page that was no article that it is one now."""
    connection.execute(
        sa.update(frontier).where(frontier.c.key == key).values(fate="stored", detail="", article_id=article_id)
    )
