"""What becomes of the schedule when jobs hang, fail or die, when the clock is set, and when a crawl takes others along."""

from __future__ import annotations

import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import apscheduler.schedulers.base as engine_module
import apscheduler.triggers.date as trigger_module
import psutil
import pytest

import crawler.scheduler as module
from crawler.children import Children
from crawler.clock import ClockWatch
from crawler.dispatch import AFTER_A_CRASH, NAMED_AFTER, Dispatch
from crawler.frontier import owner_token
from crawler.jobs import ABANDONED, MOST_ATTEMPTS, RETRY, Docket, Job
from crawler.scheduler import Pace, Scheduler
from crawler.sources import Registry, parse_cron
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from tests.loopback import SmallStore, settings, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)
EVERY_MINUTE, DAILY = parse_cron("* * * * *"), parse_cron("0 8 * * *")
A_DEAD_ONE = "|".join((*owner_token().split("|")[:3], "999999999", "1", "x"))
ELSEWHERE = "other-machine|boot|pid|7|8|x"


class Standing:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SmallStore]:
    opened = SmallStore(f"sqlite:///{tmp_path}/crawl.db")
    yield opened
    opened.close()


def wait_for(condition: Callable[[], Any], seconds: float = 15.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found


def docket(store: SmallStore, *jobs: Job, now: Standing, owner: str = "me") -> Docket:
    return Docket(jobs=jobs, store=store, owner=owner, now=now)


def known(store: SmallStore, *names: str) -> None:
    with store.writing() as writer:
        for name in names:
            ledger.note(writer.connection, name, error="", now=NOW - timedelta(days=2))


def take(store: SmallStore, owner: str) -> None:
    with store.writing() as writer:
        assert ledger.take_slot(writer.connection, "digest", "2026-11-20T08:00", owner=owner, now=NOW)


def test_a_job_whose_process_died_in_the_middle_is_run_again_but_not_for_ever(store: SmallStore) -> None:
    ran: list[str] = []
    job, clock = Job(name="digest", cron=DAILY, run=ran.append), Standing()
    mine = docket(store, job, now=clock)
    for attempt in range(1, MOST_ATTEMPTS):
        take(store, A_DEAD_ONE)
        assert mine.owed() == [job]
        with store.writing() as writer:  # what `run` does before the job is run, and its process dies once more
            ledger.set_aside(
                writer.connection, "digest", "2026-11-20T08:00", attempt=attempt, error="died", now=clock.at
            )
    take(store, A_DEAD_ONE)
    assert mine.owed() == []
    mine.run(job)
    assert ran == []


def test_it_is_run_again_once_by_whoever_comes_first(store: SmallStore) -> None:
    ran: list[str] = []
    job = Job(name="digest", cron=DAILY, run=ran.append)
    take(store, A_DEAD_ONE)
    for _ in range(3):
        docket(store, job, now=Standing(), owner="me").run(job)
    assert ran == ["2026-11-20T08:00"]
    with store.writing() as writer:
        errors = [row["error"] for row in ledger.job_runs_of(writer.connection, "digest")]
    assert sorted(errors) == ["", "its process ended in the middle"]


def test_a_job_that_others_may_still_be_at_is_left_to_them(store: SmallStore) -> None:
    ran: list[str] = []
    job, clock = Job(name="digest", cron=DAILY, run=ran.append), Standing()
    take(store, ELSEWHERE)
    assert docket(store, job, now=clock).owed() == []
    clock.at += ABANDONED
    assert docket(store, job, now=clock).owed() == [job]
    assert docket(store, job, now=clock, owner=ELSEWHERE).owed() == [], "its own, and still at it"


def test_a_failed_job_is_tried_again_after_a_pause(store: SmallStore) -> None:
    tried: list[str] = []

    def fail(slot: str) -> None:
        tried.append(slot)
        if len(tried) < MOST_ATTEMPTS:
            raise RuntimeError("the disk was busy")

    job, clock = Job(name="digest", cron=DAILY, run=fail), Standing()
    known(store, "digest")
    mine = docket(store, job, now=clock)
    for n in range(1, MOST_ATTEMPTS):
        assert mine.owed() == [job]
        with pytest.raises(RuntimeError):
            mine.run(job)
        assert mine.owed() == [], "not at once"
        mine.run(job)
        assert len(tried) == n
        clock.at += RETRY
    mine.run(job)
    assert (mine.owed(), len(tried)) == ([], MOST_ATTEMPTS)


@pytest.fixture
def schedule(store: SmallStore, tmp_path: Path) -> Iterator[Callable[..., Scheduler]]:
    started: list[Scheduler] = []

    def build(*jobs: Job, **more: Any) -> Scheduler:
        pace = Pace(tick_seconds=0.1, lease_seconds=2.0)
        built = Scheduler(settings(tmp_path), Registry(()), store, jobs=jobs, pace=pace, **more)
        started.append(built)
        return built

    yield build
    for each in started:
        each.stop()


def hold(release: threading.Event, _slot: str) -> None:
    release.wait(30)


def has_more(things: list[Any], than: int) -> bool:
    return len(things) > than


def ticks_of(scheduler: Scheduler) -> list[float]:
    """When it ticks from now on."""
    ticks: list[float] = []
    look_after = scheduler.dispatch.look_after

    def noted() -> None:
        ticks.append(time.monotonic())
        look_after()

    scheduler.dispatch.look_after = noted  # type: ignore[method-assign]  # to listen, not to change
    return ticks


def test_jobs_that_hang_do_not_keep_the_scheduler_from_ticking(schedule: Any, store: SmallStore) -> None:
    release, names = threading.Event(), [f"hanging{n}" for n in range(6)]
    known(store, *names)
    jobs = [Job(name=name, cron=EVERY_MINUTE, run=partial(hold, release)) for name in names]
    scheduler = schedule(*jobs)
    ticks = ticks_of(scheduler)
    scheduler.start()
    try:
        wait_for(lambda: len(scheduler.docket.running) >= 4)
        before = len(ticks)
        wait_for(lambda: len(ticks) >= before + 10)
        assert scheduler.is_leader
    finally:
        release.set()


def test_a_clock_set_back_stops_neither_ticks_nor_jobs(
    schedule: Any, store: SmallStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """APScheduler would sleep until the old time has come again."""
    shift = timedelta(0)

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]  # a plain one is what callers want
            return datetime.now(tz) + shift

    ran: list[str] = []
    for each in (engine_module, trigger_module, module):
        monkeypatch.setattr(each, "datetime", Shifted)

    def clock() -> datetime:
        return datetime.now(UTC) + shift

    monkeypatch.setattr(module, "utc_now", clock)
    known(store, "minutely")
    scheduler = schedule(Job(name="minutely", cron=EVERY_MINUTE, run=ran.append), now=clock)
    scheduler._watch.look_seconds = 0.05
    ticks = ticks_of(scheduler)
    scheduler.start()
    wait_for(lambda: len(ticks) > 3 and ran)
    for jump in (timedelta(hours=-1), timedelta(days=1)):
        shift += jump
        before, slots = len(ticks), len(ran)
        wait_for(partial(has_more, ticks, before + 4))
        wait_for(partial(has_more, ran, slots))
    assert len(ran) == len(set(ran)) < 9, "a day ahead is one run and not 1,440; the minute may have ended meanwhile"


def test_the_watch_tells_of_jumps_alone() -> None:
    shift = 0.0
    told: list[float] = []
    watch = ClockWatch(told.append, now=lambda: datetime.fromtimestamp(time.time() + shift, UTC), look_seconds=0.01)
    watch.start()
    time.sleep(0.1)
    assert told == []
    shift = -3600.0
    wait_for(lambda: told)
    watch.stop()
    assert [round(each) for each in told] == [-3600]


def children(code: str, deadline: float = 60.0) -> Children:
    return Children(
        environ=dict(os.environ), deadline_seconds=deadline, most=2, command=lambda ids, _: [sys.executable, "-c", code, *ids]
    )  # fmt: skip


def test_what_a_crawl_leaves_behind_when_it_ends_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
    )
    crawls = children(code)
    crawls.start(["one"], now=NOW)
    (ended,) = wait_for(crawls.watch)
    assert (ended.trouble, ended.is_crash) == ("", False)
    wait_for(lambda: not is_running(int(note.read_text())))
    crawls.stop()


