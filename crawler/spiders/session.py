"""What all visits of one crawl share: limits, the frontier, the hand-over, and the workshop off the event loop."""

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
    from crawler.handover import Handover
    from crawler.learning import Alarm
    from crawler.page import Page
    from crawler.sources import Source
    from crawler.spiders.outcome import SourceOutcome
    from crawler.workshop import Workshop


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
    """One crawl of some sources; `work` is the task that visits them."""

    sources: Sequence[Source]
    frontier: Frontier
    handover: Handover
    workshop: Workshop
    limits: Limits = field(default_factory=Limits)
    scrapy_settings: Mapping[str, Any] = field(default_factory=dict)
    on_progress: Callable[[SourceOutcome], None] | None = None
    on_alarm: Callable[[Alarm], None] = log_alarm
    outcomes: list[SourceOutcome] = field(default_factory=list)
    work: asyncio.Future[None] | None = None
    archive: Archive | None = None
    clerk: Executor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive"))
    slots: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.slots = asyncio.Semaphore(self.limits.pages_in_hand)

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the instant."""
        return self.frontier.now

    def stop(self) -> None:
        """End all visits soon, giving back what is in hand."""
        if self.work is not None:
            self.work.cancel()

    @property
    def error(self) -> BaseException | None:
        """What made the crawl end early; None when it was done or stopped."""
        if self.work is None or not self.work.done() or self.work.cancelled():
            return None
        error = self.work.exception()
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        return error

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
        self.clerk.shutdown(wait=True)
        if self.archive is not None:
            self.archive.close()
        self.frontier.close()
