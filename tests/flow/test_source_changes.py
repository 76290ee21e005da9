"""A source is added from its home page, and lists go in and out, by the command against a newsroom on loopback."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.discovery.opml import read_opml
from crawler.newsroom import Newsroom
from crawler.sources import Registry, load_sources

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=datetime.now(UTC)) as room:
        yield room


@pytest.fixture
def run(tmp_path: Path) -> Run:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}

    def call(*args: str, sources: Path | None = None) -> subprocess.CompletedProcess[str]:
        environ = inherited | {"HIREWIRE_HOME": str(tmp_path / "var"), "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8"}
        return subprocess.run(
            [sys.executable, "-m", "crawler.cli", "sources", *args],
            env=environ | ({"HIREWIRE_SOURCES": str(sources)} if sources else {}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


def test_a_source_is_added_from_its_home_page_with_one_command(newsroom: Newsroom, run: Run, tmp_path: Path) -> None:
    (known,) = [source for source in load_sources(newsroom.registry_path(tmp_path)) if source.feeds][:1]
    mine = tmp_path / "mine.toml"
    done = run("add", known.homepage, "--to", str(mine), "--id", "found-it")
    assert done.returncode == 0, done.stderr
    (source,) = load_sources(mine)
    assert source.id == "found-it"
    assert source.feeds
    assert 'id = "found-it"' in done.stdout
    again = run("add", known.homepage, "--to", str(mine), "--id", "found-it")
    assert again.returncode == 2
    assert "is taken" in again.stderr
    checked = run("check", known.homepage)
    assert checked.returncode == 0, checked.stderr
    assert "links discovered" in checked.stdout


def test_what_cannot_be_added_is_told(run: Run, tmp_path: Path) -> None:
    nowhere = run("add", "http://127.0.0.1:9/", "--dry-run")
    assert nowhere.returncode == 1
    assert "refused" in nowhere.stderr
    assert run("add", "nonsense", "--dry-run").returncode == 2
    unnamed = run("add", "http://127.0.0.1:9/")
    assert unnamed.returncode == 2
    assert "--to FILE" in unnamed.stderr


def test_lists_go_out_and_in(run: Run, tmp_path: Path) -> None:
    written = run("export")
    watched = {feed for source in load_sources().enabled for feed in source.feeds}
    found = read_opml(written.stdout.encode(), Registry(()))
    assert {feed for source in found.sources for feed in source.feeds} == watched
    (tmp_path / "list.opml").write_text(written.stdout, "utf-8")
    done = run("import", str(tmp_path / "list.opml"), "--to", str(tmp_path / "mine.toml"))
    assert done.returncode == 0, done.stderr
    assert "0 new" in done.stderr
    assert not (tmp_path / "mine.toml").exists()
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.toml").write_text(
        '[[source]]\nid = "a"\nname = "A"\nhomepage = "https://a.example/"\nlanguage = "en"\ncountry = "US"\n'
        'feeds = ["https://a.example/feed"]\n',
        "utf-8",
    )
    assert run("import", str(tmp_path / "list.opml"), sources=own).returncode == 0
    assert {feed for source in load_sources(own) for feed in source.feeds} == watched | {"https://a.example/feed"}
