"""A source is added from its home page, and lists go in and out, by the command against a newsroom on loopback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli.sources import sources as command
from crawler.discovery.opml import read_opml
from crawler.newsroom import Newsroom
from crawler.sources import Registry, load_sources
from pipeline.errors import UsageError
from tests.loopback import Answer, serving


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=datetime.now(UTC)) as room:
        yield room


def in_a_process(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """For what crawls: a process has one reactor."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}
    environ |= {"HIREWIRE_HOME": str(home), "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8"}
    return subprocess.run(
        [sys.executable, "-m", "crawler.cli", "sources", *args],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def here(home: Path, *args: str, sources: Path | None = None) -> Result:
    environ = {"HIREWIRE_HOME": str(home), "HIREWIRE_SOURCES": str(sources) if sources else None}
    return CliRunner().invoke(command, args, env=environ)


def test_a_source_is_added_from_its_home_page_with_one_command(newsroom: Newsroom, tmp_path: Path) -> None:
    known = next(source for source in load_sources(newsroom.registry_path(tmp_path)) if source.feeds)
    mine = tmp_path / "mine.toml"
    done = in_a_process(
        tmp_path / "var", "add", known.homepage, "--to", str(mine), "--id", "found-it", "--country", "CN"
    )
    assert done.returncode == 0, done.stderr
    (source,) = load_sources(mine)
    assert (source.id, source.country) == ("found-it", "CN")
    assert source.feeds
    assert mine.read_text("utf-8") == done.stdout


def test_a_site_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = in_a_process(tmp_path / "var", "add", "http://127.0.0.1:9/", "--dry-run")
    assert nowhere.returncode == 1
    assert "refused" in nowhere.stderr


def test_a_wall_in_place_of_the_home_page_is_told(tmp_path: Path) -> None:
    with serving() as site:
        wall = b"<html><head><title>Just a moment...</title></head><body><p>Please verify that you are human.</p></body></html>"
        site.pages["/"] = Answer(wall, headers={"Content-Type": "text/html"})
        refused = in_a_process(tmp_path / "var", "add", f"{site.url}/", "--dry-run")
    assert refused.returncode == 1
    assert "answers with a bot-wall page" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize(
    ("args", "told"), [(("nonsense", "--dry-run"), "http"), (("https://a.example/",), "--to FILE")]
)
def test_what_cannot_be_understood_is_told(tmp_path: Path, args: tuple[str, ...], told: str) -> None:
    error = here(tmp_path, "add", *args).exception
    assert isinstance(error, UsageError)
    assert told in str(error)


def test_lists_go_out_and_in(tmp_path: Path) -> None:
    opml, mine, own = tmp_path / "list.opml", tmp_path / "mine.toml", tmp_path / "own"
    opml.write_text(here(tmp_path, "export").stdout, "utf-8")
    watched = {feed for source in load_sources().enabled for feed in source.feeds}
    found = read_opml(opml.read_bytes(), Registry(()))
    assert {feed for source in found.sources for feed in source.feeds} == watched
    assert "0 new" in here(tmp_path, "import", str(opml), "--to", str(mine)).stderr
    assert not mine.exists()
    own.mkdir()
    (own / "a.toml").write_text(
        '[[source]]\nid = "a"\nname = "A"\nhomepage = "https://a.example/"\nlanguage = "en"\ncountry = "US"\n'
        'feeds = ["https://a.example/feed"]\n',
        "utf-8",
    )
    assert here(tmp_path, "import", str(opml), sources=own).exit_code == 0
    assert {feed for source in load_sources(own) for feed in source.feeds} == watched | {"https://a.example/feed"}
