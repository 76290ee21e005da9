"""The ledger of scheduled jobs: a slot is taken once, whoever asks; what went wrong is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.store.crawling.tables import crawl_runs, job_runs
from pipeline.store.database import UtcDateTime
from pipeline.store.upserts import is_inserted, upsert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SCHEDULER = "scheduler"  # the lease of the one that runs jobs
TOLD_OF = "alarm:"  # begins the names under which stands what was told of a source
_OUTSIDE = "at "  # begins the slot of an error that belongs to none
_ATTEMPT = " attempt "  # between a slot and the number of an attempt at it that came to nothing


def take_slot(connection: sa.Connection, name: str, slot: str, *, owner: str, now: datetime) -> bool:
    """Take a slot of a job; False when it was taken before."""
    insert = upsert(connection, job_runs).values(name=name, slot=slot, owner=owner, started_at=now)
    return is_inserted(connection, insert.on_conflict_do_nothing(), job_runs)


def slot_of(connection: sa.Connection, name: str, slot: str) -> Mapping[str, Any] | None:
    """The run of a slot; None while nobody has taken it."""
    query = sa.select(job_runs).where(job_runs.c.name == name, job_runs.c.slot == slot)
    row = connection.execute(query).mappings().one_or_none()
    return dict(row) if row else None


def close_slot(connection: sa.Connection, name: str, slot: str, *, error: str, now: datetime) -> None:
    """Note that a job has ended, and how."""
    connection.execute(
        sa.update(job_runs)
        .where(job_runs.c.name == name, job_runs.c.slot == slot)
        .values(finished_at=now, error=error[:1000])
    )


def set_aside(connection: sa.Connection, name: str, slot: str, *, attempt: int, error: str, now: datetime) -> None:
    """Keep a run that came to nothing as an attempt at its slot, which may be taken again."""
    ended = sa.func.coalesce(job_runs.c.finished_at, sa.literal(now, UtcDateTime()))
    connection.execute(
        sa.update(job_runs)
        .where(job_runs.c.name == name, job_runs.c.slot == slot)
        .values(slot=f"{slot}{_ATTEMPT}{attempt}", finished_at=ended, error=error[:1000])
    )


def attempts_at(connection: sa.Connection, name: str, slot: str) -> int:
    """How many runs of a slot were set aside."""
    begins = f"{slot}{_ATTEMPT}"
    query = sa.select(sa.func.count()).where(
        job_runs.c.name == name, job_runs.c.slot.startswith(begins, autoescape=True)
    )
    return connection.execute(query).scalar_one()


def note(connection: sa.Connection, name: str, *, error: str, now: datetime) -> None:
    """Keep an error that belongs to no slot."""
    values = {"owner": "", "started_at": now, "finished_at": now, "error": error[:1000]}
    insert = upsert(connection, job_runs).values(name=name, slot=f"{_OUTSIDE}{now.isoformat()}", **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["name", "slot"], set_=values))


def job_runs_of(connection: sa.Connection, name: str, *, limit: int = 100) -> list[Mapping[str, Any]]:
    """The latest runs of a job, newest first."""
    query = (
        sa.select(job_runs)
        .where(job_runs.c.name == name)
        .order_by(job_runs.c.started_at.desc(), job_runs.c.slot.desc())
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def last_of_each(connection: sa.Connection) -> list[Mapping[str, Any]]:
    """The last run of each job, newest first; without what was told of sources, which `sources health` shows."""
    newest = (
        sa.select(job_runs.c.name, sa.func.max(job_runs.c.started_at).label("at")).group_by(job_runs.c.name).subquery()
    )
    query = _of_jobs().join(newest, (newest.c.name == job_runs.c.name) & (newest.c.at == job_runs.c.started_at))
    return [dict(row) for row in connection.execute(query).mappings()]


def errors(connection: sa.Connection, *, limit: int) -> list[Mapping[str, Any]]:
    """The latest runs that failed, of all jobs, newest first."""
    query = _of_jobs().where(job_runs.c.error != "").limit(limit)
    return [dict(row) for row in connection.execute(query).mappings()]


def _of_jobs() -> sa.Select[Any]:
    order = job_runs.c.started_at.desc(), job_runs.c.name, job_runs.c.slot.desc()
    return sa.select(job_runs).where(job_runs.c.name.not_like(f"{TOLD_OF}%")).order_by(*order)


def forget(connection: sa.Connection, *, before: datetime, done_before: datetime) -> None:
    """Delete runs of sources and jobs that ended before an instant, those of jobs that went well before another.

    The last run of each job stays, however old: by it a job is known, and what was told of a source is not told again.
    """
    connection.execute(sa.delete(crawl_runs).where(crawl_runs.c.finished_at < before))
    other = job_runs.alias()
    is_followed = sa.exists().where(other.c.name == job_runs.c.name, other.c.started_at > job_runs.c.started_at)
    is_old = sa.or_(
        job_runs.c.finished_at < before, sa.and_(job_runs.c.finished_at < done_before, job_runs.c.error == "")
    )
    connection.execute(sa.delete(job_runs).where(is_old, is_followed))
