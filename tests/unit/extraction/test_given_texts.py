"""Texts handed in on purpose are kept however short; only crawled pages must look like articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract_plain
from pipeline.document import Document, Rejected

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Cohere hires two speech researchers from a rival lab.",
        "阶跃星辰本周新招三名语音研究员，均来自同城对手。",
        "阶跃星辰招三名语音研究员",
    ],
)
def test_a_flash_of_one_line_is_a_document(text: str) -> None:
    document = extract_plain(text, url="https://a.example/1", fetched_at=NOW)
    assert isinstance(document, Document)
    assert (document.title + document.text).strip() == text
    assert document.text


@pytest.mark.parametrize("text", ["", "  \n", "ok", "招聘"])
def test_nothing_is_no_document(text: str) -> None:
    assert isinstance(extract_plain(text, url="https://a.example/1", fetched_at=NOW), Rejected)
