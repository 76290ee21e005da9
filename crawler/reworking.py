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

_INTERNAL = frozenset({"fingerprint", "blocks", "links"})  # follow from the text, and say nothing to people
# Articles a transaction: few commits, little lost work, and no other writer waits long.
BATCH = 50


@dataclass(slots=True)
class Report:
    """What a pass came to: `looked_at` in all, how many differ (in what: `fields`), are new and were stored.

    `passed_over` are the reasons why others were. A dry run stores nothing, and says how to store.
    """

    looked_at: int = 0
    differing: int = 0
    is_dry: bool = False
    fields: Counter[str] = field(default_factory=Counter)
    fresh: int = 0
    stored: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)

    def summary(self) -> str:
        """In one line, for people."""
        passed = "".join(f"; passed over {n}: {why}" for why, n in sorted(self.passed_over.items()))
        fields = ", ".join(
            f"{name} {n}" for name, n in sorted(self.fields.items(), key=lambda each: (-each[1], each[0]))
        )
        differing = f"{self.differing} differ{f' ({fields})' if fields else ''}"
        fresh = f", {self.fresh} new" if self.fresh else ""
        stored = "nothing stored" if self.is_dry else f"{self.stored} stored"
        hint = "; run it without --dry-run to store this" if self.is_dry and (self.differing or self.fresh) else ""
        return f"looked at {self.looked_at}: {differing}{fresh}; {stored}{passed}{hint}"


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
    report.fields.update(name for change in changes for name in change.what if name not in _INTERNAL)
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
