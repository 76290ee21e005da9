"""`hirewire players list | find | show`: the registry as a user looks into it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., tuple[int, str, str]]


def test_the_list_is_in_order_and_can_be_narrowed(hirewire: Call) -> None:
    code, out, _ = hirewire("players", "list", "--json")
    rows = json.loads(out)
    assert code == 0
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    narrowed = json.loads(hirewire("players", "list", "--kind", "model-lab", "--country", "cn", "--json")[1])
    assert {"deepseek", "zhipu"} <= {row["id"] for row in narrowed}
    assert {(row["kind"], row["country"]) for row in narrowed} == {("model-lab", "CN")}


def test_a_kind_that_is_none_is_refused_with_those_that_are(hirewire: Call) -> None:
    code, _, err = hirewire("players", "list", "--kind", "lab")
    assert code == 2
    assert "'lab' is none of app, big-tech, chip" in err


def test_words_find_players_by_any_name_the_very_name_first(hirewire: Call) -> None:
    rows = json.loads(hirewire("players", "find", "騰訊", "--json")[1])
    assert (rows[0]["id"], rows[0]["matched"][0]) == ("tencent", "腾讯")
    assert json.loads(hirewire("players", "find", "meta", "--json")[1])[0]["id"] == "meta"
    assert hirewire("players", "find", "no such name")[0] == 0


def test_a_player_is_shown_with_its_names_models_and_doubts(hirewire: Call) -> None:
    code, out, _ = hirewire("players", "show", "moonshot")
    lines = dict(line.split("  ", 1) for line in out.splitlines() if not line.startswith(" "))
    assert code == 0
    assert "月之暗面" in lines["zh-Hans"]
    assert "Kimi K2" in lines["model kimi"]
    assert "may mean a given name; counts by default; not if it is written otherwise, or a surname follows" in out
    shown = json.loads(hirewire("players", "show", "spacex", "--json")[1])
    assert (shown["id"], shown["owns"]) == ("spacex", ["xai"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("oppenai", "did you mean openai"),
        ("그록", "did you mean groq or xai?"),
        ("nobody at all", "try `hirewire players find nobody at all`"),
    ],
)
def test_a_player_that_is_none_is_refused_with_what_comes_near(hirewire: Call, words: str, told: str) -> None:
    code, _, err = hirewire("players", "show", words)
    assert code == 2
    assert told in " ".join(err.split())


def test_a_name_of_one_player_alone_shows_it(hirewire: Call) -> None:
    assert hirewire("players", "show", "月之暗面")[1].startswith("moonshot")
