"""Filing documents that come from files: in batches, each with exactly one fate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from crawler.handover import attempt, without_learned_junk
from pipeline.document import Article, Document, Fate, Rejected
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from crawler.broken import Broken
    from crawler.intake import Intake
    from pipeline.run import Newsdesk
    from pipeline.store import Store
    from pipeline.store.writer import Writer

# Documents a transaction: large enough that a commit costs little, small enough that a crash loses little work.
BATCH = 50
FATES = ("stored", "revised", "unchanged", "rejected", "quarantined", "failed")


@dataclass(slots=True)
class Tally:
    """What became of a number of intakes; `refusals` is a line for each that is not in the store."""

    fates: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    refusals: list[str] = field(default_factory=list)

    def add(self, name: str, fate: Fate) -> None:
        """Count one."""
        self.fates[fate.kind] += 1
        self.duplicates += fate.is_duplicate and fate.kind == "stored"
        if fate.kind in {"rejected", "quarantined", "failed"}:
            self.refusals.append(f"{name}: {fate.kind}: {fate.detail}")

    @property
    def has_failed(self) -> bool:
        """Whether anything could not be read or was set aside."""
        return bool(self.fates["failed"] or self.fates["quarantined"])

    def counts(self) -> dict[str, int]:
        """Every fate with its number; `duplicates` are among the stored."""
        return {kind: self.fates[kind] for kind in FATES} | {"duplicates": self.duplicates}


def file_all(intakes: Iterable[Intake], *, store: Store, desk: Newsdesk, on_fate: Callable[[], object]) -> Tally:
    """Store every document, in order, in one transaction a batch; each intake ends in exactly one fate.

    Raises:
        StoreError: the database refuses to write; the batches before are stored, nothing of this one is.
    """
    tally = Tally()
    for batch in _batched(intakes):
        prepared = [(intake.name, _prepare(desk, intake.outcome)) for intake in batch]
        with store.writing() as writer:
            fates = [(name, _file(desk, writer, name, outcome)) for name, outcome in prepared]
        for name, fate in fates:
            tally.add(name, fate)
            on_fate()
    return tally


def _prepare(desk: Newsdesk, outcome: Document | Rejected | InputError) -> Article | Rejected | InputError | Broken:
    return attempt(desk.prepare, outcome) if isinstance(outcome, Document) else outcome


def _file(desk: Newsdesk, writer: Writer, name: str, outcome: Article | Rejected | InputError | Broken) -> Fate:
    if isinstance(outcome, Article):
        filed = attempt(_file_item, desk, writer, outcome)
        if isinstance(filed, Fate):
            return filed
        outcome = filed
    if isinstance(outcome, Rejected):
        return Fate(kind="rejected", url=outcome.url, detail=outcome.kind)
    if isinstance(outcome, InputError):
        return Fate(kind="failed", url=name, detail=f"{outcome.kind}: {outcome.message}")
    return Fate(kind="quarantined", url=name, detail=outcome.reason)


def _file_item(desk: Newsdesk, writer: Writer, article: Article) -> Fate | Rejected:
    with writer.item():
        tidied = without_learned_junk(desk, writer, article)
        return tidied if isinstance(tidied, Rejected) else desk.file(writer, tidied)


def _batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
