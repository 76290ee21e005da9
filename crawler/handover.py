"""The only bridge from crawler to pipeline: a page is prepared anywhere, and filed with its fate in one transaction.

This is one of the two places that catch everything: a page that makes extraction or a stage raise is quarantined with the
reason, and the crawl goes on. A database that refuses to write is no fault of the page and stops the crawl.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from crawler.broken import Broken
from crawler.extraction.junk import strip_learned
from crawler.frontier import failure
from pipeline.document import Article, Document, Fate, Rejected
from pipeline.errors import HirewireError, StoreError
from pipeline.store.crawling import frontier, runs
from pipeline.store.junk import SqlJunkMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    import sqlalchemy as sa

    from crawler.frontier import Frontier
    from crawler.page import Page
    from pipeline.store.crawling.frontier import Claim, Settlement

log = logging.getLogger(__name__)


class Desk(Protocol):
    """The pipeline as the crawler sees it."""

    def prepare(self, document: Document) -> Article | Rejected:
        """Run the stages that look at the document alone; any thread."""
        ...

    def file(self, writer: Any, article: Article) -> Fate:
        """Compare, store and relate the article inside a write transaction."""
        ...


class Extract(Protocol):
    """Page -> Document, or why it is none."""

    def __call__(self, page: Page, source: Any = None) -> Document | Rejected:
        """Look at one page."""
        ...


class Discover(Protocol):
    """Bytes of a feed, sitemap or listing -> `crawler.discovery.Discovery`."""

    def __call__(self, page: Page, source: Any = None, *, now: datetime) -> Any:
        """Look at one answer; `now` reads relative dates."""
        ...


Prepared = Article | Rejected | Broken
T = TypeVar("T")


def without_learned_junk(desk: Desk, writer: Any, article: Article) -> Article | Rejected:
    """The article without the lines its source repeats, learned in the same transaction.

    What was learned lies in the store, so it is used here and not where the page was read; the stages see the text anew
    only where a line went.
    """
    document = strip_learned(article.document, SqlJunkMemory(writer.connection))
    return article if document == article.document else desk.prepare(document)


def attempt(work: Callable[..., T], *args: Any, **options: Any) -> T | Broken:
    """What the work returns, or what broke it; refusals and errors raised on purpose pass through."""
    try:
        return work(*args, **options)
    except HirewireError:
        raise
    except Exception as error:
        log.debug("input.broken", exc_info=True)
        return Broken(reason=_where(error))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A claimed page, what came of it, and where its answer is archived.

    `retry_after` sends a rejected page back as due, for walls that may open.
    """

    claim: Claim
    run: str
    prepared: Prepared
    fetched: Mapping[str, Any] = field(default_factory=dict)
    retry_after: timedelta | None = None


class Bench:
    """Where a page is looked at: any thread or process, no database."""

    def __init__(self, *, desk: Desk, extract: Extract, discover: Discover) -> None:
        self.desk, self.extract, self.discover = desk, extract, discover

    def prepare(self, page: Page, source: Any) -> Prepared:
        """Extract a page and run the pure stages; never raises."""
        try:
            document = self.extract(page, source)
            return document if isinstance(document, Rejected) else self.desk.prepare(document)
        except Exception as error:
            log.exception("page.broken url=%s source=%s", page.url, page.source)
            return Broken(reason=_where(error))

    def read_links(self, page: Page, source: Any) -> Any | Broken:
        """Discover the links of a feed, sitemap or listing; never raises."""
        try:
            return self.discover(page, source, now=page.fetched_at)
        except Exception as error:
            log.exception("feed.broken url=%s source=%s", page.url, page.source)
            return Broken(reason=_where(error))


class Handover:
    """Gives articles to the store, each with the fate of its page."""

    def __init__(self, *, memory: Frontier, desk: Desk) -> None:
        self.memory, self.desk = memory, desk

    async def file(self, delivery: Delivery) -> Fate | None:
        """Store what came of a page and settle its claim, both or neither; None when the claim was lost.

        Raises:
            StoreError: the database refuses to write; the claim stands.
        """
        try:
            return await self._file(delivery, delivery.prepared)
        except StoreError:
            raise
        except Exception as error:
            log.exception("article.broken url=%s", delivery.claim.found.url)
            return await self._file(delivery, Broken(reason=_where(error)))

    async def settle(self, claim: Claim, run: str, settlement: Settlement) -> bool:
        """Give a page that never reached extraction its fate; False when the claim was lost."""
        return await self.memory.write(_settle, claim, run, settlement, now=self.memory.now())

    async def fail(self, claim: Claim, run: str, reason: str) -> bool:
        """Give a page that could not be had another time, or up; False when the claim was lost."""
        return await self.settle(claim, run, failure(claim, reason, now=self.memory.now()))

    async def _file(self, delivery: Delivery, prepared: Prepared) -> Fate | None:
        try:
            return await self.memory.transact(self._write, delivery, prepared)
        except _LostError:
            return None

    def _write(self, writer: Any, delivery: Delivery, prepared: Prepared) -> Fate:
        fate = self._judge(writer, delivery, prepared)
        now = self.memory.now()
        settlement = frontier.Settlement(
            fate=fate.kind,
            detail=fate.detail,
            article_id=fate.article_id,
            fetched=delivery.fetched,
            retry_at=_retry_at(delivery, fate, now),
        )
        if not frontier.settle(writer.connection, delivery.claim, settlement, now=now):
            raise _LostError
        runs.count_all(writer.connection, delivery.run, _counted(fate, prepared))
        return fate

    def _judge(self, writer: Any, delivery: Delivery, prepared: Prepared) -> Fate:
        url = delivery.claim.found.url
        if isinstance(prepared, Broken):
            has_another = prepared.may_retry and delivery.claim.attempt < frontier.MAX_ATTEMPTS
            return Fate(kind="failed" if has_another else "quarantined", url=url, detail=prepared.reason)
        if isinstance(prepared, Rejected):
            return Fate(kind="rejected", url=url, detail=prepared.kind)
        tidied = without_learned_junk(self.desk, writer, prepared)
        if isinstance(tidied, Rejected):
            return Fate(kind="rejected", url=url, detail=tidied.kind)
        return self.desk.file(writer, tidied)


class _LostError(Exception):
    """The claim went to another process: roll back."""


def _settle(connection: sa.Connection, claim: Claim, run: str, settlement: Settlement, *, now: datetime) -> bool:
    is_settled = frontier.settle(connection, claim, settlement, now=now)
    if is_settled:
        runs.count(connection, run, settlement.fate, settlement.detail)
    return is_settled


def _retry_at(delivery: Delivery, fate: Fate, now: datetime) -> datetime | None:
    if fate.kind == "failed":
        return failure(delivery.claim, fate.detail, now=now).retry_at
    if fate.kind != "rejected" or delivery.retry_after is None or delivery.claim.attempt >= frontier.MAX_ATTEMPTS:
        return None
    return now + delivery.retry_after


def _counted(fate: Fate, prepared: Prepared) -> dict[tuple[str, str], int]:
    names = [("fetched", ""), (fate.kind, fate.detail if fate.kind == "rejected" else "")]
    if fate.is_duplicate and fate.kind == "stored":
        names.append(("duplicates", ""))
    if isinstance(prepared, Article) and prepared.document.published_at is not None:
        names.append(("dated", ""))
    return dict.fromkeys(names, 1)


def _where(error: BaseException) -> str:
    """The error and the innermost place it came from, in one line."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" in {frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame is not None else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300] + place
