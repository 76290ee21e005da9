"""Sentences: bounded in length, and back at their offsets."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from pipeline.stages.hiring.sentences import split

if TYPE_CHECKING:
    from pipeline.document import Document


@pytest.mark.parametrize("unit", ["salary $5(", "OpenAI hires ", "年薪百万"])
def test_a_text_without_full_stops_is_read_in_bounded_pieces(unit: str) -> None:
    text = unit * 2000
    pieces = split(cast("Document", SimpleNamespace(title="", text=text)))
    spans = [piece.span(0, len(piece.folded)) for piece in pieces]
    assert max(len(piece.folded) for piece in pieces) <= 600
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("She joined OpenAI. He left Google.", 2),
        ("She joined Open\u200bAI. He left Google.", 2),  # an invisible character moves the offsets
        ("Er verlässt OpenAI. „Es war eine gute Zeit.“", 2),
        ("He wrote it on X.\nshe answered.", 2),  # a new line ends it, whatever stands before
        ("Dr. Smith of the U.S. lab earns 1.3 million.", 1),
    ],
)
def test_where_a_sentence_ends(text: str, count: int) -> None:
    pieces = split(cast("Document", SimpleNamespace(title="", text=text)))
    assert len(pieces) == count
