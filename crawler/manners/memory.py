"""What the manners must remember from one crawl to the next: a small protocol, fulfilled by the frontier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Memory(Protocol):
    """The spider's attribute `memory`; every call may wait for the database."""

    def now(self) -> datetime:
        """The instant, aware."""
        ...

    async def robots_of(self, origin: str) -> Mapping[str, Any] | None:
        """The stored robots.txt of an origin: verdict, reason, body, expires_at."""
        ...

    async def keep_robots(self, origin: str, **values: Any) -> None:
        """Store the answer to robots.txt."""
        ...

    async def resting(self) -> Mapping[str, tuple[datetime, str]]:
        """Hosts that have sent us away and not answered well since: until when they rest, and why."""
        ...

    async def rest(self, host: str, *, not_before: datetime, strikes: int, reason: str) -> None:
        """Leave a host alone until an instant."""
        ...

    async def strikes(self, host: str) -> int:
        """How often in a row the host has sent us away."""
        ...

    async def welcome(self, host: str) -> None:
        """The host answers again."""
        ...
