"""The newsroom's articles say what their expected findings claim."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from crawler.newsroom.content import Item, items, publishers
from crawler.newsroom.markup import junk_lines, story_lines, stretches

ARTICLES = [item for item in items() if item.expected.kind == "article"]
BY_KEY = {item.key: item for item in items()}
ACTIONS = set("hire poach recruit team acquihire loss layoff freeze pay retention market".split())
LANGUAGES = {"en", "zh-Hans", "zh-Hant", "ja", "ko", "de"}


def named(item: Item) -> str:
    return item.key


def text_of(item: Item) -> str:
    return "\n".join([item.title, *story_lines(item.body)])


def test_there_is_enough_of_everything() -> None:
    assert len(publishers()) >= 8
    assert len(ARTICLES) >= 40
    assert {publisher.language for publisher in publishers()} == LANGUAGES
    assert {channel for publisher in publishers() for channel in publisher.channels} == {
        "rss", "rdf", "atom", "jsonfeed", "news-sitemap", "sitemap-index", "listing"
    }  # fmt: skip
    assert len({publisher.theme for publisher in publishers()}) >= 3
    actions = {action for item in ARTICLES for action in item.expected.actions}
    assert ACTIONS - actions == {"acquihire"}
    refused = Counter(item.expected.kind for item in items())
    assert refused >= Counter("bot-wall bot-wall consent soft-404 soft-404 login homepage robots too-short".split())


def test_every_event_of_the_main_story_is_told_in_many_ways() -> None:
    tellings = [item for item in ARTICLES if item.expected.story == "meituan-agent-team"]
    assert {item.publisher for item in tellings} >= {"chengjiang-keji", "lantern-relay", "tidewater-post"}
    kinds = Counter(item.expected.duplicate_kind for item in tellings)
    assert kinds["exact"] >= 1
    assert kinds["near"] >= 1
    assert kinds["translation"] >= 1
    assert kinds[None] >= 3


def test_addresses_are_unique() -> None:
    assert max(Counter((item.publisher, item.number) for item in items()).values()) == 1


@pytest.mark.parametrize("item", ARTICLES, ids=named)
def test_quotes_stand_in_the_text(item: Item) -> None:
    text = text_of(item)
    for pay in item.expected.pay:
        assert pay.quote in text
        assert pay.min is None or pay.max is None or pay.min <= pay.max
    if item.second_edition:
        assert story_lines(item.second_edition.body) != story_lines(item.body)


@pytest.mark.parametrize("item", ARTICLES, ids=named)
def test_findings_agree_with_each_other(item: Item) -> None:
    expected = item.expected
    assert set(expected.actions) <= ACTIONS
    assert expected.is_hiring == bool(expected.actions)
    assert expected.is_hiring == (expected.story is not None)
    assert set(expected.employers) | set(expected.losing) <= set(expected.players)
    assert bool(expected.duplicate_kind) == bool(item.copy_of)
    if item.copy_of:
        original = BY_KEY[item.copy_of]
        assert original.expected.story == expected.story
        assert original.age > item.age, "a copy comes after what it copies"


@pytest.mark.parametrize("item", ARTICLES, ids=named)
def test_articles_are_long_enough_to_be_articles(item: Item) -> None:
    cjk = next(p.language for p in publishers() if p.id == item.publisher) in {"zh-Hans", "zh-Hant", "ja", "ko"}
    assert len("".join(story_lines(item.body))) > (140 if cjk else 380)
    assert not set(junk_lines(item.body)) & set(story_lines(item.body))


def test_machine_translation_has_glued_words() -> None:
    text = text_of(BY_KEY["lantern-relay/meituan-quietly-forms-large-model-agent-team"])
    assert "MeituanA team" in text
    assert "Large ModelThe agent" in text


def test_marks_become_blocks() -> None:
    body = "## Head\n\nOne **two**three\n\n- a\n- b\n\n^ seen\n\n~ junk\n~ more"
    assert [(stretch.kind, stretch.plain) for stretch in stretches(body)] == [
        ("heading", "Head"),
        ("paragraph", "One twothree"),
        ("list-item", "a"),
        ("list-item", "b"),
        ("caption", "seen"),
        ("junk", "junk"),
        ("junk", "more"),
    ]
    assert story_lines(body) == ("Head", "One twothree", "a", "b")
    assert junk_lines(body) == ("junk", "more")


def test_markup_is_escaped() -> None:
    (stretch,) = stretches("a <b> & **c<d**")
    assert str(stretch.html) == "a &lt;b&gt; &amp; <strong>c&lt;d</strong>"


def test_publication_stays_the_same_all_day() -> None:
    item = ARTICLES[0]
    morning = datetime(2026, 11, 20, 0, 1, tzinfo=UTC)
    evening = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
    assert item.published_at(morning) == item.published_at(evening) < morning


def test_only_items_with_a_second_edition_are_revised() -> None:
    item = BY_KEY["tidewater-post/meituan-llm-team-doubles-100000-yuan"]
    revised = item.next_edition()
    assert "95 people" in revised.body
    assert revised.key == item.key
    with pytest.raises(ValueError, match="no second edition"):
        revised.next_edition()
