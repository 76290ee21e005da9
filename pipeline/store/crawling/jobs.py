"""The ledger of scheduled jobs: a slot is taken once, whoever asks; what went wrong is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.store.crawling.tables import crawl_runs, job_runs
from pipeline.store.upserts import is_inserted, upsert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def take_slot(connection: sa.Connection, name: str, slot: str, *, owner: str, now: datetime) -> bool:
    """Take a slot of a job; False when it was taken before."""
    insert = upsert(connection, job_runs).values(name=name, slot=slot, owner=owner, started_at=now)
    return is_inserted(connection, insert.on_conflict_do_nothing(), job_runs)


def close_slot(connection: sa.Connection, name: str, slot: str, *, error: str, now: datetime) -> None:
    """Note that a job has ended, and how."""
    connection.execute(
        sa.update(job_runs)
        .where(job_runs.c.name == name, job_runs.c.slot == slot)
        .values(finished_at=now, error=error[:1000])
    )


def note(connection: sa.Connection, name: str, *, error: str, now: datetime) -> None:
    """Keep an error that belongs to no slot."""
    values = {"owner": "", "started_at": now, "finished_at": now, "error": error[:1000]}
    insert = upsert(connection, job_runs).values(name=name, slot=f"at {now.isoformat()}", **values)
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


def forget(connection: sa.Connection, *, before: datetime) -> None:
    """Delete runs of sources and jobs that ended before an instant."""
    connection.execute(sa.delete(crawl_runs).where(crawl_runs.c.finished_at < before))
    connection.execute(sa.delete(job_runs).where(job_runs.c.finished_at < before))
