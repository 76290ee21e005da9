"""Looking a site over once, with the manners of every visit; nothing is kept."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings as ScrapySettings

from crawler import settings as defaults
from crawler.discovery.exploring import explore
from crawler.frontier import Frontier
from crawler.manners.guard import GuardedResolver
from crawler.page import Page
from crawler.spiders.fetch import Fetcher, Trouble
from crawler.spiders.run import running_loop, user_settings, utc_now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from crawler.discovery.exploring import Exploration
    from pipeline.settings import Settings


class LookSpider(Spider):
    """Explores one address; `found` and `trouble` tell the outcome. Has no class-wide name: it is no command of Scrapy's."""

    def __init__(self, *, url: str, memory: Frontier, **kwargs: Any) -> None:
        super().__init__(name="look", **kwargs)
        self.url, self.memory = url, memory
        self.found: Exploration | None = None
        self.trouble: Trouble | None = None

    async def start(self) -> AsyncIterator[Any]:
        """Explore."""
        fetcher = Fetcher(self.crawler, self.memory)

        async def fetch(url: str) -> Page | None:
            answer = await fetcher.get(url, source=self.name, delay=None)
            if isinstance(answer, Page):
                return answer
            self.trouble = self.trouble or answer
            return None

        self.found = await explore(self.url, fetch, now=self.memory.now())
        requests: tuple[Request, ...] = ()
        for request in requests:  # Scrapy wants an asynchronous generator
            yield request


def look(url: str, settings: Settings) -> tuple[Exploration | None, Trouble | None]:
    """What a site has to offer, or None and why it could not be had."""
    from pipeline.store import Store  # noqa: PLC0415 - half a second

    with tempfile.TemporaryDirectory(prefix="hirewire-look-") as folder:
        trial = replace(settings, home=Path(folder), database_url=f"sqlite:///{folder}/look.db")
        store = Store.open(trial)
        try:
            spider = running_loop().run_until_complete(_look(url, settings, Frontier(store, clock=utc_now)))
        finally:
            store.close()
    return spider.found, spider.trouble


async def _look(url: str, settings: Settings, memory: Frontier) -> LookSpider:
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs a reactor

    values = ScrapySettings()
    values.setmodule(defaults, priority="project")
    for name, value in user_settings(settings).items():
        values.set(name, value, priority="cmdline")
    GuardedResolver(
        reactor, allowed=values["ALLOWED_NETWORKS"], timeout=values.getfloat("DNS_TIMEOUT")
    ).install_on_reactor()
    crawler = Crawler(LookSpider, values)
    await crawler.crawl_async(url=url, memory=memory)
    assert isinstance(crawler.spider, LookSpider)
    return crawler.spider
