"""kill -9, SIGSTOP and SIGTERM at any moment: nothing is lost, nothing is stored twice, counts add up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.loopback import Answer, Hit, Site, SmallStore, page, source

if TYPE_CHECKING:
    from collections.abc import Iterator

CRAWL = """
import sys
from datetime import timedelta
from pathlib import Path
from crawler.spiders.run import crawl
from tests.loopback import Clock, SmallDesk, SmallStore, discover, extract, settings, source
home, lease = Path(sys.argv[1]), timedelta(seconds=float(sys.argv[2]))
sources = [source(argument.partition("=")[2], argument.partition("=")[0]) for argument in sys.argv[3:]]
store = SmallStore(f"sqlite:///{home}/crawl.db")
for outcome in crawl(sources, store, SmallDesk(), settings(home), now=Clock(), lease=lease, extract=extract,
                     discover=discover):
    print(outcome.source, outcome.outcome, flush=True)
"""


STARTED: list[subprocess.Popen[str]] = []


@pytest.fixture(autouse=True)
def no_process_stays() -> Iterator[None]:
    yield
    for process in STARTED:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    STARTED.clear()


def start(home: Path, feeds: dict[str, str], lease: float = 60.0) -> subprocess.Popen[str]:
    arguments = [str(home), str(lease), *(f"{name}={url}" for name, url in feeds.items())]
    process = subprocess.Popen(
        [sys.executable, "-c", CRAWL, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path.cwd(),
        start_new_session=True,
    )
    STARTED.append(process)
    return process


def publish(site: Site, sources: int, pages: int, pause: float = 0.0) -> dict[str, str]:
    """Feeds of pages that take a moment to answer."""

    def answer(hit: Hit) -> Answer:
        time.sleep(pause)
        return Answer(page(f"Title of {hit.path}", f"Text of {hit.path}."))

    feeds = {}
    for s in range(sources):
        paths = [f"/s{s}/{n}" for n in range(pages)]
        site.pages.update(dict.fromkeys(paths, answer))
        feeds[f"s{s}"] = site.feed(f"/feed{s}", *(site.url + path for path in paths))
    return feeds


def states(store: SmallStore) -> dict[str, int]:
    return {row.state: row.n for row in store.rows("SELECT state, count(*) AS n FROM frontier GROUP BY state")}


def test_kill_nine_at_twenty_random_moments(site: Site, tmp_path: Path, store: SmallStore) -> None:
    random.seed(20)
    feeds = publish(site, sources=4, pages=60, pause=0.005)
    for _ in range(20):
        site.hits.clear()
        process = start(tmp_path, feeds)
        end = time.monotonic() + 20
        while not site.hits and process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.25))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    process = start(tmp_path, feeds)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert sorted(output.split()) == ["ok"] * 4 + ["s0", "s1", "s2", "s3"]
    # A page that three processes died with in hand is given up and says so; all others are stored once, written once.
    counted = states(store)
    assert set(counted) <= {"done", "quarantined"}
    assert sum(counted.values()) == 240
    assert counted.get("quarantined", 0) <= 5
    kept = store.rows("SELECT count(*) AS n, max(writes) AS most FROM kept")[0]
    assert (kept.n, kept.most) == (counted["done"], 1)
    assert store.rows("SELECT max(visits) AS most FROM frontier")[0].most == 1
    totals = {row.name: row.n for row in store.rows("SELECT name, sum(n) AS n FROM crawl_counts GROUP BY name")}
    assert totals["stored"] == counted["done"]
    assert totals["discovered"] == 240
    assert totals.get("quarantined", 0) == counted.get("quarantined", 0)


def test_a_page_that_kills_its_process_is_given_up_after_three(site: Site, tmp_path: Path, store: SmallStore) -> None:
    code = CRAWL.replace(
        "for outcome in",
        "import os, signal\n"
        "def deadly(page, source=None):\n"
        "    if b'poison' in page.body:\n"
        "        os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    return extract(page, source)\n"
        "for outcome in",
    ).replace("extract=extract", "extract=deadly")
    feed = site.feed("/feed", site.article("/1", text="poison"), *(site.article(f"/{n}") for n in range(2, 6)))
    for _ in range(4):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), "60", f"one={feed}"], cwd=Path.cwd(), check=False, timeout=60
        )
    rows = store.rows("SELECT state, detail, url FROM frontier WHERE state != 'done'")
    assert [(row.state, row.detail) for row in rows] == [
        ("quarantined", "the process ended 3 times with this page in hand")
    ]
    assert len(store.rows("SELECT * FROM kept")) == 4
    assert len(site.paths("/1")) == 3


def test_a_stopped_process_that_wakes_up_settles_nothing(
    site: Site, tmp_path: Path, store: SmallStore, go: Any
) -> None:
    """Its lease ends while it sleeps; another crawl does its pages; each is written once."""
    feeds = publish(site, sources=1, pages=8, pause=0.6)
    process = start(tmp_path, feeds, lease=2.0)
    end = time.monotonic() + 20
    while len(site.paths("/s0")) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.2)  # it waits for an answer: stopped inside a transaction it would hold SQLite's lock
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(2.2)
    outcome = go(source(feeds["s0"], "s0"))["s0"]
    os.killpg(process.pid, signal.SIGCONT)
    process.communicate(timeout=60)
    assert outcome.outcome == "ok"
    assert states(store) == {"done": 8}
    kept = store.rows("SELECT count(*) AS n, max(writes) AS most FROM kept")[0]
    assert (kept.n, kept.most) == (8, 1)
    totals = store.rows("SELECT sum(n) AS n FROM crawl_counts WHERE name = 'stored'")
    assert totals[0].n == 8


def test_sigterm_gives_back_what_is_in_hand(site: Site, tmp_path: Path, store: SmallStore, go: Any) -> None:
    feeds = publish(site, sources=2, pages=30, pause=0.1)
    process = start(tmp_path, feeds)
    end = time.monotonic() + 20
    while len(site.paths("/s")) < 4 and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    assert sorted(output.split()) == ["interrupted", "interrupted", "s0", "s1"]
    assert "leased" not in states(store)
    assert store.rows("SELECT max(attempts) AS n FROM frontier")[0].n == 0
    assert {row.outcome for row in store.rows("SELECT outcome FROM crawl_runs")} == {"interrupted"}
    assert store.rows("SELECT * FROM leases") == []
    go(*(source(feed, name) for name, feed in feeds.items()))
    assert states(store) == {"done": 60}
    assert store.rows("SELECT max(writes) AS n FROM kept")[0].n == 1


def test_a_crash_between_feed_and_pages_hides_no_link(site: Site, tmp_path: Path, store: SmallStore, go: Any) -> None:
    """The validators of a feed and its links are stored together."""
    feeds = publish(site, sources=1, pages=5, pause=0.5)
    site.pages["/feed0"].headers["ETag"] = '"a"'
    process = start(tmp_path, feeds)
    end = time.monotonic() + 20
    while not site.paths("/s0") and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    body = site.pages["/feed0"].body
    site.pages["/feed0"] = lambda hit: Answer(b"", 304) if "if-none-match" in hit.headers else Answer(body)
    assert go(source(feeds["s0"], "s0"))["s0"].stored == 5
