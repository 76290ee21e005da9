"""Floors on the development pages; raised freely, lowered only on purpose."""

from __future__ import annotations

import gzip
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document

sys.path.insert(0, str(Path(__file__).parent))
from tests.quality.shingles import mean_f1
from tests.quality.zh_labels import labels, truth

pytestmark = pytest.mark.quality
NOW = datetime(2026, 11, 20, tzinfo=UTC)
# What no article text holds; whole lines, in the languages of the pages.
JUNK = re.compile(
    r"^(?:share|tweet|advertisement|related articles?|read more|leave a reply|click to comment|责任编辑.{0,12}|相关阅读|分享到.?)$"
    r"|all rights reserved|扫码关注|copyright ©",
    re.IGNORECASE | re.MULTILINE,
)


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[tuple[dict[str, Any], str, str]]:
    """(index entry, text, title) of each development page; text is '' where the page was refused."""
    folder = shared / "data" / "pages"
    found = []
    for entry in map(json.loads, (folder / "index.jsonl").read_text("utf-8").strip().split("\n")):
        url = entry["url"] or f"https://zh.example/{entry['id']}.html"
        body = gzip.decompress((folder / entry["file"]).read_bytes())
        headers = {"content-type": "text/html; charset=utf-8"}
        outcome = extract(Page(url=url, requested_url=url, status=200, body=body, fetched_at=NOW, headers=headers))
        is_article = isinstance(outcome, Document)
        found.append((entry, getattr(outcome, "text", ""), getattr(outcome, "title", "") if is_article else ""))
    return found


def squeezed(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))


def test_english_body(pages: list[tuple[dict[str, Any], str, str]]) -> None:
    english = [(entry["truth"], text) for entry, text, _ in pages if entry["id"].startswith("wcxb/")]
    assert mean_f1(english) >= 0.945
    assert mean_f1(english[::2]) >= 0.944
    assert mean_f1(english[1::2]) >= 0.942


def test_chinese_body(pages: list[tuple[dict[str, Any], str, str]], shared: Path) -> None:
    labelled = labels()
    pairs = []
    for entry, text, _ in pages:
        if entry["id"] in labelled:
            html = gzip.decompress((shared / "data" / "pages" / entry["file"]).read_bytes()).decode()
            pairs.append((truth(html, labelled[entry["id"]]), text))
    assert len(pairs) == len(labelled) >= 30
    assert mean_f1(pairs) >= 0.989


def test_no_article_comes_out_empty(pages: list[tuple[dict[str, Any], str, str]]) -> None:
    assert [entry["id"] for entry, text, _ in pages if not text.strip()] == []


def test_english_titles(pages: list[tuple[dict[str, Any], str, str]]) -> None:
    titled = [(entry["title"], title) for entry, _, title in pages if entry["title"]]
    assert sum(squeezed(true) == squeezed(title) for true, title in titled) / len(titled) >= 0.86


def test_junk_lines(pages: list[tuple[dict[str, Any], str, str]]) -> None:
    leaks = [entry["id"] for entry, text, _ in pages if JUNK.search(text) and not JUNK.search(entry["truth"] or "")]
    assert len(leaks) / len(pages) <= 0.02, leaks
