"""Long distinctive names with one letter wrong: left out, put in, exchanged with its neighbour, or another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.folding import fold_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.knowledge.players import Player, Registry

# Short names have real words for neighbours.
SHORTEST = 8


class Misspellings:
    """The names of a registry that are found with one letter wrong, by their first letter."""

    def __init__(self, registry: Registry) -> None:
        self._names: dict[str, list[tuple[str, Player]]] = {}
        for player in registry.players.values():
            for name in player.misspelt:
                key = fold_key(name)
                self._names.setdefault(key[0], []).append((key, player))
        initials = "".join(self._names).upper() or "\0"
        self._word = re.compile(rf"[{initials}](?<![^\W_].)[A-Za-z]{{{SHORTEST - 2},}}")

    def find(self, text: str) -> Iterator[tuple[int, int, str, Player]]:
        """Capitalised words that are all but a name: their span, the name, its player."""
        for match in self._word.finditer(text):
            word = match[0].lower()
            for name, player in self._names.get(word[0], ()):
                if word != name and is_one_off(word, name):
                    yield match.start(), match.end(), name, player


def is_one_off(word: str, name: str) -> bool:
    """Whether two different words differ by one letter or by two neighbours exchanged."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = 0
    while start < min(len(word), len(name)) and word[start] == name[start]:
        start += 1
    end = 0
    while end < min(len(word), len(name)) - start and word[-1 - end] == name[-1 - end]:
        end += 1
    left, right = word[start : len(word) - end], name[start : len(name) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == len(right) == 2 and left == right[::-1])  # noqa: PLR2004
