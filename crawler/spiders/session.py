"""What all visits of one crawl share: limits, the frontier, the hand-over, and the thread that works off the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.learning import log_alarm
from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from crawler.archive import Archive
    from crawler.frontier import Frontier
    from crawler.handover import Broken, Handover, Prepared
    from crawler.learning import Alarm
    from crawler.page import Page
    from crawler.sources import Source
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
    """One crawl of some sources; `error` is what made it end early."""

    sources: Sequence[Source]
    frontier: Frontier
    handover: Handover
    limits: Limits = field(default_factory=Limits)
    scrapy_settings: Mapping[str, Any] = field(default_factory=dict)
    on_progress: Callable[[SourceOutcome], None] | None = None
    on_alarm: Callable[[Alarm], None] = log_alarm
    outcomes: list[SourceOutcome] = field(default_factory=list)
    error: BaseException | None = None
    is_stopping: bool = False
    work: asyncio.Future[None] | None = None
    archive: Archive | None = None
    clerk: Executor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive"))
    workers: Executor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="extract"))
    slots: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.slots = asyncio.Semaphore(self.limits.pages_in_hand)

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the instant."""
        return self.frontier.now

    def stop(self) -> None:
        """End all visits soon, giving back what is in hand."""
        self.is_stopping = True
        if self.work is not None:
            self.work.cancel()

    async def prepare(self, page: Page, source: Source) -> Prepared:
        """Extract and run the pure stages off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.workers, self.handover.prepare, page, source)

    async def read_links(self, page: Page, source: Source) -> Any | Broken:
        """Discover off the event loop: feedparser takes seconds on a large feed."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.workers, self.handover.read_links, page, source)

    async def keep(self, page: Page) -> Mapping[str, Any]:
        """Archive an answer; what of it is kept with its page's row.

        Raises:
            StoreError: the archive's disk is full.
        """
        if self.archive is None:
            return {}
        try:
            name, offset = await asyncio.get_running_loop().run_in_executor(self.clerk, self.archive.append, page)
        except OSError as error:
            raise StoreError(f"the archive cannot be written: {error}", remedy="free space on its disk") from error
        return {"archive_file": name, "archive_offset": offset}

    def close(self) -> None:
        """Let the threads end."""
        self.workers.shutdown(wait=True, cancel_futures=True)
        self.clerk.shutdown(wait=True)
        if self.archive is not None:
            self.archive.close()
        self.frontier.close()
