"""The scheduler: one per database, late runs, no bursts, children that are watched, killed and never orphaned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import crawler.children as module
from crawler.children import Children
from crawler.history import history, troubles
from crawler.jobs import Job
from crawler.scheduler import Pace, Scheduler
from crawler.sources import Registry, parse_cron
from crawler.spiders.run import ARCHIVE
from pipeline.memory import COPY_WINDOW
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from pipeline.store.database import metadata
from pipeline.store.relation_search import bucket
from pipeline.store.relation_tables import anchors, bands
from tests.loopback import Clock, SmallStore, settings, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EVERY_MINUTE = parse_cron("* * * * *")
QUICK = Pace(tick_seconds=0.1, lease_seconds=2.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SmallStore]:
    opened = SmallStore(f"sqlite:///{tmp_path}/crawl.db")
    yield opened
    opened.close()


@pytest.fixture
def schedule(store: SmallStore, tmp_path: Path) -> Iterator[Callable[..., Scheduler]]:
    started: list[Scheduler] = []

    def build(*jobs: Job, ids: Sequence[str] = (), code: str = "", pace: Pace = QUICK, **more: Any) -> Scheduler:
        registry = Registry(tuple(source("http://127.0.0.1/feed", name) for name in ids))
        children = Children(
            environ=dict(os.environ),
            deadline_seconds=more.pop("deadline", 60.0),
            most=2,
            command=lambda ids, _: [sys.executable, "-c", code, *ids],
        )
        chosen = replace(settings(tmp_path), **more.pop("within", {}))
        built = Scheduler(chosen, registry, store, jobs=jobs, pace=pace, children=children, **more)
        started.append(built)
        return built

    yield build
    for each in started:
        each.stop()


def wait_for(condition: Callable[[], Any], seconds: float = 10.0) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Ticking:
    """A clock that stands at minutes as told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def test_three_schedulers_run_five_slots_five_times(schedule: Any) -> None:
    ran: list[str] = []
    clock = Ticking()
    job = Job(name="digest", cron=EVERY_MINUTE, run=ran.append)
    rivals = [schedule(job, now=clock, pace=Pace(lease_seconds=300)) for _ in range(3)]
    for rival in rivals:
        rival.tick()
    assert [rival.is_leader for rival in rivals] == [True, False, False]
    for _ in range(5):
        clock.at += timedelta(minutes=1)
        for rival in (*rivals, *rivals):
            rival.run_job(job)
    assert len(ran) == len(set(ran)) == 5


def test_another_scheduler_takes_over_when_the_leader_is_gone(schedule: Any) -> None:
    clock = Ticking()
    one, two = schedule(now=clock), schedule(now=clock)
    one.tick(), two.tick()
    assert (one.is_leader, two.is_leader) == (True, False)
    clock.at += timedelta(seconds=3)
    two.tick(), one.tick()
    assert (one.is_leader, two.is_leader) == (False, True)


def test_a_slot_missed_while_nobody_led_is_run_once_on_return(schedule: Any, store: SmallStore) -> None:
    ran: list[str] = []
    clock = Ticking()
    job = Job(name="digest", cron=EVERY_MINUTE, run=ran.append)
    first = schedule(job, now=clock)
    first.start()
    wait_for(lambda: first.is_leader)
    first.stop()
    assert ran == []  # a job met for the first time waits for its next slot
    clock.at += timedelta(hours=10)
    renamed = Job(name="digest", cron=EVERY_MINUTE, run=lambda slot: ran.append(f"renamed {slot}"))
    second = schedule(renamed, now=clock)
    second.start()
    wait_for(lambda: ran)
    second.stop()
    assert ran == ["renamed 2026-11-20T22:00"]


def test_clock_jumps_run_each_slot_once(schedule: Any) -> None:
    ran: list[str] = []
    clock = Ticking()
    job = Job(name="digest", cron=parse_cron("0 8 * * *"), run=ran.append)
    scheduler = schedule(job, now=clock, pace=Pace(lease_seconds=10**6))
    for jump in (timedelta(0), timedelta(days=1), timedelta(hours=-1), timedelta(hours=1), timedelta(0)):
        clock.at += jump
        scheduler.run_job(job)
    assert ran == ["2026-11-20T08:00", "2026-11-21T08:00"]


def test_errors_of_jobs_are_recorded(schedule: Any, store: SmallStore) -> None:
    def fail(slot: str) -> None:
        raise RuntimeError("no mail server")

    clock = Ticking()
    scheduler = schedule(Job(name="digest", cron=EVERY_MINUTE, run=fail), now=clock)
    with store.writing() as writer:
        ledger.note(writer.connection, "digest", error="", now=clock.at - timedelta(hours=1))
    scheduler.start()

    def errors() -> list[str]:
        with store.writing() as writer:
            return [row["error"] for row in ledger.job_runs_of(writer.connection, "digest")]

    assert wait_for(lambda: "RuntimeError: no mail server" in errors() and errors())
    (shown,) = (row for row in history(store, limit=9) if row["job"] == "digest" and row["error"])
    assert (shown["job"], shown["result"], shown["slot"]) == ("digest", "failed", "2026-11-20T12:00")
    assert "digest: RuntimeError: no mail server" in troubles(store, now=clock.at)[1]


def hold(release: threading.Event) -> None:
    release.wait(10)


