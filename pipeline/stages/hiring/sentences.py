"""Titles and texts cut into sentences, folded for matching, with the way back to the original offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document import Document, Field
    from pipeline.folding import Folded

# A full stop ends a sentence before a blank and a letter that can begin one; not after initials, titles, "U.S." or a digit.
_END = re.compile(
    r"(?<=[。！？!?;；])[”\"’'」』)）]*\s*|(?<=[A-Z][A-Z])\.[”\"’')]*\s+(?=[A-ZÀ-Þ\"“])|(?<=[a-zà-ÿ0-9%)\]”\"’'])(?<!\b[A-Z])(?<!\b[Mm]r)(?<!\b[Dd]r)(?<!\b[Ii]nc)(?<!\b[Mm]s)(?<!\b[Vv]s)(?<!\b[Mm]io)(?<!\b[Mm]rd)(?<!\b[Nn]o)(?<!\b[Cc]o)"
    r"\.[”\"’')]*\s+(?=[A-ZÀ-Þ\"“'‘\[(0-9«¿¡가-힣一-龥])|(?<=[다요음됨임])\.\s*(?=\S)|(?<=[a-z])\.(?=[A-Z][a-z])|\n+"
)
_LEAD_SENTENCES = 3
_LEAD_CHARS = 420


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
        return self.field == "text" and self.index < _LEAD_SENTENCES and self.offset < _LEAD_CHARS

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
    """Spans in the folded text; cut on the original where the two run in step, since capitals tell sentences apart."""
    text = original if whole.starts is None else whole.text
    at = 0
    for match in _END.finditer(text):
        yield at, match.end()
        at = match.end()
    yield at, len(text)
