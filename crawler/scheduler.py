"""`hirewire run`: crawls what is due, runs what has a schedule, on one scheduler per database.

APScheduler ticks; what is due is asked of the database at each tick. Nothing is remembered in APScheduler's own store:
jobs are rebuilt from the registry at each start, so a renamed function loses no schedule, and a pause of any length is
followed by one run, not by a burst. Of several schedulers on one database one holds the lease; the others stand by.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from crawler.children import Children, environment
from crawler.clock import ClockWatch
from crawler.dispatch import Dispatch
from crawler.frontier import bury_dead, owner_token
from crawler.history import owner_words
from crawler.housekeeping import housekeeping
from crawler.jobs import Docket
from crawler.rhythm import cron_trigger
from crawler.spiders.run import utc_now
from pipeline.store.crawling import clocks, runs
from pipeline.store.crawling import jobs as ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.frontier import Storing
    from crawler.jobs import Job
    from crawler.sources import Registry
    from pipeline.settings import Settings

log = logging.getLogger(__name__)

TICK = "tick"
LATE = " (late)"  # ends the name of a run that catches up
CATCH_UP_SECONDS = 60.0  # how often jobs are looked for that should have run and did not


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the scheduler goes about it: seconds between ticks, leases, and children."""

    tick_seconds: float = 5.0
    lease_seconds: float = 30.0
    deadline_seconds: float = 1200.0
    most_children: int = 2
    sources_a_child: int = 40


