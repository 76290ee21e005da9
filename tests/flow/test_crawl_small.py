"""Whole crawls of loopback sites: what is fetched, stored, revised, refused and counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crawler.spiders.run import crawl
from pipeline.store.crawling import runs
from tests.loopback import (
    Answer,
    Clock,
    Site,
    SmallDesk,
    SmallStore,
    discover,
    extract,
    serving,
    settings,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crawler.spiders.outcome import SourceOutcome


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SmallStore]:
    opened = SmallStore(f"sqlite:///{tmp_path}/crawl.db")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def go(store: SmallStore, tmp_path: Path, clock: Clock) -> Callable[..., SourceOutcome]:
    def run(*sources: Any, allow: str = "127.0.0.0/8", **more: Any) -> SourceOutcome:
        outcomes = crawl(
            sources,
            store,
            SmallDesk(),
            settings(tmp_path, allow),
            now=clock,
            extract=extract,
            discover=discover,
            **more,
        )
        return outcomes[0]

    return run


def test_a_feed_is_crawled_once_and_counts_add_up(site: Site, store: SmallStore, go: Any) -> None:
    links = [site.article(f"/a/{n}") for n in range(5)]
    site.pages["/wall"] = Answer(b"<html>just a moment</html>")
    feed = site.feed("/feed", *links, site.url + "/wall", site.url + "/gone", "ftp://elsewhere/x")
    outcome = go(source(feed))
    assert (outcome.outcome, outcome.stored, outcome.discovered) == ("ok", 5, 8)
    assert outcome.rejected == {"bot-wall": 1, "gone": 1, "bad-url": 1}
    assert outcome.met == 8
    again = go(source(feed))
    assert (again.met, again.discovered, again.outcome) == (0, 0, "ok")
    assert len(site.paths("/a/")) == 5
    assert len(store.rows("SELECT * FROM kept")) == 5


def test_variants_of_one_article_are_one_page(site: Site, store: SmallStore, go: Any) -> None:
    link = site.article("/story")
    for suffix in ("?utm_source=rss", "#top", "?fbclid=1", "/"):
        site.pages["/story" + suffix.partition("#")[0]] = site.pages["/story"]
    feed = site.feed("/feed", link, *(link + suffix for suffix in ("?utm_source=rss", "#top", "?fbclid=1", "/")))
    assert go(source(feed)).stored == 1
    assert len(store.rows("SELECT * FROM kept")) == 1


def test_a_changed_entry_is_fetched_again_and_becomes_a_revision(site: Site, go: Any) -> None:
    link = site.article("/story", title="Old")
    feed = site.feed("/feed", link, titles={link: "Old"})
    assert go(source(feed)).stored == 1
    site.article("/story", title="New")
    site.feed("/feed", link, titles={link: "New"})
    assert go(source(feed)).revised == 1
    site.feed("/feed")  # the feed flaps empty, then refills
    assert go(source(feed)).met == 0
    site.feed("/feed", link, titles={link: "New"})
    assert go(source(feed)).met == 0


def test_a_page_that_makes_a_stage_raise_is_quarantined_with_the_reason(site: Site, store: SmallStore, go: Any) -> None:
    feed = site.feed(
        "/feed",
        site.article("/1", text="explode"),
        site.article("/2", title="explode while filing"),
        site.article("/3"),
    )
    outcome = go(source(feed))
    assert (outcome.quarantined, outcome.stored) == (2, 1)
    reasons = [row.detail for row in store.rows("SELECT detail FROM frontier WHERE state = 'quarantined' ORDER BY url")]
    assert reasons[0].startswith("RuntimeError: a stage gave up in prepare:")
    assert reasons[1].startswith("RuntimeError: filing gave up in file:")


def test_failed_pages_are_tried_three_times_in_all(site: Site, store: SmallStore, go: Any, clock: Clock) -> None:
    site.pages["/down"] = Answer(b"", 500)
    feed = site.feed("/feed", site.url + "/down")
    assert go(source(feed)).failed == 1
    assert go(source(feed)).met == 0
    clock.ahead += 11 * 60
    assert go(source(feed)).failed == 1
    clock.ahead += 3 * 3600
    outcome = go(source(feed))
    assert (outcome.failed, outcome.quarantined) == (0, 1)
    assert store.rows("SELECT detail FROM frontier")[0].detail == "server-error (3 attempts)"
    clock.ahead += 86400
    assert go(source(feed)).met == 0


def test_sitemap_children_are_followed_and_cycles_end(site: Site, go: Any) -> None:
    child = site.feed("/b", site.article("/1"), children=[site.url + "/a"])
    feed = site.feed("/a", children=[child, child])
    assert go(source(feed)).stored == 1
    assert sorted(site.paths()) == ["/1", "/a", "/b"]


def test_ten_thousand_children_end_in_budget(site: Site, go: Any) -> None:
    children = [f"{site.url}/child/{n}" for n in range(10_000)]
    for n in range(100):
        site.feed(f"/child/{n}")
    go(source(site.feed("/index", children=children)))
    assert 5 < len(site.paths("/child/")) <= 31


def test_the_user_agent_names_a_contact(site: Site, go: Any) -> None:
    go(source(site.feed("/feed")))
    agents = {hit.headers["user-agent"] for hit in site.hits}
    assert len(agents) == 1
    assert agents.pop().endswith("(+mailto:me@here)")


def test_no_cookie_and_no_referer_is_ever_sent(site: Site, go: Any) -> None:
    site.pages["/feed"] = Answer(b'{"links": []}', headers={"Set-Cookie": "a=b"})
    go(source(site.url + "/feed"))
    with serving("127.0.0.2") as other:
        other.article("/target")
        site.pages["/hop"] = Answer(status=302, headers={"Location": other.url + "/target", "Set-Cookie": "c=d"})
        go(source(site.feed("/feed", site.url + "/hop?token=SECRET", site.url + "/hop")))
        hit = next(hit for hit in other.hits if hit.path == "/target")
    assert not {"cookie", "referer", "authorization"} & set(hit.headers)


def test_a_source_in_other_hands_is_busy(site: Site, store: SmallStore, go: Any, clock: Clock) -> None:
    feed = site.feed("/feed", site.article("/1"))
    with store.writing() as writer:
        until = clock() + timedelta(seconds=60)
        assert runs.acquire(writer.connection, "source:one", owner="someone", now=clock(), until=until)
    assert go(source(feed)).outcome == "busy"
    assert not site.hits
    clock.ahead += 61
    assert go(source(feed)).stored == 1
