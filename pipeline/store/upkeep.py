"""Backup, restore and check. A backup is one SQLite file, whichever database it is of, and either can be restored from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.errors import StoreError, UsageError
from pipeline.search.subject import index_text_of
from pipeline.store import schema
from pipeline.store.database import open_engine, reading, writing
from pipeline.store.records import article_of
from pipeline.store.tables import WHOLE, article_search, articles, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.engine import RowMapping

COPY_ROWS = 500
# Pages of 4 kB that SQLite's backup copies in one step: a writer waits for one step, not for the whole.
BACKUP_PAGES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `was_repaired` where something was wrong and is right now."""

    name: str
    is_ok: bool
    detail: str = ""
    was_repaired: bool = False


def backup(engine: sa.Engine, path: Path) -> None:
    """Write everything as it is at one moment to a new file, while others go on reading and writing.

    Raises:
        UsageError: the file exists, or its folder does not.
        StoreError: it cannot be written, or what was written is damaged; nothing is left of it.
    """
    if path.exists():
        raise UsageError(f"{path} exists", remedy="name a new file: a backup overwrites nothing")
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is no folder", remedy="make it, or name another")
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        if engine.dialect.name == "sqlite":
            with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(part)) as target:
                source.backup(target, pages=BACKUP_PAGES)
        else:
            _copy_out(engine, part)
        with closing(sqlite3.connect(part)) as target:
            target.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
        _verify(part)
        part.rename(path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"the backup {path} could not be written: {error}", remedy="check the disk's free space and rights"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def restore(engine: sa.Engine, path: Path) -> None:
    """Put the backup's content in place of the database's, which is lost.

    Raises:
        StoreError: the backup is damaged, or made by a newer hirewire; the database is as it was.
    """
    _verify(path)
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(str(engine.url.database))) as target:
            source.backup(target, pages=-1)
        schema.upgrade(engine)
        return
    schema.upgrade(engine)
    source_engine = open_engine(f"sqlite:///{path}")
    try:
        with writing(engine) as target_connection:
            for table in reversed(schema.complete_metadata().sorted_tables):
                target_connection.execute(sa.delete(table))
            with reading(source_engine) as source_connection:
                _copy(source_connection, target_connection)
            continue_sequences(target_connection)
    finally:
        source_engine.dispose()


def check(engine: sa.Engine, *, repair: bool = True) -> Iterator[Finding]:
    """Look whether the database is whole and search finds what is stored; a wrong search index is built anew."""
    with reading(engine) as connection:
        yield Finding(name="schema", is_ok=schema.is_current(connection), detail=schema.current(connection) or "none")
        if engine.dialect.name == "sqlite":
            for pragma in ("integrity_check", "foreign_key_check"):
                faults = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}") if row[0] != "ok"]
                yield Finding(name=pragma.replace("_", " "), is_ok=not faults, detail="; ".join(faults[:5]))
    if engine.dialect.name == "sqlite":
        yield _check_index(engine, repair=repair)
    yield _check_words(engine, repair=repair)


def _check_index(engine: sa.Engine, *, repair: bool) -> Finding:
    """FTS5 keeps its words apart from the text: that both agree is checked by FTS5 itself."""
    is_ok = _is_index_whole(engine)
    if not is_ok and repair:
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO article_fts(article_fts) VALUES ('rebuild')")
        return Finding(name="search index", is_ok=_is_index_whole(engine), detail="built anew", was_repaired=True)
    return Finding(name="search index", is_ok=is_ok, detail="" if is_ok else "does not agree with the articles")


def _check_words(engine: sa.Engine, *, repair: bool) -> Finding:
    """Whether every article has words for search, and the newest are cut as this program does it, not as one before an upgrade."""
    without = sa.select(sa.func.count()).where(articles.c.seq.not_in(sa.select(article_search.c.seq)))
    with reading(engine) as connection:
        missing = connection.scalar(without) or 0
    differing = max(missing, _recut(engine, next(_in_pages(engine), []), write=False))
    if not differing:
        return Finding(name="search words", is_ok=True)
    if not repair:
        return Finding(
            name="search words", is_ok=False, detail=f"at least {differing} articles are not found by their words"
        )
    changed = sum(_recut(engine, page, write=True) for page in _in_pages(engine))
    return Finding(name="search words", is_ok=True, detail=f"{changed} articles cut anew", was_repaired=True)


def _in_pages(engine: sa.Engine) -> Iterator[Sequence[RowMapping]]:
    before, rows = None, None
    while rows is None or len(rows) == COPY_ROWS:
        chosen = sa.select(*WHOLE).select_from(whole).order_by(articles.c.seq.desc()).limit(COPY_ROWS)
        with reading(engine) as connection:
            rows = (
                connection.execute(chosen if before is None else chosen.where(articles.c.seq < before)).mappings().all()
            )
        if rows:
            before = rows[-1]["seq"]
            yield rows


def _recut(engine: sa.Engine, rows: Sequence[RowMapping], *, write: bool) -> int:
    """How many of these articles' words differ from what they are to be; `write` puts them right."""
    wanted = {row["seq"]: index_text_of(article_of(row)) for row in rows}
    mine = article_search.c.seq.in_(wanted)
    with writing(engine) if write else reading(engine) as connection:
        found = {row.seq: row.seg for row in connection.execute(sa.select(article_search).where(mine))}
        differing = [seq for seq, seg in wanted.items() if found.get(seq) != seg]
        for seq in differing if write else ():
            connection.execute(sa.delete(article_search).where(article_search.c.seq == seq))
            connection.execute(sa.insert(article_search).values(seq=seq, seg=wanted[seq]))
    return len(differing)


def _is_index_whole(engine: sa.Engine) -> bool:
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.exec_driver_sql("INSERT INTO article_fts(article_fts, rank) VALUES ('integrity-check', 1)")
    except sa.exc.DatabaseError:
        return False
    return True


def _copy_out(engine: sa.Engine, path: Path) -> None:
    target = open_engine(f"sqlite:///{path}")
    try:
        schema.upgrade(target)
        snapshot = engine.execution_options(isolation_level="REPEATABLE READ")
        with reading(snapshot) as source_connection, writing(target) as target_connection:
            _copy(source_connection, target_connection)
    finally:
        target.dispose()


def _copy(source: sa.Connection, target: sa.Connection) -> None:
    for table in schema.complete_metadata().sorted_tables:
        result = source.execution_options(yield_per=COPY_ROWS).execute(sa.select(table)).mappings()
        for rows in result.partitions():
            target.execute(sa.insert(table), [dict(row) for row in rows])


def continue_sequences(connection: sa.Connection) -> None:
    """After rows came with their numbers: let PostgreSQL go on counting behind them."""
    for table in schema.complete_metadata().tables.values():
        if (column := table.autoincrement_column) is not None and not column.foreign_keys:
            last = sa.func.greatest(sa.func.coalesce(sa.func.max(column), 0), 0)
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(sa.select(sa.func.setval(sequence, last + 1, False)).select_from(table))


def _verify(path: Path) -> None:
    """Raise StoreError unless the file is a whole database of a schema this program knows."""
    if not path.is_file():
        raise StoreError(f"{path}: no such file")
    try:
        with closing(sqlite3.connect(path)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is no backup of hirewire: {error}") from error
    if verdict != "ok":
        raise StoreError(f"the backup {path} is damaged: {verdict}", remedy="use an older one")
    if found not in schema.known_revisions():
        raise StoreError(f"the backup {path} has schema {found}, which this hirewire does not know")
