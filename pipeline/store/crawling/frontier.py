"""The frontier's SQL: pages found, claimed under a lease, and settled once.

Every function takes the connection of a write transaction, so that settling a page and storing its article are one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa

from pipeline.store.crawling import manners
from pipeline.store.crawling.tables import frontier, is_inserted, upsert
from pipeline.urls import canonical_url, identity_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MAX_ATTEMPTS = 3
# A page whose feed entry keeps changing is fetched again at once, then ever less often, and at last no more.
MAX_REVISITS = 8
REVISIT_SPACING = timedelta(minutes=30)
# A young page that is still listed gets one second look: corrections come within a day and feeds seldom tell of them.
SECOND_LOOK = timedelta(hours=24)
YOUNG = timedelta(hours=72)

Added = Literal["new", "again", "known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A link to be remembered: its key, its URL, and what the feed said of it."""

    key: str
    url: str
    title: str = ""
    summary: str = ""
    published_at: datetime | None = None
    published_precision: str = "unknown"
    guid: str = ""
    language: str | None = None
    authors: tuple[str, ...] = ()


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


def add(connection: sa.Connection, found: Found, *, source: str, now: datetime) -> Added:
    """Remember a link: `new`, `again` (the feed's words on it changed, so it is due once more) or `known`."""
    values = {
        "url": found.url,
        "title": found.title,
        "summary": found.summary,
        "published_at": found.published_at,
        "published_precision": found.published_precision,
        "guid": found.guid,
        "link_language": found.language,
        "authors": json.dumps(found.authors, ensure_ascii=False),
    }
    insert = upsert(connection, frontier).values(
        key=found.key, source=source, state="due", next_at=now, found_at=now, **values
    )
    if is_inserted(connection, insert.on_conflict_do_nothing(), frontier):
        return "new"
    row = connection.execute(sa.select(frontier).where(frontier.c.key == found.key)).one()
    if not _is_changed(row, found, now):
        return "known"
    connection.execute(
        sa.update(frontier)
        .where(frontier.c.key == found.key)
        .values(state="due", next_at=now, attempts=0, **(values | {"url": row.url}))
    )
    return "again"


def _is_changed(row: sa.Row[Any], found: Found, now: datetime) -> bool:
    """Whether the feed gives a reason to look at a settled page again: other words, another date, or a day has passed."""
    if row.state != "done" or row.fate not in {"stored", "revised", "unchanged"} or row.visits > MAX_REVISITS:
        return False
    if row.visits > 1 and now < row.settled_at + REVISIT_SPACING * (row.visits - 1):
        return False
    has_other_words = (found.title and found.title != row.title) or (found.summary and found.summary != row.summary)
    # Once only: some feeds date every item anew at each request.
    has_other_date = row.visits == 1 and found.published_at and row.published_at not in {None, found.published_at}
    is_young = row.found_at + YOUNG >= now
    is_second_look_due = row.visits == 1 and is_young and row.settled_at + SECOND_LOOK <= now
    return bool(has_other_words or has_other_date or is_second_look_due)


def refuse(connection: sa.Connection, found: Found, *, source: str, kind: str, now: datetime) -> bool:
    """Remember a link that can be no page (too long, not http) as rejected; whether it was not yet known."""
    insert = upsert(connection, frontier).values(
        key=found.key, url=found.url, source=source, state="done", next_at=now, found_at=now, settled_at=now,
        fate="rejected", detail=kind, visits=1, title=found.title,
    )  # fmt: skip
    return is_inserted(connection, insert.on_conflict_do_nothing(), frontier)


