"""The frontier's SQL: pages claimed under a lease, and settled once.

Every function takes the connection of a write transaction, so that settling a page and storing its article are one.
Statements that run for each page are built once: building one costs as much as running it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from pipeline.store.crawling.links import Found
from pipeline.store.crawling.tables import frontier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

MAX_ATTEMPTS = 3

_READY = (
    sa.select(frontier)
    .where(
        frontier.c.source == bindparam("of_source"),
        frontier.c.state.in_(("due", "leased")),
        frontier.c.next_at <= bindparam("now"),
        frontier.c.attempts < MAX_ATTEMPTS,
    )
    .order_by(frontier.c.attempts, frontier.c.published_at.desc().nulls_last(), frontier.c.found_at, frontier.c.key)
    .limit(bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    sa.update(frontier)
    .where(frontier.c.key == bindparam("of_key"))
    .values(
        state="leased",
        lease_owner=bindparam("by_owner"),
        next_at=bindparam("until"),
        attempts=frontier.c.attempts + 1,
    )
)
_HELD = (
    frontier.c.key == bindparam("of_key"),
    frontier.c.state == "leased",
    frontier.c.lease_owner == bindparam("by_owner"),
    frontier.c.attempts == bindparam("at_attempt"),
)
_SETTLE = (
    sa.update(frontier)
    .where(*_HELD)
    .values(
        state=bindparam("new_state"),
        fate=bindparam("new_fate"),
        detail=bindparam("new_detail"),
        article_id=sa.func.coalesce(bindparam("new_article", type_=sa.String), frontier.c.article_id),
        settled_at=bindparam("at"),
        next_at=bindparam("due_at"),
        attempts=bindparam("new_attempts"),
        visits=frontier.c.visits + 1,
        lease_owner=None,
        archive_file=sa.func.coalesce(bindparam("new_file", type_=sa.String), frontier.c.archive_file),
        archive_offset=sa.func.coalesce(bindparam("new_offset", type_=sa.BigInteger), frontier.c.archive_offset),
    )
)
_IS_LOST = (
    frontier.c.source == bindparam("of_source"),
    frontier.c.state == "leased",
    frontier.c.next_at <= bindparam("now"),
    frontier.c.attempts >= MAX_ATTEMPTS,
)
_LOST = sa.select(frontier.c.key).where(*_IS_LOST)
_BURY = (
    sa.update(frontier)
    .where(*_IS_LOST)
    .values(
        state="quarantined",
        fate="quarantined",
        detail=f"the process ended {MAX_ATTEMPTS} times with this page in hand",
        settled_at=bindparam("now"),
        visits=frontier.c.visits + 1,
        lease_owner=None,
    )
)
_RELEASE_HELD = (
    sa.update(frontier)
    .where(
        frontier.c.source == bindparam("of_source"),
        frontier.c.state == "leased",
        frontier.c.lease_owner == bindparam("by_owner"),
    )
    .values(state="due", lease_owner=None, next_at=bindparam("at"), attempts=frontier.c.attempts - 1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A page that one owner may fetch until the lease ends; `attempt` counts from 1 and is part of the lease."""

    found: Found
    source: str
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of a claimed page. `retry_at` sends it back as due; `fetched` says where it is archived."""

    fate: str
    detail: str = ""
    article_id: str | None = None
    retry_at: datetime | None = None
    fetched: Mapping[str, Any] | None = None  # archive_file, archive_offset


def claim(
    connection: sa.Connection, *, source: str, owner: str, now: datetime, lease: timedelta, limit: int = 1
) -> list[Claim]:
    """Lease due pages of a source, and those whose lease ran out; the newest first, tried ones last."""
    rows = connection.execute(_READY, {"of_source": source, "now": now, "most": limit}).all()
    for row in rows:
        connection.execute(_LEASE, {"of_key": row.key, "by_owner": owner, "until": now + lease})
    return [_claim(row, owner) for row in rows]


def _claim(row: sa.Row[Any], owner: str) -> Claim:
    found = Found(
        key=row.key,
        url=row.url,
        title=row.title,
        summary=row.summary,
        published_at=row.published_at,
        published_precision=row.published_precision,
        guid=row.guid,
        language=row.link_language,
        authors=tuple(json.loads(row.authors)),
    )
    return Claim(found=found, source=row.source, owner=owner, attempt=row.attempts + 1)


def bury_lost(connection: sa.Connection, *, source: str, now: datetime) -> list[str]:
    """Quarantine pages in whose hands a process ended `MAX_ATTEMPTS` times; their keys."""
    asked = {"of_source": source, "now": now}
    keys = list(connection.execute(_LOST, asked).scalars())
    if keys:
        connection.execute(_BURY, asked)
    return keys


def settle(connection: sa.Connection, claim: Claim, settlement: Settlement, *, now: datetime) -> bool:
    """Give a claimed page its fate; False when the lease was lost, and then nothing else may be written either."""
    state = "due" if settlement.retry_at else "quarantined" if settlement.fate == "quarantined" else "done"
    fetched = settlement.fetched or {}
    values = {
        "new_state": state,
        "new_fate": settlement.fate,
        "new_detail": settlement.detail[:500],
        "new_article": settlement.article_id,
        "at": now,
        "due_at": settlement.retry_at or now,
        "new_attempts": claim.attempt if settlement.retry_at else 0,
        "new_file": fetched.get("archive_file"),
        "new_offset": fetched.get("archive_offset"),
    }
    return connection.execute(_SETTLE, _held(claim) | values).rowcount == 1


def release(connection: sa.Connection, claim: Claim, *, next_at: datetime) -> None:
    """Give a page back unfetched; the attempt does not count."""
    connection.execute(
        sa.update(frontier)
        .where(*_HELD)
        .values(state="due", lease_owner=None, next_at=next_at, attempts=claim.attempt - 1),
        _held(claim),
    )


def release_held(connection: sa.Connection, *, owner: str, source: str, now: datetime) -> None:
    """Give back all that an owner still holds of a source when its visit has ended; the attempts do not count."""
    connection.execute(_RELEASE_HELD, {"of_source": source, "by_owner": owner, "at": now})


def renew(connection: sa.Connection, *, owner: str, until: datetime) -> None:
    """Prolong all leases of a living owner."""
    connection.execute(
        sa.update(frontier).where(frontier.c.state == "leased", frontier.c.lease_owner == owner).values(next_at=until)
    )


def expire(connection: sa.Connection, *, owners: Sequence[str], now: datetime) -> int:
    """End the leases of owners known to be dead; how many there were."""
    result = connection.execute(
        sa.update(frontier).where(frontier.c.state == "leased", frontier.c.lease_owner.in_(owners)).values(next_at=now)
    )
    return result.rowcount


def owners(connection: sa.Connection) -> list[str]:
    """Everyone who holds a page."""
    rows = connection.execute(sa.select(frontier.c.lease_owner).where(frontier.c.state == "leased").distinct())
    return [owner for owner in rows.scalars() if owner]


def _held(claim: Claim) -> dict[str, Any]:
    return {"of_key": claim.found.key, "by_owner": claim.owner, "at_attempt": claim.attempt}
