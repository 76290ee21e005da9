"""Archived pages extracted again by the program of today: what would be otherwise, and, if that is wanted, stored.

A page tells only of the wording that was stored from it or from an older one: one that was fetched before is passed over.
Nothing is taken away: a page that would be refused today leaves its article as it is, and is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from crawler.archive import read_at
from crawler.broken import Broken
from crawler.extraction import strip_learned
from crawler.handover import attempt
from crawler.reworking import BATCH, settle
from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.rework import fresh_row, kept_away, kept_identity
from pipeline.store.crawling.archived import adopt, spots
from pipeline.store.database import reading
from pipeline.store.junk import SqlJunkMemory

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from crawler.page import Page
    from crawler.reworking import Report
    from crawler.sources import Registry
    from pipeline.rows import Row
    from pipeline.run import Newsdesk
    from pipeline.store.crawling.archived import Spot
    from pipeline.store.store import Store

_OK = range(200, 300)
_MISSING = {
    "archive-gone": "no longer in the archive, which keeps pages for so long or so many bytes as is set",
    "bad-warc": "spoilt in the archive",
}
Looked = tuple["Spot", Article]


class Looking(Protocol):
    """Looks at pages off this process; `crawler.workshop.ProcessWorkshop`."""

    def in_order(self, questions: Iterable[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], Any]]:
        """Each question, such as `prepare` with a page and its source, and its answer."""
        ...


def reprocess(
    store: Store,
    desk: Newsdesk,
    sources: Registry,
    folder: Path,
    report: Report,
    *,
    workshop: Looking,
    source: str | None,
    since: datetime | None,
    now: datetime,
    dry_run: bool,
) -> Iterator[Row]:
    """Look at archived pages again; gives what differs or is new, which is stored by then unless it is a `dry_run`.

    Changed words are stored as a revision. A batch is held at a time; the work goes on as far as the rows are read.

    Args:
        store: where the articles are.
        desk: the stages.
        sources: the registry of today.
        folder: the archive.
        report: counts what is done.
        workshop: where pages are looked at.
        source: only this source's pages.
        since: only pages settled from then on.
        now: the instant of new revisions' relations.
        dry_run: store nothing.
    """
    for batch in _spots(store, source, since):
        found = _tidied(store, desk, _look_all(batch, folder, sources, workshop, report))
        report.looked_at += len(batch)
        known = store.articles_with([_id_of(spot, after) for spot, after in found])
        pairs, fresh = [], []
        for spot, after in found:
            before = known.get(_id_of(spot, after))
            if before is None:
                fresh.append((spot, after))
            elif after.document.fetched_at < before.document.fetched_at:
                report.passed_over["the stored wording is of a later page"] += 1
            else:
                pairs.append((before, _as_stored(desk, before, after)))
        for change in settle(store, desk, pairs, report, now=now, dry_run=dry_run):
            yield change.as_row()
        yield from map(fresh_row, _settle_fresh(store, desk, fresh, report, dry_run=dry_run))


def _spots(store: Store, source: str | None, since: datetime | None) -> Iterator[list[Spot]]:
    after = ""
    while True:
        with reading(store.engine) as connection:
            batch = spots(connection, after=after, limit=BATCH, source=source, since=since)
        if not batch:
            return
        yield batch
        after = batch[-1].key


def _look_all(batch: list[Spot], folder: Path, sources: Registry, workshop: Looking, report: Report) -> list[Looked]:
    """The articles of archived pages, where there are any; the reasons of the others are counted.

    Pages are looked at in children: one that hangs or kills extraction is passed over like any other broken one.
    """
    pages = [(spot, page) for spot in batch if (page := _page_of(spot, folder, report)) is not None]
    questions = (("prepare", page, sources.get(spot.source)) for spot, page in pages)
    looked = []
    for (spot, _), (_, prepared) in zip(pages, workshop.in_order(questions), strict=True):
        if isinstance(prepared, Article):
            looked.append((spot, prepared))
        elif isinstance(prepared, Broken):
            report.passed_over[prepared.reason] += 1
        else:
            report.passed_over[f"{'stored, now refused' if spot.article_id else 'refused'} as {prepared.kind}"] += 1
    return looked


def _page_of(spot: Spot, folder: Path, report: Report) -> Page | None:
    try:
        page = read_at(folder, spot.file, spot.offset)
    except InputError as error:
        report.passed_over[_MISSING.get(error.kind, error.kind)] += 1
        return None
    if page.status not in _OK or not page.body:
        report.passed_over[f"answered with status {page.status}"] += 1
        return None
    return page


class _Learned:
    """What the other pages of a source taught by now; every page was learned from when it was filed, so nothing is anew."""

    def __init__(self, memory: SqlJunkMemory, url: str) -> None:
        self.memory, self.url = memory, url

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """Positions of those lines that are the source's page junk."""
        return self.memory.known_elsewhere(source, self.url, lines)

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Nothing."""


def _tidied(store: Store, desk: Newsdesk, found: list[Looked]) -> list[Looked]:
    """The articles without the lines that their sources repeat, as they are filed by a crawl."""
    tidied = []
    with reading(store.engine) as connection:
        memory = SqlJunkMemory(connection)
        for spot, after in found:
            document = strip_learned(after.document, _Learned(memory, after.document.canonical_url))
            again = after if document == after.document else attempt(desk.prepare, document)
            tidied.append((spot, again if isinstance(again, Article) else after))
    return tidied


def _id_of(spot: Spot, after: Article) -> str:
    return spot.article_id or after.document.id


def _as_stored(desk: Newsdesk, before: Article, after: Article) -> Article:
    """The article under its stored identity; looked at again where what the store still knows changes what stages see."""
    document = kept_identity(before.document, after.document)
    if document == after.document:
        return after
    again = desk.prepare(document)
    return again if isinstance(again, Article) else after


def _settle_fresh(store: Store, desk: Newsdesk, found: list[Looked], report: Report, *, dry_run: bool) -> list[Article]:
    """Pages that were no articles and are now, stored unless it is a `dry_run`; one that was deleted stays away."""
    if not found:
        return []
    away = kept_away(store, (after.document for _, after in found))
    fresh = [(spot, after) for spot, after in found if after.document.id not in away]
    report.fresh += len(fresh)
    if away:
        report.passed_over["deleted, kept away"] += len(found) - len(fresh)
    if fresh and not dry_run:
        with store.writing() as writer:
            for spot, after in fresh:
                if desk.file(writer, after).kind != "rejected":  # deleted this very moment
                    adopt(writer.connection, spot.key, after.document.id)
                    report.stored += 1
    return [after for _, after in fresh]
