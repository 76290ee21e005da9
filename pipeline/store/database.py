"""The engine: SQLite (WAL) or PostgreSQL (psycopg 3), the shared metadata, and transactions that cannot half happen.

Writers on SQLite begin with BEGIN IMMEDIATE: a deferred transaction that reads and then writes fails at once with
SQLITE_BUSY_SNAPSHOT, whatever the timeout. Times are stored as UTC and come back aware on both databases; text loses
NUL and lone surrogates, which PostgreSQL refuses and SQLite truncates at.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_TIMEOUT_SECONDS = 30
_WAL_PAUSE_SECONDS = 0.02
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def clean_text(text: str) -> str:
    """The text without NUL and lone surrogates, which no store takes."""
    if text.isascii() and "\x00" not in text:
        return text  # links and names, hundreds of them in an article: ten times as fast
    return _UNSTORABLE.sub("", text)


class CleanText(sa.types.TypeDecorator[str]):
    """TEXT that passes through `clean_text` on its way in."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Clean what goes in."""
        return None if value is None else clean_text(value)


class CleanJson(sa.types.TypeDecorator[Any]):
    """JSON whose texts pass through `clean_text` on their way in."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Clean what goes in."""
        return _clean(value)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {_clean(name): _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: aware on the way in (refused otherwise), stored as UTC, aware UTC on the way out."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """TIMESTAMP WITH TIME ZONE on PostgreSQL."""
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """To UTC; naive on SQLite, which has no time zones."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: every instant must know its zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_engine(url: str) -> sa.Engine:
    """An engine for the database, checked by connecting once; its errors show no values, which hold whole articles.

    Raises:
        StoreError: it cannot be opened; names the database without its password.
    """
    shown = make_url(url).render_as_string(hide_password=True)
    try:
        if url.startswith("sqlite"):
            path = make_url(url).database
            if path and path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            engine = sa.create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS}, hide_parameters=True)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise StoreError(
            f"cannot open the database {shown}: {_cause(error)}",
            remedy="check HIREWIRE_DATABASE_URL and HIREWIRE_HOME, and that the folder is writable or the server runs",
        ) from error
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Turn on write-ahead logging, once in a database's life.

    SQLite's own busy timeout does not hold here: of several processes that do it at once on a new file all but one may be
    told at once that it is locked.
    """
    for _ in range(int(BUSY_TIMEOUT_SECONDS / _WAL_PAUSE_SECONDS)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            sleep(_WAL_PAUSE_SECONDS)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: sa.Connection) -> None:
    is_writer = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One write transaction: all of it is committed, or nothing.

    Raises:
        StoreError: the database is locked, full or gone.
    """
    with refusing(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def refusing() -> Iterator[None]:
    """Errors that tell of the database's state, and not of what is written, as `StoreError`."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise StoreError(
            f"the database refused to write: {_cause(error)}", remedy="nothing of this batch was stored"
        ) from error


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One short read transaction.

    Raises:
        StoreError: the database is locked, damaged or gone.
    """
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        if isinstance(error, sa.exc.ProgrammingError | sa.exc.DataError | sa.exc.IntegrityError):
            raise  # a fault of this program, not of the database
        raise StoreError(
            f"the database cannot be read: {_cause(error)}", remedy="look at it with `hirewire db check`"
        ) from error


def _cause(error: sa.exc.SQLAlchemyError | OSError) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
