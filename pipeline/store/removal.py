"""Taking an article down: out of every table, and a tombstone that keeps it away.

The tombstones are also written to a file beside the database (`tombstones.jsonl` under HIREWIRE_HOME): a restored backup
does not know of deletions after it was made, so they are done again from that file when the store is opened.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.store.crawling.tables import frontier
from pipeline.store.relations import SqlMemory
from pipeline.store.schema import complete_metadata
from pipeline.store.tables import article_bodies, articles, digests, ledger, ledger_articles, tombstones, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

FILE = "tombstones.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What keeps a deleted article away: its URL's id, and the hash of its words, under which copies come."""

    article_id: str
    content_hash: str | None
    deleted_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What a deletion took away; `archived` are places (file, offset) of raw pages that hold it still."""

    tombstones: tuple[Tombstone, ...]
    article_ids: tuple[str, ...]
    urls: tuple[str, ...]
    archived: tuple[tuple[str, int], ...]


def remove(
    connection: sa.Connection,
    article_id: str,
    *,
    now: datetime,
    reason: str,
    forget: Callable[[str], None] | None = None,
) -> Removed:
    """Delete the article and every stored one with the same words, and keep them away, also if none is stored yet.

    `forget` draws the stories anew without an article; by default its relations only go.
    """
    words = sa.select(articles.c.content_hash).where(articles.c.id == article_id).scalar_subquery()
    rows = connection.execute(
        sa.select(
            articles.c.id,
            articles.c.url,
            article_bodies.c.canonical_url,
            articles.c.content_hash,
        )
        .select_from(whole)
        .where(sa.or_(articles.c.id == article_id, articles.c.content_hash == words))
    ).all()
    hashes = {row.id: row.content_hash for row in rows} | ({} if rows else {article_id: None})
    stones = tuple(
        Tombstone(article_id=removed, content_hash=content, deleted_at=now, reason=reason)
        for removed, content in hashes.items()
    )
    urls = tuple(dict.fromkeys(url for row in rows for url in (row.url, row.canonical_url)))
    for removed in hashes:
        if forget is not None:
            forget(removed)
        SqlMemory(connection, now).forget(removed)
    archived = _purge(connection, tuple(hashes), urls)
    _bury(connection, stones)
    return Removed(
        tombstones=stones,
        article_ids=tuple(row.id for row in rows),
        urls=urls,
        archived=tuple(sorted((file, offset or 0) for file, offset in archived)),
    )


def _purge(connection: sa.Connection, ids: Collection[str], urls: Collection[str]) -> set[tuple[str, int | None]]:
    """Take the articles out of all tables; those of other rooms are known by their column `article_id`."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # overwrite, do not only unlink
    for table in complete_metadata().sorted_tables:
        if "article_id" in table.c and table not in {tombstones, ledger_articles, frontier}:
            connection.execute(sa.delete(table).where(table.c.article_id.in_(ids)))
    archived = _empty_pages(connection, ids)
    connection.execute(
        sa.update(articles).where(articles.c.duplicate_of.in_(ids)).values(duplicate_of=None, duplicate_kind=None)
    )
    # That a story was told stays known, by ids alone, so that it is not told again as new; its facts go with its last article.
    told = sa.select(ledger_articles.c.story_id).where(ledger_articles.c.article_id.in_(ids))
    alive = sa.select(articles.c.story_id).where(articles.c.id.not_in(ids))
    gone = sa.and_(ledger.c.story_id.in_(told), ledger.c.story_id.not_in(alive))
    connection.execute(sa.update(ledger).where(gone).values(facts=[]))
    for digest_id, body in connection.execute(sa.select(digests.c.id, digests.c.body)).all():
        if (pruned := without(body, {*ids, *urls})) != body:
            connection.execute(sa.update(digests).where(digests.c.id == digest_id).values(body=pruned))
    connection.execute(sa.delete(articles).where(articles.c.id.in_(ids)))
    return archived


def _empty_pages(connection: sa.Connection, ids: Collection[str]) -> set[tuple[str, int | None]]:
    """The frontier keeps a page's key, so that it is not fetched as new, but nothing of what a feed said of it."""
    mine = frontier.c.article_id.in_(ids)
    spots = connection.execute(sa.select(frontier.c.archive_file, frontier.c.archive_offset).where(mine)).all()
    connection.execute(
        sa.update(frontier)
        .where(mine)
        .values(
            title="",
            summary="",
            authors="[]",
            fate="rejected",
            detail="deleted",
            archive_file=None,
            archive_offset=None,
        )
    )
    return {(file, offset) for file, offset in spots if file}


def without(value: Any, names: Collection[str]) -> Any:
    """JSON without the entries of lists that mention one of the names anywhere in them."""
    if isinstance(value, list):
        return [without(part, names) for part in value if not _mentions(part, names)]
    if isinstance(value, dict):
        return {name: without(part, names) for name, part in value.items()}
    return value


def _mentions(value: Any, names: Collection[str]) -> bool:
    if isinstance(value, list):
        return any(_mentions(part, names) for part in value)
    if isinstance(value, dict):
        return any(_mentions(part, names) for part in value.values())
    return isinstance(value, str) and value in names


def _bury(connection: sa.Connection, stones: Iterable[Tombstone]) -> None:
    for stone in stones:
        connection.execute(sa.delete(tombstones).where(tombstones.c.article_id == stone.article_id))
        connection.execute(sa.insert(tombstones).values(**_columns(stone)))


def _columns(stone: Tombstone) -> dict[str, Any]:
    return {name: getattr(stone, name) for name in ("article_id", "content_hash", "deleted_at", "reason")}


def record(home: Path, stones: Iterable[Tombstone]) -> None:
    """Write the tombstones to the file beside the database, and wait until they are on disk."""
    lines = [json.dumps(_columns(stone), ensure_ascii=False, default=str) + "\n" for stone in stones]
    home.mkdir(parents=True, exist_ok=True)
    with (home / FILE).open("a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def recorded(home: Path) -> Iterator[Tombstone]:
    """The tombstones of the file; a last line that was cut off by a crash is passed over."""
    path = home / FILE
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        try:
            data = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield Tombstone(**{**data, "deleted_at": datetime.fromisoformat(data["deleted_at"])})


def missing(connection: sa.Connection, stones: Iterable[Tombstone]) -> list[Tombstone]:
    """Those of the recorded tombstones that the database does not know: it is older than they are."""
    known = set(connection.scalars(sa.select(tombstones.c.article_id)))
    return [stone for stone in stones if stone.article_id not in known]


def repeat(connection: sa.Connection, stones: Iterable[Tombstone]) -> None:
    """Delete again what a restored database has brought back."""
    for stone in stones:
        remove(connection, stone.article_id, now=stone.deleted_at, reason=stone.reason)
        _bury(connection, (stone,))
