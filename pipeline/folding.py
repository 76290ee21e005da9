"""Text folded for matching: one spelling for what readers see as the same, with the way back to the original.

`fold` makes case, width, compatibility forms, quotes, hyphens and Traditional Chinese alike, so that one pattern finds
them all; `Folded.span` gives the offsets of a match in the original text. What readers tell apart stays apart: accents,
superscripts, circled numbers, fractions, the ellipsis and the trade-mark sign.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Quotes and hyphens that keyboards and typesetters exchange. The em dash is left: it parts clauses, not words.
_ALIKE = {**dict.fromkeys("‘’‚‛ʼ＇", "'"), **dict.fromkeys("“”„‟＂", '"'), **dict.fromkeys("‐‑‒–−﹣－", "-")}
# Invisible: soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark. Variation selectors
# stay: they come with emoji alone, and dropping them would give many texts an offset table for nothing.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_GONE = "\x00"
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
# Compatibility forms that mean something of their own: "word²" is no "word2", "①OpenAI" no "1OpenAI".
_KEPT = ("<super>", "<sub>", "<circle>", "<fraction>")
_LAST_ASCII = 0x7F


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts` and `ends` give for each of its characters the original's, None where they are the same."""

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of `text[start:end]`; whole characters, so a match in part of one gives all of it."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


@cache
def han_table() -> dict[str, str]:
    """Characters of `pipeline/knowledge/han.toml` by name: `traditional`, `simplified` (aligned), `simplified_only`."""
    return tomllib.loads((files("pipeline.knowledge") / "han.toml").read_text(encoding="utf-8"))


@cache
def to_simplified() -> dict[str, str]:
    """Each Traditional character that has a Simplified form, with it."""
    table = han_table()
    return dict(zip(table["traditional"], table["simplified"], strict=True))


def _fold_cluster(cluster: str) -> str:
    """Fold one character with the marks that belong to it."""
    if len(cluster) == 1 and (cluster == "…" or unicodedata.decomposition(cluster).startswith(_KEPT)):
        return cluster.lower()
    normal = unicodedata.normalize("NFKC", cluster).lower()
    return "".join(to_simplified().get(char, char) for char in normal)


class _Table(dict[int, str]):
    """Translation table for single characters, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _GONE if _INVISIBLE.match(char) else _ALIKE.get(char) or _fold_cluster(char)
        self[code] = folded
        return folded


_TABLE = _Table()


def _translated(text: str) -> str:
    """Each character folded alone. ASCII, the most of most texts, is left to `lower`, which is a hundred times as fast."""
    return _NOT_ASCII.sub(lambda run: run[0].translate(_TABLE), text).lower()


@lru_cache(maxsize=8192)
def _belongs_to_previous(char: str) -> bool:
    """Whether the character is a mark, or a Korean vowel or final written apart from its syllable."""
    return (
        unicodedata.combining(char) != 0
        or "\u1160" <= char <= "\u11ff"
        or char in "\uff9e\uff9f"
        or unicodedata.category(char) == "Mn"
    )


def _fold_apart(text: str) -> Folded:
    """Fold a text in which some characters fold to several, to none, or together with others."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _belongs_to_previous(text[end]) and not _INVISIBLE.match(text[end]):
            end += 1
        cluster = text[at:end]
        folded = _fold_cluster(cluster) if end - at > 1 else text[at].translate(_TABLE).replace(_GONE, "")
        pieces.append(folded)
        starts.extend([at] * len(folded))
        ends.extend([end] * len(folded))
        at = end
    return Folded("".join(pieces), starts, ends)


def fold(text: str) -> Folded:
    """Fold a text for matching; linear, and without an offset table for all but rare texts."""
    if text.isascii() and _GONE not in text:
        return Folded(text.lower())
    folded = _translated(text)
    if len(folded) == len(text) and _GONE not in folded and unicodedata.is_normalized("NFC", folded):
        return Folded(folded)
    return _fold_apart(text)


def fold_key(text: str) -> str:
    """The folded text alone: for the patterns and names that are looked for in folded texts.

    Without the way back to the original, only marks that fold together with what they stand on need a look at each character.
    """
    if text.isascii() or any(map(_belongs_to_previous, set(text))):
        return fold(text).text
    return _translated(text).replace(_GONE, "")
