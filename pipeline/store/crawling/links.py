"""Links found: remembered once under the identity of their page, and due again when a feed gives a reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from pipeline.store.crawling.tables import frontier
from pipeline.store.upserts import upsert_in
from pipeline.urls import canonical_url, identity_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

# A page whose feed entry keeps changing is fetched again at once, then ever less often, and at last no more.
MAX_REVISITS = 8
REVISIT_SPACING = timedelta(minutes=30)
# A young page that is still listed gets one second look: corrections come within a day and feeds seldom tell of them.
SECOND_LOOK = timedelta(hours=24)
YOUNG = timedelta(hours=72)
_CHUNK = 400  # keys in one IN list

Added = Literal["new", "again", "known"]
_KNOWN = sa.select(frontier).where(frontier.c.key.in_(sa.bindparam("keys", expanding=True)))


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


@cache
def _adding(dialect: str) -> Any:
    """Asked by RETURNING whether a row was written: drivers differ on what they count."""
    return upsert_in(dialect, frontier).on_conflict_do_nothing().returning(frontier.c.key)


def add_all(connection: sa.Connection, links: Iterable[Found], *, source: str, now: datetime) -> list[Added]:
    """Remember links: each `new`, `again` (the feed's words on it changed, so it is due once more) or `known`."""
    found = list(links)
    known: dict[str, Any] = {}
    for at in range(0, len(found), _CHUNK):
        keys = [link.key for link in found[at : at + _CHUNK]]
        known |= {row.key: row for row in connection.execute(_KNOWN, {"keys": keys})}
    new = {link.key: link for link in reversed(found) if link.key not in known}
    fresh = _insert(connection, list(new.values()), source=source, now=now)
    added: list[Added] = []
    for link in found:
        if link.key in fresh:
            fresh.remove(link.key)
            added.append("new")
            known[link.key] = None
            continue
        if link.key not in known:  # another process was first
            known[link.key] = connection.execute(_KNOWN, {"keys": [link.key]}).one()
        is_again = known[link.key] is not None and _is_changed(known[link.key], link, now)
        if is_again:
            _renew(connection, known[link.key], link, now)
            known[link.key] = None
        added.append("again" if is_again else "known")
    return added


def add(connection: sa.Connection, found: Found, *, source: str, now: datetime) -> Added:
    """Remember one link; see `add_all`."""
    return add_all(connection, [found], source=source, now=now)[0]


def _insert(connection: sa.Connection, found: Sequence[Found], *, source: str, now: datetime) -> set[str]:
    """The keys of those that were written."""
    if not found:
        return set()
    due = {"source": source, "state": "due", "next_at": now, "found_at": now}
    rows = [{"key": link.key, **due, **_words(link)} for link in found]
    return set(connection.execute(_adding(connection.dialect.name), rows).scalars())


def _renew(connection: sa.Connection, row: sa.Row[Any], found: Found, now: datetime) -> None:
    connection.execute(
        sa.update(frontier)
        .where(frontier.c.key == found.key)
        .values(state="due", next_at=now, attempts=0, **(_words(found) | {"url": row.url}))
    )


def _words(found: Found) -> dict[str, Any]:
    return {
        "url": found.url,
        "title": found.title,
        "summary": found.summary,
        "published_at": found.published_at,
        "published_precision": found.published_precision,
        "guid": found.guid,
        "link_language": found.language,
        "authors": json.dumps(found.authors, ensure_ascii=False),
    }


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
    row = {
        "key": found.key, "url": found.url, "source": source, "state": "done", "next_at": now, "found_at": now,
        "settled_at": now, "fate": "rejected", "detail": kind, "visits": 1, "title": found.title,
    }  # fmt: skip
    return connection.execute(_adding(connection.dialect.name), row).first() is not None


def hash_of(text: str) -> str:
    """A key for any text: SHA-256 in hex."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def page_key(url: str, *, keep: Collection[str] = (), drop: Collection[str] = ()) -> str:
    """The frontier's key of a page: variants of one page (trackers, www, m, AMP, http) give one key.

    Raises:
        ValueError: not an absolute http(s) URL.
    """
    return hash_of(identity_key(canonical_url(url, keep=keep, drop=drop)))