def test_a_late_run_still_happens_when_all_workers_were_busy(schedule: Any) -> None:
    ran: list[str] = []
    release = threading.Event()
    blockers = [Job(name=f"busy{n}", cron=EVERY_MINUTE, run=lambda _: hold(release)) for n in range(4)]
    clock = Ticking()
    scheduler = schedule(*blockers, Job(name="late", cron=EVERY_MINUTE, run=ran.append), now=clock)
    for name in ("late", *(job.name for job in blockers)):
        with scheduler.store.writing() as writer:
            ledger.note(writer.connection, name, error="", now=clock.at - timedelta(hours=1))
    scheduler.start()  # the catching up fills the pool
    time.sleep(1.0)
    release.set()
    assert wait_for(lambda: ran) == ["2026-11-20T12:00"]


def has_lines(log: Path, n: int) -> bool:
    return log.exists() and len(log.read_text().splitlines()) >= n


def test_due_sources_are_crawled_three_times_in_children(schedule: Any, store: SmallStore, tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = f"import sys; open({str(log)!r}, 'a').write(' '.join(sys.argv[1:]) + chr(10))"
    clock = Clock()
    scheduler = schedule(ids=("one", "two"), code=code, now=clock)
    scheduler.start()
    for n in range(1, 4):
        wait_for(partial(has_lines, log, n))
        with store.writing() as writer:
            for name in ("one", "two"):
                runs.keep_state(writer.connection, name, next_at=clock())
    assert set(log.read_text().splitlines()) == {"one two"}


def test_a_child_past_its_deadline_is_killed_with_all_it_started(
    schedule: Any, store: SmallStore, tmp_path: Path
) -> None:
    note = tmp_path / "pids"
    code = (
        "import signal, subprocess, sys, os, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import signal, time;"
        " signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(60)\n"
    )
    scheduler = schedule(ids=("one",), code=code, deadline=1.5)
    before, module.GRACE_SECONDS = module.GRACE_SECONDS, 0.5
    try:
        scheduler.start()
        pids = [int(pid) for pid in wait_for(lambda: note.exists() and note.read_text()).split()]
        wait_for(lambda: not any(is_alive(pid) for pid in pids[:1]))
        wait_for(lambda: not is_running(pids[1]))

        def errors() -> list[str]:
            with store.writing() as writer:
                return [row["error"] for row in ledger.job_runs_of(writer.connection, "crawl")]

        assert wait_for(errors) == ["killed by SIGKILL at its deadline: one"]
        with store.writing() as writer:
            state = runs.state_of(writer.connection, "one")
        assert state is not None
        assert state["next_at"] > datetime.now(UTC) + timedelta(minutes=5)  # not again at once
    finally:
        module.GRACE_SECONDS = before


def is_running(pid: int) -> bool:
    """Whether the process runs; a corpse that nobody has collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_sigterm_ends_scheduler_and_children(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = f"""
import os, sys
from pathlib import Path
from crawler.children import Children
from crawler.scheduler import Pace, serve
import crawler.scheduler as module
from crawler.sources import Registry
from tests.loopback import SmallStore, settings, source
home = Path({str(tmp_path)!r})
code = "import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
class Fake(Children):
    def __init__(self, **values):
        super().__init__(**values, command=lambda ids, _: [sys.executable, "-c", code])
module.Children = Fake
registry = Registry((source("http://127.0.0.1/feed"),))
serve(settings(home), registry, SmallStore("sqlite:///" + str(home / "crawl.db")), pace=Pace(tick_seconds=0.2))
"""
    process = subprocess.Popen([sys.executable, "-c", program], cwd=Path.cwd())
    try:
        child = int(wait_for(lambda: note.exists() and note.read_text(), 20))
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert not is_running(child)
    finally:
        process.kill()
        process.wait()


def test_housekeeping_lets_old_articles_leave_the_search_for_copies(
    schedule: Callable[..., Scheduler], store: SmallStore
) -> None:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    scheduler = schedule(now=lambda: at)
    old, recent = (bucket(at - timedelta(days=days), COPY_WINDOW) for days in (400, 20))
    metadata.create_all(store.engine, tables=[bands, anchors])
    with store.writing() as writer:
        for each in (old, recent):
            writer.connection.execute(bands.insert(), {"bucket": each, "key": 1, "num": 4})
    scheduler.run_job(scheduler.jobs[-1])
    with store.writing() as writer:
        assert set(writer.connection.execute(sa.select(bands.c.bucket)).scalars()) == {recent}


def test_the_archive_is_kept_within_its_settings(schedule: Callable[..., Scheduler], tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    scheduler = schedule(now=lambda: now, within={"archive_days": 30, "archive_gb": 2e-6})
    folder = tmp_path / ARCHIVE
    for days, size in ((40, 10), (20, 1200), (10, 1200), (0, 1200)):
        day = now - timedelta(days=days)
        file = folder / f"{day:%Y-%m-%d}" / "hirewire-1-x.warc.gz"
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes(size))
        os.utime(file, (day.timestamp(), day.timestamp()))
    (prune,) = (job for job in scheduler.jobs if job.name == "archive")
    scheduler.run_job(prune)
    assert sorted(each.name for each in folder.iterdir()) == ["2026-11-20"], (
        "too old, then the oldest of too many bytes"
    )
