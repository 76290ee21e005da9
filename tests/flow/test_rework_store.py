"""Corrections and rework on both databases: what was changed by another meanwhile stays as that other left it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline import corrections
from pipeline.document import Article, Document
from pipeline.rework import accept, compare, kept_away
from pipeline.run import Newsdesk, forget_relations
from pipeline.store.crawling.archived import spots
from pipeline.store.database import reading
from pipeline.urls import article_id

if TYPE_CHECKING:
    from pipeline.store import Store

AT = datetime(2026, 11, 18, 8, tzinfo=UTC)
ONE, TWO = "https://one.example/poach", "https://two.example/bridge"
TEXTS = {
    ONE: "OpenAI has poached five researchers from Google DeepMind for its language model team, people said on Monday.",
    TWO: "Workers have begun to paint the old iron bridge over the northern river, which carries the road to the coast.",
}


@pytest.fixture(scope="module")
def desk() -> Newsdesk:
    return Newsdesk(clock=lambda: AT)


def document(url: str, text: str = "") -> Document:
    return Document(
        id=article_id(url), url=url, canonical_url=url, title="News", text=text or TEXTS[url], fetched_at=AT
    )


def seen(desk: Newsdesk, found: Document) -> Article:
    article = desk.prepare(found)
    assert isinstance(article, Article)
    return article


@pytest.fixture
def filled(store: Store, desk: Newsdesk) -> Store:
    with store.writing() as writer:
        for url in TEXTS:
            desk.file(writer, seen(desk, document(url)))
    return store


def test_only_what_stands_as_compared_is_stored(filled: Store, desk: Newsdesk) -> None:
    stored = filled.articles_with([article_id(url) for url in TEXTS] + ["0" * 16])
    assert stored.keys() == {article_id(url) for url in TEXTS}
    pairs = [(each, seen(desk, each.document)) for each in stored.values()]
    assert compare(filled, pairs, now=AT) == []
    others = [(before, replace(after, players=(), models=())) for before, after in pairs]
    (change,) = compare(filled, others, now=AT)
    assert (change.before.document.url, "players" in change.what) == (ONE, True)

    with filled.writing() as writer:
        desk.file(writer, seen(desk, document(ONE, TEXTS[ONE] + " A spokeswoman confirmed it.")))
    assert accept(filled, desk, [change]) == 0
    (now,) = filled.articles_with([article_id(ONE)]).values()
    assert (now.players != (), now.document.text.endswith("confirmed it.")) == (True, True)

    (change,) = compare(filled, [(now, replace(seen(desk, now.document), players=(), models=()))], now=AT)
    assert accept(filled, desk, [change]) == 1
    assert filled.articles_with([article_id(ONE)])[article_id(ONE)].players == ()
    filled.delete(ONE, now=AT, forget=forget_relations)
    assert accept(filled, desk, [change]) == 0
    assert kept_away(filled, [document(ONE), document(TWO)]) == {article_id(ONE)}


def test_people_merge_split_and_ask(filled: Store) -> None:
    merged = corrections.merge(filled, ONE, TWO, now=AT)
    assert (merged.pair.is_together, merged.pair.decided) == (True, "together")
    assert filled.article(ONE)["story_id"] == filled.article(TWO)["story_id"]  # type: ignore[index]
    parted = corrections.split(filled, TWO, ONE, now=AT)
    assert (parted.pair.is_together, parted.pair.decided) == (False, "apart")
    pair, measures = corrections.explain(filled, ONE, TWO, now=AT)
    assert (pair, measures[0]) == (parted.pair, "not related")


def test_an_empty_frontier_has_no_archived_pages(store: Store) -> None:
    with reading(store.engine) as connection:
        assert spots(connection, after="", limit=5, source="any", since=AT) == []
