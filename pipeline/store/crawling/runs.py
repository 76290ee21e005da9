"""Runs, their exact counts, the state of sources, and leases."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.store.crawling.tables import crawl_counts, crawl_runs, leases, source_state
from pipeline.store.database import UtcDateTime
from pipeline.store.upserts import put, upsert_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

INTERRUPTED = "interrupted"

# Statements that run at each visit are built once: building one costs more than running it.
_LET_GO = sa.delete(leases).where(leases.c.name == sa.bindparam("of_name"), leases.c.owner == sa.bindparam("of_owner"))
_CLOSE_LEFT = (
    sa.update(crawl_runs)
    .where(crawl_runs.c.source == sa.bindparam("of_source"), crawl_runs.c.finished_at.is_(None))
    .values(finished_at=sa.bindparam("at"), outcome=INTERRUPTED, evidence="the process ended")
)
_BEGIN = sa.insert(crawl_runs)
_FINISH = (
    sa.update(crawl_runs)
    .where(crawl_runs.c.id == sa.bindparam("of_id"))
    .values(finished_at=sa.bindparam("at"), outcome=sa.bindparam("how"), evidence=sa.bindparam("why"))
)
_COUNTS = sa.select(crawl_counts).where(crawl_counts.c.run == sa.bindparam("of_run"))
_DAY = sa.func.date(crawl_runs.c.started_at)
_DAILY = (
    sa.select(_DAY, crawl_counts.c.name, sa.func.sum(crawl_counts.c.n))
    .outerjoin(crawl_counts, crawl_counts.c.run == crawl_runs.c.id)
    .where(crawl_runs.c.source == sa.bindparam("of_source"), crawl_runs.c.started_at >= sa.bindparam("since"))
    .group_by(_DAY, crawl_counts.c.name)
)
_STATE = sa.select(source_state).where(source_state.c.source == sa.bindparam("of_source"))


def acquire(connection: sa.Connection, name: str, *, owner: str, now: datetime, until: datetime) -> bool:
    """Take or prolong a lease; False while another owner holds it."""
    values = {"name": name, "owner": owner, "until_at": until, "at": now}
    return connection.execute(_taking(connection.dialect.name), values).first() is not None


@cache
def _taking(dialect: str) -> Any:
    """Asked by RETURNING whether a row was written: drivers differ on what they count."""
    insert = upsert_in(dialect, leases)
    insert = insert.values({name: sa.bindparam(name) for name in ("name", "owner", "until_at")})
    taken = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": taken.owner, "until_at": taken.until_at},
        where=sa.or_(leases.c.owner == taken.owner, leases.c.until_at <= sa.bindparam("at", type_=UtcDateTime)),
    ).returning(leases.c.name)


def renew_all(connection: sa.Connection, *, owner: str, until: datetime) -> None:
    """Prolong every lease of a living owner."""
    connection.execute(sa.update(leases).where(leases.c.owner == owner).values(until_at=until))


def let_go(connection: sa.Connection, name: str, *, owner: str) -> None:
    """End a lease, if it is still the owner's."""
    connection.execute(_LET_GO, {"of_name": name, "of_owner": owner})


def lease_owners(connection: sa.Connection) -> list[str]:
    """Everyone who holds a lease."""
    return list(connection.execute(sa.select(leases.c.owner).distinct()).scalars())


def holder(connection: sa.Connection, name: str) -> tuple[str, datetime] | None:
    """Who holds a lease, and until when."""
    row = connection.execute(sa.select(leases.c.owner, leases.c.until_at).where(leases.c.name == name)).one_or_none()
    return (row.owner, row.until_at) if row else None


def evict(connection: sa.Connection, *, owners: Sequence[str], now: datetime) -> None:
    """End leases and runs of owners known to be dead."""
    connection.execute(sa.delete(leases).where(leases.c.owner.in_(owners)))
    connection.execute(
        sa.update(crawl_runs)
        .where(crawl_runs.c.owner.in_(owners), crawl_runs.c.finished_at.is_(None))
        .values(finished_at=now, outcome=INTERRUPTED, evidence="the process ended")
    )


