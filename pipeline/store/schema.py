"""Which schema the database has and which this program knows; migrations in `migrations/versions`, in order of number."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

import migrations
import pipeline.store
from pipeline.errors import StoreError
from pipeline.store.database import metadata, writing

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(next(iter(migrations.__path__)))
# Any number, as long as no other program takes the same advisory lock: the bytes of "hire".
LOCK = int.from_bytes(b"hire")


def complete_metadata() -> sa.MetaData:
    """The metadata with every table of this room, whichever module declares it."""
    for module in pkgutil.iter_modules(pipeline.store.__path__):
        importlib.import_module(f"pipeline.store.{module.name}")
    return metadata


def known_revisions() -> tuple[str, ...]:
    """Revisions this program knows, oldest first: the numbers that begin the names of the migration files."""
    return tuple(sorted(path.name.partition("_")[0] for path in FOLDER.glob("versions/[0-9]*.py")))


def current(connection: sa.Connection) -> str | None:
    """The database's revision; None where it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def is_current(connection: sa.Connection) -> bool:
    """Whether nothing is to be migrated.

    Raises:
        StoreError: the database was made by a newer program.
    """
    known, found = known_revisions(), current(connection)
    if found is not None and found not in known:
        raise StoreError(
            f"the database has schema {found}, this hirewire knows only up to {known[-1]}",
            remedy="install the newer hirewire that made it, or restore a backup from before",
        )
    return found == known[-1]


def upgrade(engine: sa.Engine) -> None:
    """Apply pending migrations in one transaction; several processes may try at once, one does it.

    Raises:
        StoreError: the database was made by a newer program, is locked or full.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        if not is_current(connection):
            from alembic import command  # noqa: PLC0415 - a quarter of a second, needed once in a database's life

            command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic's configuration, acting on this connection and in its transaction."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
