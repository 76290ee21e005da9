"""Floors for titles and days of publication on the development pages; raised freely, lowered only on purpose.

Both truths are noisy: some titles are a search engine's variant, a tenth of the days are those of an update.
"""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.extraction import extract
from crawler.extraction.declared import squeezed
from crawler.page import Page
from pipeline.document import Document

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.quality
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def found(shared: Path) -> list[tuple[dict[str, Any], Document]]:
    folder, pairs = shared / "data" / "pages", []
    for entry in map(json.loads, (folder / "index.jsonl").read_text("utf-8").strip().split("\n")):
        if entry["url"] and (entry["title"] or entry["date"]):
            body = gzip.decompress((folder / entry["file"]).read_bytes())
            headers = {"content-type": "text/html; charset=utf-8"}
            page = Page(
                url=entry["url"], requested_url=entry["url"], status=200, body=body, fetched_at=NOW, headers=headers
            )
            document = extract(page)
            assert isinstance(document, Document), entry["id"]
            pairs.append((entry, document))
    return pairs


def test_titles(found: list[tuple[dict[str, Any], Document]]) -> None:
    right = [squeezed(entry["title"]) == squeezed(document.title) for entry, document in found if entry["title"]]
    assert sum(right) / len(right) >= 0.87


def test_days_of_publication(found: list[tuple[dict[str, Any], Document]]) -> None:
    right = [
        document.published_at is not None and document.published_at.date().isoformat() == entry["date"][:10]
        for entry, document in found
        if entry["date"]
    ]
    assert sum(right) / len(right) >= 0.88