class Scheduler:
    """One scheduler process; `serve` runs it until a signal."""

    def __init__(
        self,
        settings: Settings,
        registry: Registry,
        store: Storing,
        *,
        jobs: Sequence[Job] = (),
        pace: Pace | None = None,
        now: Callable[[], datetime] = utc_now,
        children: Children | None = None,
    ) -> None:
        self.settings, self.registry, self.store, self.now = settings, registry, store, now
        self.pace = pace or Pace()
        self.owner = owner_token()
        self.jobs = (*jobs, *housekeeping(settings, store, now=now))
        self.docket = Docket(jobs=self.jobs, store=store, owner=self.owner, now=now)
        self.children = children or Children(
            environ={**os.environ, **environment(settings)},
            deadline_seconds=self.pace.deadline_seconds,
            most=self.pace.most_children,
        )
        self.dispatch = Dispatch(
            registry=registry, store=store, children=self.children, now=now, size=self.pace.sources_a_child
        )
        self.is_leader = False
        self._rival: str | None = None
        self._caught_up: float | None = None  # monotonic
        self._is_clock_new = True
        self._ticking, self._is_stopping = threading.Lock(), False
        self._watch = ClockWatch(self._clock_was_set, now=utc_now)
        self._engine = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            # Ticks have a thread of their own: no job, however long it hangs, keeps the lease from being renewed.
            executors={"default": ThreadPoolExecutor(4), TICK: ThreadPoolExecutor(1)},
            # The default grace of a second drops every job that a busy moment delays.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to tick."""
        engine = self._engine
        engine.add_listener(self._note_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        trigger = IntervalTrigger(seconds=self.pace.tick_seconds)
        engine.add_job(self.tick, trigger, id=TICK, executor=TICK, next_run_time=datetime.now(UTC))
        for job in self.jobs:
            engine.add_job(self.run_job, cron_trigger(job.cron, job.timezone), args=(job,), id=job.name)
        engine.start()
        self._watch.start()

    def stop(self) -> None:
        """End ticking and all children, let another scheduler take over at once, and wait for jobs that are running."""
        self._watch.stop()
        with self._ticking:
            self._is_stopping = True
            self.children.stop()
            with self.store.writing() as writer:
                runs.let_go(writer.connection, ledger.SCHEDULER, owner=self.owner)
        if running := sorted(self.docket.running):
            log.info("scheduler.waiting jobs=%s", ",".join(running))
        if self._engine.running:
            self._engine.shutdown(wait=True)

    def tick(self) -> None:
        """Look after the children, renew the lease, catch up on jobs, crawl what is due."""
        with self._ticking:
            if self._is_stopping:
                return
            self.dispatch.look_after()
            was_leader, self.is_leader = self.is_leader, self._lead()
            if self.is_leader != was_leader:
                log.info("scheduler.%s", "leads" if self.is_leader else "lost-lease")
            if not self.is_leader:
                self._caught_up, self._is_clock_new = None, True
                return
            if self._is_clock_new:
                self._put_right()
            if self._caught_up is None or monotonic() - self._caught_up >= CATCH_UP_SECONDS:
                self.catch_up()
            self.dispatch.start_due()

    def run_job(self, job: Job) -> None:
        """Run a job for its latest slot, unless that was done."""
        if not self._is_stopping and self._lead():
            self.docket.run(job)

    def catch_up(self) -> None:
        """Run jobs whose slot has passed undone: while no scheduler led, or the one that ran it died, or it failed."""
        for job in self.docket.owed():
            self._engine.add_job(self.run_job, args=(job,), id=f"{job.name}{LATE}", replace_existing=True)
        self._caught_up = monotonic()

    def _put_right(self) -> None:
        """Undo what a wrong clock has written: before this one led, or before the clock was set."""
        with self.store.writing() as writer:
            again = clocks.put_right(writer.connection, self.now())
        if again:
            log.warning("clock.put-right sources=%s meaning='visited in what is the future now, due again'", again)
        self._is_clock_new = False

    def _lead(self) -> bool:
        now = self.now()
        until = now + timedelta(seconds=self.pace.lease_seconds)
        with self.store.writing() as writer:
            if runs.acquire(writer.connection, ledger.SCHEDULER, owner=self.owner, now=now, until=until):
                self._rival = None
                return True
            bury_dead(writer.connection, now=now)
            clocks.release_impossible(writer.connection, now)
            held = runs.holder(writer.connection, ledger.SCHEDULER)
        if held is not None and held[0] != self._rival:
            self._rival = held[0]
            log.warning(
                "scheduler.stands-by holder=%r meaning='it runs this database; this one takes over when it is gone'",
                owner_words(self._rival),
            )
        return False

    def _clock_was_set(self, seconds: float) -> None:
        """Aim APScheduler's alarms anew: set back by an hour, it would sleep through that hour."""
        log.warning("clock.set seconds=%+.0f", seconds)
        now = datetime.now(UTC)
        for job in self._engine.get_jobs():
            aimed = now if job.id == TICK else job.trigger.get_next_fire_time(None, now)
            if aimed is not None and aimed < job.next_run_time:
                self._engine.modify_job(job.id, next_run_time=aimed)
        self._caught_up, self._is_clock_new = None, True
        self._engine.wakeup()

    def _note_trouble(self, event: Any) -> None:
        error = getattr(event, "exception", None)
        what = f"{type(error).__name__}: {error}" if error else "skipped: the run before was still going"
        name = event.job_id.removesuffix(LATE)
        if error is None and name == TICK:
            log.debug("scheduler.busy")  # the tick that is still going does the work of this one
            return
        log.error("job.trouble name=%s trouble=%s", name, " ".join(what.split()))
        if error is None or name == TICK:  # the error of a job stands in the run of its slot
            with self.store.writing() as writer:
                ledger.note(writer.connection, name, error=what, now=self.now())


def serve(
    settings: Settings, registry: Registry, store: Storing, *, jobs: Sequence[Job] = (), pace: Pace | None = None
) -> None:
    """Run a scheduler until SIGTERM or SIGINT; crawls in hand are ended with it, their pages given back.

    A second signal ends the process at once, whatever it waits for.
    """
    scheduler = Scheduler(settings, registry, store, jobs=jobs, pace=pace)
    is_over = threading.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)

    def end(*_: object) -> None:
        is_over.set()
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)

    for number in numbers:
        signal.signal(number, end)
    scheduler.start()
    log.info("scheduler.started sources=%s jobs=%s", len(registry.enabled), len(scheduler.jobs))
    try:
        is_over.wait()
        log.info("scheduler.stopping crawls=%s meaning='their pages are given back'", len(scheduler.children.running))
    finally:
        scheduler.stop()
    log.info("scheduler.stopped")
