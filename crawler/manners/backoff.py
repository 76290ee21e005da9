"""Leaving a host alone when it asks: 429 and 503, with Retry-After in seconds or as a date, within reason.

The rest is kept in the database by host, so the next crawl and the next process keep it too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from crawler.manners.refusals import Resting

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.manners.memory import Memory

SENT_AWAY = frozenset({429, 503})
# One site is known to have sent 317100 s (mediacloud/rss-fetcher caps at a day, too).
LONGEST = timedelta(hours=24)
SHORTEST = timedelta(seconds=1)
# Without Retry-After: a minute, doubled with every strike in a row.
FIRST = timedelta(minutes=1)
MAX_DOUBLINGS = 10
BELIEVED = 3  # strikes in a row up to which a short wish is taken at its word
_SECONDS = re.compile(r"(\d{1,12})\d*(?:\.\d+)?(?=$|[\s,;s])", re.ASCII)  # `120, 120` and `120 seconds` are sent, too


def rest_of(retry_after: str | None, *, strikes: int, now: datetime) -> timedelta:
    """How long to leave a host alone.

    Args:
        retry_after: the header, if any: seconds or an HTTP date.
        strikes: how often in a row the host had sent us away before.
        now: the instant of the answer.
    """
    asked = _asked(retry_after.strip(), now) if retry_after else None
    due = FIRST * (1 << min(strikes, MAX_DOUBLINGS))
    if asked is None:
        return min(due, LONGEST)
    # Sent away again and again after the rest it asked for: the host does not mean its `Retry-After: 0`.
    least = SHORTEST if strikes < BELIEVED else due / (1 << BELIEVED)
    return min(max(asked, least), LONGEST)


def _asked(text: str, now: datetime) -> timedelta | None:
    if match := _SECONDS.match(text):
        return timedelta(seconds=min(int(match[1]), LONGEST.total_seconds()))
    try:
        at = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now


class BackoffMiddleware:
    """Refuses requests to resting hosts, and lets hosts rest that answer 429 or 503."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._resting: dict[str, tuple[datetime, str]] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    @property
    def _memory(self) -> Memory:
        memory: Memory = self.crawler.spider.memory  # type: ignore[union-attr]
        return memory

    async def process_request(self, request: Request) -> None:
        """Stop a request to a resting host.

        Raises:
            Resting: the host asked to be left alone.
        """
        if self._resting is None:
            self._resting = dict(await self._memory.resting())
        until, reason = self._resting.get(urlparse_cached(request).hostname or "", (None, ""))
        if until is not None and until > self._memory.now():
            raise Resting(reason, until)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Note 429 and 503; forget strikes at the first good answer."""
        host = urlparse_cached(request).hostname or ""
        resting = self._resting if self._resting is not None else {}
        if response.status in SENT_AWAY:
            now, strikes = self._memory.now(), await self._memory.strikes(host)
            header = response.headers.get("Retry-After")
            until = now + rest_of(header.decode("latin-1") if header else None, strikes=strikes, now=now)
            reason = f"status {response.status}" + (f", Retry-After: {header.decode('latin-1')}" if header else "")
            resting[host] = (until, reason)
            await self._memory.rest(host, not_before=until, strikes=strikes + 1, reason=reason)
        elif response.status < 400 and resting.pop(host, None) is not None:  # noqa: PLR2004 - not an error
            await self._memory.welcome(host)
        return response
