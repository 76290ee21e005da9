"""One thread writes for the whole crawl: the event loop never waits for a disk, and SQLite has one writer a process.

What waits while a transaction runs goes into the same one: beginning and committing, with the full-text index that is
merged at each commit, would cost more than most of what is written. Each part stands behind a savepoint and succeeds or
fails alone; its caller hears of it when the whole is committed, so nobody acts on what a crash might take back.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    import sqlalchemy as sa

T = TypeVar("T")

# Other processes wait for the lock meanwhile, and callers for the commit: no more than a moment of either.
MOST_TOGETHER, MOST_SECONDS = 16, 0.25


class Writer(Protocol):
    """An open write transaction."""

    @property
    def connection(self) -> sa.Connection:
        """The connection it runs on."""
        ...

    def item(self) -> AbstractContextManager[None]:
        """A part that may fail alone."""
        ...


class Storing(Protocol):
    """The store, as far as the crawler needs it."""

    def writing(self) -> AbstractContextManager[Any]:
        """One write transaction, a `Writer`: all or nothing."""
        ...


@dataclass(slots=True)
class _Part:
    work: Callable[[Any], Any]
    heard: Future[Any] = field(default_factory=Future)
    outcome: Any = None
    error: Exception | None = None

    def tell(self) -> None:
        """What came of it, to its caller."""
        if self.error is not None:
            self.heard.set_exception(self.error)
        else:
            self.heard.set_result(self.outcome)


class Clerk:
    """Takes work from the event loop and writes it down in order of arrival."""

    def __init__(self, store: Storing) -> None:
        self.store = store
        self._waiting: deque[_Part] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")

    async def write(self, work: Callable[[Any], T]) -> T:
        """What the work returns, once it is committed.

        Raises:
            StoreError: the database refuses to write; nothing of what was written together stands.
        """
        part = _Part(work)
        self._waiting.append(part)
        self._thread.submit(self._turn)
        outcome: T = await asyncio.wrap_future(part.heard)
        return outcome

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=True)

    def _turn(self) -> None:
        """Write what waits; called once for each part, so it often finds that another turn has taken it along."""
        parts: list[_Part] = []
        if self._take(parts):
            try:
                self._write_together(parts)
            except BaseException as error:  # noqa: BLE001 - as an executor does: it belongs to those who wait
                for part in parts:
                    part.heard.set_exception(error)
            else:
                for part in parts:
                    part.tell()

    def _take(self, parts: list[_Part]) -> bool:
        """Add the next part whose caller still waits; False where there is none."""
        while self._waiting:
            part = self._waiting.popleft()
            if part.heard.set_running_or_notify_cancel():
                parts.append(part)
                return True
        return False

    def _write_together(self, parts: list[_Part]) -> None:
        end = monotonic() + MOST_SECONDS
        with self.store.writing() as writer:
            _write(writer, parts[0])
            while len(parts) < MOST_TOGETHER and monotonic() < end and self._take(parts):
                _write(writer, parts[-1])


def _write(writer: Writer, part: _Part) -> None:
    try:
        with writer.item():
            part.outcome = part.work(writer)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - the caller's, who hears it as if it had written alone
        part.error = error
