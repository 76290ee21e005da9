"""What visits teach: named states with alarms told once, the next visit, reservations of rights."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crawler.discovery import discover as real_discover
from crawler.extraction import extract as real_extract
from crawler.manners.reservations import read
from crawler.reports import report
from crawler.sources import Registry
from crawler.spiders.run import crawl, due_sources
from crawler.spiders.session import Limits
from pipeline.store.crawling import runs
from tests.loopback import (
    Answer,
    Clock,
    Site,
    SmallDesk,
    SmallStore,
    discover,
    extract,
    page,
    serving,
    settings,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


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
def visit(store: SmallStore, tmp_path: Path, clock: Clock) -> Callable[..., list[Any]]:
    """One visit; the alarms it raised."""

    def run(source: Any, **more: Any) -> list[Any]:
        alarms: list[Any] = []
        parts: dict[str, Any] = {"extract": extract, "discover": discover, "on_alarm": alarms.append} | more
        crawl([source], store, SmallDesk(), settings(tmp_path), now=clock, **parts)
        return alarms

    return run


def state(store: SmallStore, name: str = "one") -> Any:
    with store.writing() as writer:
        return runs.state_of(writer.connection, name)


def test_an_alarm_is_told_once_and_so_is_the_recovery(site: Site, store: SmallStore, visit: Any) -> None:
    feed = source(site.url + "/feed")
    site.pages["/feed"] = Answer(page("Log in", "please"))
    alarms = visit(feed)
    assert [(alarm.before, alarm.state) for alarm in alarms] == [("ok", "broken-feed")]
    assert "no feed" in alarms[0].evidence
    assert alarms[0].remedy
    assert visit(feed) == []
    since = state(store)["since_at"]
    site.feed("/feed", site.article("/1"))
    assert [(alarm.before, alarm.state, alarm.is_recovery) for alarm in visit(feed)] == [("broken-feed", "ok", True)]
    assert state(store)["since_at"] > since
    assert visit(feed) == []


def break_certificate(tmp_path: Path) -> str:
    """A server on loopback with a certificate that it signed itself."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(tmp_path)


def test_a_certificate_that_is_not_valid_is_refused_and_named(tmp_path: Path, store: SmallStore, visit: Any) -> None:
    break_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))
    received: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    received.append(secure.recv(100))
            except OSError:
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    visit(source(f"https://127.0.0.1:{listener.getsockname()[1]}/feed"))
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)
    assert state(store)["health"] == "certificate"
    assert not any(received)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("404", "moved"), ("410", "moved"), ("403", "bot-wall"), ("500", "unreachable"), ("429", "rate-limited"),
        ("robots", "robots"), ("robots-500", "robots"), ("wall", "bot-wall"), ("html", "broken-feed"),
        ("gone", "layout-changed"), ("closed", "unreachable"), ("dns", "dns"), ("pages-500", "unreachable"),
    ],
)  # fmt: skip
def test_each_fault_is_named_within_one_crawl(site: Site, store: SmallStore, visit: Any, fault: str, name: str) -> None:
    links = [site.article(f"/{n}") for n in range(4)]
    address = site.feed("/feed", *links)
    if fault.isdigit():
        site.pages["/feed"] = Answer(b"", int(fault))
    elif fault == "robots":
        site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
    elif fault == "robots-500":
        site.pages["/robots.txt"] = Answer(b"", 500)
    elif fault == "html":
        site.pages["/feed"] = Answer(page("t", "x"))
    elif fault == "closed":
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"http://127.0.0.1:{free.getsockname()[1]}/feed"
    elif fault == "dns":
        address = "http://nowhere.invalid/feed"
    else:
        answers = {"wall": Answer(b"<html>just a moment"), "gone": Answer(b"", 404), "pages-500": Answer(b"", 500)}
        for n in range(4):
            site.pages[f"/{n}"] = answers[fault]
    visit(source(address))
    assert state(store)["health"] == name
    assert state(store)["evidence"]


