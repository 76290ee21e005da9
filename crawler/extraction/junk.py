"""Learned page junk at the end of extraction: what the source's other pages repeat is taken out of a document.

Extraction itself looks at one page alone and may run in any process; this step needs memory and runs where it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from crawler.extraction.lines import Line, join_lines
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from pipeline.document import Document

_LEAST_KEPT = 160  # weighted characters; no article is emptied by what was learned


class JunkMemory(Protocol):
    """What a source's other pages taught; `pipeline.page_junk.JunkCounts` and `pipeline.store.junk.SqlJunkMemory`."""

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """Positions of those lines that are the source's page junk."""
        ...

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Take note of the lines of one more page."""
        ...


class NoJunk:
    """A memory that knows nothing and learns nothing."""

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """No line."""
        return ()

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Nothing."""


NO_JUNK: JunkMemory = NoJunk()


def strip_learned(document: Document, junk: JunkMemory) -> Document:
    """The document without the lines that its source repeats; the memory then learns from it as it was.

    A document without a source comes back as it is.
    """
    if document.source is None or junk is NO_JUNK:
        return document
    texts = document.text.split("\n")
    known = set(junk.known(document.source, texts))
    junk.learn(document.source, document.canonical_url, texts, at=document.fetched_at)
    kept = [text for i, text in enumerate(texts) if i not in known]
    if not known or sum(map(weight, kept)) < min(_LEAST_KEPT, weight(document.text)):
        return document
    kinds = {block.start: block for block in document.blocks}
    lines, offset = [], 0
    for i, text in enumerate(texts):
        block = kinds.get(offset)
        offset += len(text) + 1
        if i not in known:
            lines.append(Line(block.kind if block else "paragraph", text, block.level if block else 0))
    text, blocks = join_lines(lines)
    return replace(document, text=text, blocks=blocks)