def begin(connection: sa.Connection, run: str, *, source: str, owner: str, now: datetime) -> None:
    """Open a run; runs of the source that never ended are closed as interrupted, for their lease is gone."""
    connection.execute(_CLOSE_LEFT, {"of_source": source, "at": now})
    connection.execute(_BEGIN, {"id": run, "source": source, "owner": owner, "started_at": now})


def finish(connection: sa.Connection, run: str, *, outcome: str, evidence: str, now: datetime) -> None:
    """Close a run."""
    connection.execute(_FINISH, {"of_id": run, "at": now, "how": outcome, "why": evidence[:1000]})


def count(connection: sa.Connection, run: str, name: str, detail: str = "", n: int = 1) -> None:
    """Add to a counter of a run."""
    count_all(connection, run, {(name, detail): n})


def count_all(connection: sa.Connection, run: str, counted: Mapping[tuple[str, str], int]) -> None:
    """Add to counters of a run: (name, detail) -> n."""
    rows = [{"run": run, "name": name, "detail": detail[:200], "n": n} for (name, detail), n in counted.items()]
    connection.execute(_counting(connection.dialect.name), rows)


@cache
def _counting(dialect: str) -> Any:
    insert = upsert_in(dialect, crawl_counts)
    return insert.on_conflict_do_update(
        index_elements=["run", "name", "detail"], set_={"n": crawl_counts.c.n + insert.excluded.n}
    )


def counts(connection: sa.Connection, run: str) -> dict[tuple[str, str], int]:
    """The counters of a run: (name, detail) -> n."""
    rows = connection.execute(_COUNTS, {"of_run": run})
    return {(row.name, row.detail): row.n for row in rows}


def daily(connection: sa.Connection, source: str, *, since: datetime) -> dict[date, dict[str, int]]:
    """What the runs of a source counted by UTC day: day -> name -> n; days with a run but no count are empty."""
    counted: dict[date, dict[str, int]] = {}
    for text, name, n in connection.execute(_DAILY, {"of_source": source, "since": since}):
        names = counted.setdefault(date.fromisoformat(str(text)), {})
        if name is not None:
            names[name] = int(n)
    return counted


def latest(connection: sa.Connection, source: str, *, limit: int = 20) -> list[Mapping[str, Any]]:
    """The latest runs of a source, newest first."""
    query = (
        sa.select(crawl_runs)
        .where(crawl_runs.c.source == source)
        .order_by(crawl_runs.c.started_at.desc(), crawl_runs.c.id)
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def state_of(connection: sa.Connection, source: str) -> Mapping[str, Any] | None:
    """What is known of a source."""
    row = connection.execute(_STATE, {"of_source": source}).mappings().one_or_none()
    return dict(row) if row else None


def states(connection: sa.Connection) -> dict[str, Mapping[str, Any]]:
    """What is known of every source met so far."""
    return {row["source"]: dict(row) for row in connection.execute(sa.select(source_state)).mappings()}


def keep_state(connection: sa.Connection, source: str, *, next_at: datetime, **values: Any) -> None:
    """Store what is known of a source; what is not named keeps its value."""
    put(connection, source_state, {"source": source, "next_at": next_at, **values})


def due(connection: sa.Connection, sources: Sequence[str], now: datetime) -> list[str]:
    """Which of these sources are due and in nobody's hands: never met ones first, then the longest due."""
    known = {
        row.source: row.next_at for row in connection.execute(sa.select(source_state.c.source, source_state.c.next_at))
    }
    held = set(connection.execute(sa.select(leases.c.name).where(leases.c.until_at > now)).scalars())
    ready = [
        source for source in sources if f"source:{source}" not in held and (source not in known or known[source] <= now)
    ]
    return sorted(ready, key=lambda source: (source in known, known.get(source, now)))
