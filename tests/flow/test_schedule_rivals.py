"""Three schedulers as processes of their own on one database: one frozen beyond its lease, one killed in the middle of a job."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from tests.loopback import SmallStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A minute passes in a second for them, so that jobs come often; APScheduler's own clock is not hurried, which leaves all to
# the looking for what is owed.
PROGRAM = """
import os, sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
import crawler.scheduler as module
from crawler.jobs import Job
from crawler.scheduler import Pace, Scheduler
from crawler.sources import Registry, parse_cron
from tests.loopback import SmallStore, settings
home, began = Path(sys.argv[1]), float(sys.argv[2])
module.CATCH_UP_SECONDS = 0.05
def now():
    return datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(seconds=(time.time() - began) * 60)
def write(line):
    with open(home / "log", "a") as log:
        log.write(f"{line} {os.getpid()}\\n")
def work(slot):
    write(f"begin {slot}")
    time.sleep(0.4)
    write(f"end {slot}")
store = SmallStore(f"sqlite:///{home}/crawl.db")
jobs = [Job(name="minutely", cron=parse_cron("* * * * *"), run=work)]
pace = Pace(tick_seconds=0.1, lease_seconds=60.0)
scheduler = Scheduler(settings(home), Registry(()), store, jobs=jobs, pace=pace, now=now)
scheduler.start()
time.sleep(120)
"""


_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Office:
    """The schedulers, their log, and who leads."""

    def __init__(self, home: Path) -> None:
        self.home, self.began = home, time.time()
        self.store = SmallStore(f"sqlite:///{home}/crawl.db")
        with self.store.writing() as writer:  # the job is known, so that its first slot is run
            ledger.take_slot(writer.connection, "minutely", "before", owner="", now=_LONG_AGO)
            ledger.close_slot(writer.connection, "minutely", "before", error="", now=_LONG_AGO)
        self.processes = [
            subprocess.Popen([sys.executable, "-c", PROGRAM, str(home), str(self.began)], cwd=Path.cwd())
            for _ in range(3)
        ]

    def lines(self, kind: str) -> list[tuple[str, int]]:
        path = self.home / "log"
        text = path.read_text() if path.exists() else ""
        words = [line.split() for line in text.splitlines() if line.startswith(kind)]
        return [(slot, int(pid)) for _, slot, pid in words]

    def leader(self) -> int | None:
        with self.store.writing() as writer:
            held = runs.holder(writer.connection, ledger.SCHEDULER)
        return int(held[0].split("|")[3]) if held else None

    def is_busy(self) -> bool:
        return len(self.lines("begin")) > len(self.lines("end"))

    def goes_on(self, without: int | None = None, jobs: int = 2) -> None:
        """Wait until so many jobs more have been done, by another than this one."""
        done = len(self.lines("end"))
        wait_for(lambda: sum(pid != without for _, pid in self.lines("end")[done:]) >= jobs)


def wait_for(condition: Callable[[], object], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    built = Office(tmp_path)
    yield built
    for process in built.processes:
        process.kill()
        process.wait()
    built.store.close()


def test_each_slot_is_done_once_whoever_freezes_or_dies(office: Office) -> None:
    office.goes_on()
    frozen = office.leader()
    assert frozen is not None
    wait_for(office.is_busy)
    os.kill(frozen, signal.SIGSTOP)
    office.goes_on(without=frozen)
    os.kill(frozen, signal.SIGCONT)
    office.goes_on()
    wait_for(office.is_busy)
    _, killed = office.lines("begin")[-1]
    os.kill(killed, signal.SIGKILL)
    office.goes_on(without=killed)
    done = Counter(slot for slot, _ in office.lines("end"))
    assert set(done.values()) == {1}
    assert frozen in {pid for _, pid in office.lines("end")}
