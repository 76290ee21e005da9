"""What `sources check`, `sources health` and `crawl` tell a user, against a newsroom on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.newsroom import Newsroom
from crawler.sources import load_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Call = Callable[..., subprocess.CompletedProcess[str]]

SOURCE = "dahu-times"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=datetime.now(UTC)) as room:
        yield room


@pytest.fixture
def call(newsroom: Newsroom, tmp_path: Path) -> Call:
    """Run the command with the newsroom as registry; for what crawls, a process has one reactor."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}
    environ |= {
        "HIREWIRE_HOME": str(tmp_path / "var"),
        "HIREWIRE_SOURCES": str(newsroom.registry_path(tmp_path)),
        "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
    }

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "crawler.cli", *args]
        return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)

    return run


def test_a_check_shows_what_would_be_stored_and_stores_nothing(call: Call, newsroom: Newsroom) -> None:
    shown = call("sources", "check", SOURCE)
    assert shown.returncode == 0, shown.stderr
    (feed,) = newsroom.feed_urls(SOURCE)
    lines = shown.stdout.splitlines()
    assert lines[0] == f"{SOURCE}: ok"
    assert lines[1].startswith(f"  {feed}: ")
    assert "4 would be stored, 1 refused as soft-404" in lines[2]
    titles = {truth.title for url, truth in newsroom.truth.items() if url.startswith(newsroom.sites[SOURCE].base)}
    assert sum(any(title in line for title in titles) for line in lines) == 4
    assert call("articles", "--json").stdout.strip() == "[]"


def test_a_site_that_is_watched_already_is_not_added_twice(call: Call, newsroom: Newsroom, tmp_path: Path) -> None:
    home = newsroom.sites[SOURCE].base + "/"
    refused = call("sources", "add", home, "--to", str(tmp_path / "more.toml"))
    assert refused.returncode == 2
    assert f"is watched already, as {SOURCE}" in refused.stderr
    assert not (tmp_path / "more.toml").exists()


def test_trouble_is_told_with_its_evidence_and_in_the_exit_code(call: Call, tmp_path: Path) -> None:
    well = call("sources", "health")
    assert (well.stdout, "no sources in trouble; 12 not visited yet" in well.stderr) == ("", True)
    (tmp_path / "newsroom.toml").write_text(
        '[[source]]\nid = "nobody"\nname = "Nobody"\nhomepage = "http://127.0.0.1:9/"\nlanguage = "en"\ncountry = "GB"\n'
        'feeds = ["http://127.0.0.1:9/feed"]\n', "utf-8",
    )  # fmt: skip
    crawled = call("crawl", "nobody")
    assert crawled.returncode == 1
    assert "refused" in crawled.stdout
    told = call("sources", "health")
    assert "1 source in trouble" in told.stderr
    (row,) = json.loads(call("sources", "health", "--json").stdout)
    assert (row["state"], bool(row["since_at"]), bool(row["evidence"]), bool(row["remedy"])) == (
        "unreachable", True, True, True,
    )  # fmt: skip


def test_after_a_crawl_the_way_on_and_the_reasons_are_told(call: Call, newsroom: Newsroom, tmp_path: Path) -> None:
    registry = load_sources(tmp_path / "newsroom.toml")
    assert call("crawl", "--all", "--json").returncode == 0
    idle = call("crawl")
    assert (idle.returncode, "no source is due; hirewire crawl --all" in idle.stderr) == (0, True)
    assert "12 well" in call("sources", "health").stderr
    assert len(registry) == 12
    refused = {truth.expected.kind: url for url, truth in newsroom.truth.items() if truth.expected.kind != "article"}
    told = {kind: call("explain", url).stdout for kind, url in refused.items()}
    assert "a check for robots came in place of the page; " in told["bot-wall"]
    assert "next       asked for after 1 attempt from " in told["bot-wall"]
    assert "robots.txt forbids it; it was not fetched" in told["robots"]
    for kind, text in told.items():
        assert text.startswith(f"page       rejected: {kind} ("), text
        assert "listed     by " in text
