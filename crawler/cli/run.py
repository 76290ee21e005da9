"""`hirewire run`."""

from __future__ import annotations

import click

from crawler.cli.context import Context


@click.command
def run() -> None:
    """Run crawls, digests and housekeeping on their schedules until stopped; one such process a database."""
    from crawler.scheduler import serve  # noqa: PLC0415 - start-up time of --help

    context = Context()
    serve(context.settings, context.registry, context.store)
