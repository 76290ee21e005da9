"""Which sources are being visited, and which have been since an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.store.crawling.tables import leases, source_state

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

_LEASE = "source:"


def visited_now(connection: sa.Connection, now: datetime) -> set[str]:
    """The sources that any process has in hand."""
    query = sa.select(leases.c.name).where(leases.c.name.startswith(_LEASE, autoescape=True), leases.c.until_at > now)
    return {name.removeprefix(_LEASE) for name in connection.execute(query).scalars()}


def visited_since(connection: sa.Connection, sources: Collection[str], at: datetime) -> set[str]:
    """Those of the sources whose last visit ended after an instant."""
    query = sa.select(source_state.c.source).where(source_state.c.source.in_(sources), source_state.c.last_run_at > at)
    return set(connection.execute(query).scalars())
