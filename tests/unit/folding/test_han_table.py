"""The shipped table of Han characters against the dictionaries it was made from."""

from __future__ import annotations

import unicodedata

import opencc

from pipeline.folding import han_table, to_simplified


def han_characters() -> list[str]:
    ranges = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
    chars = (chr(code) for start, end in ranges for code in range(start, end))
    return [char for char in chars if unicodedata.normalize("NFKC", char) == char]


def converted(config: str, chars: list[str]) -> list[str]:
    return str(opencc.OpenCC(config).convert("\n".join(chars))).split("\n")


def test_traditional_to_simplified_is_what_opencc_says() -> None:
    chars = han_characters()
    pairs = zip(chars, converted("t2s", chars), strict=True)
    assert to_simplified() == {char: simple for char, simple in pairs if char != simple}


def test_simplified_only_is_what_opencc_says() -> None:
    chars = han_characters()
    rows = zip(chars, converted("t2s", chars), converted("s2t", chars), strict=True)
    assert set(han_table()["simplified_only"]) == {char for char, simple, trad in rows if char == simple != trad}
