"""One request at a time per host, and a pause after each answer: the source's own or the robots.txt's, the longer.

Scrapy counts a delay from the start of the last request, so that a slow answer is followed at once by the next
request; here the pause begins when the answer has ended.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

# The longest crawl-delay known in earnest is 120 s (people.com.cn). A longer one than this would leave a visit not even
# two requests: it is kept to this.
MAX_DELAY_SECONDS = 600.0


class PaceMiddleware:
    """Keeps each host's download slot at the pause it is owed: of all `delay_seconds` in request meta, the longest."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.answered, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Slow the request's slot down to what is owed."""
        asked = request.meta.get("delay_seconds", self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        slow_down(self.crawler, request.meta["download_slot"], asked)

    def answered(self, response: Response, request: Request) -> None:
        """An answer has ended: the pause begins now."""
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.lastseen = monotonic()


def slow_down(crawler: Crawler, host: str, seconds: float) -> None:
    """Make the pause between requests to a host at least this long."""
    downloader = crawler.engine.downloader
    known = downloader.per_slot_settings.get(host, {}).get("delay", 0.0)
    delay = max(known, min(seconds, MAX_DELAY_SECONDS))
    downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay, "jitter": 0.0}
    if host in downloader.slots:
        downloader.slots[host].delay = delay
