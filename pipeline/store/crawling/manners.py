"""What is remembered to be a good guest: robots.txt by origin, rest by host, validators by feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.store.crawling.tables import feed_state, hosts, robots
from pipeline.store.upserts import put, upsert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Statements that run at each visit are built once: building one costs more than running it.
_ROBOTS = sa.select(robots).where(robots.c.origin == sa.bindparam("of_origin"))
_RESTING = sa.select(hosts)
_FEED = sa.select(feed_state).where(feed_state.c.key == sa.bindparam("of_key"))
_FEEDS = sa.select(feed_state).where(feed_state.c.source == sa.bindparam("of_source"))


def robots_of(connection: sa.Connection, origin: str) -> Mapping[str, Any] | None:
    """The stored robots.txt of an origin, fresh or not."""
    row = connection.execute(_ROBOTS, {"of_origin": origin}).mappings().one_or_none()
    return dict(row) if row else None


def keep_robots(connection: sa.Connection, /, origin: str, **values: Any) -> None:
    """Store the answer to robots.txt: verdict, reason, body, fetched_at, expires_at."""
    put(connection, robots, {"origin": origin, **values})


def resting(connection: sa.Connection) -> dict[str, tuple[datetime, str]]:
    """Hosts that have sent us away and not answered well since: until when they rest, and why."""
    rows = connection.execute(_RESTING)
    return {row.host: (row.not_before, row.reason) for row in rows}


def strikes(connection: sa.Connection, host: str) -> int:
    """How often in a row the host has sent us away."""
    return connection.execute(sa.select(hosts.c.strikes).where(hosts.c.host == host)).scalar_one_or_none() or 0


def rest(connection: sa.Connection, host: str, *, not_before: datetime, strikes: int, reason: str) -> None:
    """Leave a host alone until an instant; a later instant already stored is kept."""
    values = {"not_before": not_before, "strikes": strikes, "reason": reason}
    insert = upsert(connection, hosts).values(host=host, **values)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["host"],
            set_={
                "strikes": strikes,
                "reason": reason,
                "not_before": sa.case((hosts.c.not_before > not_before, hosts.c.not_before), else_=not_before),
            },
        )
    )


def welcome(connection: sa.Connection, host: str) -> None:
    """The host answers again: its strikes are forgotten."""
    connection.execute(sa.delete(hosts).where(hosts.c.host == host))


def feed(connection: sa.Connection, key: str) -> Mapping[str, Any] | None:
    """What is known of a feed, sitemap or listing."""
    row = connection.execute(_FEED, {"of_key": key}).mappings().one_or_none()
    return dict(row) if row else None


def keep_feed(connection: sa.Connection, /, key: str, **values: Any) -> None:
    """Store what a visit of a feed taught; goes into the transaction that stores its links."""
    put(connection, feed_state, {"key": key, **values})


def feeds_of(connection: sa.Connection, source: str) -> list[Mapping[str, Any]]:
    """The feeds of a source as last seen."""
    rows = connection.execute(_FEEDS, {"of_source": source}).mappings()
    return [dict(row) for row in rows]
