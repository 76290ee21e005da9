"""`hirewire reprocess`."""

from __future__ import annotations

import click

from crawler.cli.context import Context, now
from crawler.cli.output import change_cell, format_option, show, stderr
from pipeline.errors import UsageError


@click.command
@click.option("--since", metavar="DATE", help="Only pages fetched from this date on: 2026-11-01, 7d, today.")
@click.option("--source", metavar="ID", help="Only pages of this source.")
@click.option("--dry-run", is_flag=True, help="Show what would change; store nothing.")
@format_option
def reprocess(since: str | None, source: str | None, dry_run: bool, output_format: str) -> None:  # noqa: FBT001 - by name
    """Extract archived pages again and run the stages: titles, dates, texts and tags that differ, before and after.

    Without --dry-run they are stored, changed words as a revision; pages that have become articles are stored, too.
    """
    from crawler.reprocessing import reprocess as work  # noqa: PLC0415 - start-up time of --help
    from crawler.reworking import Report  # noqa: PLC0415
    from crawler.spiders.run import ARCHIVE  # noqa: PLC0415
    from crawler.workshop import ProcessWorkshop  # noqa: PLC0415
    from pipeline.search.values import read_instant  # noqa: PLC0415

    context, instant = Context(), now()
    if source:
        context.sources([source])
    try:
        start = read_instant(since, now=instant) if since else None
    except ValueError as error:
        raise UsageError(f"--since: {since!r} {error}", remedy="example: --since 2026-11-01") from None
    report, workshop = Report(is_dry=dry_run), ProcessWorkshop()
    rows = work(
        context.store,
        context.desk,
        context.registry,
        context.settings.home / ARCHIVE,
        report,
        workshop=workshop,
        source=source,
        since=start,
        now=instant,
        dry_run=dry_run,
    )
    try:
        show(rows, output_format, columns=("url", "changed", "before", "after", "tags"), cell=change_cell)
    finally:
        workshop.close()
    stderr().print(report.summary(), markup=False, soft_wrap=True)
