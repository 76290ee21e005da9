"""A text as a row of small token hashes, in order: two such rows show which words of a copy differ, and where.

Each token is two bytes: a hash of 14 bits, a bit that says whether it is specific, and one for numbers, so that a
template, which changes names and numbers and nothing else, is told from a copy, which keeps just these.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from struct import pack
from typing import TYPE_CHECKING

from pipeline.knowledge.words import frequency, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# Of longer texts the beginning is kept: 2.4 kB, more than nine articles in ten have.
MOST_TOKENS = 1200
RARE = 3e-5  # words rarer than this are specific to the event more often than not
_RARE_HAN = 3e-6  # of Chinese words, which are cut shorter and more of them are uncommon
SPECIFIC, NUMBER = 0x8000, 0x4000
_HASH = 0x3FFF
_LONGEST_WORD = 4  # longer dictionary words are found by their parts
_FIRST_KANA, _LAST_KANA = "ァ", "ヺ"


def sequence(tokens: Sequence[str], words: Collection[str]) -> bytes:
    """The tokens packed in order, two bytes each in little-endian order; `words` are the distinct words of the text."""
    kept = tokens[:MOST_TOKENS]
    packed = [_packed(token) for token in kept]
    rare = {
        word for word in words if 1 < len(word) <= _LONGEST_WORD and not word.isascii() and frequency(word) < _RARE_HAN
    }
    if rare:
        _mark(packed, kept, rare)
    return pack(f"<{len(packed)}H", *packed)


def _mark(packed: list[int], tokens: Sequence[str], rare: Collection[str]) -> None:
    """Mark the characters of rare Chinese words as specific."""
    starts = {word[0] for word in rare}
    for at, token in enumerate(tokens):
        if token in starts:
            for size in range(2, _LONGEST_WORD + 1):
                if "".join(tokens[at : at + size]) in rare:
                    for each in range(at, min(at + size, len(packed))):
                        packed[each] |= SPECIFIC


@lru_cache(maxsize=65536)
def _packed(token: str) -> int:
    is_specific = (
        not token.isalpha()
        or _FIRST_KANA <= token[0] <= _LAST_KANA
        or (len(token) > 1 and frequency(stem(token)) < RARE)
    )
    number = NUMBER if token[0].isdigit() else 0
    return (zlib.crc32(token.encode()) & _HASH) | number | (SPECIFIC if is_specific else 0)
