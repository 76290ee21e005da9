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
from typing import TYPE_CHECKING, Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from crawler.archive import prune
from crawler.children import Children, environment
from crawler.frontier import bury_dead, owner_token
from crawler.rhythm import cron_trigger, last_slot
from crawler.sources import parse_cron
from crawler.spiders.run import ARCHIVE, utc_now
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from pipeline.store.relation_search import age_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.frontier import Storing
    from crawler.sources import CronFields, Registry
    from pipeline.settings import Settings

log = logging.getLogger(__name__)

LEASE_NAME = "scheduler"
LATE = " (late)"  # ends the name of a run that catches up
AFTER_A_CRASH = timedelta(minutes=10)  # a source whose crawl was killed is left alone for so long
ARCHIVE_AGE, ARCHIVE_BYTES = timedelta(days=365), 20 * 1024**3
RUNS_KEPT = timedelta(days=90)  # health looks back 28 days
# Copies are looked for over 30 days. The rest is for backfills of past months, which find each other while this lasts.
COMPARED_KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something with a schedule besides crawls: a digest, housekeeping.

    It runs once a slot; a slot is the wall-clock time of the cron line in the job's zone, so no hour that comes twice in
    autumn makes it run twice, whatever process or restart is asked. `run` gets the slot.
    """

    name: str
    cron: CronFields
    run: Callable[[str], None]
    timezone: str = "UTC"


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
        self.jobs = (*jobs, Job(name="housekeeping", cron=parse_cron("17 3 * * *"), run=self._keep_house))
        self.children = children or Children(
            environ={**os.environ, **environment(settings)},
            deadline_seconds=self.pace.deadline_seconds,
            most=self.pace.most_children,
        )
        self.is_leader = False
        self._engine = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(4)},
            # The default grace of a second drops every job that a busy moment delays.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to tick."""
        engine = self._engine
        engine.add_listener(self._note_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        engine.add_job(
            self.tick, IntervalTrigger(seconds=self.pace.tick_seconds), id="tick", next_run_time=datetime.now(UTC)
        )
        for job in self.jobs:
            engine.add_job(self.run_job, cron_trigger(job.cron, job.timezone), args=(job,), id=job.name)
        engine.start()

    def stop(self) -> None:
        """End ticking and all children, and let another scheduler take over at once."""
        if self._engine.running:
            self._engine.shutdown(wait=True)
        self.children.stop()
        with self.store.writing() as writer:
            runs.let_go(writer.connection, LEASE_NAME, owner=self.owner)

    def tick(self) -> None:
        """Look after the children, renew the lease, catch up after a time without a leader, crawl what is due."""
        for child, trouble in self.children.watch():
            self._child_ended(child.ids, trouble)
        was_leader, self.is_leader = self.is_leader, self._lead()
        if not self.is_leader:
            return
        if not was_leader:
            self.catch_up()
        if self.children.free:
            self._start_crawls()

    def run_job(self, job: Job) -> None:
        """Run a job for its latest slot, unless that was done."""
        if not self._lead():
            return
        slot = last_slot(job.cron, job.timezone, self.now())
        if slot is None:
            return
        with self.store.writing() as writer:
            is_ours = ledger.take_slot(writer.connection, job.name, slot, owner=self.owner, now=self.now())
        if is_ours:
            error = "did not end"  # what is wrong exactly, the listener notes
            try:
                job.run(slot)
                error = ""
            finally:
                self._close_slot(job.name, slot, error)

    def catch_up(self) -> None:
        """Run jobs whose slot passed while no scheduler led; a job met for the first time waits for its next slot."""
        for job in self.jobs:
            slot = last_slot(job.cron, job.timezone, self.now())
            with self.store.writing() as writer:
                is_new = not ledger.job_runs_of(writer.connection, job.name, limit=1)
                if is_new and slot and ledger.take_slot(writer.connection, job.name, slot, owner="", now=self.now()):
                    ledger.close_slot(writer.connection, job.name, slot, error="", now=self.now())
            if not is_new:
                self._engine.add_job(self.run_job, args=(job,), id=f"{job.name}{LATE}", replace_existing=True)

    def _close_slot(self, name: str, slot: str, error: str) -> None:
        with self.store.writing() as writer:
            ledger.close_slot(writer.connection, name, slot, error=error, now=self.now())

    def _lead(self) -> bool:
        now = self.now()
        until = now + timedelta(seconds=self.pace.lease_seconds)
        with self.store.writing() as writer:
            if not runs.acquire(writer.connection, LEASE_NAME, owner=self.owner, now=now, until=until):
                bury_dead(writer.connection, now=now)
                return False
            return True

    def _start_crawls(self) -> None:
        enabled = [source.id for source in self.registry.enabled]
        with self.store.writing() as writer:
            due = runs.due(writer.connection, enabled, self.now())
        in_hand = self.children.in_hand
        waiting = [source_id for source_id in due if source_id not in in_hand]
        size = self.pace.sources_a_child
        for start in range(0, min(len(waiting), size * self.children.free), size):
            self.children.start(waiting[start : start + size])

    def _child_ended(self, ids: Sequence[str], trouble: str) -> None:
        if not trouble:
            return
        log.error("crawl.ended sources=%s trouble=%s", ",".join(ids), trouble)
        now = self.now()
        with self.store.writing() as writer:
            bury_dead(writer.connection, now=now)
            ledger.note(writer.connection, "crawl", error=f"{trouble}: {','.join(ids)}", now=now)
            for source_id in runs.due(writer.connection, ids, now):
                runs.keep_state(writer.connection, source_id, next_at=now + AFTER_A_CRASH, outcome="interrupted")

    def _note_trouble(self, event: Any) -> None:
        error = getattr(event, "exception", None)
        what = f"{type(error).__name__}: {error}" if error else "skipped: the run before was still going"
        name = event.job_id.removesuffix(LATE)
        log.error("job.trouble name=%s trouble=%s", name, what)
        with self.store.writing() as writer:
            ledger.note(writer.connection, name, error=what, now=self.now())

    def _keep_house(self, slot: str) -> None:
        now = self.now()
        prune(self.settings.home / ARCHIVE, now=now, max_age=ARCHIVE_AGE, max_bytes=ARCHIVE_BYTES)
        with self.store.writing() as writer:
            ledger.forget(writer.connection, before=now - RUNS_KEPT)
            age_out(writer.connection, now - COMPARED_KEPT)


def serve(
    settings: Settings, registry: Registry, store: Storing, *, jobs: Sequence[Job] = (), pace: Pace | None = None
) -> None:
    """Run a scheduler until SIGTERM or SIGINT; crawls in hand are ended with it, their pages given back."""
    scheduler = Scheduler(settings, registry, store, jobs=jobs, pace=pace)
    is_over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: is_over.set())
    scheduler.start()
    log.info("scheduler.started sources=%s jobs=%s", len(registry.enabled), len(scheduler.jobs))
    try:
        is_over.wait()
    finally:
        scheduler.stop()
