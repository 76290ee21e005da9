"""`hirewire sources`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context, now
from crawler.cli.output import format_option, plain_cell, show, stderr
from crawler.cli.source_changes import add, export_opml, import_opml
from crawler.cli.source_check import check
from crawler.cli.source_junk import junk
from crawler.cli.source_show import health_lines, show_source

if TYPE_CHECKING:
    from crawler.sources import Source

# States that call for nothing, and how they are counted.
WELL = {"ok": "well", "new": "not visited yet", "disabled": "disabled"}


@click.group
def sources() -> None:
    """Look into the registry of sources, and add to it."""


for verb in (show_source, check, add, import_opml, export_opml, junk):
    sources.add_command(verb)


@sources.command("list")
@click.option("--country", help="Only this country (ISO 3166-1 alpha-2).")
@click.option("--language", help="Only this language, such as en or zh-Hans.")
@click.option("--all", "everything", is_flag=True, help="Disabled ones, too.")
@format_option
def list_sources(country: str | None, language: str | None, everything: bool, output_format: str) -> None:  # noqa: FBT001
    """List the sources that are watched."""
    found = [
        _row(source)
        for source in Context().registry
        if (everything or source.enabled)
        and (country is None or source.country == country.upper())
        and (language is None or source.language.casefold() == language.casefold())
    ]
    columns = ("id", "country", "language", "kind", "cadence", "name") + (("disabled_reason",) if everything else ())
    show(found, output_format, columns=columns, cell=plain_cell)


@sources.command("health")
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Also those that are well, new or disabled.")
@format_option
def health(source_ids: tuple[str, ...], everything: bool, output_format: str) -> None:  # noqa: FBT001 - by name
    """Show which sources are in trouble, why, and what to do; with SOURCEs, how each of them fares."""
    from crawler.reports import report  # noqa: PLC0415 - start-up time of --help

    context = Context()
    chosen = context.sources(source_ids) if source_ids else list(context.registry)
    reports = report(context.store, chosen, now=now())
    if source_ids and output_format == "table":
        for each in reports:
            for line in health_lines(each):
                click.echo(line)
        return
    is_shown = everything or bool(source_ids) or output_format != "table"
    rows = [each.as_row() for each in reports if is_shown or each.state not in WELL]
    if output_format == "table" and not is_shown:
        states = Counter(each.state for each in reports)
        told = ", ".join(f"{states[state]} {word}" for state, word in WELL.items() if states[state])
        stderr().print(
            f"{len(rows) or 'no'} source{'' if len(rows) == 1 else 's'} in trouble" + (f"; {told}" if told else "")
        )
        if not rows:
            return
    show(
        rows,
        output_format,
        columns=("source", "state", "since_at", "last_good_at", "new_in_7_days", "pages", "evidence", "remedy"),
        cell=_health_cell,
    )


def _health_cell(row: dict[str, Any], column: str) -> str:
    if column == "pages":
        return ", ".join(f"{n} {state}" for state, n in sorted(row["pages"].items()))
    return plain_cell(row, column)


def _row(source: Source) -> dict[str, Any]:
    from crawler.sources import duration_text  # noqa: PLC0415

    cadence = duration_text(source.every) if source.every else str(source.cron) if source.cron else "adaptive"
    return {
        "id": source.id,
        "name": source.name,
        "homepage": source.homepage,
        "country": source.country,
        "language": source.language,
        "kind": source.kind,
        "publisher": source.publisher,
        "cadence": cadence,
        "enabled": source.enabled,
        "disabled_reason": source.disabled_reason,
        "feeds": list(source.feeds),
        "sitemaps": list(source.sitemaps),
    }
