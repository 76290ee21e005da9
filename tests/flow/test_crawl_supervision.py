"""A real scheduler with real crawls as its children: stopped, killed, and started again, each page is fetched once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from pipeline.settings import load_settings
from pipeline.store import Store
from pipeline.store.crawling import runs
from tests.loopback import Answer, Hit, Site, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEDULER = """
from crawler.scheduler import Pace, serve
from crawler.sources import load_sources
from pipeline.settings import load_settings
from pipeline.store import Store
settings = load_settings()
serve(settings, load_sources(settings.sources), Store.open(settings), pace=Pace(tick_seconds=0.2, lease_seconds=2.0))
"""
WORDS = "The council met on Monday and spoke of number {n} at length, then of roads, of trees and of the mill. " * 12
PAGES = 8
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Office:
    """A source of slow pages, a store, and schedulers that visit the one for the other."""

    site: Site
    home: Path
    store: Store
    started: list[subprocess.Popen[bytes]]

    def start(self) -> subprocess.Popen[bytes]:
        environ = {
            **os.environ,
            "HIREWIRE_HOME": str(self.home),
            "HIREWIRE_SOURCES": str(self.home / "sources.toml"),
            "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", SCHEDULER], cwd=Path.cwd(), env=environ, stderr=subprocess.DEVNULL
        )
        self.started.append(process)
        return process

    def outcomes(self) -> list[str]:
        """Of all visits so far, the first first; empty for one that goes on."""
        with self.store.writing() as writer:
            return [run["outcome"] for run in reversed(runs.latest(writer.connection, "one"))]

    def rests(self) -> bool:
        with self.store.writing() as writer:
            state = runs.state_of(writer.connection, "one")
        return state is not None and state["next_at"] > datetime.now(UTC) + timedelta(minutes=5)

    def publish(self, *names: str) -> None:
        """List pages anew, and make the source due."""
        links = "".join(f"<item><title>{n}</title><link>{self.site.url}/{n}</link></item>" for n in names)
        self.site.pages["/feed"] = Answer(
            f"<rss version='2.0'><channel><title>c</title>{links}</channel></rss>".encode()
        )
        with self.store.writing() as writer:
            runs.keep_state(writer.connection, "one", next_at=LONG_AGO)


def answer(hit: Hit) -> Answer:
    time.sleep(0.15)
    text = WORDS.format(n=hit.path)
    return Answer(
        f"<html><title>Report {hit.path}</title><body><article><p>{text}</p></article></body></html>".encode()
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with serving() as site:
        site.pages.update({f"/{edition}{n}": answer for edition in "abc" for n in range(PAGES)})
        (tmp_path / "sources.toml").write_text(
            f'[[source]]\nid = "one"\nname = "One"\nhomepage = "{site.url}/"\nlanguage = "en"\ncountry = "GB"\n'
            f'feeds = ["{site.url}/feed"]\ndelay_seconds = 0.0\n'
        )
        store = Store.open(load_settings({"HIREWIRE_HOME": str(tmp_path)}))
        built = Office(site, tmp_path, store, [])
        yield built
        for process in built.started:
            process.kill()
            process.wait()
        store.close()


def wait_for(what: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found


def names(edition: str) -> list[str]:
    return [f"{edition}{n}" for n in range(PAGES)]


def family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return found


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def test_three_crawls_one_of_them_stopped_are_three_recorded_runs(office: Office) -> None:
    office.publish(*names("a"))
    scheduler = office.start()
    wait_for(lambda: office.outcomes() == ["ok"])
    office.publish(*names("b"))
    wait_for(lambda: len(office.site.paths("/b")) >= 2)
    (crawl,) = psutil.Process(scheduler.pid).children()
    helpers = crawl.children()
    crawl.send_signal(signal.SIGTERM)
    wait_for(lambda: office.outcomes()[:2] == ["ok", "interrupted"])
    wait_for(lambda: not alive([crawl, *helpers]))
    wait_for(office.rests)  # a source whose crawl was ended from outside is left alone for a while
    office.publish(*names("b"))
    wait_for(lambda: office.outcomes() == ["ok", "interrupted", "ok"])
    rest = family(scheduler)
    scheduler.send_signal(signal.SIGTERM)
    assert scheduler.wait(30) == 0
    assert not alive(rest)
    for edition in "ab":
        assert set(office.site.paths(f"/{edition}")) == {f"/{n}" for n in names(edition)}
    with office.store.writing() as writer:
        counts = {run["id"]: runs.counts(writer.connection, run["id"]) for run in runs.latest(writer.connection, "one")}
    assert sum(counted.get(("stored", ""), 0) for counted in counts.values()) == 2 * PAGES


@contextmanager
def orphaned(office: Office) -> Iterator[list[psutil.Process]]:
    """A crawl whose scheduler is killed in the middle of it."""
    office.publish(*names("a"))
    scheduler = office.start()
    wait_for(lambda: len(office.site.paths("/a")) >= 2)
    crawls = family(scheduler)
    scheduler.kill()
    scheduler.wait()
    try:
        yield crawls
    finally:
        for each in alive(crawls):
            each.kill()


def test_a_crawl_outlives_its_scheduler_and_no_other_takes_its_pages(office: Office) -> None:
    with orphaned(office) as crawls:
        assert alive(crawls)
        other = office.start()
        wait_for(lambda: office.outcomes() == ["ok"])
        wait_for(lambda: not alive(crawls))
        assert sorted(office.site.paths("/a")) == sorted(f"/{n}" for n in names("a"))
        office.publish(*names("b"))
        wait_for(lambda: office.outcomes() == ["ok", "ok"])
        other.send_signal(signal.SIGTERM)
        assert other.wait(30) == 0


def test_the_second_signal_ends_what_the_first_waits_for(tmp_path: Path) -> None:
    """A job that hangs keeps the scheduler from ending, but not whoever asks twice."""
    program = f"""
import logging, sys, time
from pathlib import Path
from crawler.jobs import Job
from crawler.scheduler import Pace, serve
from crawler.sources import Registry, parse_cron
from pipeline.store.crawling import jobs as ledger
from tests.loopback import SmallStore, settings, Clock
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
home = Path({str(tmp_path)!r})
store = SmallStore("sqlite:///" + str(home / "crawl.db"))
with store.writing() as writer:
    ledger.note(writer.connection, "hanging", error="", now=Clock()())
def hang(slot):
    print("hanging", flush=True)
    time.sleep(30)
jobs = [Job(name="hanging", cron=parse_cron("* * * * *"), run=hang)]
serve(settings(home), Registry(()), store, jobs=jobs, pace=Pace(tick_seconds=0.1))
"""
    process = subprocess.Popen([sys.executable, "-c", program], cwd=Path.cwd(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for wanted in ("hanging", "scheduler.waiting jobs=hanging"):
            while wanted != (line := process.stdout.readline()).strip():
                assert line, "it has ended"
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == -signal.SIGINT
    finally:
        process.kill()
        process.communicate()
