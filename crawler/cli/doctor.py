"""`hirewire doctor`."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context, now
from pipeline.errors import HirewireError

if TYPE_CHECKING:
    from collections.abc import Callable

# Enough for a week of pages and for SQLite to copy itself while it is upgraded.
LEAST_FREE_BYTES = 1024**3
PACKAGES = ("scrapy", "trafilatura", "langdetect", "sqlalchemy", "apscheduler")


@click.command
def doctor() -> None:
    """Check settings, database, registries, disk and packages; say what is wrong and what to do."""
    context = Context()
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("settings", lambda: f"home {context.settings.home}"),
        ("archive", lambda: _archive(context)),
        ("contact", lambda: _contact(context)),
        ("database", lambda: _database(context)),
        ("sources", lambda: f"{len(context.registry.enabled)} enabled of {len(context.registry)}"),
        ("schedule", lambda: _schedule(context)),
        ("players", _players),
        ("disk", lambda: _disk(context)),
        ("packages", lambda: ", ".join(f"{name} {version(name)}" for name in PACKAGES)),
    )
    told: set[str] = set()
    results = [_check(name, check, told) for name, check in checks]
    sys.exit(0 if all(results) else 1)


def _check(name: str, check: Callable[[], str], told: set[str]) -> bool:
    """Run a check and say what came of it; a setting that stands in the way of all of them is told once."""
    try:
        click.echo(f"ok       {name}: {check()}")
    except HirewireError as error:
        is_known = error.message in told
        told.add(error.message)
        click.echo(f"problem  {name}: {'as above' if is_known else error.message}")
        if error.remedy and not is_known:
            click.echo(f"         {error.remedy}")
        return False
    return True


def _database(context: Context) -> str:
    from pipeline.search.query import Query  # noqa: PLC0415 - start-up time of --help

    store = context.store
    kind = "SQLite" if context.settings.is_sqlite else "PostgreSQL"
    return f"{kind}, schema {store.current()}, {store.count(Query())} articles"


def _archive(context: Context) -> str:
    from crawler.archive import size_of  # noqa: PLC0415 - start-up time of --help
    from crawler.spiders.run import ARCHIVE  # noqa: PLC0415

    days, gigabytes = context.settings.archive_days, context.settings.archive_gb
    limits = [f"{days} days" if days else "", f"{gigabytes:g} GB" if gigabytes else ""]
    kept = " and ".join(filter(None, limits)) or "any age and size"
    return f"{size_of(context.settings.home / ARCHIVE) / 10**9:.2f} GB of pages; kept for {kept} (HIREWIRE_ARCHIVE_DAYS, _GB)"


def _schedule(context: Context) -> str:
    from crawler.history import troubles  # noqa: PLC0415 - start-up time of --help

    said, wrong = troubles(context.store, now=now())
    if wrong:
        raise HirewireError(wrong, remedy="hirewire run --history shows what ran and how it ended")
    return said


def _contact(context: Context) -> str:
    from pipeline.settings import Settings  # noqa: PLC0415 - start-up time of --help

    contact = context.settings.contact
    if contact == Settings.contact:
        return f"publishers are shown {contact}; set HIREWIRE_CONTACT to an address of yours"
    return f"publishers are shown {contact}"


def _players() -> str:
    from pipeline.knowledge.players import load_players  # noqa: PLC0415

    return f"{len(load_players().players)} players"


def _disk(context: Context) -> str:
    context.settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(context.settings.home).free
    if free < LEAST_FREE_BYTES:
        raise HirewireError(
            f"only {free // 2**20} MiB free below {context.settings.home}",
            remedy="free some space, or set HIREWIRE_HOME to a larger disk",
        )
    return f"{free // 2**30} GiB free below {context.settings.home}"
