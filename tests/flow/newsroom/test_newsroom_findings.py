"""What the stages find in the newsroom's articles, against what a careful reader finds."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from crawler.newsroom.content import items

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.newsroom import Truth
    from crawler.newsroom.content import Expected
    from tests.flow.newsroom.conftest import Crawled

    Row = dict[str, Any]

# Players and models the newsroom's truth speaks of; a registry may well know more.
PLAYERS = {player for item in items() for player in item.expected.players}
# Shares of articles that are wholly right: floors, raised freely, lowered only on purpose.
FLOORS = {
    "is_hiring": 0.98,
    "actions": 0.95,
    "employers": 0.8,
    "losing": 0.95,
    "places": 0.92,
    "headcount": 0.95,
    "pay": 0.97,
    "copies": 0.87,
    "joined": 0.97,  # of pairs in one story, those that are of one event
    "brought together": 0.95,  # of pairs of one event in English and Chinese, those in one story
}
COPIES = {"exact", "near"}
READ_LANGUAGES = {"en", "zh-Hans", "zh-Hant"}  # between other languages reports are not brought together
MODELS = {model for item in items() for model in item.expected.models}


def differences(
    crawled: Crawled, of_row: Callable[[Row], object], of_truth: Callable[[Truth], object]
) -> dict[str, Any]:
    """Each article on which they disagree: what was found, what was expected."""
    pairs = {truth.key: (of_row(crawled.stored[url]), of_truth(truth)) for url, truth in crawled.judged.items()}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def test_languages(crawled: Crawled) -> None:
    assert not differences(crawled, lambda row: row["language"], lambda truth: truth.language)


def test_players(crawled: Crawled) -> None:
    assert not differences(
        crawled,
        lambda row: {player["id"] for player in row["players"]} & PLAYERS,
        lambda truth: set(truth.expected.players),
    )


def test_models(crawled: Crawled) -> None:
    assert not differences(
        crawled,
        lambda row: {model["id"] for model in row["models"]} & MODELS,
        lambda truth: set(truth.expected.models),
    )


def test_mentions_stand_where_they_say(crawled: Crawled) -> None:
    for row in crawled.stored.values():
        for tag in [*row["players"], *row["models"]]:
            for mention in tag["mentions"]:
                assert row[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


def test_hiring_news_is_told_from_the_rest(crawled: Crawled) -> None:
    wrong = differences(crawled, lambda row: row["hiring"]["is_hiring"], lambda truth: truth.expected.is_hiring)
    assert 1 - len(wrong) / len(crawled.stored) >= FLOORS["is_hiring"], wrong


def is_right(fact: str, row: Row, expected: Expected) -> bool | None:
    """Whether a fact is as expected; None where readers would not agree on it."""
    hiring = row["hiring"]
    if fact == "headcount":
        return None if expected.headcount is None else hiring["headcount"] == expected.headcount
    if fact == "pay":
        found = {(pay["min"], pay["max"], pay["currency"], pay["period"]) for pay in hiring["pay"]}
        return found == {(pay.min, pay.max, pay.currency, pay.period) for pay in expected.pay}
    if fact == "places":
        return {place["name"] if isinstance(place, dict) else place for place in hiring["places"]} == set(
            expected.places
        )
    if fact == "actions":
        return bool(set(hiring["actions"]) & set(expected.actions))
    return set(hiring[fact]) == set(getattr(expected, fact))


@pytest.mark.parametrize("fact", ["actions", "employers", "losing", "places", "headcount", "pay"])
def test_facts(fact: str, crawled: Crawled) -> None:
    """The share of hiring articles on which a fact is wholly right does not fall."""
    judged = {
        truth.key: is_right(fact, crawled.stored[url], truth.expected)
        for url, truth in crawled.judged.items()
        if truth.expected.is_hiring
    }
    wrong = [key for key, right in judged.items() if right is False]
    right = [key for key, right in judged.items() if right]
    assert len(right) / (len(right) + len(wrong)) >= FLOORS[fact], wrong


def test_copies_and_translations(crawled: Crawled) -> None:
    """The first to tell a thing is the original of all copies, and of copies of its translations, too."""
    by_id = {crawled.stored[url]["id"]: truth for url, truth in crawled.judged.items()}
    missed, copies = [], 0
    for url, truth in crawled.judged.items():
        kind, original = crawled.stored[url]["duplicate_kind"], by_id.get(crawled.stored[url]["duplicate_of"])
        if original is not None:
            assert original.expected.story == truth.expected.story is not None, (truth.key, original.key)
        if truth.expected.duplicate_kind:
            copies += 1
            wanted = COPIES if original and original.language == truth.language else {"translation"}
            if original is None or kind not in wanted:
                missed.append(truth.key)
    assert 1 - len(missed) / copies >= FLOORS["copies"], missed


def test_stories(crawled: Crawled) -> None:
    articles = crawled.judged

    def pairs(is_together: Callable[[str, str], bool]) -> set[frozenset[str]]:
        return {
            frozenset({articles[one].key, articles[other].key})
            for one, other in combinations(articles, 2)
            if is_together(one, other)
        }

    def are_told(one: str, other: str) -> bool:
        return (
            articles[one].expected.story is not None and articles[one].expected.story == articles[other].expected.story
        )

    def is_follow_up(one: str, other: str) -> bool:
        expected = articles[one].expected, articles[other].expected
        return (
            expected[0].follows == expected[1].story is not None or expected[1].follows == expected[0].story is not None
        )

    told = pairs(are_told)
    found = pairs(lambda one, other: crawled.stored[one]["story_id"] == crawled.stored[other]["story_id"])
    wrong = found - told - pairs(is_follow_up)
    assert 1 - len(wrong) / len(found) >= FLOORS["joined"], wrong
    read = told & pairs(lambda one, other: {articles[one].language, articles[other].language} <= READ_LANGUAGES)
    assert len(found & read) / len(read) >= FLOORS["brought together"], read - found
