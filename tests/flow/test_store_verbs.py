"""The verbs that look after what is stored: article, delete, db backup, restore and check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BODY = (
    "The model lab Harbour Nine said on Monday that it will hire forty engineers for its language model group in Lisbon. "
    "The group works on training data and evaluation. A spokesman said that the posts are open from December on, and that "
    "half of them are meant for people who have just finished their studies. The lab was founded three years ago."
)
LINES = [
    {"id": "1", "url": "https://one.example/lab-hires", "title": "Harbour Nine to hire forty engineers", "text": BODY},
    {
        "id": "2",
        "url": "https://two.example/copy",
        "title": "Harbour Nine to hire forty engineers",
        "text": BODY + " (agency)",
    },
]


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Calls the command with a home of its own; gives exit code, stdout and stderr."""
    monkeypatch.setenv("HIREWIRE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    return run


def ingest(call: Callable[..., tuple[int, str, str]], path: Path, lines: list[dict[str, str]]) -> dict[str, int]:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    _code, out, _err = call("ingest", str(path), "--json")
    counts: dict[str, int] = json.loads(out)
    return counts


def test_a_deleted_article_leaves_its_copy_alone_in_the_story(
    call: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    assert ingest(call, tmp_path / "in.jsonl", LINES)["stored"] == 2
    (story,) = json.loads(call("stories", "--json")[1])
    assert len(story["articles"]) == 2
    code, out, _ = call("delete", LINES[0]["url"], "--reason", "asked by the lab", "--json")
    assert (code, len(json.loads(out)["deleted"])) == (0, 1)
    (left,) = json.loads(call("articles", "--json")[1])
    assert (left["url"], left["duplicate_of"], left["story_id"]) == (LINES[1]["url"], None, left["id"])
    assert json.loads(call("articles", "story:" + story["id"], "--json")[1]) in ([], [left])
    code, out, _ = call("explain", LINES[0]["url"])
    assert (code, "asked by the lab" in out) == (0, True)
    again = ingest(call, tmp_path / "in.jsonl", LINES)
    assert (again["rejected"], again["unchanged"]) == (1, 1)


def test_a_backup_is_made_checked_and_restored(call: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    ingest(call, tmp_path / "in.jsonl", LINES)
    assert call("db", "backup", "kept.db")[0] == 0
    code, _, err = call("db", "backup", "kept.db")
    assert (code, "overwrites nothing" in err) == (2, True)
    call("delete", LINES[0]["url"])
    assert call("db", "restore", "kept.db", "--yes")[1] == "1 articles restored\n"
    code, out, _ = call("db", "check")
    assert (code, "problem" in out) == (0, False)
    (tmp_path / "bad.db").write_text("no database")
    code, _, err = call("db", "restore", "bad.db", "--yes")
    assert (code, "no backup" in err) == (1, True)
    assert len(json.loads(call("articles", "--json")[1])) == 1


def test_an_article_is_shown_with_what_changed(call: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    ingest(call, tmp_path / "in.jsonl", LINES[:1])
    assert BODY in call("article", LINES[0]["url"])[1]
    assert "has not changed" in call("article", LINES[0]["url"], "--revisions")[1]
    ingest(call, tmp_path / "in.jsonl", [LINES[0] | {"text": BODY.replace("forty", "sixty")}])
    changes = call("article", LINES[0]["url"], "--revisions")[1]
    assert "~ The model lab Harbour Nine said on Monday that it will hire [forty → sixty] " in changes
    assert "spokesman" not in changes
    ingest(
        call,
        tmp_path / "in.jsonl",
        [LINES[0] | {"text": BODY.replace("forty", "sixty") + "\nUpdated: 21 November 2026, 9:00"}],
    )
    assert call("article", LINES[0]["url"], "--revisions")[1] == changes, "a stamp is no wording"
    code, _, err = call("article", "https://nowhere.example/x")
    assert (code, "not stored" in err) == (1, True)


def test_a_query_that_cannot_be_read_says_where(call: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = call("articles", "llm OR")
    assert (code, out) == (2, "")
    assert "character 5" in err


def test_a_file_is_explained_on_the_spot_and_not_stored(
    call: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "funding.md"
    path.write_text(
        "# Mistral raises $500 million\n\nMistral, the AI lab, will hire dozens of engineers for its language models.\n",
        "utf-8",
    )
    code, out, _ = call("explain", str(path))
    assert code == 0
    assert "for      +" in out
    assert "says recruit: 'will hire' at text " in out
    assert "against  -2.21  speaks of funding: 'raises' at title 8-14" in out
    assert "turns it if the headline did not speak of funding (+2.21)" in out
    row = json.loads(call("explain", str(path), "--json")[1])
    assert {reason["name"] for reason in row["hiring"]["reasons"]} >= {"says recruit", "speaks of funding"}
    assert json.loads(call("stories", "--json")[1] or "[]") == []


def test_a_file_that_cannot_be_read_is_not_explained(call: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"")
    code, out, _ = call("explain", str(path))
    assert (code, out.startswith(str(path))) == (1, True), out
