"""`hirewire db`."""

from __future__ import annotations

import click

from crawler.cli.context import Context


@click.group
def db() -> None:
    """Look after the database."""


@db.command
def upgrade() -> None:
    """Bring the database to the newest schema; on PostgreSQL this is done by hand, once."""
    from pipeline.store import Store  # noqa: PLC0415 - start-up time of --help

    store = Store.connect(Context().settings)
    before = store.current()
    store.upgrade()
    after = store.current()
    click.echo(f"schema {after}" if before == after else f"schema {before or 'none'} -> {after}")


@db.command
def current() -> None:
    """Show the database's schema."""
    from pipeline.store import Store  # noqa: PLC0415

    click.echo(Store.connect(Context().settings).current() or "none: the database is empty")
