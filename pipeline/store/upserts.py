"""Rows that may be there already: INSERT with ON CONFLICT, which the two databases spell alike but SQLAlchemy does not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa


def upsert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the connection."""
    return upsert_in(connection.dialect.name, table)


def upsert_in(dialect: str, table: sa.Table) -> Any:
    """An INSERT that knows ON CONFLICT, in a dialect."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert  # noqa: PLC0415 - one dialect a process

        return postgresql_insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert  # noqa: PLC0415 - one dialect a process

    return sqlite_insert(table)


def is_inserted(connection: sa.Connection, insert: Any, table: sa.Table) -> bool:
    """Run an `upsert`; whether it wrote a row. Asked by RETURNING: drivers differ on what they count."""
    return connection.execute(insert.returning(*table.primary_key.columns)).first() is not None


def put(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Write a row; of one with this primary key, the columns named in the new row are overwritten and the others stay."""
    connection.execute(_putting(connection.dialect.name, table, tuple(row)), row)


@cache
def _putting(dialect: str, table: sa.Table, names: tuple[str, ...]) -> Any:
    """Built once for a set of columns: building a statement costs more than running it."""
    insert, keys = upsert_in(dialect, table), [column.name for column in table.primary_key]
    return insert.on_conflict_do_update(
        index_elements=keys, set_={name: insert.excluded[name] for name in names if name not in keys}
    )
