"""Fetching one page through Scrapy's downloader and our manners: an answer, or why there is none."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request

from crawler.manners.backoff import SENT_AWAY
from crawler.manners.failures import FETCH_ERRORS, explain, kind_of
from crawler.manners.refusals import Resting
from crawler.page import Page

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.frontier import Frontier
    from crawler.manners.conditional import Validators
    from crawler.page import Link

# A host that asks for a shorter rest than this is waited for; a longer one ends the visit.
PATIENCE = timedelta(seconds=10)
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a page could not be had: a short name (see `crawler.manners.failures`) and the evidence."""

    kind: str
    evidence: str
    until: datetime | None = None  # of a resting host


class Fetcher:
    """Gets pages one by one.

    Args:
        crawler: Scrapy's, with a running engine.
        memory: gives the instant.
    """

    def __init__(self, crawler: Crawler, memory: Frontier) -> None:
        self.crawler, self.memory = crawler, memory

    async def get(
        self,
        url: str,
        *,
        source: str,
        delay: float | None,
        validators: Validators | None = None,
        link: Link | None = None,
    ) -> Page | Trouble:
        """Fetch a page; an answer of any status but 429, 503 and other 5xx is a page.

        Args:
            url: what to fetch.
            source: for the page.
            delay: pause owed to the host in seconds; None for the usual one.
            validators: ask only for what changed; the answer may then be a page with status 304.
            link: what discovery knew of the page.
        """
        for is_last in (False, True):
            answer = await self._once(url, source, delay, validators, link)
            pause = answer.until - self.memory.now() if isinstance(answer, Trouble) and answer.until else None
            if pause is None or is_last or pause > PATIENCE:
                return answer
            await asyncio.sleep(max(pause.total_seconds(), 0) + 0.05)
        raise AssertionError("unreachable")

    async def _once(
        self, url: str, source: str, delay: float | None, validators: Validators | None, link: Link | None
    ) -> Page | Trouble:
        meta: dict[str, Any] = {"validators": validators}
        if delay is not None:
            meta["delay_seconds"] = delay
        try:
            response = await self.crawler.engine.download_async(Request(url, meta=meta, dont_filter=True))
        except FETCH_ERRORS as error:
            until = error.until if isinstance(error, Resting) else None
            return Trouble(kind=kind_of(error), evidence=explain(error), until=until)
        if response.status in SENT_AWAY:
            until, reason = (await self.memory.resting()).get(urlsplit(response.url).hostname or "", (None, ""))
            return Trouble(kind="rate-limited", evidence=reason or f"status {response.status}", until=until)
        if response.status >= 500:  # noqa: PLR2004 - the class of server errors
            return Trouble(kind="server-error", evidence=f"status {response.status}")
        if "partial" in response.flags and not _is_closed(response.body):
            return Trouble(kind="cut-off", evidence="the connection ended without a length and before the end tag")
        return self._page(response, url, source, link)

    def _page(self, response: Response, url: str, source: str, link: Link | None) -> Page:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return Page(
            url=response.url,
            requested_url=url,
            status=response.status,
            body=response.body,
            fetched_at=self.memory.now(),
            headers=headers,
            source=source,
            link=link,
        )


def _is_closed(body: bytes) -> bool:
    """Whether a body that came without a length ends like a whole document."""
    tail = body[-2048:].lower().rstrip()
    return any(
        end in tail for end in (b"</html>", b"</rss>", b"</feed>", b"</urlset>", b"</sitemapindex>", b"</rdf:rdf>")
    ) or (tail.endswith(b"}"))
