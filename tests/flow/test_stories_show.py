"""`hirewire stories show`: who reported first, how long the others took, which of them copied, and what came of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crawler.cli.story import lag

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

HIRES = (
    "The model lab Harbour Nine said on Monday that it will hire forty engineers for its language model group in Lisbon. "
    "The group works on training data and evaluation. A spokesman, Duarte Quintela, said that the posts are open from December "
    "on, and that half of them are meant for people who have just finished their studies. The lab was founded three years ago."
)
REPORT = (
    "Harbour Nine is looking for forty engineers in Lisbon, says its spokesman Duarte Quintela. The Portuguese lab builds "
    "language models; the new group is to work on evaluation and training data from December. Half of the posts go to graduates."
)
LATER = (
    "Harbour Nine has filled the forty posts for engineers in Lisbon, its spokesman Duarte Quintela said. The language model "
    "group for training data and evaluation began its work this week, and half of its people have just finished their studies."
)
BRIDGE = "Workers have begun to paint the old iron bridge over the northern river, which carries the road to the coast."
NEWS = {
    "https://first.example/lab-hires": ("Harbour Nine to hire forty in Lisbon", HIRES, "2026-11-17T08:00:00Z"),
    "https://copy.example/a1": ("Harbour Nine to hire forty in Lisbon", HIRES + " (agency)", "2026-11-17T08:35:00Z"),
    "https://own.example/lisbon": ("Forty engineers wanted in Lisbon", REPORT, "2026-11-18T11:00:00Z"),
    "https://first.example/filled": ("Harbour Nine fills its Lisbon posts", LATER, "2026-11-27T09:00:00Z"),
    "https://bridge.example/paint": ("New paint", BRIDGE, "2026-11-18T09:00:00Z"),
}
FIRST, COPY, OWN, FILLED, _ = NEWS


@pytest.fixture
def stored(hirewire: Call, tmp_path: Path) -> Call:
    lines = [
        json.dumps({"id": url, "url": url, "title": title, "text": text, "published_at": at})
        for url, (title, text, at) in NEWS.items()
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    assert hirewire("ingest", str(tmp_path / "in.jsonl"))[0] == 0
    return hirewire


def shown(call: Call, name: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(call("stories", "show", name, "--json")[1])
    return row


def test_a_story_names_outlets_with_their_lag_and_part(stored: Call) -> None:
    row = shown(stored, OWN)
    assert row["first_to_report"] == "first.example"
    assert row["lead"] == {
        "outlet": "first.example", "article_id": row["id"], "url": FIRST, "title": "Harbour Nine to hire forty in Lisbon",
    }  # fmt: skip
    assert [(each["outlet"], each["kind"], each["lag_seconds"]) for each in row["coverage"]] == [
        ("first.example", "original", 0.0),
        ("copy.example", "near", 2100.0),
        ("own.example", "report", 97200.0),
    ]
    assert row["coverage"][1]["duplicate_of"] == row["id"]
    assert [(each["title"], each["order"]) for each in row["linked"]] == [
        ("Harbour Nine fills its Lisbon posts", "after")
    ]
    assert [(each["title"], each["order"]) for each in shown(stored, FILLED)["linked"]] == [
        ("Harbour Nine to hire forty in Lisbon", "before")
    ]


def test_people_read_the_same(stored: Call) -> None:
    code, out, _ = stored("stories", "show", FIRST)
    assert code == 0
    for part in ("3 articles, 3 outlets, en", "first to report: first.example, 2026-11-17 08:00", "+35 min", "+1 d 3 h",
                 "linked stories:", "2026-11-27 09:00  after"):  # fmt: skip
        assert part in out


def test_a_former_id_leads_to_the_story(stored: Call, tmp_path: Path) -> None:
    before = shown(stored, OWN)["id"]
    earlier = {
        "id": "e",
        "url": "https://early.example/x",
        "title": "Forty posts",
        "published_at": "2026-11-16T20:00:00Z",
    }
    (tmp_path / "early.jsonl").write_text(json.dumps(earlier | {"text": HIRES + " More soon."}), "utf-8")
    stored("ingest", str(tmp_path / "early.jsonl"))
    row = shown(stored, before)
    assert row["id"] != before
    assert row["former_ids"] == [before]
    assert row["first_to_report"] == "early.example"


def test_the_list_has_the_outlets_too_and_an_unknown_name_is_told(stored: Call) -> None:
    rows = {row["title"]: row for row in json.loads(stored("stories", "--format", "json")[1])}
    coverage = rows["Harbour Nine to hire forty in Lisbon"]["coverage"]
    assert [(each["outlet"], each["lag_seconds"]) for each in coverage][1] == ("copy.example", 2100.0)
    code, out, err = stored("stories", "show", "https://nowhere.example/")
    assert (code, out, "is stored" in err) == (2, "", True)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "undated"), (0.0, "first"), (2100, "+35 min"), (97_200, "+1 d 3 h"), (90_061, "+1 d 1 h"), (59, "first")],
)
def test_a_lag_is_two_units_at_most(seconds: float | None, said: str) -> None:
    assert lag(seconds) == said
