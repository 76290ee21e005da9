"""robots.txt, obeyed (RFC 9309): fetched once a host however many requests wait, kept a day in the database.

Scrapy 2.19's own middleware lets most concurrent requests through: they wait on one Deferred that the first of them
consumes. Here each origin has a lock. 4xx allows everything; 5xx, 429, a timeout or no answer forbids everything and is
asked again after an hour.
"""

from __future__ import annotations

import asyncio
import codecs
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from protego import Protego
from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached

from crawler.manners.failures import FETCH_ERRORS, explain
from crawler.manners.pace import slow_down
from crawler.manners.refusals import Disallowed, Resting, RobotsUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.manners.memory import Memory

AGENT = "hirewire"
KEPT = timedelta(hours=24)  # RFC 9309, 2.4: no longer than that
ASKED_AGAIN = timedelta(hours=1)
MAX_BYTES = 512 * 1024  # RFC 9309, 2.5: parse at least 500 KiB
TIMEOUT_SECONDS = 15.0
TOO_MANY_REQUESTS = 429
_VERSION = re.compile(r"^([ \t]*user-?agent[ \t]*:[ \t]*[\w-]+)/[\w.]+", re.IGNORECASE | re.MULTILINE)
_AGENT_LINE = re.compile(r"^[ \t]*user-?agent[ \t]*:", re.IGNORECASE | re.MULTILINE)
_PAUSE = re.compile(
    r"^([ \t]*crawl-?delay[ \t]*:[ \t]*)(\d{1,9})(?:[.,](\d{1,9}))?(?:[ \t]*(?:s|secs?|seconds?))?(?=[ \t]*(?:$|[#\r]))",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an origin's robots.txt came to."""

    verdict: str  # rules, allow, unavailable
    expires_at: datetime
    reason: str = ""
    body: str = ""
    parser: Protego | None = None
    cause: BaseException | None = None


def decode(body: bytes) -> str:
    """A robots.txt is UTF-8 (RFC 9309, 2.3); one in UTF-16 forbids no less for that."""
    is_utf16 = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")


def parsed(body: str) -> Protego:
    """The rules, with habits understood that the parser does not know.

    `agent/1.0` is the agent, `10s` are ten seconds, and a pause above all groups is meant for everybody.
    """
    body = _PAUSE.sub(_in_numbers, _VERSION.sub(r"\1", body))
    first = _AGENT_LINE.search(body)
    above_all = _PAUSE.search(body, 0, first.start()) if first else None
    return Protego.parse(f"User-agent: *\n{above_all[0].strip()}\n\n{body}" if above_all else body)


def _in_numbers(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}.{match[3] or 0}"


def pause_in(parser: Protego) -> float:
    """The seconds between requests that the rules ask of us, by Crawl-delay or Request-rate, the longer; 0 without."""
    rate = parser.request_rate(AGENT)
    return max(parser.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


class RobotsMiddleware:
    """Holds every request until the robots.txt of its origin is known, then lets it pass or raises."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._known: dict[str, Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    @property
    def _memory(self) -> Memory:
        memory: Memory = self.crawler.spider.memory  # type: ignore[union-attr]
        return memory

    async def process_request(self, request: Request) -> None:
        """Judge the request.

        Raises:
            Disallowed: robots.txt forbids it.
            RobotsUnavailable: robots.txt could not be had.
        """
        if request.meta.get("is_robots"):
            return
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            rules = await self._rules(origin, request)
        if rules.verdict == "unavailable":
            raise RobotsUnavailable(f"robots.txt of {origin} is unavailable: {rules.reason}") from rules.cause
        if rules.parser is not None:
            if not rules.parser.can_fetch(request.url, AGENT):
                raise Disallowed(f"robots.txt of {origin} forbids {parts.path}")
            if delay := pause_in(rules.parser):
                slow_down(self.crawler, request.meta["download_slot"], delay)

    async def _rules(self, origin: str, request: Request) -> Rules:
        now = self._memory.now()
        rules = self._known.get(origin)
        if rules is None and (row := await self._memory.robots_of(origin)) is not None:
            rules = _rules(row["verdict"], row["expires_at"], row["reason"], row["body"])
        if rules is None or rules.expires_at <= now:
            rules = await self._ask(origin, request, now)
            await self._memory.keep_robots(
                origin,
                verdict=rules.verdict,
                reason=rules.reason,
                body=rules.body,
                fetched_at=now,
                expires_at=rules.expires_at,
            )
        self._known[origin] = rules
        return rules

    async def _ask(self, origin: str, request: Request, now: datetime) -> Rules:
        meta: dict[str, Any] = {
            "is_robots": True,
            "dont_retry": True,
            "download_timeout": min(TIMEOUT_SECONDS, self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT")),
            "delay_seconds": request.meta.get("delay_seconds", self.crawler.settings.getfloat("DOWNLOAD_DELAY")),
        }
        try:
            response = await self.crawler.engine.download_async(Request(f"{origin}/robots.txt", meta=meta))
        except Resting:
            raise
        except FETCH_ERRORS as error:
            return Rules(verdict="unavailable", expires_at=now + ASKED_AGAIN, reason=explain(error), cause=error)
        return _judge(response, now)


def _judge(response: Response, now: datetime) -> Rules:
    if response.status // 100 == 2:  # noqa: PLR2004 - the class of success
        return _rules("rules", now + KEPT, "", decode(response.body[:MAX_BYTES]))
    if response.status // 100 == 4 and response.status != TOO_MANY_REQUESTS:  # noqa: PLR2004 - the class of refusal
        return Rules(verdict="allow", expires_at=now + KEPT, reason=f"status {response.status}")
    return Rules(verdict="unavailable", expires_at=now + ASKED_AGAIN, reason=f"status {response.status}")


def _rules(verdict: str, expires_at: datetime, reason: str, body: str) -> Rules:
    parser = parsed(body) if verdict == "rules" else None
    return Rules(verdict=verdict, expires_at=expires_at, reason=reason, body=body, parser=parser)
