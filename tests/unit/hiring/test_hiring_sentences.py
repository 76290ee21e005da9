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
