"""`hirewire crawl`."""

from __future__ import annotations

import json
import sys

import click

from crawler.cli.context import Context
from crawler.cli.output import plain_cell, progress, show, stderr
from pipeline.errors import UsageError

COUNTED = ("discovered", "fetched", "stored", "revised", "unchanged", "duplicates", "rejected", "failed")
WENT_WELL = frozenset({"ok", "unchanged", "busy"})


@click.command
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--due", is_flag=True, help="Only sources that are due now (the default without SOURCEs).")
@click.option("--all", "everything", is_flag=True, help="All enabled sources, due or not.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a source.")
def crawl(sources: tuple[str, ...], due: bool, everything: bool, as_json: bool) -> None:  # noqa: FBT001 - by name
    """Visit sources now, store what is new, and tell for each what became of every page."""
    if (bool(sources) + due + everything) > 1:
        raise UsageError("give SOURCEs, --due or --all, not several of them")
    from crawler.spiders.run import crawl as run  # noqa: PLC0415 - start-up time of --help

    context = Context()
    if sources:
        chosen = context.sources(sources)
        for source in (each for each in chosen if not each.enabled):
            told = f"{source.id} is disabled, and visited because it is named: {source.disabled_reason}"
            stderr().print(told, markup=False, soft_wrap=True)
    elif everything:
        chosen = list(context.registry.enabled)
    else:
        from crawler.spiders.run import due_sources  # noqa: PLC0415

        chosen = due_sources(context.registry, context.store)
        if not chosen and not as_json:
            stderr().print("no source is due; hirewire crawl --all visits all of them now")
            return
    with progress("crawling") as display:
        outcomes = run(
            chosen,
            context.store,
            context.desk,
            context.settings,
            on_progress=lambda _: display.advance(display.task_ids[0]),
        )
    rows = [outcome.as_row() for outcome in outcomes]
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        columns: tuple[str, ...] = ("source", "outcome", *COUNTED, "seconds")
        if any(row["outcome"] not in WENT_WELL for row in rows):
            columns = (*columns, "evidence")
        show(rows, "table", columns=columns, cell=_cell)
    sys.exit(1 if rows and not any(row["outcome"] in WENT_WELL for row in rows) else 0)


def _cell(row: dict[str, object], column: str) -> str:
    value = row.get(column)
    if isinstance(value, dict):
        return ", ".join(f"{number} {kind}" for kind, number in value.items())
    return plain_cell(row, column)
