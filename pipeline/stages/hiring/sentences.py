"""Titles and texts cut into sentences, folded for matching, with the way back to the original offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document import Document
    from pipeline.facts import Field
    from pipeline.folding import Folded

_MARK = re.compile(r"[。！？!?;；]+[”\"’'」』)）]*\s*|\.[”\"’')]*\s*|\n+")
_BEGINS = re.compile(r"[A-ZÀ-Þ0-9\"“„'‘\[(«¿¡가-힣一-龥ぁ-ヿ]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|inc|ltd|co|corp|vs|mio|mrd|no|st|bzw|ca|z\.b|u\.s|u\.k)|\b[a-z])$", re.IGNORECASE
)
_GERMAN_DAY = re.compile(
    r"\d\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b", re.IGNORECASE
)
_KOREAN_ENDS = "다요음됨임함"
_LONGEST = 600  # characters; beyond it a "sentence" is a list, a table or an attack
_LEAD_SENTENCES = 3
_LEAD_CHARS = 420
_OPENING_CHARS = (
    160  # of Chinese, Japanese and Korean: short sentences that open a text are its lead however many they are
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its folded text, and where it stands in `original` (the whole title or text)."""

    field: Field
    index: int  # in its field
    folded: str
    offset: int  # of the sentence in the folded field
    whole: Folded
    original: str

    @property
    def is_title(self) -> bool:
        """Whether this is (a part of) the headline."""
        return self.field == "title"

    @property
    def is_lead(self) -> bool:
        """Whether it stands among the first sentences of the body, where news says what is new."""
        opens = self.index < _LEAD_SENTENCES or (self.offset < _OPENING_CHARS and not self.folded.isascii())
        return self.field == "text" and opens and self.offset < _LEAD_CHARS

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original title or text of a span of `folded`."""
        return self.whole.span(self.offset + start, self.offset + end)

    def inner(self, at: int) -> int:
        """The offset in `folded` of an offset in the original title or text."""
        if self.whole.starts is None:
            return at - self.offset
        return bisect_left(self.whole.starts, at) - self.offset


def split(document: Document) -> list[Sentence]:
    """The sentences of title and text, in order; blank ones are left out."""
    return [*_field("title", document.title), *_field("text", document.text)]


def _field(field: Field, original: str) -> Iterator[Sentence]:
    whole = fold(original)
    index = 0
    for start, end in _cuts(original, whole):
        piece = whole.text[start:end]
        if piece.strip():
            yield Sentence(field, index, piece, start, whole, original)
            index += 1


def _cuts(original: str, whole: Folded) -> Iterator[tuple[int, int]]:
    """Spans in the folded text; cut on the original's characters, since capitals tell sentences apart."""
    text = original if whole.starts is None else "".join(original[at] for at in whole.starts)
    at = 0
    for match in _MARK.finditer(text):
        if text[match.start()] != "." or _is_full_stop(text, match):
            yield from _pieces(text, at, match.end())
            at = match.end()
    yield from _pieces(text, at, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or parts of one that nobody would write: its cost grows with the square of its length."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        cut = blank if blank > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _is_full_stop(text: str, match: re.Match[str]) -> bool:
    """Whether a dot ends a sentence: not in numbers, initials, "U.S." and the like."""
    dot, end = match.start(), match.end()
    if dot == 0 or end >= len(text):
        return False
    if text[dot - 1] in _KOREAN_ENDS or "\n" in match[0]:
        return True
    if not text[end - 1].isspace():
        # Extraction glues sentences: "… of millions.Nearly 1.3 million yuan."
        return text[dot - 1].islower() and text[end].isupper() and text[end + 1 : end + 2].islower()
    if text[dot - 1].isdigit() and _GERMAN_DAY.match(text, dot - 1):
        return False  # "am 1. Oktober"
    return bool(_BEGINS.match(text, end)) and not _ABBREVIATION.search(text, max(0, dot - 5), dot)
