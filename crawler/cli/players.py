"""`hirewire players`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context, now
from crawler.cli.output import change_cell, format_option, plain_cell, show, stderr

if TYPE_CHECKING:
    from pipeline.knowledge.players import Player


@click.group
def players() -> None:
    """Look into the registry of LLM players, and tag stored articles by it."""


@players.command("list")
@click.option("--kind", help="Only this kind, such as model-lab or recruiter.")
@click.option("--country", help="Only this country (ISO 3166-1 alpha-2).")
@format_option
def list_players(kind: str | None, country: str | None, output_format: str) -> None:
    """List all players with their names and models."""
    from pipeline.knowledge.players import load_players  # noqa: PLC0415 - start-up time of --help

    found = [
        _row(player)
        for player in load_players().players.values()
        if (kind is None or player.kind == kind) and (country is None or player.country == country.upper())
    ]
    show(found, output_format, columns=("id", "kind", "country", "name", "models"), cell=plain_cell)


@players.command("find")
@click.argument("words", nargs=-1, required=True)
@format_option
def find(words: tuple[str, ...], output_format: str) -> None:
    """Show the players that WORDS name, in any language: `hirewire players find 通义`."""
    from pipeline.folding import fold_key  # noqa: PLC0415
    from pipeline.knowledge.players import load_players  # noqa: PLC0415

    wanted = fold_key(" ".join(words))
    found = [
        _row(player)
        for player in load_players().players.values()
        if any(wanted in fold_key(name) for name in _names(player))
    ]
    show(found, output_format, columns=("id", "kind", "country", "names", "models"), cell=plain_cell)


@players.command("retag")
@click.option("--dry-run", is_flag=True, help="Show what would change; store nothing.")
@click.option("--articles", "by_article", is_flag=True, help="One row an article, not one a tag.")
@format_option
def retag(dry_run: bool, by_article: bool, output_format: str) -> None:  # noqa: FBT001 - click passes by name
    """Tag all stored articles again with the registry of today, and show what they gain and lose."""
    from crawler import reworking  # noqa: PLC0415 - start-up time of --help
    from pipeline.search.query import EXPORT_LIMIT, Query  # noqa: PLC0415
    from pipeline.stages.players.retag import count_changes  # noqa: PLC0415

    context, report = Context(), reworking.Report()
    everything = Query.of(limit=EXPORT_LIMIT, max_limit=EXPORT_LIMIT)
    changes = reworking.retag(context.store, context.desk, everything, report, now=now(), dry_run=dry_run)
    if by_article:
        rows = (change.as_row() for change in changes)
        show(rows, output_format, columns=("id", "changed", "tags", "url"), cell=change_cell)
    else:
        counted = count_changes(change.tags for change in changes)
        tags = [{"what": what, "id": each, "change": how, "articles": n} for (what, each, how), n in counted.items()]
        show(tags, output_format, columns=("what", "id", "change", "articles"), cell=plain_cell)
    stderr().print(report.summary(), markup=False, soft_wrap=True)


def _names(player: Player) -> list[str]:
    models = [name for model in player.models for name in (model.id, *model.names)]
    return [player.id, player.name, *player.names, *models]


def _row(player: Player) -> dict[str, Any]:
    return {
        "id": player.id,
        "name": player.name,
        "kind": player.kind,
        "country": player.country,
        "names": list(player.names),
        "models": [model.id for model in player.models],
    }
