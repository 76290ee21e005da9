"""The frontier: what is due, in hand and done. It lives in the database, so that a crash loses and repeats nothing.

All calls run on one thread of their own: the event loop never waits for a disk, and SQLite has one writer per process.
"""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from pipeline.store.crawling import frontier, manners, runs
from pipeline.store.crawling.tables import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.page import Link

P = ParamSpec("P")
T = TypeVar("T")

# A living process renews its leases every third of this; after a crash others wait no longer than this.
LEASE = timedelta(seconds=120)
# Pause before the second and the third attempt at a page that could not be had.
RETRY_AFTER = (timedelta(minutes=10), timedelta(hours=2))


class Writer(Protocol):
    """An open write transaction."""

    @property
    def connection(self) -> sa.Connection:
        """The connection it runs on."""
        ...


class Storing(Protocol):
    """The store, as far as the crawler needs it."""

    def writing(self) -> AbstractContextManager[Any]:
        """One write transaction: all or nothing."""
        ...


class Frontier:
    """The crawler's memory behind `await`.

    Args:
        store: where it is kept.
        clock: gives the instant.
        lease: how long a page or source stays in hand without a sign of life.
    """

    def __init__(self, store: Storing, *, clock: Callable[[], datetime], lease: timedelta = LEASE) -> None:
        self.store, self.now, self.lease = store, clock, lease
        self.owner = owner_token()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="frontier")

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that speaks to the database on the frontier's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*args, **kwargs))

    async def write(self, function: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of `pipeline.store.crawling` in a write transaction of its own."""

        def run() -> T:
            with self.store.writing() as writer:
                return function(writer.connection, *args, **kwargs)

        return await self.call(run)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=True)

    # What the manners remember.

    async def robots_of(self, origin: str) -> Mapping[str, Any] | None:
        """The stored robots.txt of an origin."""
        return await self.write(manners.robots_of, origin)

    async def keep_robots(self, origin: str, **values: Any) -> None:
        """Store the answer to robots.txt."""
        await self.write(manners.keep_robots, origin, **values)

    async def resting(self) -> Mapping[str, tuple[datetime, str]]:
        """Hosts that have sent us away and not answered well since."""
        return await self.write(manners.resting)

    async def rest(self, host: str, *, not_before: datetime, strikes: int, reason: str) -> None:
        """Leave a host alone until an instant."""
        await self.write(manners.rest, host, not_before=not_before, strikes=strikes, reason=reason)

    async def strikes(self, host: str) -> int:
        """How often in a row the host has sent us away."""
        return await self.write(manners.strikes, host)

    async def welcome(self, host: str) -> None:
        """The host answers again."""
        await self.write(manners.welcome, host)

    # Pages.

    async def claim(self, source: str, run: str) -> frontier.Claim | None:
        """The next due page of a source, leased; pages that killed their process too often are quarantined on the way."""
        return await self.write(_claim_one, source=source, run=run, owner=self.owner, now=self.now(), lease=self.lease)

    async def release(self, claim: frontier.Claim, *, next_at: datetime | None = None) -> None:
        """Give a page back unfetched; the attempt does not count."""
        await self.write(frontier.release, claim, next_at=next_at or self.now())

    async def take_source(self, source: str, run: str) -> bool:
        """Lease a source for one visit and open its run; False while another process visits it."""
        return await self.write(
            _take_source, source=source, run=run, owner=self.owner, now=self.now(), lease=self.lease
        )

    async def stay_alive(self) -> None:
        """Renew all leases for as long as this runs."""
        while True:
            await asyncio.sleep(self.lease.total_seconds() / 3)
            await self.write(_renew, owner=self.owner, until=self.now() + self.lease)

    async def bury_dead(self) -> int:
        """End the leases of processes of this machine that are no more; how many pages came free."""
        return await self.write(bury_dead, now=self.now())


def add_links(
    connection: sa.Connection,
    links: Iterable[Link],
    *,
    source: str,
    run: str,
    now: datetime,
    keep: Collection[str] = (),
    drop: Collection[str] = (),
) -> int:
    """Remember links of a source, counting the new ones in the run; those that can be no page become rejected rows.

    Returns:
        How many pages are due that were not before.
    """
    fresh = 0
    for link in links:
        kind, key = _identify(link.url, keep, drop)
        found = frontier.Found(
            key=key,
            url=link.url[:MAX_URL],
            title=link.title,
            summary=link.summary,
            published_at=link.published_at,
            published_precision=link.published_precision,
            guid=link.guid[:MAX_URL],
            language=link.language,
            authors=link.authors,
        )
        if kind:
            if frontier.refuse(connection, found, source=source, kind=kind, now=now):
                runs.count(connection, run, "discovered")
                runs.count(connection, run, "rejected", kind)
        elif frontier.add(connection, found, source=source, now=now) != "known":
            fresh += 1
    if fresh:
        runs.count(connection, run, "discovered", n=fresh)
    return fresh


def failure(claim: frontier.Claim, reason: str, *, now: datetime) -> frontier.Settlement:
    """The fate of a page that could not be had: tried again later, and quarantined after the last attempt."""
    if claim.attempt >= frontier.MAX_ATTEMPTS:
        return frontier.Settlement(fate="quarantined", detail=f"{reason} ({claim.attempt} attempts)")
    return frontier.Settlement(fate="failed", detail=reason, retry_at=now + RETRY_AFTER[claim.attempt - 1])


def owner_token() -> str:
    """Who we are, such that a process on the same machine can tell whether we still live."""
    return "|".join((*_machine(), str(os.getpid()), _started(os.getpid()) or "?", uuid.uuid4().hex[:8]))


def is_dead(owner: str) -> bool:
    """Whether an owner was a process of this machine and is no more; False where that cannot be known."""
    parts = owner.split("|")
    if len(parts) != 6 or tuple(parts[:3]) != _machine() or not parts[3].isdigit():  # noqa: PLR2004 - see owner_token
        return False
    return _started(int(parts[3])) != parts[4]


def _machine() -> tuple[str, str, str]:
    """Host name, boot and process namespace: where a process number means something."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return socket.gethostname(), boot, str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return socket.gethostname(), "", uuid.uuid4().hex  # not Linux: nobody else can judge us


def _started(pid: int) -> str | None:
    """When a process began, in the kernel's ticks; None when there is none, or only its corpse."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in {"Z", "X"} else fields[19]


def _identify(url: str, keep: Collection[str], drop: Collection[str]) -> tuple[str, str]:
    if len(url) > MAX_URL:
        return "url-too-long", frontier.hash_of(url)
    try:
        return "", frontier.page_key(url, keep=keep, drop=drop)
    except ValueError:
        return "bad-url", frontier.hash_of(url)


def _claim_one(
    connection: sa.Connection, *, source: str, run: str, owner: str, now: datetime, lease: timedelta
) -> frontier.Claim | None:
    for _ in frontier.bury_lost(connection, source=source, now=now):
        runs.count(connection, run, "quarantined", "lost")
    claims = frontier.claim(connection, source=source, owner=owner, now=now, lease=lease)
    return claims[0] if claims else None


def _take_source(
    connection: sa.Connection, *, source: str, run: str, owner: str, now: datetime, lease: timedelta
) -> bool:
    if not runs.acquire(connection, f"source:{source}", owner=owner, now=now, until=now + lease):
        return False
    runs.begin(connection, run, source=source, owner=owner, now=now)
    return True


def _renew(connection: sa.Connection, *, owner: str, until: datetime) -> None:
    frontier.renew(connection, owner=owner, until=until)
    runs.renew_all(connection, owner=owner, until=until)


def bury_dead(connection: sa.Connection, *, now: datetime) -> int:
    """End the leases and runs of processes of this machine that are no more; how many pages came free."""
    known = {*frontier.owners(connection), *runs.lease_owners(connection)}
    dead = [owner for owner in known if is_dead(owner)]
    if not dead:
        return 0
    runs.evict(connection, owners=dead, now=now)
    return frontier.expire(connection, owners=dead, now=now)
