"""The gazetteer: `places.toml`, read strictly and compiled to one automaton."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick

from pipeline.folding import fold_key
from pipeline.knowledge.latin import is_whole

_KEYS = {"id", "country", "names", "whole"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A place; `names[0]` is English, `chinese` the first Chinese name; `is_whole` marks countries and regions."""

    id: str
    country: str
    names: tuple[str, ...]
    is_whole: bool = False

    @property
    def chinese(self) -> str:
        """The Simplified Chinese name, or the English one where there is none."""
        return next((name for name in self.names if "\u4e00" <= name[0] <= "\u9fff"), self.names[0])


@cache
def places() -> dict[str, PlaceEntry]:
    """All places by id.

    Raises:
        ValueError: places.toml has an unknown key, a missing name or an id twice; says which.
    """
    rows = tomllib.loads((files("pipeline.knowledge") / "places.toml").read_text(encoding="utf-8"))["place"]
    found: dict[str, PlaceEntry] = {}
    for row in rows:
        if set(row) - _KEYS or not row.get("names") or row.get("id") in found:
            raise ValueError(f"places.toml: unknown keys, no names, or an id twice in {row}")
        found[row["id"]] = PlaceEntry(
            id=row["id"], country=row["country"], names=tuple(row["names"]), is_whole=row.get("whole", False)
        )
    return found


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    named = [(fold_key(name), entry.id) for entry in places().values() for name in entry.names]
    return AhoCorasick([name for name, _ in named]), tuple(place for _, place in named)


def find_places(folded: str) -> list[tuple[str, int, int]]:
    """All places named in folded text as (id, start, end), the longest at each position, Latin names whole."""
    automaton, ids = _automaton()
    hits = [
        (ids[index], start, end)
        for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True)
        if is_whole(folded, start, end) and not _inside_katakana(folded, start, end)
    ]
    hits.sort(key=lambda hit: (hit[1], -hit[2]))
    kept: list[tuple[str, int, int]] = []
    for hit in hits:
        if not kept or hit[1] >= kept[-1][2]:
            kept.append(hit)
    return kept


def _inside_katakana(text: str, start: int, end: int) -> bool:
    """Whether a katakana name is part of a longer katakana word (インド in インドネシア)."""
    around = ((text[start - 1 : start], text[start]), (text[end - 1], text[end : end + 1]))
    return any("\u30a1" <= a <= "\u30fc" and "\u30a1" <= b <= "\u30fc" for a, b in around if a and b)