def claim(
    connection: sa.Connection, *, source: str, owner: str, now: datetime, lease: timedelta, limit: int = 1
) -> list[Claim]:
    """Lease due pages of a source, and those whose lease ran out; the newest first, tried ones last."""
    ready = (
        sa.select(frontier)
        .where(
            frontier.c.source == source,
            frontier.c.state.in_(("due", "leased")),
            frontier.c.next_at <= now,
            frontier.c.attempts < MAX_ATTEMPTS,
        )
        .order_by(frontier.c.attempts, frontier.c.published_at.desc().nulls_last(), frontier.c.found_at, frontier.c.key)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(ready).all()
    for row in rows:
        connection.execute(
            sa.update(frontier)
            .where(frontier.c.key == row.key)
            .values(state="leased", lease_owner=owner, next_at=now + lease, attempts=row.attempts + 1)
        )
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
    where = (
        frontier.c.source == source,
        frontier.c.state == "leased",
        frontier.c.next_at <= now,
        frontier.c.attempts >= MAX_ATTEMPTS,
    )
    keys = list(connection.execute(sa.select(frontier.c.key).where(*where)).scalars())
    if keys:
        connection.execute(
            sa.update(frontier)
            .where(*where)
            .values(
                state="quarantined",
                fate="quarantined",
                detail=f"the process ended {MAX_ATTEMPTS} times with this page in hand",
                settled_at=now,
                visits=frontier.c.visits + 1,
                lease_owner=None,
            )
        )
    return keys


def settle(connection: sa.Connection, claim: Claim, settlement: Settlement, *, now: datetime) -> bool:
    """Give a claimed page its fate; False when the lease was lost, and then nothing else may be written either."""
    state = "due" if settlement.retry_at else "quarantined" if settlement.fate == "quarantined" else "done"
    result = connection.execute(
        sa.update(frontier)
        .where(*_held(claim))
        .values(
            state=state,
            fate=settlement.fate,
            detail=settlement.detail[:500],
            article_id=sa.func.coalesce(settlement.article_id, frontier.c.article_id),
            settled_at=now,
            next_at=settlement.retry_at or now,
            attempts=claim.attempt if settlement.retry_at else 0,
            visits=frontier.c.visits + 1,
            lease_owner=None,
            **(settlement.fetched or {}),
        )
    )
    return result.rowcount == 1


def release(connection: sa.Connection, claim: Claim, *, next_at: datetime) -> None:
    """Give a page back unfetched; the attempt does not count."""
    connection.execute(
        sa.update(frontier)
        .where(*_held(claim))
        .values(state="due", lease_owner=None, next_at=next_at, attempts=claim.attempt - 1)
    )


def release_held(connection: sa.Connection, *, owner: str, source: str, now: datetime) -> None:
    """Give back all that an owner still holds of a source when its visit has ended; the attempts do not count."""
    connection.execute(
        sa.update(frontier)
        .where(frontier.c.source == source, frontier.c.state == "leased", frontier.c.lease_owner == owner)
        .values(state="due", lease_owner=None, next_at=now, attempts=frontier.c.attempts - 1)
    )


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


def census(connection: sa.Connection, source: str | None = None) -> dict[tuple[str, str, str], int]:
    """How many pages there are by (state, last fate, detail), of one source or all."""
    query = sa.select(
        frontier.c.state, sa.func.coalesce(frontier.c.fate, ""), frontier.c.detail, sa.func.count()
    ).group_by(frontier.c.state, frontier.c.fate, frontier.c.detail)
    if source is not None:
        query = query.where(frontier.c.source == source)
    return {(state, fate, detail): n for state, fate, detail, n in connection.execute(query)}


def newest(connection: sa.Connection, source: str) -> datetime | None:
    """When the youngest page listed by a source was published, as far as feeds tell."""
    query = sa.select(frontier.c.published_at).where(frontier.c.source == source, frontier.c.published_at.is_not(None))
    return connection.execute(query.order_by(frontier.c.published_at.desc()).limit(1)).scalar_one_or_none()


def hash_of(text: str) -> str:
    """A key for any text: SHA-256 in hex."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def page_key(url: str, *, keep: Collection[str] = (), drop: Collection[str] = ()) -> str:
    """The frontier's key of a page: variants of one page (trackers, www, m, AMP, http) give one key.

    Raises:
        ValueError: not an absolute http(s) URL.
    """
    return hash_of(identity_key(canonical_url(url, keep=keep, drop=drop)))


def page_of(connection: sa.Connection, url: str) -> Mapping[str, Any] | None:
    """All that is known of the page at a URL, for `explain`; with `robots`, what the robots.txt of its host came to."""
    try:
        where = sa.or_(frontier.c.key.in_([page_key(url), hash_of(url)]), frontier.c.url == url)
    except ValueError:
        where = frontier.c.url == url
    row = connection.execute(sa.select(frontier).where(where).limit(1)).mappings().one_or_none()
    if row is None:
        return None
    parts = urlsplit(row["url"])
    rules = manners.robots_of(connection, f"{parts.scheme}://{parts.netloc}")
    return {**row, "robots": {"verdict": rules["verdict"], "reason": rules["reason"]} if rules else None}


def _held(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        frontier.c.key == claim.found.key,
        frontier.c.state == "leased",
        frontier.c.lease_owner == claim.owner,
        frontier.c.attempts == claim.attempt,
    )
