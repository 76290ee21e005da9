"""What the scheduler has done, for people: which runs there were, how they ended, and whether one is at work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from pipeline.store.crawling.jobs import SCHEDULER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crawler.frontier import Storing

RECENT = timedelta(days=1)
# Names under which only troubles are noted, never that all went well.
OUTSIDE = frozenset({"crawl", "tick"})
LOOKED_AT = 500  # errors: a day of crawls that end badly every ten minutes, two at a time, has fewer


def history(store: Storing, *, limit: int) -> list[dict[str, Any]]:
    """The last run of each job, and the latest runs and crawls that ended badly; newest first."""
    with store.writing() as writer:
        found = [*ledger.last_of_each(writer.connection), *ledger.errors(writer.connection, limit=limit)]
    by_slot = {(run["name"], run["slot"]): run for run in found}
    return [_row(run) for run in sorted(by_slot.values(), key=lambda run: run["started_at"], reverse=True)]


def scheduler_at_work(store: Storing, *, now: datetime) -> str:
    """Which process runs the schedule of this database; empty where none does."""
    with store.writing() as writer:
        held = runs.holder(writer.connection, SCHEDULER)
    return owner_words(held[0]) if held is not None and held[1] > now else ""


def owner_words(owner: str) -> str:
    """An owner as people say it."""
    parts = owner.split("|")
    return f"process {parts[3]} on {parts[0]}" if len(parts) > 3 else owner  # noqa: PLR2004 - see crawler.frontier.owners


def troubles(store: Storing, *, now: datetime) -> tuple[str, str]:
    """What there is to say of the schedule, and what is wrong with it: jobs whose last run failed (empty if none)."""
    with store.writing() as writer:
        last, wrong = ledger.last_of_each(writer.connection), ledger.errors(writer.connection, limit=LOOKED_AT)
    failed = [f"{run['name']}: {run['error']}" for run in last if run["error"] and run["name"] not in OUTSIDE]
    crashed = sum(run["name"] in OUTSIDE and run["started_at"] > now - RECENT for run in wrong)
    leader = scheduler_at_work(store, now=now)
    said = f"run by {leader}" if leader else "hirewire run is not running"
    if crashed:
        said += f"; {crashed} crawl{'' if crashed == 1 else 's'} ended badly in the last day (hirewire run --history)"
    return said, "; ".join(failed)


def _row(run: Mapping[str, Any]) -> dict[str, Any]:
    finished = run["finished_at"]
    result = "failed" if run["error"] else "done" if finished else "running, or its process ended"
    if not run["owner"] and not run["error"]:
        result = "past when the job was new"
    return {
        "job": run["name"],
        "slot": run["slot"],
        "started_at": run["started_at"].isoformat(),
        "finished_at": finished.isoformat() if finished else None,
        "result": result,
        "error": run["error"],
    }
