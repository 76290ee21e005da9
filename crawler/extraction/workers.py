"""Extraction in processes that may be killed: a deadline per page, recycling, and pages that crash workers set aside.

C code can hang or crash on a page; a thread cannot be stopped and takes the crawler with it. Here each worker is a
spawned process that serves one page at a time over a pipe. A page that overruns its deadline or kills its worker comes
back as a value with its reason, the worker is replaced, and a page that did so twice is parked: it is not tried again.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from crawler.extraction.extractor import extract
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType

    from crawler.page import Page
    from crawler.sources import Source
    from pipeline.document import Document, Rejected

DEADLINE_SECONDS = 20.0  # the slowest of 280 real pages takes 0.3 s; a busy machine is ten times slower
PAGES_PER_WORKER = 1_000  # lxml and the engine keep caches; measured growth is small, this bounds it
MAX_CRASHES = 2
_START_SECONDS = 60.0  # a spawned process imports the engine first


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    served: int = 0


class ExtractionPool:
    """A pool of worker processes; safe to call from several threads. Use it as a context manager.

    Args:
        size: number of processes.
        deadline_seconds: for one page.
        pages_per_worker: after so many a worker is replaced.
        work: what a worker does with a page; a module-level function. The default is `extract`.
    """

    def __init__(
        self,
        size: int = 1,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
        pages_per_worker: int = PAGES_PER_WORKER,
        work: Callable[..., Document | Rejected] = extract,
    ) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._deadline_seconds = deadline_seconds
        self._pages_per_worker = pages_per_worker
        self._work = work
        self._idle: queue.Queue[_Worker | None] = queue.Queue()
        for _ in range(size):
            self._idle.put(None)  # started when first needed
        self._lock = threading.Lock()
        self._size = size
        self.crashes: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop all workers; waits for those that serve a page."""
        for _ in range(self._size):
            worker = self._idle.get()
            if worker is not None:
                _stop(worker)

    def is_parked(self, url: str) -> bool:
        """Whether the page crashed or stalled workers so often that it is not tried again."""
        return self.crashes.get(url, 0) >= MAX_CRASHES

    def extract(self, page: Page, source: Source | None = None) -> Document | Rejected:
        """As `crawler.extraction.extract`, in a worker, without learned page junk: see `strip_learned`.

        Raises:
            InputError: kind `extract-timeout`, `extract-crash` or `parked`; the page is to be quarantined.
        """
        if self.is_parked(page.url):
            raise InputError("set aside: it crashed its worker before", kind="parked", url=page.url)
        worker = self._idle.get()
        try:
            worker = self._ready(worker)
            outcome = self._serve(worker, page, source)
        except TimeoutError as error:
            self._failed(worker, page.url)
            worker = None
            raise InputError(
                f"not done after {self._deadline_seconds:g} s", kind="extract-timeout", url=page.url
            ) from error
        except (EOFError, OSError) as error:
            self._failed(worker, page.url)
            worker = None
            raise InputError("the worker died on this page", kind="extract-crash", url=page.url) from error
        finally:
            self._idle.put(worker)
        if isinstance(outcome, str):
            raise InputError(outcome, kind="extract-error", url=page.url)
        return outcome

    def _serve(self, worker: _Worker, page: Page, source: Source | None) -> Document | Rejected | str:
        worker.connection.send((page, source))
        worker.served += 1
        if not worker.connection.poll(self._deadline_seconds):
            raise TimeoutError
        outcome: Document | Rejected | str = worker.connection.recv()
        return outcome

    def _ready(self, worker: _Worker | None) -> _Worker:
        if worker is not None and worker.served >= self._pages_per_worker:
            _stop(worker)
            worker = None
        if worker is None or not worker.process.is_alive():
            worker = self._start()
        return worker

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_run, args=(theirs, self._work), daemon=True, name="extraction")
        process.start()
        theirs.close()
        if not ours.poll(_START_SECONDS) or ours.recv() != "ready":
            process.kill()
            raise OSError("the worker did not start")
        return _Worker(process, ours)

    def _failed(self, worker: _Worker | None, url: str) -> None:
        with self._lock:
            self.crashes[url] = self.crashes.get(url, 0) + 1
        if worker is not None:
            worker.process.kill()
            worker.process.join()
            worker.connection.close()


def _stop(worker: _Worker) -> None:
    worker.connection.close()  # the worker ends when its pipe does
    worker.process.join(timeout=2)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _run(connection: Connection, work: Callable[..., Document | Rejected]) -> None:
    """The worker: one page after another until the pipe closes."""
    connection.send("ready")
    while True:
        try:
            page, source = connection.recv()
        except EOFError:
            return
        try:
            outcome: Document | Rejected | str = work(page, source)
        except Exception as error:  # noqa: BLE001 - the worker's border: a fault of one page goes back as its reason
            outcome = f"{type(error).__name__}: {error}"[:500]
        connection.send(outcome)
