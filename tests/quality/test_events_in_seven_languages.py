"""One event told in several languages is one story, and what else befell the same companies that week is another."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.document import Article, Document
from pipeline.memory_twin import MemoryTwin
from pipeline.run import pure_pipeline, relate_article
from pipeline.urls import article_id

pytestmark = pytest.mark.quality

TOLD = Path(__file__).parent / "events_in_seven_languages.toml"
LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko")
START = datetime(2026, 11, 16, 6, tzinfo=UTC)
BETWEEN = timedelta(hours=2)  # one report of an event and the next


@pytest.fixture(scope="module")
def reports() -> dict[str, tuple[str, Article]]:
    """Every report by id, with its event; what a text says is found by the pure stages alone."""
    pipeline, found = pure_pipeline(), {}
    for event in tomllib.loads(TOLD.read_text(encoding="utf-8"))["event"]:
        for place, language in enumerate(LANGUAGES):
            if language not in event:
                continue
            title, _, text = event[language].partition("\n")
            url = f"https://{language}.example/{event['id']}"
            at = START + timedelta(hours=event["hours"]) + place * BETWEEN
            document = Document(
                id=article_id(url), url=url, canonical_url=url, title=title, text=text, fetched_at=at, published_at=at,
                published_precision="minute", published_method="given",
            )  # fmt: skip
            article = pipeline(Article(document=document))
            assert isinstance(article, Article)
            found[document.id] = (event["id"], article)
    return found


def _stories(articles: list[Article]) -> dict[str, str]:
    twin = MemoryTwin()
    for each in articles:
        relate_article(twin, each)
    return {key: mark.story_id for key, mark in twin.marked.items()}


def test_an_event_is_one_story_in_all_languages(reports: dict[str, tuple[str, Article]]) -> None:
    told = _stories([article for _, article in reports.values()])
    pairs = [
        (told[one] == told[other], reports[one][0] == reports[other][0]) for one, other in combinations(sorted(told), 2)
    ]
    right = sum(is_told and is_true for is_told, is_true in pairs)
    assert right / sum(is_told for is_told, _ in pairs) >= 0.99
    assert right / sum(is_true for _, is_true in pairs) >= 0.88


def test_no_order_of_arrival_changes_them(reports: dict[str, tuple[str, Article]]) -> None:
    articles = [article for _, article in reports.values()]
    assert _stories(articles) == _stories(articles[::-1]) == _stories(articles[1::2] + articles[::2])
