"""Where pages are looked at: off the event loop, in child processes that may be killed.

Extraction is C code over strangers' markup: it can take minutes, eat memory, or end its process. In a child it costs one
page: at the deadline the child is killed and the page quarantined; when it dies, the page is tried again later. The child
ends when its parent does.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import queue
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from crawler import warming
from crawler.broken import Broken
from crawler.fork_server import ForkServer, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from crawler.fork_server import Child
    from crawler.handover import Bench, Prepared
    from crawler.page import Page

# The slowest real pages take a second; 40,000 paragraphs take five, 100,000 up to 45.
PAGE_SECONDS = 30.0
PAGES_A_CHILD = 1000  # then a fresh one, so that no leak of a library grows for days
AHEAD = 16  # questions of a list that are asked before the first answer is due
COMMAND = (sys.executable, "-m", "crawler.workshop")


class Workshop(Protocol):
    """Looks at pages and feeds off the event loop; never raises for what a page is."""

    async def prepare(self, page: Page, source: Any) -> Prepared:
        """Extract a page and run the pure stages."""
        ...

    async def read_links(self, page: Page, source: Any) -> Any | Broken:
        """Discover the links of a feed, sitemap or listing."""
        ...


class ThreadWorkshop:
    """One thread of this process: for tests, and where extraction is handed in as a function."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workshop")

    async def prepare(self, page: Page, source: Any) -> Prepared:
        """Extract a page and run the pure stages."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self.bench.prepare, page, source)

    async def read_links(self, page: Page, source: Any) -> Any | Broken:
        """Discover the links of a feed, sitemap or listing."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self.bench.read_links, page, source)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=True, cancel_futures=True)


class ProcessWorkshop:
    """Child processes, one page each at a time, all forked from one that has everything loaded (`crawler.fork_server`).

    Args:
        children: how many; default one a processor, for the crawl itself needs little.
        command: starts the fork server.
        page_seconds: how long one page may take.
    """

    def __init__(
        self, children: int | None = None, *, command: Sequence[str] = COMMAND, page_seconds: float = PAGE_SECONDS
    ) -> None:
        most = children or min(os.cpu_count() or 1, 8)
        self.command, self.page_seconds = list(command), page_seconds
        self._threads = ThreadPoolExecutor(max_workers=most, thread_name_prefix="workshop")
        self._idle: queue.LifoQueue[Child | None] = queue.LifoQueue()
        self._server: ForkServer | None = None
        self._starting = Lock()
        for _ in range(most):
            self._idle.put(None)
        atexit.register(self.close)

    async def prepare(self, page: Page, source: Any) -> Prepared:
        """Extract a page and run the pure stages."""
        prepared: Prepared = await self._ask("prepare", page, source)
        return prepared

    async def read_links(self, page: Page, source: Any) -> Any | Broken:
        """Discover the links of a feed, sitemap or listing."""
        return await self._ask("read_links", page, source)

    def close(self) -> None:
        """End all children."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._idle.empty():
            child = self._idle.get()
            if child is not None:
                child.end()
        if self._server is not None:
            self._server.close()
            self._server = None
        atexit.unregister(self.close)

    async def _ask(self, kind: str, page: Page, source: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._work, kind, page, source)

    def in_order(self, questions: Iterable[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], Any]]:
        """Questions of a kind with their arguments, each with its answer or `Broken`, some of them worked on at once."""
        waiting: deque[tuple[tuple[Any, ...], Future[Any]]] = deque()
        for question in questions:
            waiting.append((question, self._threads.submit(self._work, *question)))
            if len(waiting) >= AHEAD:
                asked, answer = waiting.popleft()
                yield asked, answer.result()
        for asked, answer in waiting:
            yield asked, answer.result()

    def _work(self, *question: Any) -> Any:
        child, is_fit = self._idle.get(), False
        try:
            child = child or self._start()
        finally:
            if child is None:
                self._idle.put(None)
        try:
            answer = child.ask(question, self.page_seconds)
            is_fit = child.answered < PAGES_A_CHILD
        except TimeoutError:
            return Broken(reason=f"extract-timeout: not done after {self.page_seconds:.0f} s")
        except (EOFError, ConnectionError):
            status = child.end()
            known = "" if status is None else f" with status {status}"
            return Broken(reason=f"extraction died{known}", may_retry=True)
        finally:
            if not is_fit:
                child.end()
            self._idle.put(child if is_fit else None)
        return answer

    def _start(self) -> Child:
        """A child that is ready; a fork server that has died is replaced.

        Raises:
            HirewireError: see `ForkServer`.
        """
        with self._starting:
            if self._server is not None:
                try:
                    return self._server.child()
                except (EOFError, OSError):
                    self._server.close()
                    self._server = None
            self._server = ForkServer(self.command)
            return self._server.child()


def _begin() -> Mapping[str, Callable[..., Any]]:
    """What children of production are asked for: real extraction, discovery and pure stages."""
    from crawler.discovery import discover  # noqa: PLC0415 - the parent needs none of this
    from crawler.extraction import extract  # noqa: PLC0415
    from crawler.handover import Bench  # noqa: PLC0415
    from pipeline.run import Newsdesk  # noqa: PLC0415

    bench = Bench(desk=Newsdesk(clock=_no_clock), extract=extract, discover=discover)
    for page in warming.pages():
        bench.prepare(page, None)
    bench.read_links(warming.feed(), None)
    return {"prepare": bench.prepare, "read_links": bench.read_links}


def _no_clock() -> datetime:
    raise AssertionError("looking at a page asks no clock: the page knows when it was fetched")


if __name__ == "__main__":
    work(_begin)