def test_one_bad_page_is_no_state(site: Site, store: SmallStore, visit: Any) -> None:
    site.pages["/bad"] = Answer(b"", 500)
    visit(source(site.feed("/feed", *(site.article(f"/{n}") for n in range(4)), site.url + "/bad")))
    assert state(store)["health"] == "ok"


def test_a_source_is_due_again_when_its_time_has_come(site: Site, store: SmallStore, visit: Any, clock: Clock) -> None:
    half_hourly = source(site.feed("/feed"), every="30m")
    registry = Registry((half_hourly, source(site.url + "/feed", "off", enabled=False)))

    def due() -> list[str]:
        return [each.id for each in due_sources(registry, store, now=clock)]

    assert due() == ["one"]
    visit(half_hourly)
    assert due() == []
    clock.ahead += 29 * 60
    assert due() == []
    clock.ahead += 2 * 60
    assert due() == ["one"]


def test_a_failing_source_is_tried_ever_less_often_and_weekly_after_thirty(
    site: Site, store: SmallStore, visit: Any, clock: Clock
) -> None:
    feed = source(site.url + "/feed")
    site.pages["/feed"] = Answer(b"", 404)
    visit(feed)
    first = state(store)["interval_seconds"]
    visit(feed)
    assert state(store)["interval_seconds"] > first
    with store.writing() as writer:
        runs.keep_state(writer.connection, "one", next_at=clock(), failures=29.5)
    visit(feed)
    assert state(store)["interval_seconds"] == 7 * 86400
    site.feed("/feed", site.article("/1"))  # it comes back from what looked like death
    clock.ahead += 7 * 86400
    visit(feed)
    assert (state(store)["health"], state(store)["failures"]) == ("ok", 0)


def test_the_wish_of_the_feed_and_of_the_host_is_kept(site: Site, store: SmallStore, visit: Any, clock: Clock) -> None:
    visit(source(site.feed("/feed", ttl_seconds=3 * 3600)))
    assert state(store)["interval_seconds"] >= 3 * 3600
    site.pages["/feed"] = Answer(b"", 503, {"Retry-After": str(10 * 3600)})
    visit(source(site.url + "/feed", every="10m"))
    assert state(store)["next_at"] >= clock() + timedelta(hours=9.9)


def test_reservations_of_rights_are_recorded(site: Site, store: SmallStore, visit: Any) -> None:
    site.pages["/1"] = Answer(page("t", "x"), headers={"X-Robots-Tag": "noai, max-snippet:5", "TDM-Reservation": "1"})
    visit(source(site.feed("/feed", site.url + "/1")))
    assert stated(store) == {"tdm-reservation: 1", "x-robots-tag: noai"}


def stated(store: SmallStore) -> set[str]:
    """The reservations that stand."""
    return {each.what for each in read(state(store)["rights"]) if not each.is_gone}


