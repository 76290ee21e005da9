"""A flood of near copies costs each article as many statements as any other: nothing is asked or written row by row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from crawler.extraction import extract_plain
from pipeline.document import Article, Document
from pipeline.run import Newsdesk
from pipeline.settings import load_settings
from pipeline.store import Store
from tests.benchmarks.generated_news import Event, text, variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COPIES = 48
FIRST = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(load_settings({"HIREWIRE_HOME": str(tmp_path)}))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def desk() -> Newsdesk:
    return Newsdesk(clock=lambda: FIRST)


def copies(desk: Newsdesk) -> list[Article]:
    """One report in slightly other words by many outlets, a minute apart."""
    original = text(Event(5), "en", 5, words=160)
    found = []
    for n in range(COPIES):
        at = FIRST + timedelta(minutes=n)
        document = extract_plain(
            variant("reworded", original, n),
            url=f"https://outlet{n}.example/report",
            fetched_at=at,
            published_at=at,
            title="A report that many print",
        )
        assert isinstance(document, Document)
        article = desk.prepare(document)
        assert isinstance(article, Article)
        found.append(article)
    return found


@pytest.mark.parametrize("order", ["oldest first", "newest first"])
def test_the_last_of_many_copies_takes_no_more_statements(store: Store, desk: Newsdesk, order: str) -> None:
    """Newest first is how feeds list them: then each new one is the story's first, and all of the others' marks change."""
    statements: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *asked: statements.append(asked[2]))
    taken = []
    for article in reversed(copies(desk)) if order == "newest first" else copies(desk):
        statements.clear()
        with store.writing() as writer:
            desk.file(writer, article)
        taken.append(len(statements))
    assert max(taken[-8:]) <= max(taken[4:12]) + 6
    with store.engine.connect() as connection:
        marked = connection.execute(sa.text("SELECT count(DISTINCT story_id), count(duplicate_of) FROM articles")).one()
    assert tuple(marked) == (1, COPIES - 1)
