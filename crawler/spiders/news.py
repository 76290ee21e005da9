"""The spider: visits any set of sources.

It asks Scrapy's downloader page by page (`engine.download_async`, so every middleware applies) in place of yielding
requests: what is to be fetched next is decided by the frontier in the database, not by a queue that dies with the process.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider

from crawler.spiders.fetch import Fetcher
from crawler.spiders.visit import Visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.crawler import Crawler

    from crawler.frontier import Frontier
    from crawler.spiders.session import Session

log = logging.getLogger(__name__)


class NewsSpider(Spider):
    """Fetches what is new of its sources and hands it to the pipeline.

    Args:
        session: what to visit and with what; `hirewire crawl` hands it in.
        sources: ids, comma-separated, for `scrapy crawl news -a sources=...`; without them all enabled sources.
    """

    name = "news"

    def __init__(self, session: Session | None = None, sources: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if session is None:
            from crawler.spiders.run import open_session  # noqa: PLC0415 - builds what Scrapy's command cannot hand in

            session = open_session(sources)
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Scrapy's way of building a spider; completes its settings with the user's."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        for name, value in spider.session.scrapy_settings.items():
            crawler.settings.set(name, value, priority="cmdline")
        return spider

    @property
    def memory(self) -> Frontier:
        """What the manners remember."""
        return self.session.frontier

    async def start(self) -> AsyncIterator[Any]:
        """Visit all sources; what made it end early stands in the session's `work`."""
        self.session.work = asyncio.ensure_future(self._visit_all())
        try:
            await asyncio.wait([self.session.work])
        except asyncio.CancelledError:  # Scrapy's own way to stop: give back first what is in hand
            self.session.work.cancel()
            await asyncio.wait([self.session.work])
            raise
        requests: tuple[Request, ...] = ()
        for request in requests:  # Scrapy wants an asynchronous generator
            yield request

    async def _visit_all(self) -> None:
        """A bounded number of sources at once, under leases that are renewed for as long as this runs."""
        session = self.session
        fetcher = Fetcher(self.crawler, session.frontier)
        places = asyncio.Semaphore(session.limits.sources_at_once)
        heartbeat = asyncio.create_task(session.frontier.stay_alive())
        try:
            await session.frontier.bury_dead()
            async with asyncio.TaskGroup() as visits:
                for source in session.sources:
                    visits.create_task(self._visit(Visit(session=session, fetcher=fetcher, source=source), places))
        finally:
            heartbeat.cancel()

    async def _visit(self, visit: Visit, places: asyncio.Semaphore) -> None:
        try:
            async with places:
                await visit.run()
        finally:
            self._report(visit)

    def _report(self, visit: Visit) -> None:
        outcome = visit.outcome
        self.session.outcomes.append(outcome)
        log.info("source.visited %s", " ".join(f"{name}={value}" for name, value in outcome.as_row().items()))
        if self.session.on_progress is not None:
            self.session.on_progress(outcome)
