"""`hirewire players retag`: what an older registry left untagged is found, shown, and then stored once."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

TEXTS = {
    "https://one.example/poach": "OpenAI has poached five researchers from Google DeepMind for its language model team, two "
    "people said on Monday. Each was offered a pay package of up to US$2 million a year. The researchers worked on Gemini.",
    "https://two.example/bridge": "Workers have begun to paint the old iron bridge over the northern river, which carries "
    "the road to the coast. The council expects the work to last until spring, and asks drivers to take the tunnel.",
}


def stored(hirewire: Call, folder: Path) -> sqlite3.Connection:
    lines = [json.dumps({"id": url, "url": url, "title": "News", "text": text}) for url, text in TEXTS.items()]
    (folder / "in.jsonl").write_text("\n".join(lines), "utf-8")
    assert hirewire("ingest", str(folder / "in.jsonl"))[0] == 0
    return sqlite3.connect(folder / "home" / "hirewire.db")


def tagged(hirewire: Call) -> dict[str, tuple[list[str], bool]]:
    rows: list[dict[str, Any]] = json.loads(hirewire("articles", "--json")[1])
    return {row["url"]: (row["players"], row["is_hiring"]) for row in rows}


def test_what_is_tagged_as_today_does_not_change(hirewire: Call, tmp_path: Path) -> None:
    stored(hirewire, tmp_path).close()
    code, out, err = hirewire("players", "retag", "--json")
    assert (code, json.loads(out)) == (0, [])
    assert "looked at 2: 0 differ; 0 stored" in err


def test_lost_tags_are_shown_and_then_stored_once(hirewire: Call, tmp_path: Path) -> None:
    database = stored(hirewire, tmp_path)
    before = tagged(hirewire)
    assert "openai" in before["https://one.example/poach"][0]
    # As if the registry of then had known no player and no model.
    database.execute("UPDATE article_bodies SET players = '[]', models = '[]'")
    database.execute("UPDATE articles SET is_hiring = 0")
    database.execute("DELETE FROM article_players")
    database.commit()
    gone = tagged(hirewire)
    assert gone["https://one.example/poach"][0] == []

    code, out, err = hirewire("players", "retag", "--dry-run", "--json")
    shown = {(row["what"], row["id"]): (row["change"], row["articles"]) for row in json.loads(out)}
    assert (code, shown["player", "openai"], shown["model", "gemini"]) == (0, ("gained", 1), ("gained", 1))
    assert "looked at 2: 1 differ (models 1, players 1); nothing stored; run it without" in err
    assert tagged(hirewire) == gone

    code, out, err = hirewire("players", "retag", "--articles", "--json")
    (row,) = json.loads(out)
    assert (code, row["url"], "players" in row["changed"]) == (0, "https://one.example/poach", True)
    assert "1 stored" in err
    assert tagged(hirewire) == before
    assert len(json.loads(hirewire("articles", "player:openai", "--json")[1])) == 1
    assert "has not changed" in hirewire("article", "https://one.example/poach", "--revisions")[1]
    assert json.loads(hirewire("players", "retag", "--json")[1]) == []
    database.close()
