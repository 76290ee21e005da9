"""The registry of players: companies, labs and institutes that build, buy or hire for LLMs, and how texts name them.

Facts are tables in `pipeline/knowledge/players/*.toml`; this file reads them strictly and finds every fault at once.
A name that may mean something else is listed like any other and has a `doubt` that says when it counts.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast, get_args

from pipeline.errors import RegistryError
from pipeline.folding import fold_key
from pipeline.knowledge.player import Doubt, Kind, Language, Maker, Model, Player, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Doubt", "Model", "Player", "Registry", "load_players", "read_players"]

KINDS = frozenset(get_args(Kind))
LANGUAGES = frozenset(get_args(Language))
FOLDER = "players"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REMEDY = "See the head of pipeline/knowledge/players/cues.toml for what each key means."


@cache
def load_players() -> Registry:
    """The registry that is shipped.

    Raises:
        RegistryError: a table breaks the rules; names every fault with file and table.
    """
    folder = files("pipeline.knowledge") / FOLDER
    texts = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".toml")}
    return read_players(texts)


def read_players(texts: Mapping[str, str]) -> Registry:
    """Read and check tables given as TOML by file name; `cues.toml` holds the groups of context words.

    Raises:
        RegistryError: a table breaks the rules; names every fault with file and table.
    """
    faults: list[str] = []
    players: dict[str, Player] = {}
    cues: dict[str, tuple[str, ...]] = {}
    for name in sorted(texts):
        try:
            tables = tomllib.loads(texts[name])
        except tomllib.TOMLDecodeError as error:
            raise RegistryError(f"{name}: {error}", remedy="Correct the TOML there.") from error
        if name == "cues.toml":
            cues = {group: tuple(words) for group, words in tables.items()}
            continue
        for table in tables.get("player", ()):
            where = f"{name}: player {table.get('id', '(no id)')!r}"
            if table.get("id") in players:
                faults.append(f"{where}: this id stands twice")
            elif player := _read_player(table, where, faults):
                players[player.id] = player
    digest = hashlib.sha256("\n".join(texts[name] for name in sorted(texts)).encode()).hexdigest()
    registry = Registry(players=players, cues=cues, version=digest[:12])
    if not faults:
        faults = [*_check_references(registry), *_check_unique(registry)]
    if faults:
        raise RegistryError("\n".join(faults), remedy=_REMEDY)
    return registry


_PLAYER_KEYS = {
    "id": str, "name": str, "kind": str, "country": str, "evidence": str, "homepage": str, "parent": str,
    "tickers": list, "names": dict, "legal": list, "units": list, "model": list, "doubt": list, "never": list,
    "misspelt": list, "examples": list, "not_examples": list,
}  # fmt: skip
_MODEL_KEYS = {"id": str, "name": str, "names": list, "doubt": list}
_DOUBT_KEYS = {
    "names": list, "means": str, "needs": list, "against": list, "before": list, "after": list, "version": bool,
    "maker": str, "default": bool, "case": bool, "person": bool, "listed": bool,
    "latin": bool,
}  # fmt: skip


def _check_keys(table: Mapping[str, Any], keys: Mapping[str, type], required: str, where: str) -> Iterator[str]:
    """Faults of one table: unknown or missing keys, wrong types, empty or repeated words."""
    for key, value in table.items():
        if key not in keys:
            yield f"{where}: unknown key {key!r}"
        elif not isinstance(value, keys[key]):
            yield f"{where}: {key} must be a {keys[key].__name__}"
        elif isinstance(value, list) and key not in {"model", "doubt"}:
            if not all(isinstance(word, str) and word.strip() == word and word for word in value):
                yield f"{where}: {key} must be a list of words without blanks around them"
            elif len(set(value)) < len(value):
                yield f"{where}: {key} names something twice"
    for key in required.split():
        if not table.get(key):
            yield f"{where}: {key} is missing"


def _read_player(table: Mapping[str, Any], where: str, faults: list[str]) -> Player | None:
    """The player of a table; None, with the faults noted, if it breaks the rules."""
    found = list(_check_keys(table, _PLAYER_KEYS, "id name kind country evidence", where))
    if not found:
        if not _SLUG.fullmatch(table["id"]):
            found.append(f"{where}: the id must be a slug such as scale-ai")
        if table["kind"] not in KINDS:
            found.append(f"{where}: kind {table['kind']!r} is none of {', '.join(sorted(KINDS))}")
        if not re.fullmatch(r"[A-Z]{2}", table["country"]):
            found.append(f"{where}: country must be ISO 3166-1 alpha-2, such as CN")
        if unknown := set(table.get("names", {})) - LANGUAGES:
            found.append(f"{where}: names.{min(unknown)} is none of {', '.join(sorted(LANGUAGES))}")
    if found:
        faults.extend(found)
        return None
    models = tuple(filter(None, (_read_model(model, where, faults) for model in table.get("model", ()))))
    doubts = tuple(filter(None, (_read_doubt(doubt, where, faults) for doubt in table.get("doubt", ()))))
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
        if key not in {"model", "doubt", "names"}
    }
    names = {language: tuple(words) for language, words in table.get("names", {}).items()}
    return Player(**plain, by_language=names, models=models, doubts=doubts)


def _read_model(table: Mapping[str, Any], where: str, faults: list[str]) -> Model | None:
    where = f"{where}, model {table.get('id', '(no id)')!r}"
    if found := list(_check_keys(table, _MODEL_KEYS, "id name names", where)):
        faults.extend(found)
        return None
    doubts = tuple(filter(None, (_read_doubt(doubt, where, faults) for doubt in table.get("doubt", ()))))
    return Model(id=table["id"], name=table["name"], names=tuple(table["names"]), doubts=doubts)


def _read_doubt(table: Mapping[str, Any], where: str, faults: list[str]) -> Doubt | None:
    where = f"{where}, doubt {table.get('names', ['(no names)'])}"
    found = list(_check_keys(table, _DOUBT_KEYS, "names means", where))
    if table.get("maker", "anywhere") not in get_args(Maker):
        found.append(f"{where}: maker is none of {', '.join(get_args(Maker))}")
    if found:
        faults.extend(found)
        return None
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Doubt(**cast("dict[str, Any]", plain))


def _check_references(registry: Registry) -> Iterator[str]:
    """Parents, groups, doubted and misspelt names must exist."""
    for player in registry.players.values():
        where = f"player {player.id!r}"
        if player.parent and player.parent not in registry.players:
            yield f"{where}: parent {player.parent!r} is no player"
        doubted = {name for doubt in player.doubts for name in doubt.names}
        for name in player.misspelt:
            if not re.fullmatch(r"[A-Za-z]{8,}", name) or name not in player.names or name in doubted:
                yield f"{where}: misspelt must be long words of an alphabet that are sure names, not {name!r}"
        yield from _check_doubts(registry, where, player.names, player.doubts)
        for model in player.models:
            yield from _check_doubts(registry, f"{where}, model {model.id!r}", (model.name, *model.names), model.doubts)


def _check_doubts(registry: Registry, where: str, names: Sequence[str], doubts: Sequence[Doubt]) -> Iterator[str]:
    for doubt in doubts:
        for name in doubt.names:
            if name not in names:
                yield f"{where}: the doubted name {name!r} is not among its names"
        for word in (*doubt.needs, *doubt.against, *doubt.before, *doubt.after):
            if word.startswith("@") and word[1:] not in registry.cues:
                yield f"{where}: the group {word!r} is not in cues.toml"


def _check_unique(registry: Registry) -> Iterator[str]:
    """A name of two players must be doubted by both; ids of models must be unique."""
    owners: dict[str, dict[str, bool]] = {}
    makers: dict[str, str] = {}
    for player in registry.players.values():
        for model in player.models:
            if makers.setdefault(model.id, player.id) != player.id:
                yield f"player {player.id!r}: the model id {model.id!r} is also of {makers[model.id]!r}"
        for names, doubts in (
            (player.names, player.doubts),
            *(((m.name, *m.names), m.doubts) for m in player.models),
        ):
            doubted = {name for doubt in doubts for name in doubt.names}
            for name in names:
                of_name = owners.setdefault(fold_key(name), {})
                of_name[player.id] = of_name.get(player.id, True) and name in doubted
    for key, of_name in owners.items():
        if len(of_name) > 1 and not all(of_name.values()):
            sure = [player for player, is_doubted in of_name.items() if not is_doubted]
            yield f"{key!r} names {' and '.join(sorted(of_name))}: needs a doubt also at {' and '.join(sorted(sure))}"
