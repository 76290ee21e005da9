"""A source is added from its home page, and lists go in and out, by the command against a newsroom on loopback."""

import json
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
from crawler.sources import Registry, load_sources, read_sources
from pipeline.errors import InputError, UsageError
from tests.loopback import Answer, Site, serving


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=datetime.now(UTC)) as room:
        yield room


ARTICLE = (
    "<html lang='en'><head><title>A bridge is mended</title></head><body><article><h1>A bridge is mended</h1>"
    + "".join(
        f"<p>The {nth} arch of the old bridge over the river was mended in the night of Tuesday, the council said, "
        "after the flood of last spring had carried away some of its stones and half of the railing.</p>"
        for nth in ("first", "second", "third", "fourth", "fifth")
    )
    + "</article></body></html>"
).encode()


def in_a_process(home: Path, *args: str, group: tuple[str, ...] = ("sources",)) -> subprocess.CompletedProcess[str]:
    """For what crawls: a process has one reactor."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}
    environ |= {"HIREWIRE_HOME": str(home), "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8"}
    return subprocess.run(
        [sys.executable, "-m", "crawler.cli", *group, *args],
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
    ("args", "told"),
    [
        (("nonsense", "--dry-run"), "no address of a site"),
        (("https://me:secret@a.example/",), "user name or password"),
        (("https://a.example/", "--id", "Not A Slug"), "--id: 'Not A Slug' is no slug"),
        (
            ("https://a.example/", "--country", "China", "--timezone", "Beijing"),
            "--country: 'China' is no country code",
        ),
        (("https://a.example/", "--id", "techcrunch"), "there is a source 'techcrunch' already"),
    ],
)
def test_what_cannot_be_understood_is_told(tmp_path: Path, args: tuple[str, ...], told: str) -> None:
    error = here(tmp_path, "add", *args).exception
    assert isinstance(error, UsageError)
    assert told in str(error)
    assert "pydantic" not in str(error)


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


def serve_feed(site: Site) -> None:
    base = site.url
    feed = f"<rss version='2.0'><channel><title>Small Paper</title><item><link>{base}/1</link></item></channel></rss>"
    site.pages["/feed"] = Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"})
    home = '<html lang="en"><title>Small Paper</title><link rel="alternate" type="application/rss+xml" href="/feed"></html>'
    site.pages["/"] = Answer(home.encode(), headers={"Content-Type": "text/html"})


def test_a_source_of_ones_own_stands_beside_the_built_in_ones(tmp_path: Path) -> None:
    """Without settings: added by one command, an address without scheme will do, and it is in the registry at once."""
    home = tmp_path / "var"
    with serving() as site:
        serve_feed(site)
        added = in_a_process(home, "add", site.url.removeprefix("http://"))
        assert added.returncode == 0, added.stderr
        assert "hirewire crawl small-paper visits it" in added.stderr
        again = in_a_process(home, "add", site.url)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is watched already, as small-paper" in again.stderr
    listed = [line.split()[0] for line in here(home, "list").stdout.splitlines()[1:]]
    assert "small-paper" in listed
    assert len(listed) == len(load_sources().enabled) + 1


def test_one_file_named_twice_is_not_given_one_source_twice(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    with serving() as site:
        serve_feed(site)
        first = in_a_process(tmp_path, "add", site.url, "--to", str(mine))
        assert f"HIREWIRE_SOURCES={mine} hirewire crawl small-paper visits it" in first.stderr
        second = in_a_process(tmp_path, "add", site.url, "--to", str(mine))
    assert (second.returncode, second.stdout) == (2, "")
    assert "is watched already, as small-paper" in second.stderr


def test_what_cannot_be_written_is_told_and_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    opml = tmp_path / "list.opml"
    opml.write_text('<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>', "utf-8")
    error = here(tmp_path, "import", str(opml), "--to", str(opml / "inside.toml")).exception
    assert isinstance(error, InputError)
    assert "cannot be written: " in str(error)
    assert "Errno" not in str(error)
    (tmp_path / "folder").mkdir()
    assert here(tmp_path, "import", str(opml), "--to", str(tmp_path / "folder")).exit_code == 0
    assert [source.id for source in load_sources(tmp_path / "folder" / "added.toml")] == ["a-example"]
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(b"no", 403), "answers 403"),
        (Answer(b"no", 404), "answers 404"),
        (Answer(b"<html><div id=app></div></html>"), "no feed, no sitemap and no links to articles"),
    ],
)
def test_a_page_with_nothing_to_watch_is_told(tmp_path: Path, answer: Answer, told: str) -> None:
    with serving() as site:
        site.pages["/"] = answer
        refused = in_a_process(tmp_path, "add", f"{site.url}/")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert told in refused.stderr
    assert not (tmp_path / "sources.toml").exists()


def test_a_site_whose_rules_forbid_a_look_is_left_alone(tmp_path: Path) -> None:
    with serving() as site:
        serve_feed(site)
        site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
        refused = in_a_process(tmp_path, "add", f"{site.url}/")
        assert site.paths() == []
    assert refused.returncode == 1
    assert "its robots.txt forbids it" in refused.stderr
    assert "robots.txt is obeyed" in refused.stderr


def test_what_visits_found_stands_below_the_table(tmp_path: Path) -> None:
    with serving() as site:
        serve_feed(site)
        feed = site.pages["/feed"].body.replace(
            b"<item>", b'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="/hub"/><item>'
        )
        site.pages["/feed"] = Answer(feed, headers={"Content-Type": "application/rss+xml"})
        site.pages["/1"] = Answer(ARTICLE, headers={"Content-Type": "text/html", "X-Robots-Tag": "noai"})
        assert in_a_process(tmp_path, "add", site.url).returncode == 0
        table = here(tmp_path, "show", "small-paper").stdout
        assert "#" not in table, "nothing is known before the first visit"
        crawled = in_a_process(tmp_path, "crawl", "small-paper", group=())
        assert crawled.returncode == 0, crawled.stderr
    shown = here(tmp_path, "show", "small-paper").stdout
    assert shown.startswith(table.rstrip())
    assert read_sources([("shown.toml", shown.encode())])["small-paper"].feeds == (f"{site.url}/feed",)
    assert f"#   {site.url}/feed: rss, 1 link; WebSub hub {site.url}/hub" in shown
    assert "# small-paper: ok since " in shown
    assert "#   reserves     x-robots-tag: noai (since " in shown
    told = here(tmp_path, "health", "small-paper").stdout
    assert "  seven days   1 new; 100% of fetched pages were articles" in told
    assert "  reserves     x-robots-tag: noai (since " in told
    (row,) = json.loads(here(tmp_path, "health", "small-paper", "--json").stdout)
    assert row["rights"] == ["x-robots-tag: noai"]
    assert row["reservations"][0]["is_gone"] is False


def test_a_list_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    error = here(tmp_path, "export", "--to", str(tmp_path / "nowhere" / "list.opml")).exception
    assert isinstance(error, InputError)
    assert "list.opml cannot be written: No such file or directory" in str(error)
