"""One thread writes for the whole crawl: the event loop never waits for a disk, and SQLite has one writer a process.

What waits while a transaction runs goes into the same one: beginning and committing, with the full-text index that is
merged at each commit, would cost more than most of what is written. Each part stands behind a savepoint and succeeds or
fails alone; its caller hears of it when the whole is committed, so nobody acts on what a crash might take back.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    import sqlalchemy as sa

T = TypeVar("T")
log = logging.getLogger(__name__)

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
    caller: asyncio.Future[Any]
    outcome: Any = None
    error: BaseException | None = None


class Clerk:
    """Takes work from the event loop and writes it down in order of arrival."""

    def __init__(self, store: Storing) -> None:
        self.store = store
        self._waiting: deque[_Part] = deque()
        self._is_busy, self._lock = False, Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")

    async def write(self, work: Callable[[Any], T]) -> T:
        """What the work returns, once it is committed.

        Raises:
            StoreError: the database refuses to write; nothing of what was written together stands.
        """
        part = _Part(work, asyncio.get_running_loop().create_future())
        with self._lock:
            self._waiting.append(part)
            was_busy, self._is_busy = self._is_busy, True
        if not was_busy:
            self._thread.submit(self._write_all)
        outcome: T = await part.caller
        return outcome

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=True)

    def _write_all(self) -> None:
        """Write until nothing waits; the thread and the event loop wake each other once for many parts."""
        while True:
            with self._lock:
                first = self._next()
                self._is_busy = first is not None
            if first is None:
                return
            parts = [first]
            try:
                self._write_together(parts)
            except BaseException as error:  # noqa: BLE001 - as an executor does: it belongs to those who wait
                for part in parts:
                    part.error = error
            _tell(parts)

    def _next(self) -> _Part | None:
        """The next part whose caller still waits; the clerk's thread alone takes parts."""
        while self._waiting:
            part = self._waiting.popleft()
            if not part.caller.cancelled():
                return part
        return None

    def _write_together(self, parts: list[_Part]) -> None:
        end = monotonic() + MOST_SECONDS
        with self.store.writing() as writer:
            _write(writer, parts[0])
            while len(parts) < MOST_TOGETHER and monotonic() < end and (part := self._next()):
                parts.append(part)
                _write(writer, part)


def _write(writer: Writer, part: _Part) -> None:
    try:
        with writer.item():
            part.outcome = part.work(writer)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - the caller's, who hears it as if it had written alone
        part.error = error


def _tell(parts: Sequence[_Part]) -> None:
    """What came of parts written together, to their callers."""
    for loop in {part.caller.get_loop() for part in parts}:
        try:
            loop.call_soon_threadsafe(_settle, [part for part in parts if part.caller.get_loop() is loop])
        except RuntimeError:
            log.debug("clerk.unheard", exc_info=True)  # the loop is closed, and with it the callers are gone


def _settle(parts: Sequence[_Part]) -> None:
    for part in parts:
        if part.caller.done():
            continue
        if part.error is not None:
            part.caller.set_exception(part.error)
        else:
            part.caller.set_result(part.outcome)
