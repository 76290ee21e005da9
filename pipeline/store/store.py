"""The store: opened once a process, with one writer at a time and any number of readers."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from pipeline.errors import StoreError
from pipeline.store import removal, schema, upkeep
from pipeline.store.database import open_engine, reading, writing
from pipeline.store.digests import DigestReads
from pipeline.store.reads import Reads, as_id
from pipeline.store.stories import StoryReads
from pipeline.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pipeline.settings import Settings
    from pipeline.store.removal import Removed
    from pipeline.store.upkeep import Finding

# Any number, as long as no other program takes the same advisory lock: the bytes of "news".
_WRITER_LOCK = int.from_bytes(b"news")


class Store(Reads, StoryReads, DigestReads):
    """Articles, their stories and what was told of them, in SQLite or PostgreSQL."""

    def __init__(self, engine: sa.Engine, home: Path) -> None:
        self.engine = engine
        self.home = home

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """The store as it is, whatever its schema: for upgrades and checks.

        Raises:
            StoreError: the database cannot be opened.
        """
        return cls(open_engine(settings.database_url), settings.home)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """The store, ready for work: SQLite is migrated on the way, PostgreSQL must have been.

        Raises:
            StoreError: the database cannot be opened, is to be upgraded first, or was made by a newer program.
        """
        store = cls.connect(settings)
        try:
            store.make_ready()
        except StoreError:
            store.close()
            raise
        return store

    def make_ready(self) -> None:
        """Migrate SQLite if that is to be done; see `open` for what is raised."""
        with reading(self.engine) as connection:
            is_current, found = schema.is_current(connection), schema.current(connection)
        if not is_current:
            if self.engine.dialect.name == "postgresql":
                raise StoreError(
                    f"the database has schema {found or 'none'}, this hirewire needs {schema.known_revisions()[-1]}",
                    remedy="run `hirewire db upgrade` once, with no hirewire running",
                )
            self.upgrade()
        self.delete_again()

    def upgrade(self) -> None:
        """Apply pending migrations; safe when several processes do it at once."""
        schema.upgrade(self.engine)

    def current(self) -> str | None:
        """The schema's revision; None where the database is empty."""
        with reading(self.engine) as connection:
            return schema.current(connection)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def delete(
        self,
        id_or_url: str,
        *,
        now: datetime,
        reason: str = "",
        forget: Callable[[Writer, str, datetime], None] | None = None,
    ) -> Removed:
        """Take an article, and every other with the same words, out of all tables, and keep it away.

        What is not stored is kept away too. Raw pages in the archive are the caller's to delete: `Removed.archived`.
        `forget` draws the stories anew without an article (`pipeline.run.forget_relations`).
        """
        with self.writing() as writer:
            removed = removal.remove(
                writer.connection,
                as_id(id_or_url),
                now=now,
                reason=reason,
                forget=None if forget is None else lambda article_id: forget(writer, article_id, now),
            )
            removal.record(self.home, removed.tombstones)  # before the commit: a line too many deletes nothing wrong
        self._forget_pages()
        return removed

    def delete_again(self) -> None:
        """Repeat deletions that the database does not know of, having been restored from a backup made before them."""
        recorded = list(removal.recorded(self.home))
        if not recorded:
            return
        with reading(self.engine) as connection:
            missing = removal.missing(connection, recorded)
        if missing:
            with self.writing() as writer:
                removal.repeat(writer.connection, missing)
            self._forget_pages()

    def _forget_pages(self) -> None:
        """Let no deleted text stay behind in SQLite's write-ahead log."""
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, path: Path) -> None:
        """Write everything to a new SQLite file; see `pipeline.store.upkeep.backup`."""
        upkeep.backup(self.engine, path)

    def restore(self, path: Path) -> None:
        """Put a backup in place of what is stored, less what was deleted since; see `pipeline.store.upkeep.restore`."""
        upkeep.restore(self.engine, path)
        self.delete_again()

    def check(self, *, repair: bool = True) -> list[Finding]:
        """Look whether everything is whole; see `pipeline.store.upkeep.check`."""
        return list(upkeep.check(self.engine, repair=repair))

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One write transaction: all of it is committed, or nothing.

        Raises:
            StoreError: the database is locked, full or gone.
        """
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK)))
            writer = Writer(connection)
            yield writer
            writer.finish()
