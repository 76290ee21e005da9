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


def _check_kind(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from pipeline.knowledge.players import KINDS  # noqa: PLC0415 - start-up time of --help

    if value not in KINDS:
        raise click.BadParameter(f"{value!r} is none of {', '.join(sorted(KINDS))}")
    return value


@players.command("list")
@click.option("--kind", callback=_check_kind, help="Only this kind, such as model-lab or recruiter.")
@click.option("--country", help="Only this country (ISO 3166-1 alpha-2).")
@format_option
def list_players(kind: str | None, country: str | None, output_format: str) -> None:
    """List all players with their models, by id."""
    from pipeline.knowledge.players import load_players  # noqa: PLC0415 - start-up time of --help

    found = [
        _row(player)
        for _, player in sorted(load_players().players.items())
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
    found = []
    for player in load_players().players.values():
        matched = sorted((name for name in _names(player) if wanted in fold_key(name)), key=len)
        if matched:
            found.append(_row(player) | {"matched": matched})
    # Those that go by the very words come first.
    found.sort(key=lambda row: (all(fold_key(name) != wanted for name in row["matched"]), row["id"]))
    show(found, output_format, columns=("id", "kind", "country", "name", "matched"), cell=plain_cell)


@players.command("show")
@click.argument("player_id", metavar="PLAYER")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def show_player(player_id: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Show all that is known of PLAYER (an id or a name), and when its doubtful names count."""
    import json  # noqa: PLC0415 - start-up time of --help
    from dataclasses import asdict  # noqa: PLC0415

    from pipeline.knowledge.players import load_players  # noqa: PLC0415

    registry = load_players().players
    player = registry.get(player_id) or _named(player_id, registry.values())
    owned = sorted(each.id for each in registry.values() if each.parent == player.id)
    if as_json:
        click.echo(json.dumps(asdict(player) | {"names": player.names, "owns": owned}, ensure_ascii=False, indent=1))
        return
    card = _card(player, owned)
    width = max(len(label) for label, _ in card) + 2
    for label, text in card:
        click.echo(f"{label:{width}}{text}")


@players.command("retag")
@click.option("--dry-run", is_flag=True, help="Show what would change; store nothing.")
@click.option("--articles", "by_article", is_flag=True, help="One row an article, not one a tag.")
@format_option
def retag(dry_run: bool, by_article: bool, output_format: str) -> None:  # noqa: FBT001 - click passes by name
    """Tag all stored articles again with the registry of today, and show what they gain and lose."""
    from crawler import reworking  # noqa: PLC0415 - start-up time of --help
    from pipeline.search.query import EXPORT_LIMIT, Query  # noqa: PLC0415
    from pipeline.stages.players.retag import count_changes  # noqa: PLC0415

    context, report = Context(), reworking.Report(is_dry=dry_run)
    everything = Query.of(limit=EXPORT_LIMIT, max_limit=EXPORT_LIMIT)
    changes = reworking.retag(context.store, context.desk, everything, report, now=now(), dry_run=dry_run)
    if by_article:
        rows = (change.as_row() for change in changes)
        show(rows, output_format, columns=("id", "changed", "tags", "url"), cell=change_cell)
    else:
        counted = count_changes(change.tags for change in changes)
        tags = [
            {"what": one.what, "id": one.id, "change": one.change, "articles": one.articles, "names": list(one.names)}
            for one in counted
        ]
        show(tags, output_format, columns=("what", "id", "change", "articles", "names"), cell=plain_cell)
    stderr().print(report.summary(), markup=False, soft_wrap=True)


def _named(words: str, registry: Any) -> Player:
    """The one player that goes by the words; otherwise says which come near."""
    from difflib import get_close_matches  # noqa: PLC0415

    from pipeline.folding import fold_key  # noqa: PLC0415

    wanted = fold_key(words)
    found: list[Player] = [one for one in registry if any(fold_key(name) == wanted for name in _names(one))]
    if len(found) == 1:
        return found[0]
    near = [one.id for one in found] or get_close_matches(wanted, [one.id for one in registry], n=3)
    meant = f"; did you mean {' or '.join(near)}?" if near else f"; try `hirewire players find {words}`"
    raise click.BadParameter(f"no player has the id or name {words!r}{meant}", param_hint="PLAYER")


def _card(player: Player, owned: list[str]) -> list[tuple[str, str]]:
    """Lines for people: a label and a text each."""
    facts = [player.kind, player.country, player.homepage, *player.tickers]
    lines = [(player.id, player.name), ("", " · ".join(fact for fact in facts if fact))]
    lines += [("part of", player.parent)] if player.parent else []
    lines += [("owns", ", ".join(owned))] if owned else []
    lines.append(("rests on", player.evidence))
    named = [*player.by_language.items(), ("legal", player.legal), ("units", player.units)]
    lines += [(label, ", ".join(names)) for label, names in named if names]
    lines += [(f"model {model.id}", ", ".join(dict.fromkeys((model.name, *model.names)))) for model in player.models]
    doubts = [*player.doubts, *(doubt for model in player.models for doubt in model.doubts)]
    lines += [("in doubt", f"{', '.join(doubt.names)}: {doubt.in_words()}") for doubt in doubts]
    lines += [("never in", ", ".join(player.never))] if player.never else []
    return lines


def _names(player: Player) -> list[str]:
    models = [name for model in player.models for name in (model.id, model.name, *model.names)]
    return list(dict.fromkeys([player.id, player.name, *player.names, *models]))


def _row(player: Player) -> dict[str, Any]:
    return {
        "id": player.id,
        "name": player.name,
        "kind": player.kind,
        "country": player.country,
        "names": list(player.names),
        "models": [model.id for model in player.models],
    }
