"""`hirewire stories`: people join and part stories, and ask why; the list stays as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

HIRES = (
    "The model lab Harbour Nine said on Monday that it will hire forty engineers for its language model group in Lisbon. "
    "The group works on training data and evaluation. A spokesman said that the posts are open from December on, and that "
    "half of them are meant for people who have just finished their studies. The lab was founded three years ago."
)
BRIDGE = (
    "Workers have begun to paint the old iron bridge over the northern river, which carries the road to the coast. The "
    "council expects the work to last until spring. Drivers are asked to take the tunnel, where a toll of two euros is due. "
    "The paint is grey, as it was when the bridge was opened, and is said to hold for thirty years in wind and salt."
)
URLS = ["https://one.example/lab-hires", "https://two.example/copy", "https://three.example/bridge"]


@pytest.fixture
def stored(hirewire: Call, tmp_path: Path) -> Call:
    """A store with an article, its copy, and an article on something else."""
    write(hirewire, tmp_path, [HIRES, HIRES + " (agency)", BRIDGE])
    return hirewire


def write(call: Call, folder: Path, texts: list[str]) -> None:
    titles = ["Harbour Nine to hire forty engineers"] * 2 + ["Bridge gets a new coat of paint"]
    lines = [
        json.dumps({"id": url, "url": url, "title": title, "text": text, "published_at": "2026-11-18T08:00:00Z"})
        for url, title, text in zip(URLS, titles, texts, strict=True)
    ]
    (folder / "in.jsonl").write_text("\n".join(lines), "utf-8")
    assert call("ingest", str(folder / "in.jsonl"))[0] == 0


def grouped(call: Call) -> set[frozenset[str]]:
    """The stories as sets of URLs, as lists show them."""
    rows: list[dict[str, Any]] = json.loads(call("articles", "--json")[1])
    stories: dict[str, set[str]] = {}
    for row in rows:
        stories.setdefault(row["story_id"], set()).add(row["url"])
    listed = {frozenset(row["articles"]) for row in json.loads(call("stories", "--json")[1])}
    assert listed == {frozenset(row["id"] for row in rows if row["story_id"] == story) for story in stories}
    return {frozenset(urls) for urls in stories.values()}


def test_a_split_is_remembered_when_the_articles_come_again(stored: Call, tmp_path: Path) -> None:
    one, two, three = URLS
    assert grouped(stored) == {frozenset({one, two}), frozenset({three})}
    code, out, _ = stored("stories", "split", one, two, "--json")
    row = json.loads(out)
    assert (code, row["is_together"], row["decided"], bool(row["placed"])) == (0, False, "apart", True)
    assert grouped(stored) == {frozenset({one}), frozenset({two}), frozenset({three})}
    assert all(row["duplicate_of"] is None for row in json.loads(stored("articles", "--json")[1]))
    write(stored, tmp_path, [HIRES.replace("forty", "fifty"), HIRES.replace("forty", "fifty") + " (agency)", BRIDGE])
    assert grouped(stored) == {frozenset({one}), frozenset({two}), frozenset({three})}
    assert json.loads(stored("stories", "split", one, two, "--json")[1])["placed"] == []


def test_stories_are_merged_by_article_or_story_and_parted_again(stored: Call, tmp_path: Path) -> None:
    one, two, three = URLS
    story, other = (row["story_id"] for row in json.loads(stored("articles", "--json")[1]) if row["url"] != two)
    code, out, _ = stored("stories", "merge", story, other)
    assert (code, "are in one story" in out) == (0, True)
    assert grouped(stored) == {frozenset(URLS)}
    write(stored, tmp_path, [HIRES, HIRES + " (agency)", BRIDGE.replace("grey", "green")])
    assert grouped(stored) == {frozenset(URLS)}
    stored("stories", "split", one, three)
    stored("stories", "split", two, three)
    assert grouped(stored) == {frozenset({one, two}), frozenset({three})}
    stored("stories", "merge", two, three)
    assert grouped(stored) == {frozenset(URLS)}


def test_two_articles_are_explained(stored: Call) -> None:
    one, two, three = URLS
    code, out, _ = stored("stories", "explain", one, two)
    assert (code, "in one story" in out, "near" in out) == (0, True, True)
    row = json.loads(stored("stories", "explain", one, three, "--json")[1])
    assert (row["is_together"], row["decided"], row["measures"][0]) == (False, None, "not related")
    stored("stories", "merge", one, three)
    assert "a person said: together" in stored("stories", "explain", one, three)[1]


@pytest.mark.parametrize("verb", ["merge", "split", "explain"])
def test_what_is_not_stored_or_is_one_article_is_told(stored: Call, verb: str) -> None:
    code, out, err = stored("stories", verb, URLS[0], "https://nowhere.example/x")
    assert (code, out, "is stored" in err) == (2, "", True)
    code, out, err = stored("stories", verb, URLS[0], URLS[0] + "?utm_source=feed")
    assert (code, out, "are one article" in err) == (2, "", True)
    assert stored("stories", verb, URLS[0])[0] == 2
    assert stored("stories", verb, "", "not a url ://")[0] == 2


def test_the_list_takes_queries_and_options_as_before(stored: Call) -> None:
    assert len(json.loads(stored("stories", "bridge", "paint", "--json")[1])) == 1
    assert len(json.loads(stored("stories", "--limit", "1", "--json")[1])) == 1
    assert len(json.loads(stored("stories", "--json")[1])) == 2
    assert json.loads(stored("stories", "list", "merge", "--json")[1]) == []
    code, out, _ = stored("stories", "--help")
    assert (code, "merge" in out, "explain" in out) == (0, True, True)
    code, _, err = stored("stories", "llm OR")
    assert (code, "character 5" in err) == (2, True)
