"""The crawler's memory behind `await`: pages that are due, in hand and done, and what the manners remember."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from crawler.frontier.clerk import Clerk
from crawler.frontier.owners import bury_dead, owner_token
from pipeline.store.crawling import frontier, manners, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.frontier.clerk import Storing

P = ParamSpec("P")
T = TypeVar("T")

# A living process renews its leases every third of this; after a crash others wait no longer than this.
LEASE = timedelta(seconds=120)
# Pause before the second and the third attempt at a page that could not be had.
RETRY_AFTER = (timedelta(minutes=10), timedelta(hours=2))


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
        self._clerk = Clerk(store)

    async def transact(self, work: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of an open writer, committed when this returns; it writes alone or not at all."""
        return await self._clerk.write(lambda writer: work(writer, *args, **kwargs))

    async def write(self, work: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of `pipeline.store.crawling`, as `transact` does."""
        return await self._clerk.write(lambda writer: work(writer.connection, *args, **kwargs))

    def close(self) -> None:
        """Let the thread end."""
        self._clerk.close()

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

    async def claim(self, source: str) -> frontier.Claim | None:
        """The next due page of a source, leased."""
        return await self.write(_claim_one, source=source, owner=self.owner, now=self.now(), lease=self.lease)

    async def release(self, claim: frontier.Claim, *, next_at: datetime | None = None) -> None:
        """Give a page back unfetched; the attempt does not count."""
        await self.write(frontier.release, claim, next_at=next_at or self.now())

    async def take_source(self, source: str, run: str) -> bool:
        """Lease a source for one visit and open its run; False while another process visits it.

        Pages that ended their process too often are quarantined on the way.
        """
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


def failure(claim: frontier.Claim, reason: str, *, now: datetime) -> frontier.Settlement:
    """The fate of a page that could not be had: tried again later, and quarantined after the last attempt."""
    if claim.attempt >= frontier.MAX_ATTEMPTS:
        return frontier.Settlement(fate="quarantined", detail=f"{reason} ({claim.attempt} attempts)")
    return frontier.Settlement(fate="failed", detail=reason, retry_at=now + RETRY_AFTER[claim.attempt - 1])


def _claim_one(
    connection: sa.Connection, *, source: str, owner: str, now: datetime, lease: timedelta
) -> frontier.Claim | None:
    claims = frontier.claim(connection, source=source, owner=owner, now=now, lease=lease)
    return claims[0] if claims else None


def _take_source(
    connection: sa.Connection, *, source: str, run: str, owner: str, now: datetime, lease: timedelta
) -> bool:
    if not runs.acquire(connection, f"source:{source}", owner=owner, now=now, until=now + lease):
        return False
    runs.begin(connection, run, source=source, owner=owner, now=now)
    if lost := frontier.bury_lost(connection, source=source, now=now):
        runs.count(connection, run, "quarantined", "lost", n=len(lost))
    return True


def _renew(connection: sa.Connection, *, owner: str, until: datetime) -> None:
    frontier.renew(connection, owner=owner, until=until)
    runs.renew_all(connection, owner=owner, until=until)
