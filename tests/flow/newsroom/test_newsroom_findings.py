"""What the stages find in the newsroom's articles, against what a careful reader finds."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from crawler.newsroom.content import items

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.newsroom import Truth
    from tests.flow.newsroom.conftest import Crawled

    Row = dict[str, Any]

# Players and models the newsroom's truth speaks of; a registry may well know more.
PLAYERS = {player for item in items() for player in item.expected.players}
COPIES = {"exact", "near"}
READ_LANGUAGES = {"en", "zh-Hans", "zh-Hant"}  # between other languages reports are not brought together
MODELS = {model for item in items() for model in item.expected.models}


def differences(
    crawled: Crawled, of_row: Callable[[Row], object], of_truth: Callable[[Truth], object]
) -> dict[str, Any]:
    """Each article on which they disagree: what was found, what was expected."""
    pairs = {
        truth.key: (of_row(crawled.stored[url]), of_truth(truth)) for url, truth in crawled.desk.articles().items()
    }
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
        for quoted in [*row["hiring"]["pay"], *row["hiring"]["evidence"]]:
            assert quoted["quote"] in row["title"] + "\n" + row["text"]


def test_hiring_decisions(crawled: Crawled) -> None:
    assert not differences(crawled, lambda row: row["hiring"]["is_hiring"], lambda truth: truth.expected.is_hiring)


def test_employers_and_those_left(crawled: Crawled) -> None:
    assert not differences(
        crawled,
        lambda row: (set(row["hiring"]["employers"]), set(row["hiring"]["losing"])),
        lambda truth: (set(truth.expected.employers), set(truth.expected.losing)),
    )


def test_some_action_is_named(crawled: Crawled) -> None:
    wrong = {
        truth.key: (crawled.stored[url]["hiring"]["actions"], truth.expected.actions)
        for url, truth in crawled.desk.articles().items()
        if truth.expected.actions and not set(crawled.stored[url]["hiring"]["actions"]) & set(truth.expected.actions)
    }
    assert not wrong


def test_pay(crawled: Crawled) -> None:
    assert not differences(
        crawled,
        lambda row: {(pay["min"], pay["max"], pay["currency"], pay["period"]) for pay in row["hiring"]["pay"]},
        lambda truth: {(pay.min, pay.max, pay.currency, pay.period) for pay in truth.expected.pay},
    )


def test_places(crawled: Crawled) -> None:
    assert not differences(
        crawled,
        lambda row: {place["name"] if isinstance(place, dict) else place for place in row["hiring"]["places"]},
        lambda truth: set(truth.expected.places),
    )


def test_headcounts(crawled: Crawled) -> None:
    assert not differences(crawled, lambda row: row["hiring"]["headcount"], lambda truth: truth.expected.headcount)


def test_copies_and_translations(crawled: Crawled) -> None:
    """An article with many copies may be marked as the copy of any of them, so long as it is the same story."""
    articles = crawled.desk.articles()
    stories = {crawled.stored[url]["id"]: truth.expected.story for url, truth in articles.items()}
    for url, truth in articles.items():
        row = crawled.stored[url]
        kind, original = row["duplicate_kind"], row["duplicate_of"]
        if truth.expected.duplicate_kind in COPIES:
            assert kind in COPIES, truth.key
        elif truth.expected.duplicate_kind:
            assert kind == truth.expected.duplicate_kind, truth.key
        assert original is None or stories[original] == truth.expected.story is not None, truth.key


def test_stories(crawled: Crawled) -> None:
    articles = crawled.desk.articles()

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

    found = pairs(lambda one, other: crawled.stored[one]["story_id"] == crawled.stored[other]["story_id"])
    assert not found - pairs(are_told) - pairs(is_follow_up), "joined, though they are different events"
    read = pairs(lambda one, other: {articles[one].language, articles[other].language} <= READ_LANGUAGES)
    assert not (pairs(are_told) & read) - found, "kept apart, though they are one event"
