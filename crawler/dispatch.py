"""Due sources to crawls in child processes, and what is learned from how these end."""

from __future__ import annotations

import logging
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.batches import batches, hosts_of
from crawler.frontier import bury_dead
from crawler.health import crashed
from crawler.learning import health_of
from crawler.rhythm import LONGEST
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from pipeline.store.crawling.visits import visited_now, visited_since

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.children import Children, Ended
    from crawler.frontier import Storing
    from crawler.sources import Registry

log = logging.getLogger(__name__)

AFTER_A_CRASH = timedelta(minutes=10)  # a source whose crawl was killed is left alone for so long
NAMED_AFTER = 3  # crashes alone: a machine that is out of memory may kill any crawl once


@dataclass(kw_only=True)
class Dispatch:
    """Gives due sources to children.

    A crawl that ends badly says nothing of which of its sources was to blame: those that were not done are tried again in
    ever smaller company, until the others are done and the one is alone. That one is named, and asked less and less.
    """

    registry: Registry
    store: Storing
    children: Children
    now: Callable[[], datetime]
    size: int
    company: dict[str, int] = field(default_factory=dict)  # of sources under suspicion: how many may go together
    crashes: Counter[str] = field(default_factory=Counter)  # of sources that were alone

    _ended: deque[Ended] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.hosts = hosts_of(self.registry)

    def look_after(self) -> None:
        """Learn from the children that have ended, and end those whose time is over."""
        self._ended += self.children.watch()
        while self._ended:  # what the database refuses now stays for the next time
            ended = self._ended[0]
            if ended.trouble:
                self._ended_badly(ended)
            else:
                self._clear(ended.child.ids)
            self._ended.popleft()

    def start_due(self) -> None:
        """Start crawls of what is due, as far as there are children free."""
        if not self.children.free:
            return
        with self.store.writing() as writer:
            due = runs.due(writer.connection, [source.id for source in self.registry.enabled], self.now())
            in_hand = visited_now(writer.connection, self.now())
            for child in self.children.running:
                in_hand |= set(child.ids) - visited_since(writer.connection, child.ids, child.started_at)
        found = batches(due, self.hosts, in_hand=in_hand, size=self.size, most=self.children.free, company=self.company)
        for batch in found:
            self.children.start(batch, now=self.now())

    def _clear(self, ids: Collection[str]) -> None:
        for source_id in ids:
            self.company.pop(source_id, None)
            self.crashes.pop(source_id, None)

    def _ended_badly(self, ended: Ended) -> None:
        ids, now = ended.child.ids, self.now()
        log.error("crawl.ended sources=%s trouble=%s", ",".join(ids), ended.trouble)
        with self.store.writing() as writer:
            connection = writer.connection
            bury_dead(connection, now=now)
            ledger.note(connection, "crawl", error=f"{ended.trouble}: {','.join(ids)}", now=now)
            left = runs.due(connection, ids, now)
            for source_id in left:
                runs.keep_state(connection, source_id, next_at=now + AFTER_A_CRASH, outcome=runs.INTERRUPTED)
            if ended.is_crash and list(ids) == left and len(ids) == 1:
                self._crashed_alone(connection, ids[0], ended.trouble, now)
        self._clear(set(ids) - set(left))
        if ended.is_crash:
            self.company |= dict.fromkeys(left, max(len(left) // 2, 1))

    def _crashed_alone(self, connection: sa.Connection, source_id: str, trouble: str, now: datetime) -> None:
        self.crashes[source_id] += 1
        times = self.crashes[source_id]
        next_at = now + min(AFTER_A_CRASH * 2 ** min(times - 1, 10), LONGEST)
        runs.keep_state(connection, source_id, next_at=next_at)
        if times >= NAMED_AFTER:
            before = health_of(runs.state_of(connection, source_id))
            health = crashed(before, f"its crawl, alone, ended {times} times in a row: {trouble}", now=now)
            runs.keep_state(
                connection,
                source_id,
                next_at=next_at,
                health=health.state,
                since_at=health.since_at,
                evidence=health.evidence,
                remedy=health.remedy,
                failures=health.failures,
            )
