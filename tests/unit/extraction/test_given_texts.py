"""Texts handed in on purpose are kept however short; only crawled pages must look like articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract, extract_plain
from crawler.page import Page
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


def test_a_text_that_only_repeats_its_title_is_kept() -> None:
    headline = "階躍星辰本週新招三名語音研究員"
    document = extract_plain(headline, title=headline, url="https://a.example/1", fetched_at=NOW)
    assert isinstance(document, Document)
    assert (document.title, document.text) == (headline, headline)


@pytest.mark.parametrize("text", ["", "  \n", "ok", "招聘"])
def test_nothing_is_no_document(text: str) -> None:
    assert isinstance(extract_plain(text, url="https://a.example/1", fetched_at=NOW), Rejected)


def test_an_image_pasted_as_markdown_into_a_page_goes_with_its_caption() -> None:
    prose = "Cohere hires forty engineers in Toronto to train its next model, a person briefed on the plan said. " * 4
    html = (
        "<html><head><title>Cohere hires forty</title></head><body><article><h1>Cohere hires forty</h1>"
        f"<p>{prose}</p><p>![](https://img.example/wp/Zr-\n889kQ/1000) _Photo: The Post_ {prose}</p></article></body></html>"
    )
    url = "https://a.example/2026/11/cohere"
    document = extract(Page(url=url, requested_url=url, status=200, body=html.encode(), fetched_at=NOW))
    assert isinstance(document, Document)
    assert "![" not in document.text
    assert "Photo" not in document.text
    assert document.text.count("Cohere hires forty engineers") == 8
