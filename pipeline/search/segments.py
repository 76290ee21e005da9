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
from functools import cache
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Scripts written without spaces between words, and hangul, whose words carry endings.
DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_DENSE_RUN = re.compile(f"[{DENSE}]+")
_WORD = re.compile(rf"[{DENSE}]+|[^\W_{DENSE}]+|\S")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A letter with the marks that follow it: what normalisation may change as one.
_CLUSTER = re.compile("(?s).[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*")
# Parts fields, so that no phrase runs from a title into a text: a private-use character, which every text loses in folding.
BREAK = "\ue000"
# PostgreSQL takes at most 2^20 - 1 bytes of words a document; longer texts are indexed as far as this.
MAX_INDEX_BYTES = 900_000


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class _Folds(dict[int, str]):
    """What each character counts as, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_fold(char) for char in unicodedata.normalize("NFKC", chr(code)).casefold())
        self[code] = folded
        return folded


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "L":
        if _HAN.match(char):
            return str(_to_simplified().convert(char))
        letter, *marks = unicodedata.normalize("NFD", char)
        return letter if all("\u0300" <= mark < "\u0370" for mark in marks) else char
    if category[0] == "N":
        return char
    if category[0] == "M":
        return "" if "\u0300" <= char < "\u0370" or "\ufe00" <= char <= "\ufe0f" or char in "\u3099\u309a" else char
    if category == "Cf":
        return ""  # zero-width characters stand inside words
    is_symbol = category[0] == "S" and category != "Sk" and not char.isascii()
    return char if is_symbol or char in "+#$" else " "


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text in small, half-width, simplified letters without accents; punctuation becomes spaces."""
    return unicodedata.normalize("NFKC", text).translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def needle(self) -> str:
        """What an index text contains exactly if it has the phrase."""
        return " " + " ".join(self.words) + ("" if self.is_prefix else " ")


def _cut(folded: str) -> Iterator[str]:
    for match in _WORD.finditer(folded):
        word = match.group()
        if _DENSE_RUN.match(word):
            yield from (word[i : i + 2] for i in range(len(word)))
        else:
            yield word


def phrase(text: str) -> Phrase | None:
    """What to search for when someone types this; None where there is no word in it."""
    folded = fold(text)
    words = tuple(_cut(folded))
    if not words:
        return None
    last = _WORD.findall(folded)[-1]
    if not _DENSE_RUN.match(last):
        return Phrase(words)
    return Phrase(words[:-1]) if len(last) > 1 else Phrase(words, is_prefix=True)


def index_text(*fields: str) -> str:
    """The words of the fields, each with a space before and after, fields parted; what `article_search.seg` holds."""
    parts = (" ".join(_cut(fold(field))) for field in fields if field)
    text = f" {BREAK} ".join(part for part in parts if part)
    encoded = text.encode()
    if len(encoded) > MAX_INDEX_BYTES:
        text = encoded[:MAX_INDEX_BYTES].decode(errors="ignore").rpartition(" ")[0]
    return f" {text} " if text else ""


def find(text: str, sought: Phrase) -> tuple[int, int] | None:
    """Where the phrase first stands in the text as written, as code-point offsets."""
    return next(find_all(text, (sought,)), None)


def find_all(text: str, sought: Iterable[Phrase]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand in the text as written, each in order of place."""
    words, spans = _cut_with_spans(text)
    for wanted in sought:
        size = len(wanted.words)
        for first in range(len(words) - size + 1):
            here = words[first : first + size]
            if here[:-1] == list(wanted.words[:-1]) and (
                here[-1].startswith(wanted.words[-1]) if wanted.is_prefix else here[-1] == wanted.words[-1]
            ):
                start, end = spans[first][0], spans[first + size - 1][1]
                yield (start, start + 1) if wanted.is_prefix and size == 1 else (start, end)


def _cut_with_spans(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    folded, origin = [], []
    for match in _CLUSTER.finditer(text):
        piece = fold(match.group())
        folded.append(piece)
        origin += [match.span()] * len(piece)
    words, spans = [], []
    for match in _WORD.finditer("".join(folded)):
        word, start = match.group(), match.start()
        size = 2 if _DENSE_RUN.match(word) else len(word)
        for offset in range(len(word)) if size == 2 and _DENSE_RUN.match(word) else (0,):
            part = word[offset : offset + size]
            words.append(part)
            spans.append((origin[start + offset][0], origin[start + offset + len(part) - 1][1]))
    return words, spans
