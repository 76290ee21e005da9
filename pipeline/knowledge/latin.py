"""Where Latin words end: Chinese, Japanese and Korean names may stand glued to anything, Latin ones may not."""

from __future__ import annotations

_LAST = 0x24F  # of Unicode's Latin Extended-B
_LATIN = frozenset(char for char in map(chr, range(_LAST + 1)) if char.isalpha())


def is_latin(char: str) -> bool:
    """Whether the character is a Latin letter."""
    return char in _LATIN


def is_one_word(left: str, right: str) -> bool:
    """Whether two neighbours belong to one Latin word (a letter and a digit do: GPT4)."""
    if left in _LATIN:
        return right in _LATIN or right.isdigit()
    return right in _LATIN and left.isdigit()


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` neither begins nor ends inside a Latin word."""
    return not (
        (start > 0 and is_one_word(text[start - 1], text[start]))
        or (end < len(text) and is_one_word(text[end - 1], text[end]))
    )