def test_reservations_that_are_withdrawn_are_told_with_the_day_they_were_last_seen(
    site: Site, store: SmallStore, visit: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: GPTBot\nDisallow: /\n")
    site.pages["/1"] = Answer(page("t", "x"), headers={"TDM-Reservation": "1"})
    feed = source(site.feed("/feed", site.url + "/1"))
    visit(feed)
    visit(feed)
    assert stated(store) == {"tdm-reservation: 1", "robots.txt: GPTBot disallowed"}
    seen_at = clock()
    site.pages["/robots.txt"] = Answer(b"")
    clock.ahead += 2 * 86400
    site.pages["/feed"] = Answer(b"", 500)  # a visit that had nothing has seen nothing go
    visit(feed)
    assert len(stated(store)) == 2
    site.feed("/feed", site.article("/1"), site.article("/2"))
    with caplog.at_level(logging.INFO, "hirewire.alarms"):
        visit(feed)
    assert stated(store) == set()
    assert "gone=['robots.txt: GPTBot disallowed', 'tdm-reservation: 1']" in caplog.text
    with store.writing() as writer:
        assert runs.state_of(writer.connection, "one") is not None
    (told,) = report(store, [feed], now=clock())
    assert told.rights == ()
    assert {str(each) for each in told.reservations} == {
        f"no longer {what} (last seen {seen_at:%Y-%m-%d})"
        for what in ("robots.txt: GPTBot disallowed", "tdm-reservation: 1")
    }


def test_a_slow_host_is_not_in_trouble_for_being_slow(site: Site, store: SmallStore, visit: Any) -> None:
    """More is listed than a visit has time for at the pause that is asked for: the rest comes with the next visits."""
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 1\n")
    feed = source(site.feed("/feed", *(site.article(f"/{n}") for n in range(9))))
    visit(feed, limits=Limits(source_seconds=4.5))
    known = state(store)
    assert (known["outcome"], known["health"], known["failures"]) == ("deadline", "ok", 0)
    assert 0 < len(site.paths("/")) - 1 < 9


def test_rights_are_read_from_meta_tags_robots_and_tdmrep(site: Site, store: SmallStore, visit: Any) -> None:
    """The file of reservations is asked for from the second visit on, and kept for a week."""
    head = b'<html><head><meta content="noai, noimageai" name="robots"><meta name="tdm-reservation" content="1"><title>t</title>'
    site.pages["/1"] = Answer(head + b"</head><body><p>x</p></body></html>")
    site.pages["/robots.txt"] = Answer(b"User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    rules = [{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://news.example/policy.json"}]
    site.pages["/.well-known/tdmrep.json"] = Answer(json.dumps(rules).encode())
    feed = source(site.feed("/feed", site.url + "/1"))
    visit(feed)
    assert stated(store) == {"meta robots: noai", "meta robots: noimageai", "meta tdm-reservation: 1"}
    visit(feed)
    visit(feed)
    assert [hit.path for hit in site.hits].count("/.well-known/tdmrep.json") == 1
    added = {"robots.txt: GPTBot disallowed", "tdmrep.json /: 1 (https://news.example/policy.json)"}
    assert added < stated(store)


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("bot-wall", "<title>Just a moment...</title><p>Please verify that you are human to continue.</p>"),
        ("consent", "<title>Before you continue</title><p>We and our 80 partners use cookies. Do you agree?</p>"),
        ("broken-feed", "<title>Log in</title><p>Please log in to continue.</p>"),
        ("broken-feed", "<title>News</title><h1>News of the day</h1><p>Here are all articles of this Monday.</p>"),
    ],
)
def test_a_wall_at_the_feeds_address_has_its_name(
    site: Site, store: SmallStore, visit: Any, name: str, html: str
) -> None:
    site.pages["/feed"] = Answer(f"<html><head></head><body>{html}</body></html>".encode())
    visit(source(site.url + "/feed"), discover=real_discover, extract=real_extract)
    assert state(store)["health"] == name
    assert f"{site.url}/feed" in state(store)["evidence"]


def test_a_source_that_stops_is_told_of_once(site: Site, store: SmallStore, visit: Any, clock: Clock) -> None:
    """Four weeks of two articles a day, then nothing: one alarm, and one notice when it writes again."""
    feed = source(site.url + "/feed")
    start = datetime.now(UTC) - timedelta(days=28)
    with store.writing() as writer:
        for n in range(26):
            runs.begin(writer.connection, f"run{n}", source="one", owner="x", now=start + timedelta(days=n))
            runs.count(writer.connection, f"run{n}", "stored", n=2)
            runs.finish(writer.connection, f"run{n}", outcome="ok", evidence="", now=start + timedelta(days=n))
    site.feed("/feed")
    told = [alarm.state for _ in range(3) for alarm in visit(feed)]
    assert told == ["silent"]
    site.feed("/feed", site.article("/new"))
    assert [alarm.is_recovery for alarm in visit(feed)] == [True]
