"""What a name typed in a query means: ids of players, models, places and roles, in any language they are known by."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.folding import fold_key
from pipeline.knowledge.places import places
from pipeline.knowledge.roles import roles
from pipeline.search.segments import index_text, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def players_named(name: str) -> frozenset[str]:
    """The name itself, which may be an id, and the players it is a name of: `拼多多` is `pdd`."""
    return frozenset({name.casefold()}) | _player_names().get(fold_key(name), frozenset())


def models_named(name: str) -> frozenset[str]:
    """The name itself, which may be an id, and the models it is a name of: `通义千问` is `qwen`."""
    return frozenset({name.casefold()}) | _model_names().get(fold_key(name), frozenset())


def places_named(name: str) -> frozenset[str]:
    """The name itself, which may be an id, and the places it is a name of; of a country, all places in it."""
    found = _place_names().get(fold_key(name), frozenset())
    countries = {places()[place].country for place in found if places()[place].is_whole}
    inside = {place for place, entry in places().items() if entry.country in countries}
    return frozenset({name.casefold()}) | found | inside


def roles_named(name: str) -> frozenset[str]:
    """The name itself, which may be an id, and the roles with these words in one of their names, in any language."""
    sought = phrase(name)
    found = {role for role, words in _role_words().items() if sought is not None and sought.needle in words}
    return frozenset({name.casefold()}) | found


def _by_name(named: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, known in named:
        found.setdefault(fold_key(name), set()).add(known)
    return {name: frozenset(known) for name, known in found.items()}


@cache
def _player_names() -> Mapping[str, frozenset[str]]:
    from pipeline.knowledge.players import load_players  # noqa: PLC0415 - a tenth of a second, for queries with players only

    return _by_name((name, player.id) for player in load_players().players.values() for name in player.names)


@cache
def _model_names() -> Mapping[str, frozenset[str]]:
    from pipeline.knowledge.players import load_players  # noqa: PLC0415

    models = [model for player in load_players().players.values() for model in player.models]
    return _by_name((name, model.id) for model in models for name in (model.name, *model.names))


@cache
def _place_names() -> Mapping[str, frozenset[str]]:
    return _by_name((name, entry.id) for entry in places().values() for name in entry.names)


@cache
def _role_words() -> Mapping[str, str]:
    return {entry.id: index_text(*entry.names) for entry in roles().values()}
