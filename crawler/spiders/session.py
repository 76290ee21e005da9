"""What all visits of one crawl share: limits, the frontier, the hand-over, and the thread that works off the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.store.crawling import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.frontier import Frontier
    from crawler.handover import Handover, Prepared
    from crawler.page import Page
    from crawler.spiders.outcome import SourceOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one crawl. `failures_in_a_row` ends a visit: the host is not to be had, its pages stay due."""

    source_seconds: float = 900.0
    pages: int = 500
    sources_at_once: int = 32
    pages_in_hand: int = 16
    failures_in_a_row: int = 5


@dataclass(kw_only=True)
class Session:
    """One crawl of some sources."""

    sources: Sequence[Any]
    frontier: Frontier
    handover: Handover
    discover: Callable[..., Any]
    limits: Limits = field(default_factory=Limits)
    on_progress: Callable[[SourceOutcome], None] | None = None
    outcomes: list[SourceOutcome] = field(default_factory=list)
    workers: Executor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="extract"))
    slots: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.slots = asyncio.Semaphore(self.limits.pages_in_hand)

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the instant."""
        return self.frontier.now

    async def prepare(self, page: Page, source: Any) -> Prepared:
        """Extract and run the pure stages off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.workers, self.handover.prepare, page, source)

    async def read_links(self, page: Page, source: Any) -> Any:
        """Discover off the event loop: feedparser takes seconds on a large feed."""
        return await asyncio.get_running_loop().run_in_executor(self.workers, partial(self.discover, page, source))

    async def keep(self, page: Page) -> Mapping[str, Any]:
        """What of an answer is kept with its page's row."""
        return {"etag": page.headers.get("etag"), "last_modified": page.headers.get("last-modified")}

    def delay_of(self, source: Any) -> float | None:
        """The pause between two requests to the source's host in seconds; None for the usual one."""
        return source.delay_seconds

    def note_visit(
        self,
        connection: sa.Connection,
        source: Any,
        run: str,
        outcome: str,
        evidence: str,
        counts: Mapping[tuple[str, str], int],
    ) -> None:
        """Learn from a visit that has just ended."""
        now = self.frontier.now()
        runs.keep_state(connection, source.id, next_at=now, last_run_at=now, outcome=outcome)

    def close(self) -> None:
        """Let the threads end."""
        self.workers.shutdown(wait=True, cancel_futures=True)
        self.frontier.close()
