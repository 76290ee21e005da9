"""Stored articles and archived pages worked through again with the program and registry of today, a batch at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from crawler.broken import Broken
from crawler.handover import attempt
from pipeline.document import Article
from pipeline.rework import accept, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pipeline.rework import Change
    from pipeline.run import Newsdesk
    from pipeline.search.query import Query
    from pipeline.store.store import Store

T = TypeVar("T")

# Articles a transaction: few commits, little lost work, and no other writer waits long.
BATCH = 50


@dataclass(slots=True)
class Report:
    """What a pass came to: `looked_at` in all, how many differ, are new and were stored, and why others were passed over."""

    looked_at: int = 0
    differing: int = 0
    fresh: int = 0
    stored: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)

    def summary(self) -> str:
        """In one line, for people."""
        passed = "".join(f"; passed over {n}: {why}" for why, n in sorted(self.passed_over.items()))
        fresh = f", {self.fresh} new" if self.fresh else ""
        return f"looked at {self.looked_at}: {self.differing} differ{fresh}; {self.stored} stored{passed}"


def retag(
    store: Store, desk: Newsdesk, query: Query, report: Report, *, now: datetime, dry_run: bool
) -> Iterator[Change]:
    """Run the stages over stored articles again; gives those that differ, which are stored by then unless `dry_run`.

    A batch is held at a time, whatever the size of the store; the work goes on as far as the changes are read.
    """
    for batch in batches(store.articles_of(query)):
        pairs = []
        for before in batch:
            after = attempt(desk.prepare, before.document)
            if isinstance(after, Article):
                pairs.append((before, after))
            else:
                report.passed_over[after.reason if isinstance(after, Broken) else after.kind] += 1
        report.looked_at += len(batch)
        yield from settle(store, desk, pairs, report, now=now, dry_run=dry_run)


def settle(
    store: Store,
    desk: Newsdesk,
    pairs: Iterable[tuple[Article, Article]],
    report: Report,
    *,
    now: datetime,
    dry_run: bool,
) -> list[Change]:
    """What differs in a batch, counted, and stored unless it is a `dry_run`."""
    changes = compare(store, pairs, now=now)
    report.differing += len(changes)
    if changes and not dry_run:
        stored = accept(store, desk, changes)
        report.stored += stored
        if stored < len(changes):
            report.passed_over["changed meanwhile"] += len(changes) - stored
    return changes


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most `BATCH`."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
