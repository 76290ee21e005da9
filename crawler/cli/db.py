"""`hirewire db`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler.cli.context import Context, now


@click.group
def db() -> None:
    """Look after the database."""


@db.command
def upgrade() -> None:
    """Bring the database to the newest schema; on PostgreSQL this is done by hand, once."""
    store = Context().bare_store
    before = store.current()
    store.upgrade()
    after = store.current()
    click.echo(f"schema {after}" if before == after else f"schema {before or 'none'} -> {after}")


@db.command
def current() -> None:
    """Show the database's schema."""
    click.echo(Context().bare_store.current() or "none: the database is empty")


@db.command
@click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(path: Path | None) -> None:
    """Write everything to a new file PATH (default: backups/ under HIREWIRE_HOME) while crawls go on.

    The file is an SQLite database, whichever database it is of; the archive of raw pages is not in it.
    """
    context = Context()
    if path is None:
        folder = context.settings.home / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"hirewire-{now():%Y%m%dT%H%M%SZ}.db"
    context.store.backup(path)
    click.echo(f"{path}: {path.stat().st_size:,} bytes, checked")


@db.command
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(path: Path, yes: bool) -> None:  # noqa: FBT001 - click passes by name
    """Put the backup PATH in place of everything stored; articles deleted since it was made stay deleted.

    A backup of SQLite may be restored into PostgreSQL and the other way round.
    """
    from pipeline.search.query import Query  # noqa: PLC0415 - start-up time of --help

    store = Context().bare_store
    store.upgrade()
    if not yes:
        click.confirm(f"{store.count(Query())} articles are stored now and will be lost; go on?", abort=True, err=True)
    store.restore(path)
    click.echo(f"{store.count(Query())} articles restored")


@db.command
@click.option("--no-repair", is_flag=True, help="Only look; do not build a damaged search index anew.")
def check(no_repair: bool) -> None:  # noqa: FBT001 - click passes by name
    """Look whether the database is whole and search finds what is stored."""
    findings = Context().bare_store.check(repair=not no_repair)
    for finding in findings:
        state = "repaired" if finding.was_repaired else "ok" if finding.is_ok else "problem"
        click.echo(f"{state:<9} {finding.name}{': ' + finding.detail if finding.detail else ''}")
    sys.exit(0 if all(finding.is_ok for finding in findings) else 1)
