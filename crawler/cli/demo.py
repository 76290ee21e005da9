"""`hirewire demo`."""

from __future__ import annotations

import sys
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context, now
from crawler.cli.digest import make_preview, show_digest
from crawler.cli.output import progress, show
from crawler.newsroom import PORT, Newsroom

if TYPE_CHECKING:
    from crawler.spiders.outcome import SourceOutcome


@click.command
@click.option("--port", default=PORT, show_default=True, help="Port of the newsroom on this machine.")
def demo(port: int) -> None:
    """Crawl a small newsroom on this machine over HTTP, store what it prints, and show the digest; no network is used.

    Its outlets and events are invented. What it stores lies in a folder of its own and may be read on with the other
    commands; a second run finds nothing new, as nothing was lost when the first was interrupted.
    """
    from crawler.spiders.run import crawl  # noqa: PLC0415 - start-up time of --help

    user = Context().settings
    home = user.home / "demo"
    home.mkdir(parents=True, exist_ok=True)
    with Newsroom(now=now(), port=port) as newsroom:
        settings = replace(
            user,
            home=home,
            database_url=f"sqlite:///{home}/hirewire.db",
            sources=newsroom.registry_path(home),
            allow_private_networks=(ip_network("127.0.0.0/8"),),
        )
        context = Context(settings)
        sources = context.registry.enabled
        click.echo(
            f"A newsroom of {len(sources)} publishers prints on 127.0.0.11 and after, port {port}. Crawling it:\n"
        )
        with progress("crawling") as display:
            outcomes = crawl(
                sources,
                context.store,
                context.desk,
                settings,
                on_progress=lambda _: display.advance(display.task_ids[0]),
            )
    _show_crawl(outcomes)
    _show_digest(context, home)


def _show_crawl(outcomes: list[SourceOutcome]) -> None:
    columns = (
        "source",
        "outcome",
        "fetched",
        "stored",
        "revised",
        "unchanged",
        "duplicates",
        "rejected",
        "failed",
        "seconds",
    )
    rows = sorted((outcome.as_row() for outcome in outcomes), key=lambda row: row["source"])
    show(rows, "table", columns=columns, cell=_cell)


def _cell(row: dict[str, object], column: str) -> str:
    value = row[column]
    if isinstance(value, dict):
        return ", ".join(f"{number} {kind}" for kind, number in value.items())
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _show_digest(context: Context, home: Path) -> None:
    page = home / "digest.html"
    click.echo()
    show_digest(make_preview(context), html=page)
    program = sys.argv[0] if Path(sys.argv[0]).name == "hirewire" else "hirewire"
    click.echo(f"\nLook further, for example: HIREWIRE_HOME={home} {program} stories")
