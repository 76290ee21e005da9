"""The store: opened once a process, with one writer at a time and any number of readers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from pipeline.errors import StoreError
from pipeline.store import schema
from pipeline.store.database import open_engine, reading, writing
from pipeline.store.reads import Reads
from pipeline.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.settings import Settings

# Any number, as long as no other program takes the same advisory lock: the bytes of "news".
_WRITER_LOCK = int.from_bytes(b"news")


class Store(Reads):
    """Articles, their stories and what was told of them, in SQLite or PostgreSQL."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """The store as it is, whatever its schema: for upgrades and checks.

        Raises:
            StoreError: the database cannot be opened.
        """
        return cls(open_engine(settings.database_url))

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
        if is_current:
            return
        if self.engine.dialect.name == "postgresql":
            raise StoreError(
                f"the database has schema {found or 'none'}, this hirewire needs {schema.known_revisions()[-1]}",
                remedy="run `hirewire db upgrade` once, with no hirewire running",
            )
        self.upgrade()

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

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One write transaction: all of it is committed, or nothing.

        Raises:
            StoreError: the database is locked, full or gone.
        """
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK)))
            yield Writer(connection)