def is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_source_that_ends_its_crawl_is_found_and_the_others_are_visited(store: SmallStore, tmp_path: Path) -> None:
    """Of eight sources one ends the process of every crawl it is in, before any of the others is done."""
    log = tmp_path / "done"
    code = f"""
import os, sys
if "s5" in sys.argv: os.kill(os.getpid(), 11)
open({str(log)!r}, "a").write(chr(10).join(sys.argv[1:]) + chr(10))
"""
    names = [f"s{n}" for n in range(8)]
    clock = Standing()
    registry = Registry(tuple(source(f"http://127.0.0.{n}/feed", name, homepage=f"http://127.0.0.{n}/") for n, name in enumerate(names)))  # fmt: skip
    dispatch = Dispatch(registry=registry, store=store, children=children(code), now=clock, size=40)
    done: set[str] = set()
    for _ in range(12):
        dispatch.start_due()
        while dispatch.children.running:
            time.sleep(0.02)
            dispatch.look_after()
        fresh = set(log.read_text().split()) - done if log.exists() else set()
        with store.writing() as writer:
            for name in fresh:
                runs.keep_state(writer.connection, name, next_at=clock.at + timedelta(days=9), last_run_at=clock.at)
        done |= fresh
        clock.at += AFTER_A_CRASH
    assert done == set(names) - {"s5"}
    with store.writing() as writer:
        state = runs.state_of(writer.connection, "s5")
    assert state is not None
    assert state["health"] == "crashing"
    assert "SIGSEGV" in state["evidence"]
    assert state["remedy"]
    assert state["failures"] >= 1
    assert state["next_at"] - clock.at > AFTER_A_CRASH, "asked less and less"
    assert dispatch.crashes["s5"] >= NAMED_AFTER


def test_a_source_that_is_due_again_does_not_wait_for_the_rest_of_its_crawl(store: SmallStore) -> None:
    clock = Standing()
    registry = Registry(tuple(source(f"http://{name}.example/feed", name, homepage=f"http://{name}.example/") for name in ("quick", "slow")))  # fmt: skip
    crawls = children("import time; time.sleep(60)")
    dispatch = Dispatch(registry=registry, store=store, children=crawls, now=clock, size=40)
    try:
        dispatch.start_due()
        dispatch.start_due()
        assert [child.ids for child in crawls.running] == [("quick", "slow")]
        clock.at += timedelta(minutes=1)
        with store.writing() as writer:
            runs.keep_state(writer.connection, "quick", next_at=clock.at, last_run_at=clock.at)
        clock.at += timedelta(minutes=10)
        dispatch.start_due()
        assert [child.ids for child in crawls.running] == [("quick", "slow"), ("quick",)]
    finally:
        for child in crawls.running:
            child.process.kill()
        crawls.stop()
