"""What the frontier holds, for people: how many pages in which state, the youngest of a source, all of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from pipeline.store.crawling import manners
from pipeline.store.crawling.links import hash_of, page_key
from pipeline.store.crawling.tables import frontier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Built once, as it runs at each visit.
_NEWEST = (
    sa.select(frontier.c.published_at)
    .where(frontier.c.source == sa.bindparam("of_source"), frontier.c.published_at.is_not(None))
    .order_by(frontier.c.published_at.desc())
    .limit(1)
)


def census(connection: sa.Connection, source: str | None = None) -> dict[tuple[str, str, str], int]:
    """How many pages there are by (state, last fate, detail), of one source or all."""
    query = sa.select(
        frontier.c.state, sa.func.coalesce(frontier.c.fate, ""), frontier.c.detail, sa.func.count()
    ).group_by(frontier.c.state, frontier.c.fate, frontier.c.detail)
    if source is not None:
        query = query.where(frontier.c.source == source)
    return {(state, fate, detail): n for state, fate, detail, n in connection.execute(query)}


def newest(connection: sa.Connection, source: str) -> datetime | None:
    """When the youngest page listed by a source was published, as far as feeds tell."""
    return connection.execute(_NEWEST, {"of_source": source}).scalar_one_or_none()


def page_of(connection: sa.Connection, url: str) -> Mapping[str, Any] | None:
    """All that is known of the page at a URL, for `explain`; with `robots`, what the robots.txt of its host came to."""
    try:
        where = sa.or_(frontier.c.key.in_([page_key(url), hash_of(url)]), frontier.c.url == url)
    except ValueError:
        where = frontier.c.url == url
    row = connection.execute(sa.select(frontier).where(where).limit(1)).mappings().one_or_none()
    if row is None:
        return None
    parts = urlsplit(row["url"])
    rules = manners.robots_of(connection, f"{parts.scheme}://{parts.netloc}")
    return {**row, "robots": {"verdict": rules["verdict"], "reason": rules["reason"]} if rules else None}
