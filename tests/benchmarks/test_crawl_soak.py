"""The soak: many publishers, a tenth of them faulty, crawls killed at random moments; nothing lost, repeated or unnamed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.benchmark

PUBLISHERS, ARTICLES, DELAY = 60, 200, 0.05
KILLS = (7, 7, 6)  # in each of three crawls, between which every publisher lists a third of its articles
LONGEST_LIFE = 3.0  # seconds from a crawl's first request to its kill
WARM_UP = 600  # pages, after which the crawl's caches of 512 articles are full
MOST_BYTES_A_PAGE, MOST_BYTES_A_CHILD = 10_000, 250_000_000
FATES = ("stored", "revised", "unchanged", "rejected", "quarantined", "failed")


@contextmanager
def publishing(
    folder: Path, publishers: int, articles: int, *, faulty: bool, delay: float, pages: str = "small"
) -> Iterator[dict[str, str]]:
    """The publishers' process; yields the environment for crawls of them."""
    arguments = [str(folder), str(publishers), str(articles), str(int(faulty)), str(delay), pages]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.publishers", *arguments], stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield {
            **os.environ,
            "HIREWIRE_HOME": str(folder / "home"),
            "HIREWIRE_SOURCES": str(folder / "sources.toml"),
            "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        }
    finally:
        process.kill()
        process.communicate()


def start(environ: dict[str, str], publishers: int) -> subprocess.Popen[bytes]:
    ids = [f"p{n}" for n in range(publishers)]
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.spiders", "--deadline", "900", *ids],
        env=environ, cwd=Path.cwd(), start_new_session=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def query(folder: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "home" / "hirewire.db", timeout=30)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def uss(process: psutil.Process) -> int:
    """Bytes that the process has for itself; 0 when it has just ended."""
    try:
        return int(process.memory_full_info().uss)
    except psutil.Error:
        return 0


@dataclass
class Sample:
    """Memory of a crawl and of its children when so many pages had been settled since it began."""

    pages: int
    crawl: int
    children: int


def done(folder: Path) -> int:
    return int(str(query(folder, "SELECT count(*) FROM frontier WHERE state = 'done'")[0][0]))


def killed(environ: dict[str, str], folder: Path) -> None:
    """A crawl that is killed with all it started, some time after its first request."""
    before = (folder / "hits").stat().st_size
    process, end = start(environ, PUBLISHERS), time.monotonic() + 60
    while (folder / "hits").stat().st_size == before and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(random.uniform(0, LONGEST_LIFE))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def watched(environ: dict[str, str], folder: Path) -> list[Sample]:
    """A crawl that comes to its end."""
    before, process, samples = done(folder), start(environ, PUBLISHERS), list[Sample]()
    crawl = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            children = crawl.children(recursive=True)
        except psutil.NoSuchProcess:
            break
        samples.append(Sample(done(folder) - before, uss(crawl), sum(map(uss, children))))
        time.sleep(1)
    assert process.wait() == 0
    return [sample for sample in samples if sample.crawl]


def test_soak(tmp_path: Path) -> None:
    random.seed(7)
    with publishing(tmp_path, PUBLISHERS, ARTICLES, faulty=True, delay=DELAY) as environ:
        for crawl, kills in enumerate(KILLS, 1):
            started = time.monotonic()
            (tmp_path / "listed").write_text(str(ARTICLES * crawl // len(KILLS)))
            for _ in range(kills):
                killed(environ, tmp_path)
            samples = watched(environ, tmp_path)
            print(f"crawl {crawl}: {kills} kills, {done(tmp_path)} pages done, {time.monotonic() - started:.0f} s")
            check_health(tmp_path)
        before = done(tmp_path)
        watched(environ, tmp_path)  # and once more: nothing is left to do
        assert done(tmp_path) == before
    check_fates(tmp_path)
    check_manners(tmp_path)
    check_memory(samples)


def check_memory(samples: list[Sample]) -> None:
    """Once the caches are full, the crawl grows by next to nothing; its children, renewed now and then, stay small."""
    warm = next(sample for sample in samples if sample.pages >= WARM_UP)
    slope = (samples[-1].crawl - warm.crawl) / (samples[-1].pages - warm.pages)
    children = max(sample.children for sample in samples)
    print(
        f"memory {slope:.0f} bytes a page over {samples[-1].pages - warm.pages} pages, at the end {samples[-1].crawl}"
    )
    print(f"children together at most {children}")
    assert slope < MOST_BYTES_A_PAGE
    assert children < MOST_BYTES_A_CHILD * (os.cpu_count() or 1)


def check_fates(folder: Path) -> None:
    """Each page met has one fate, each article one row, and the counters of all runs agree with both."""
    states = {row[0]: row[1] for row in query(folder, "SELECT state, count(*) FROM frontier GROUP BY state")}
    print("pages by state", states)
    assert set(states) <= {"done", "due", "quarantined"}  # due: pages of walls and failures, to be tried again
    visits = query(folder, "SELECT sum(visits) FROM frontier")[0][0]
    counted = {row[0]: row[1] for row in query(folder, "SELECT name, sum(n) FROM crawl_counts GROUP BY name")}
    print("counted", counted)
    assert sum(int(str(counted.get(fate, 0))) for fate in FATES) == visits
    twice = query(folder, "SELECT count(*) FROM frontier WHERE visits > 1 AND fate = 'stored'")[0][0]
    assert (twice, counted.get("unchanged", 0), counted.get("revised", 0)) == (0, 0, 0)
    stored = query(folder, "SELECT count(*), count(DISTINCT id) FROM articles")[0]
    assert stored[0] == stored[1] == int(str(counted["stored"]))
    given_up = int(str(counted.get("quarantined", 0)))
    assert given_up <= 30
    assert int(str(counted["stored"])) + given_up >= (PUBLISHERS - 6) * ARTICLES


def check_manners(folder: Path) -> None:
    """No page that robots.txt forbids, no request sooner than the host's delay after the last."""
    times: dict[str, list[float]] = defaultdict(list)
    for line in (folder / "hits").read_text().splitlines():
        at, host, path = line.split(" ", 2)
        assert not path.startswith("/private/")
        times[host].append(float(at))
    gaps = [b - a for moments in times.values() for a, b in pairwise(moments)]
    print(f"requests {sum(map(len, times.values()))}, shortest gap {min(gaps):.4f} s")
    assert min(gaps) >= DELAY


def check_health(folder: Path) -> None:
    """Every fault is named, and nothing else."""
    expected = json.loads((folder / "faults.json").read_text())
    states = {row[0]: row[1] for row in query(folder, "SELECT source, health FROM source_state")}
    assert states == expected
