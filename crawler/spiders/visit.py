"""One visit of one source: its feeds are asked what is new, then the pages that are due are fetched and handed over.

Read `Visit.run` for the whole. Every await may be the last before a crash: nothing is remembered outside the database,
links and validators of a feed are stored together, and so are an article and the fate of its page.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from crawler.handover import Delivery
from crawler.learning import learn
from crawler.manners.rights import rights_in, rights_of_site
from crawler.page import Link, Page
from crawler.spiders.feeds import FeedRound
from crawler.spiders.fetch import NOT_MODIFIED, Fetcher, Trouble
from crawler.spiders.outcome import SourceOutcome, read_counts
from pipeline.document import Rejected
from pipeline.store.crawling import frontier, runs
from pipeline.urls import without_secrets

if TYPE_CHECKING:
    from crawler.learning import Alarm
    from crawler.sources import Source
    from crawler.spiders.session import Session
    from pipeline.store.crawling.frontier import Claim

log = logging.getLogger(__name__)

# A page behind a wall or an error page may be an article tomorrow: asked for again this often, three times in all.
WALL_RETRY = timedelta(hours=6)
WALLS = frozenset({"bot-wall", "consent", "login", "error-page"})
GONE = frozenset({404, 410})
# Failures of these kinds say that the whole host is not to be had now; they end the visit at once,
# and its pages lose no attempt by it.
INTERRUPTED = ("interrupted", "the crawl was stopped")
HOST_TROUBLES = frozenset({"dns", "certificate", "connection", "rate-limited", "robots-unavailable"})
HOST_RETRY = timedelta(minutes=10)


@dataclass(kw_only=True)
class Visit:
    """One source, from its feeds to its last due page."""

    session: Session
    fetcher: Fetcher
    source: Source
    run_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    troubles: list[Trouble] = field(default_factory=list)  # of pages
    failures_in_a_row: int = 0
    pages_had: int = 0
    rights: set[str] = field(default_factory=set)
    outcome: SourceOutcome = field(init=False)

    def __post_init__(self) -> None:
        self.outcome = self._outcome(*INTERRUPTED)

    async def run(self) -> None:
        """Visit the source; `outcome` then says how it ended and what was counted."""
        started, session = monotonic(), self.session
        if not await session.frontier.take_source(self.source.id, self.run_id):
            self.outcome = self._outcome("busy", "another process is visiting it")
            return
        ending, evidence = INTERRUPTED
        try:
            async with asyncio.timeout(session.limits.source_seconds):
                ending, evidence = await self._visit()
        except TimeoutError:
            ending, evidence = "deadline", f"stopped after {session.limits.source_seconds:.0f} s"
        finally:
            counts, alarm = await asyncio.shield(
                session.frontier.write(self._finish, outcome=ending, evidence=evidence)
            )
            if alarm is not None:
                session.on_alarm(alarm)
            seconds = round(monotonic() - started, 3)
            self.outcome = self._outcome(ending, evidence, seconds=seconds, **read_counts(counts))

    def _outcome(self, ending: str, evidence: str, **counts: Any) -> SourceOutcome:
        return SourceOutcome(source=self.source.id, outcome=ending, evidence=evidence, **counts)

    async def _visit(self) -> tuple[str, str]:
        feeds = FeedRound(session=self.session, fetcher=self.fetcher, source=self.source, run_id=self.run_id)
        await feeds.run()
        if feeds.answered or not any(trouble.kind in HOST_TROUBLES for trouble in feeds.troubles):
            await self._fetch_pages()
        if feeds.answered and feeds.is_known:  # a first visit is for the news, the next asks for the rights in it
            self.rights |= await rights_of_site(
                feeds.start[0],
                self.fetcher,
                self.session.frontier,
                source=self.source.id,
                delay=self.source.delay_seconds,
            )
        # One page that fails is an accident; a visit of which half the pages fail has a trouble.
        is_failing = len(self.troubles) > self.pages_had or any(each.kind in HOST_TROUBLES for each in self.troubles)
        for trouble in (*feeds.troubles, *(self.troubles if is_failing else ())):
            return trouble.kind, trouble.evidence
        return "ok", "" if feeds.fresh else "nothing new was listed"

    async def _fetch_pages(self) -> None:
        """Fetch due pages one after the other; while one is fetched, those before it are extracted and stored."""
        async with asyncio.TaskGroup() as handovers:
            for _ in range(self.session.limits.pages):
                claim = await self.session.frontier.claim(self.source.id)
                if claim is None:
                    return
                page = await self._fetch(claim)
                if page is not None:
                    await self.session.slots.acquire()
                    handover = handovers.create_task(self._hand_over(claim, page))
                    if claim.attempt > 1:  # should it have ended a process, it takes no other page along
                        await handover
                elif self._should_stop():
                    return

    async def _fetch(self, claim: Claim) -> Page | None:
        """The page; None when its claim is settled or given back already."""
        found = claim.found
        link = Link(
            url=found.url,
            title=found.title,
            published_at=found.published_at,
            published_precision=found.published_precision,
            guid=found.guid,
            language=found.language,
            authors=found.authors,
            summary=found.summary,
        )
        answer = await self.fetcher.get(found.url, source=self.source.id, delay=self.source.delay_seconds, link=link)
        if isinstance(answer, Page):
            self.failures_in_a_row = 0
            self.pages_had += 1
            self.rights |= rights_in(answer.headers, answer.body)
            return answer
        await self._note_failure(claim, answer)
        return None

    async def _note_failure(self, claim: Claim, trouble: Trouble) -> None:
        session, handover = self.session, self.session.handover
        log.info("page.missed url=%s source=%s kind=%s", without_secrets(claim.found.url), self.source.id, trouble.kind)
        if trouble.kind in {"robots", "refused-address"}:
            settlement = frontier.Settlement(fate="rejected", detail=trouble.kind)
            await handover.settle(claim, self.run_id, settlement)
            return
        self.troubles.append(trouble)
        if trouble.kind in HOST_TROUBLES:
            await session.frontier.release(claim, next_at=trouble.until or session.frontier.now() + HOST_RETRY)
            return
        self.failures_in_a_row += 1
        await handover.fail(claim, self.run_id, trouble.kind)

    def _should_stop(self) -> bool:
        if self.troubles and self.troubles[-1].kind in HOST_TROUBLES:
            return True
        return self.failures_in_a_row >= self.session.limits.failures_in_a_row

    async def _hand_over(self, claim: Claim, page: Page) -> None:
        session = self.session
        try:
            fetched = await session.keep(page)
            if page.status in GONE:
                prepared: Any = Rejected(kind="gone", reason=f"status {page.status}", url=page.url)
            elif page.status == NOT_MODIFIED or not page.body:
                prepared = Rejected(kind="empty", reason="an answer without a body", url=page.url)
            else:
                prepared = await session.workshop.prepare(page, self.source)
                if page.status >= 400 and not isinstance(prepared, Rejected):  # noqa: PLR2004 - the class of errors
                    prepared = Rejected(kind="error-page", reason=f"status {page.status}", url=page.url)
            is_walled = isinstance(prepared, Rejected) and prepared.kind in WALLS
            delivery = Delivery(
                claim=claim,
                run=self.run_id,
                prepared=prepared,
                fetched=fetched,
                retry_after=WALL_RETRY if is_walled else None,
            )
            fate = await session.handover.file(delivery)
        finally:
            session.slots.release()
        if fate is not None:
            log.info(
                "page.settled url=%s source=%s fate=%s detail=%s",
                without_secrets(page.url),
                self.source.id,
                fate.kind,
                fate.detail,
            )

    def _finish(
        self, connection: Any, *, outcome: str, evidence: str
    ) -> tuple[dict[tuple[str, str], int], Alarm | None]:
        now, owner = self.session.frontier.now(), self.session.frontier.owner
        frontier.release_held(connection, owner=owner, source=self.source.id, now=now)
        runs.finish(connection, self.run_id, outcome=outcome, evidence=evidence, now=now)
        runs.let_go(connection, f"source:{self.source.id}", owner=owner)
        counts = runs.counts(connection, self.run_id)
        alarm = learn(
            connection, self.source, outcome=outcome, evidence=evidence, counts=counts, rights=self.rights, now=now
        )
        return counts, alarm
