"""Cuts text into the words that full-text search knows, the same for what is stored and for what is asked.

Text in scripts that write without spaces (Han, kana, hangul, Thai ...) becomes overlapping pairs of characters, so that
any word of two or more characters is a row of pairs: nothing depends on a dictionary, which would split the very names
that are searched for. A run ends with its last character alone, so that a single character is found as the beginning of
a pair or as that last word. Other text becomes words of letters and digits; `+ # $` and symbols such as € are words of
their own, so that `C++` is not `C`; all other punctuation only parts words.

Case, width, accents and traditional characters are folded away: 招聘, ＡＩ, café and 阿里巴巴 are found as written anyhow.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.folding import fold, fold_key

if TYPE_CHECKING:
    from collections.abc import Iterator

# Scripts written without spaces between words, and hangul, whose words carry endings.
DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"(?P<dense>[{DENSE}]+)|[^\W_{DENSE}]+|\S")
_SPACED_WORD = re.compile(r"[^\W_]+|\S")  # the same, of a text without a dense character
PAIR = 2
# Parts fields, so that no phrase runs from a title into a text: a private-use character, which every text loses in folding.
BREAK = "\ue000"
# PostgreSQL takes at most 2^20 - 1 bytes of words a document; longer texts are indexed as far as this.
MAX_INDEX_BYTES = 900_000


class _Signs(dict[int, str]):
    """What is left of each character of a folded text, worked out when first met; never more than one character."""

    def __missing__(self, code: int) -> str:
        self[code] = left = _left_of(chr(code))
        return left


def _left_of(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "L":
        parts = unicodedata.normalize("NFD", char)
        return parts[0] if all("\u0300" <= mark < "\u0370" for mark in parts[1:]) else char
    if category[0] == "M":
        return "" if "\u0300" <= char < "\u0370" or "\ufe00" <= char <= "\ufe0f" else char
    if category == "Cf":
        return ""  # invisible characters stand inside words
    is_symbol = category[0] == "S" and category != "Sk" and not char.isascii()
    return char if category[0] == "N" or is_symbol or char in "+#$" else " "


_SIGNS = _Signs()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def needle(self) -> str:
        """What an index text contains exactly if it has the phrase."""
        return " " + " ".join(self.words) + ("" if self.is_prefix else " ")


def plain(text: str) -> str:
    """The text in small, half-width, simplified letters without accents; punctuation becomes spaces."""
    return fold_key(text).translate(_SIGNS)


def _cut(text: str) -> list[str]:
    if text.isascii():
        return _SPACED_WORD.findall(text)
    words: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if match["dense"]:
            words.extend([word[at : at + PAIR] for at in range(len(word))])
        else:
            words.append(word)
    return words


def phrase(text: str) -> Phrase | None:
    """What to search for when someone types this; None where there is no word in it."""
    matches = list(_WORD.finditer(plain(text)))
    if not matches:
        return None
    words = tuple(_cut(plain(text)))
    last = matches[-1]["dense"]
    if last is None:
        return Phrase(words)
    return Phrase(words[:-1]) if len(last) > 1 else Phrase(words, is_prefix=True)


def index_text(*fields: str) -> str:
    """The words of the fields, each with a space before and after, fields parted; what `article_search.seg` holds."""
    parts = (" ".join(_cut(plain(field))) for field in fields if field)
    text = f" {BREAK} ".join(part for part in parts if part)
    encoded = text.encode()
    if len(encoded) > MAX_INDEX_BYTES:
        text = encoded[:MAX_INDEX_BYTES].decode(errors="ignore").rpartition(" ")[0]
    return f" {text} " if text else ""


def find_all(text: str, sought: Phrase) -> Iterator[tuple[int, int]]:
    """Where the phrase stands in the text as written, as code-point offsets."""
    words, spans = _cut_with_spans(text)
    wanted, size = list(sought.words), len(sought.words)
    for first in range(len(words) - size + 1):
        last = words[first + size - 1]
        is_same = last.startswith(wanted[-1]) if sought.is_prefix else last == wanted[-1]
        if is_same and words[first : first + size - 1] == wanted[:-1]:
            yield spans[first][0], spans[first + size - 1][1]


def _cut_with_spans(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    folded = fold(text)
    kept = [(left, at) for at, char in enumerate(folded.text) if (left := _SIGNS[ord(char)])]
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer("".join(left for left, _ in kept)):
        size, steps = (PAIR, len(match[0])) if match["dense"] else (len(match[0]), 1)
        for start in range(match.start(), match.start() + steps):
            end = min(start + size, match.end())
            words.append("".join(left for left, _ in kept[start:end]))
            spans.append(folded.span(kept[start][1], kept[end - 1][1] + 1))
    return words, spans
