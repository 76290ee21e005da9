"""From kept segments to a document's text: one line each, with blocks whose offsets point into it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import BlockKind

_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\xad\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article's text: a paragraph, heading, list item, table row, quote or caption."""

    kind: BlockKind
    text: str
    level: int = 0
    links: tuple[str, ...] = ()


def clean_line(text: str) -> str:
    """The text in NFC on one line, without control, zero-width and bidirectional characters."""
    if not text.isascii():
        text = _UNWANTED.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_UNWANTED.sub("", text).split())


def compact(text: str) -> str:
    """The text without white space: the ground on which two renderings of one page are compared."""
    return "".join(text.split())


def join_lines(lines: Iterable[Line]) -> tuple[str, tuple[Block, ...]]:
    """The text and its blocks; empty lines are left out."""
    blocks, pieces, offset = [], [], 0
    for line in lines:
        if not line.text:
            continue
        blocks.append(Block(kind=line.kind, start=offset, end=offset + len(line.text), level=line.level))
        pieces.append(line.text)
        offset += len(line.text) + 1
    return "\n".join(pieces), tuple(blocks)


def without_trailing_headings(lines: Sequence[Line]) -> list[Line]:
    """A heading with nothing under it announces what was dropped."""
    kept = list(lines)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return kept
