"""`hirewire players`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crawler.cli.output import format_option, plain_cell, show

if TYPE_CHECKING:
    from pipeline.knowledge.players import Player


@click.group
def players() -> None:
    """Look into the registry of LLM players."""


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
