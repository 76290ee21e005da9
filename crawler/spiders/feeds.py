"""Asking a source's feeds, sitemaps and listing what is new.

Links and validators of an answer are stored in one transaction: a crash between them would hide the links for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.broken import Broken
from crawler.discovery import PROBLEMS
from crawler.frontier import add_links
from crawler.manners.conditional import max_age_of, validators_for
from crawler.spiders.fetch import NOT_MODIFIED, Fetcher, Trouble
from pipeline.document import Rejected
from pipeline.store.crawling import manners, runs
from pipeline.urls import without_secrets

if TYPE_CHECKING:
    from crawler.page import Page
    from crawler.sources import Source
    from crawler.spiders.session import Session

# Sitemap indexes: how deep, and how many files of one source in one visit (the newest of each index come first).
MAX_DEPTH = 3
MAX_FILES = 30
# Kinds of pages that tell no more than that a page came in place of a feed.
_SAYS_LITTLE = frozenset({"too-short", "not-a-page", "empty"})


@dataclass(kw_only=True)
class FeedRound:
    """All feeds of one source once; `fresh` counts the pages that are due now and were not before."""

    session: Session
    fetcher: Fetcher
    source: Source
    run_id: str
    fresh: int = 0
    answered: bool = False
    is_known: bool = False  # whether one of the files was asked for before
    troubles: list[Trouble] = field(default_factory=list)
    _next_pages: set[str] = field(default_factory=set)

    @property
    def start(self) -> list[str]:
        """Where a visit begins: feeds, sitemaps, the listing."""
        return [*self.source.feeds, *self.source.sitemaps, *filter(None, [self.source.listing.url])]

    async def run(self) -> None:
        """Ask feeds, sitemaps with what they point to, and the listing."""
        start = self.start
        queue = [(url, 0) for url in start]
        seen = set(start)
        while queue:
            url, depth = queue.pop(0)
            for child in await self._ask(url):
                if depth < self._deepest(child) and child not in seen and len(seen) < len(start) + MAX_FILES:
                    seen.add(child)
                    queue.append((child, depth + 1))

    def _deepest(self, url: str) -> int:
        """How far from the start a file may be: the listing's own pages as declared, sitemaps as bounded."""
        return max(self.source.listing.pages - 1, 0) if url in self._next_pages else MAX_DEPTH

    async def _ask(self, url: str) -> tuple[str, ...]:
        """One file; the further files it points to."""
        memory, key = self.session.frontier, hashlib.sha256(url.encode()).hexdigest()
        state = await memory.write(manners.feed, key)
        self.is_known = self.is_known or state is not None
        answer = await self.fetcher.get(
            url,
            source=self.source.id,
            delay=self.source.delay_seconds,
            validators=validators_for(state, now=memory.now()),
        )
        if isinstance(answer, Trouble):
            self.troubles.append(answer)
            return ()
        self.answered = True
        if answer.status == NOT_MODIFIED and state is not None:
            count = state["unchanged_count"] + 1
            unchanged = {**state, "fetched_at": memory.now(), "unchanged_count": count}
            del unchanged["key"]
            await memory.write(manners.keep_feed, key, **unchanged)
            return ()
        if answer.status >= 400:  # noqa: PLR2004 - the class of errors
            kind = "moved" if answer.status in {404, 410} else "forbidden"
            self.troubles.append(Trouble(kind=kind, evidence=f"{without_secrets(url)} answers {answer.status}"))
            return ()
        return await self._read(url, key, answer)

    async def _read(self, url: str, key: str, page: Page) -> tuple[str, ...]:
        discovery = await self.session.workshop.read_links(page, self.source)
        if isinstance(discovery, Broken):
            self.troubles.append(Trouble(kind="broken-feed", evidence=f"{without_secrets(url)}: {discovery.reason}"))
            return ()
        if discovery.problem:
            self.troubles.append(await self._trouble(url, page, discovery.problem))
        self.fresh += await self.session.frontier.write(self._store, url=url, key=key, page=page, discovery=discovery)
        is_listing = url == self.source.listing.url or url in self._next_pages
        if not is_listing or not discovery.next_url:
            return tuple(discovery.children)
        self._next_pages.add(discovery.next_url)
        return (*discovery.children, discovery.next_url)

    def _store(self, connection: Any, *, url: str, key: str, page: Page, discovery: Any) -> int:
        now, source = self.session.frontier.now(), self.source
        fresh = add_links(
            connection,
            discovery.links,
            source=source.id,
            run=self.run_id,
            now=now,
            keep=source.keep_params,
            drop=source.drop_params,
        )
        runs.count(connection, self.run_id, "fetched-feeds")
        # An index that answers 304 would hide sitemaps below it that a killed crawl has not asked for yet.
        is_whole = not (discovery.is_partial or discovery.problem or discovery.children)
        manners.keep_feed(
            connection,
            key,
            url=url,
            source=source.id,
            answered_by=page.url,
            etag=page.headers.get("etag") if is_whole else None,
            last_modified=page.headers.get("last-modified") if is_whole else None,
            fetched_at=now,
            full_at=now,
            unchanged_count=0,
            is_partial=bool(discovery.is_partial),
            ttl_seconds=max(discovery.ttl_seconds or 0, max_age_of(page.headers.get("cache-control", ""))) or None,
            links=len(discovery.links),
            new_links=fresh,
            problem=discovery.problem or "",
            format=discovery.format or "",
            hub=discovery.hub or "",
        )
        return fresh

    async def _trouble(self, url: str, page: Page, problem: str) -> Trouble:
        """A listing without articles is a matter of its layout; a wall in place of a feed has its own name."""
        if problem == "no-links":
            return Trouble(kind=problem, evidence=f"{without_secrets(url)}: {PROBLEMS[problem]}")
        kind, said = "broken-feed", PROBLEMS.get(problem, problem)
        if problem == "not-a-feed":
            judged = await self.session.workshop.prepare(page, self.source)
            if isinstance(judged, Rejected) and judged.kind not in _SAYS_LITTLE:
                said = f"a {judged.kind} page came in place of the feed ({judged.reason})"
                kind = judged.kind if judged.kind in {"bot-wall", "consent"} else kind
        return Trouble(kind=kind, evidence=f"{without_secrets(url)}: {said}")
