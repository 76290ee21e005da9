"""How Alembic runs: on the connection handed in by the store, or, from the command line, on the configured database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from migrations.rendering import include_name, render_item
from pipeline.settings import load_settings
from pipeline.store.database import open_engine
from pipeline.store.schema import complete_metadata

if TYPE_CHECKING:
    import sqlalchemy as sa


def run(connection: sa.Connection) -> None:
    """Run in the connection's transaction; SQLite's DDL is transactional here, as the engine begins transactions itself."""
    context.configure(
        connection=connection,
        target_metadata=complete_metadata(),
        include_name=include_name,
        render_item=render_item,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engine(load_settings().database_url).connect() as opened, opened.begin():
        run(opened)
