"""`hirewire sources junk`."""

from __future__ import annotations

import click

from crawler.cli.context import Context
from crawler.cli.output import format_option, plain_cell, show


@click.command
@click.argument("source_id", metavar="SOURCE")
@format_option
def junk(source_id: str, output_format: str) -> None:
    """Show which lines SOURCE repeats on its pages: how often, since which of its pages, and whether they are taken out."""
    from pipeline.store.database import reading  # noqa: PLC0415 - start-up time of --help
    from pipeline.store.junk import SqlJunkMemory  # noqa: PLC0415

    context = Context()
    context.sources([source_id])
    with reading(context.store.engine) as connection:
        lines = SqlJunkMemory(connection).lines(source_id)
    rows = [line._asdict() | {"last_seen_at": line.last_seen_at.isoformat()} for line in lines]
    show(
        rows,
        output_format,
        columns=("pages", "of_pages", "since_page", "last_seen_at", "is_stripped", "text"),
        cell=plain_cell,
    )
