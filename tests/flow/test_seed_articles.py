"""The four real articles hirewire was asked for around, through the command as a user types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
JUNK = (
    "Connect with us", "International Circuit", "Click to comment", "You must be logged in", "Leave a Reply", "Copyright ©",
    "Content is protected", "![",
)  # fmt: skip
ALSO = {"huawei", "kuaishou", "meituan", "didi", "bytedance", "ant-group"}
CHINESE = {"pdd", "baidu", "tencent", "alibaba"}
PLAYERS = {
    "000": CHINESE | {"openai", "jd"},
    "001": CHINESE | ALSO,
    "002": CHINESE | ALSO,
    "003": {"openai", "cloudwalk", "yitu", "sensetime", "megvii"},
}


def hirewire(home: Path, *args: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}
    done = subprocess.run(
        [sys.executable, "-m", "crawler.cli", *args],
        env=inherited | {"HIREWIRE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """Each stored article by the first three letters of its file's name, with its text, tags and place among stories."""
    home = tmp_path_factory.mktemp("seeds")
    hirewire(home, "ingest", str(shared / "seeds"))
    rows = [json.loads(line) for line in hirewire(home, "articles", "--format", "jsonl").splitlines()]
    assert len(rows) == 4
    told = {row["id"]: json.loads(hirewire(home, "explain", row["id"], "--json"))["article"] for row in rows}
    return {row["url"].rpartition("/")[2][:3]: row | told[row["id"]] for row in rows}


def test_languages(seeds: dict[str, Row]) -> None:
    assert {name: row["language"] for name, row in seeds.items()} == {
        "000": "en", "001": "en", "002": "zh-Hans", "003": "en",
    }  # fmt: skip


def test_no_page_junk_and_no_doubled_title(seeds: dict[str, Row]) -> None:
    for name, row in seeds.items():
        assert not [junk for junk in JUNK if junk in row["text"]], name
        assert not row["title"] or row["title"] not in row["text"], name


def test_translations_and_stories(seeds: dict[str, Row]) -> None:
    pair = seeds["001"], seeds["002"]
    assert [row["duplicate_kind"] for row in pair if row["duplicate_of"]] == ["translation"]
    assert {row["duplicate_of"] for row in pair} - {None} <= {row["id"] for row in pair}
    assert seeds["000"]["story_id"] == seeds["001"]["story_id"] == seeds["002"]["story_id"]
    assert seeds["003"]["story_id"] != seeds["000"]["story_id"]
    assert seeds["000"]["duplicate_of"] is None


def test_all_are_hiring_news_and_name_the_players(seeds: dict[str, Row]) -> None:
    for name, row in seeds.items():
        assert row["hiring"]["is_hiring"], name
        assert {tag["id"] for tag in row["players"]} >= PLAYERS[name], name
        for tag in row["players"] + row["models"]:
            for mention in tag["mentions"]:
                assert row[mention["field"]][mention["start"] : mention["end"]] == mention["text"]


def test_pay_and_place(seeds: dict[str, Row]) -> None:
    def bounds(name: str) -> set[tuple[float | None, float | None, str, str | None]]:
        return {(pay["min"], pay["max"], pay["currency"], pay["period"]) for pay in seeds[name]["hiring"]["pay"]}

    assert (None, 60_000, "CNY", "month") in bounds("000")
    for name in ("001", "002"):
        assert (None, 1_300_000, "CNY", "year") in bounds(name)
    for name in ("000", "001", "002"):
        assert "Shanghai" in seeds[name]["hiring"]["places"], name
