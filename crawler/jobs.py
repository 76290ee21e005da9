"""Jobs with a schedule besides crawls: each slot is run once, late rather than never, and again when its process died."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.frontier import is_dead
from crawler.rhythm import last_slot
from pipeline.store.crawling import jobs as ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from crawler.frontier import Storing
    from crawler.sources import CronFields

log = logging.getLogger(__name__)

# As often as a page: what ends its process three times would do so for ever, and nothing else would get done.
MOST_ATTEMPTS = 3
RETRY = timedelta(minutes=10)  # after an error
# Whether a process of another machine lives cannot be seen from here; no job takes so long.
ABANDONED = timedelta(hours=1)


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


@dataclass(kw_only=True)
class Docket:
    """The jobs of a scheduler and which of their slots are owed; safe to be asked by several threads."""

    jobs: Sequence[Job]
    store: Storing
    owner: str
    now: Callable[[], datetime]
    running: set[str] = field(default_factory=set)

    def run(self, job: Job) -> None:
        """Run a job for its latest slot, unless that was done; what it raises is recorded and raised."""
        slot = last_slot(job.cron, job.timezone, self.now())
        if slot is None or not self._take(job, slot):
            return
        error = "stopped in the middle"
        self.running.add(job.name)
        try:
            job.run(slot)
            error = ""
        except Exception as failed:
            error = f"{type(failed).__name__}: {failed}"
            raise
        finally:
            self.running.discard(job.name)
            with self.store.writing() as writer:
                ledger.close_slot(writer.connection, job.name, slot, error=error, now=self.now())

    def owed(self) -> list[Job]:
        """The jobs whose latest slot has not been run to its end; one met for the first time waits for its next slot."""
        slots = [(job, last_slot(job.cron, job.timezone, self.now())) for job in self.jobs]
        with self.store.writing() as writer:
            return [job for job, slot in slots if slot is not None and self._is_owed(writer.connection, job, slot)]

    def _is_owed(self, connection: Any, job: Job, slot: str) -> bool:
        row = ledger.slot_of(connection, job.name, slot)
        if row is not None:
            attempt = ledger.attempts_at(connection, job.name, slot) + 1
            return self._came_to_nothing(row) is not None and attempt < MOST_ATTEMPTS
        if ledger.job_runs_of(connection, job.name, limit=1):
            return True
        if ledger.take_slot(connection, job.name, slot, owner="", now=self.now()):
            ledger.close_slot(connection, job.name, slot, error="", now=self.now())
        return False

    def _take(self, job: Job, slot: str) -> bool:
        now = self.now()
        with self.store.writing() as writer:
            connection = writer.connection
            row = ledger.slot_of(connection, job.name, slot)
            if row is not None:
                why, attempt = self._came_to_nothing(row), ledger.attempts_at(connection, job.name, slot) + 1
                if why is None or attempt >= MOST_ATTEMPTS:
                    return False
                ledger.set_aside(connection, job.name, slot, attempt=attempt, error=why, now=now)
                log.warning("job.again name=%s slot=%s attempt=%s before=%r", job.name, slot, attempt + 1, why)
            return ledger.take_slot(connection, job.name, slot, owner=self.owner, now=now)

    def _came_to_nothing(self, row: Mapping[str, Any]) -> str | None:
        """Why a run needs another; None for one that is well or still at it."""
        if row["finished_at"] is not None:
            return row["error"] if row["error"] and row["finished_at"] + RETRY <= self.now() else None
        if row["owner"] == self.owner:
            return None
        if is_dead(row["owner"]) or row["started_at"] + ABANDONED <= self.now():
            return "its process ended in the middle"
        return None
