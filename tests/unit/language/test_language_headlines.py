"""Headlines written for this test: at least 98 in 100 must be told by themselves, without a declared language."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from pipeline.document import Document
from pipeline.stages.language import detect_language

HEADLINES = tomllib.loads(Path(__file__).with_name("headlines.toml").read_text("utf-8"))


def test_headlines_are_told() -> None:
    rows = [(tag, title) for tag, titles in HEADLINES.items() for title in titles]
    wrong = [
        (tag, found, title)
        for tag, title in rows
        if (
            found := detect_language(
                Document(
                    id="x",
                    url="u",
                    canonical_url="u",
                    title=title,
                    text="",
                    fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
                )
            ).tag
        )
        != tag
    ]
    assert len(rows) >= 200
    assert len(wrong) <= 0.02 * len(rows), wrong
