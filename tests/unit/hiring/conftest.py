"""Documents read by the real stages before hiring."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.document import Article, Document, Language
from pipeline.stages.hiring import HiringStage
from pipeline.stages.players import PlayersStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def article_of() -> Callable[[str, str, str], Article]:
    """An article of (language, title, text) after language and players."""
    players = PlayersStage()

    def build(language: str, title: str, text: str) -> Article:
        document = Document(
            id="x",
            url="https://news.example/a",
            canonical_url="https://news.example/a",
            title=title,
            text=text,
            fetched_at=NOW,
            published_at=NOW,
        )
        found = players(Article(document=document, language=Language(tag=language, method="declared", confidence=1.0)))
        assert isinstance(found, Article)
        return found

    return build


@pytest.fixture(scope="session")
def read(article_of: Callable[[str, str, str], Article]) -> Callable[[str, str, str], Hiring]:
    """The hiring facts of (language, title, text)."""
    stage = HiringStage()

    def run(language: str, title: str, text: str) -> Hiring:
        hiring = stage(article_of(language, title, text)).hiring
        assert hiring is not None
        return hiring

    return run
