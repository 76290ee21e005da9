"""After the clock was set back: what was written as of a time that has not come is made to hold no longer.

A machine that starts with a wrong clock would otherwise leave its sources alone until that time comes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.store.crawling.tables import feed_state, frontier, hosts, leases, robots, source_state

if TYPE_CHECKING:
    from datetime import datetime

# Clocks of machines on one database differ by seconds; a minute back does no harm.
TOLERANCE = timedelta(minutes=5)
# Leases last for minutes, and a host's rest is capped at a day.
LONGEST_LEASE, LONGEST_REST = timedelta(hours=1), timedelta(hours=25)


def put_right(connection: sa.Connection, now: datetime) -> int:
    """Undo what was dated in the future; the number of sources that are due again by it."""
    ahead = now + TOLERANCE
    release_impossible(connection, now)
    connection.execute(sa.delete(hosts).where(hosts.c.not_before > now + LONGEST_REST))
    connection.execute(sa.delete(robots).where(robots.c.fetched_at > ahead))
    connection.execute(sa.update(feed_state).where(feed_state.c.full_at > ahead).values(full_at=None))
    written_ahead = sa.or_(frontier.c.settled_at > ahead, frontier.c.found_at > ahead)
    connection.execute(
        sa.update(frontier)
        .where(frontier.c.state == "due", frontier.c.next_at > ahead, written_ahead)
        .values(next_at=now)
    )
    connection.execute(
        sa.update(frontier)
        .where(frontier.c.state == "leased", frontier.c.next_at > now + LONGEST_LEASE)
        .values(next_at=now)
    )
    due_again = sa.update(source_state).where(source_state.c.last_run_at > ahead).values(next_at=now, last_run_at=now)
    return len(connection.execute(due_again.returning(source_state.c.source)).all())


def release_impossible(connection: sa.Connection, now: datetime) -> None:
    """End leases that last longer than any lease does."""
    connection.execute(sa.delete(leases).where(leases.c.until_at > now + LONGEST_LEASE))
