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
    urls = {row["id"]: url for url, row in crawled.stored.items()}

    def pair(url: str, other: str | None, kind: str | None) -> tuple[frozenset[str], str] | None:
        keys = {crawled.desk.newsroom.truth[each].key for each in (url, other) if each}
        return (frozenset(keys), kind) if other and kind else None

    found = {pair(url, urls.get(row["duplicate_of"]), row["duplicate_kind"]) for url, row in crawled.stored.items()}
    expected = {
        pair(url, truth.copy_of, truth.expected.duplicate_kind) for url, truth in crawled.desk.articles().items()
    }
    assert found == expected


def test_stories(crawled: Crawled) -> None:
    articles = crawled.desk.articles()

    def together(story_of: Callable[[str], object]) -> set[frozenset[str]]:
        return {
            frozenset({articles[one].key, articles[other].key})
            for one, other in combinations(articles, 2)
            if story_of(one) is not None and story_of(one) == story_of(other)
        }

    found = together(lambda url: crawled.stored[url]["story_id"])
    expected = together(lambda url: articles[url].expected.story)
    assert found - expected == set(), "joined, though they are different events"
    assert expected - found == set(), "kept apart, though they are one event"
