"""The role taxonomy: `roles.toml`, read strictly and compiled to one automaton."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick

from pipeline.folding import fold_key
from pipeline.knowledge.latin import is_latin

_KEYS = {"id", "group", "names"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """A role; `names[0]` is English, `chinese` the first Chinese name."""

    id: str
    group: str
    names: tuple[str, ...]

    @property
    def chinese(self) -> str:
        """The first Chinese name, or the English one where there is none."""
        return next((name for name in self.names if any("\u4e00" <= char <= "\u9fff" for char in name)), self.names[0])


@cache
def roles() -> dict[str, RoleEntry]:
    """All roles by id.

    Raises:
        ValueError: roles.toml has an unknown key, a missing name or an id twice; says which.
    """
    rows = tomllib.loads((files("pipeline.knowledge") / "roles.toml").read_text(encoding="utf-8"))["role"]
    found: dict[str, RoleEntry] = {}
    for row in rows:
        if set(row) != _KEYS or not row["names"] or row["id"] in found:
            raise ValueError(f"roles.toml: needs exactly {sorted(_KEYS)}, a name, and each id once: {row}")
        found[row["id"]] = RoleEntry(id=row["id"], group=row["group"], names=tuple(row["names"]))
    return found


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    named: dict[str, str] = {}
    for entry in roles().values():
        for name in entry.names:
            named.setdefault(fold_key(name), entry.id)
    return AhoCorasick(list(named)), tuple(named.values())


def find_roles(folded: str) -> list[tuple[str, int, int]]:
    """All roles named in folded text as (id, start, end), the longest at each position; a plural -s, -es, -en may follow."""
    automaton, ids = _automaton()
    hits: list[tuple[str, int, int]] = []
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        finish = end
        while finish < len(folded) and finish - end < 3 and is_latin(folded[finish]) and is_latin(folded[end - 1]):  # noqa: PLR2004 - endings have up to 2
            finish += 1
        ending = folded[end:finish]
        if (start and is_latin(folded[start - 1]) and is_latin(folded[start])) or ending not in {
            "",
            "s",
            "es",
            "en",
            "n",
            "e",
            "er",
            "in",
        }:
            continue
        hits.append((ids[index], start, finish))
    hits.sort(key=lambda hit: (hit[1], -hit[2]))
    kept: list[tuple[str, int, int]] = []
    for hit in hits:
        if not kept or hit[1] >= kept[-1][2]:
            kept.append(hit)
    return kept
