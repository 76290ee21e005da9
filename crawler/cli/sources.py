"""`hirewire sources`."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context, now
from crawler.cli.output import format_option, plain_cell, progress, show, stderr
from crawler.cli.source_changes import add, export_opml, import_opml, proposed
from crawler.cli.source_junk import junk

if TYPE_CHECKING:
    from crawler.sources import Source

# A check looks at a handful of a source's newest pages; more would burden the site without telling more.
CHECKED_PAGES = 5


@click.group
def sources() -> None:
    """Look into the registry of sources, and add to it."""


for verb in (add, import_opml, export_opml, junk):
    sources.add_command(verb)


@sources.command("list")
@click.option("--country", help="Only this country (ISO 3166-1 alpha-2).")
@click.option("--language", help="Only this language, such as en or zh-Hans.")
@click.option("--all", "everything", is_flag=True, help="Disabled ones, too.")
@format_option
def list_sources(country: str | None, language: str | None, everything: bool, output_format: str) -> None:  # noqa: FBT001
    """List the sources."""
    found = [
        _row(source)
        for source in Context().registry
        if (everything or source.enabled)
        and (country is None or source.country == country.upper())
        and (language is None or source.language.casefold() == language.casefold())
    ]
    show(found, output_format, columns=("id", "country", "language", "kind", "cadence", "name"), cell=plain_cell)


@sources.command("show")
@click.argument("source_id", metavar="SOURCE")
def show_source(source_id: str) -> None:
    """Show a source's table as it stands in the registry."""
    from crawler.sources.writing import source_toml  # noqa: PLC0415 - start-up time of --help

    (source,) = Context().sources([source_id])
    click.echo(source_toml(source).rstrip())


@sources.command("health")
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Also those that are well, new or disabled.")
@format_option
def health(source_ids: tuple[str, ...], everything: bool, output_format: str) -> None:  # noqa: FBT001 - by name
    """Show how sources fare: state, since when, evidence, remedy, pages by state and the last seven days."""
    from crawler.reports import report  # noqa: PLC0415 - start-up time of --help

    context = Context()
    chosen = context.sources(source_ids) if source_ids else list(context.registry)
    reports = report(context.store, chosen, now=now())
    is_shown = everything or bool(source_ids) or output_format != "table"
    rows = [each.as_row() for each in reports if is_shown or each.state not in {"ok", "new", "disabled"}]
    show(
        rows,
        output_format,
        columns=("source", "state", "since_at", "new_in_7_days", "pages", "evidence", "remedy"),
        cell=_health_cell,
    )


def _health_cell(row: dict[str, Any], column: str) -> str:
    if column == "pages":
        return ", ".join(f"{n} {state}" for state, n in sorted(row["pages"].items()))
    return plain_cell(row, column)


@sources.command("check")
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a source.")
def check(source_ids: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Check the registry; with SOURCEs, fetch a few pages of each and show what would be stored. Nothing is stored.

    A SOURCE may be the address of a site that is not in the registry: its feeds and sitemaps are looked for first.
    """
    context = Context()
    registry = context.registry
    if not source_ids:
        click.echo(f"{len(registry)} sources are well-formed, {len(registry.enabled)} of them enabled")
        return
    rows = [_try(context, _named(context, each)) for each in source_ids]
    for row in rows:
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _show_trial(row)
    sys.exit(0 if all(row["articles"] for row in rows) else 1)


def _named(context: Context, source_id: str) -> Source:
    if "://" not in source_id:
        (source,) = context.sources([source_id])
        return source
    from crawler.sources.writing import source_toml  # noqa: PLC0415

    source = proposed(context, source_id)
    stderr().print(source_toml(source).rstrip(), markup=False, highlight=False, soft_wrap=True)
    return source


def _try(context: Context, source: Source) -> dict[str, Any]:
    from crawler.spiders.run import crawl  # noqa: PLC0415 - start-up time of --help
    from crawler.spiders.session import Limits  # noqa: PLC0415
    from pipeline.search.query import Query  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="hirewire-check-") as folder, progress(f"checking {source.id}"):
        settings = replace(context.settings, home=Path(folder), database_url=f"sqlite:///{folder}/check.db")
        trial = Context(settings)
        (outcome,) = crawl([source], trial.store, trial.desk, settings, limits=Limits(pages=CHECKED_PAGES))
        articles = list(trial.store.articles(Query.of(limit=CHECKED_PAGES)))
        trial.store.close()
    return outcome.as_row() | {"articles": articles}


def _show_trial(row: dict[str, Any]) -> None:
    click.echo(f"{row['source']}: {row['outcome']}{' (' + row['evidence'] + ')' if row['evidence'] else ''}")
    click.echo(
        f"  {row['discovered']} links discovered, {row['fetched']} answers fetched, rejected {row['rejected'] or 'none'}"
    )
    for article in row["articles"]:
        click.echo(f"  {str(article['published_at'])[:16]}  {article['language']:<8} {article['title']}")
        click.echo(f"    {article['excerpt'][:100]}")


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
