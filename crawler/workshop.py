"""Where pages are looked at: off the event loop, in child processes that may be killed.

Extraction is C code over strangers' markup: it can take minutes, eat memory, or end its process. In a child it costs one
page: at the deadline the child is killed and the page quarantined; when it dies, the page is tried again later. The child
ends when its parent does.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import os
import queue
import signal
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from crawler.broken import Broken
from crawler.pipes import receive, send
from pipeline.errors import HirewireError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from crawler.handover import Bench, Prepared
    from crawler.page import Page

# The slowest real pages take a second; 40,000 paragraphs take five, 100,000 up to 45.
PAGE_SECONDS = 30.0
# Then the kernel ends a child whose parent was killed before it could do so.
LAST_RESORT_SECONDS = 120
START_SECONDS = 120.0  # loading trafilatura and the knowledge tables on a busy machine
PAGES_A_CHILD = 1000  # then a fresh one, so that no leak of a library grows for days
AHEAD = 16  # questions of a list that are asked before the first answer is due
WARM = (
    20  # answers; tables load with the first answers, stay, and no later garbage collection needs to look through them
)
READY = "ready"
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


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    pages: int = 0


class ProcessWorkshop:
    """Child processes, one page each at a time.

    Args:
        children: how many; default one a processor, for the crawl itself needs little.
        command: starts a child.
        page_seconds: how long one page may take.
    """

    def __init__(
        self, children: int | None = None, *, command: Sequence[str] = COMMAND, page_seconds: float = PAGE_SECONDS
    ) -> None:
        most = children or min(os.cpu_count() or 1, 8)
        self.command, self.page_seconds = list(command), page_seconds
        self._threads = ThreadPoolExecutor(max_workers=most, thread_name_prefix="workshop")
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
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
                _end(child)
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
        child.pages += 1
        try:
            answer = _exchange(child, question, self.page_seconds)
            is_fit = child.pages < PAGES_A_CHILD
        except TimeoutError:
            return Broken(reason=f"extract-timeout: not done after {self.page_seconds:.0f} s")
        except (EOFError, BrokenPipeError):
            return Broken(reason=f"extraction died with status {child.process.wait()}", may_retry=True)
        finally:
            if not is_fit:
                _end(child)
            self._idle.put(child if is_fit else None)
        return answer

    def _start(self) -> _Child:
        """A child that is ready.

        Raises:
            HirewireError: what stands in its way, as it says itself, or that it said nothing.
        """
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        child, greeting = _Child(process), None
        assert process.stdout is not None
        try:
            greeting = receive(process.stdout, monotonic() + START_SECONDS)
        except (EOFError, TimeoutError) as error:
            raise HirewireError(
                f"the process that is to look at pages ended or hung before it was ready: {' '.join(self.command)}",
                remedy="run that line by itself to see why; free memory is needed, about 200 MB for each",
            ) from error
        finally:
            if greeting != READY:
                _end(child)
        if isinstance(greeting, HirewireError):
            raise greeting
        return child


def _end(child: _Child) -> None:
    child.process.kill()
    child.process.communicate()


def _exchange(child: _Child, message: object, seconds: float) -> Any:
    assert child.process.stdin is not None
    assert child.process.stdout is not None
    send(child.process.stdin, message)
    return receive(child.process.stdout, monotonic() + seconds)


def work(begin: Callable[[], Mapping[str, Callable[..., Any]]]) -> None:
    """A child's life: say that it is ready, then answer until the parent is gone.

    Args:
        begin: loads what is needed; what the child is then asked for by which name, such as `prepare`.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to the whole group; the parent ends us when it has done
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print must not mix with answers
    questions = os.fdopen(sys.stdin.fileno(), "rb", buffering=0)
    gc.disable()  # what is loaded stays: to look through it again and again takes a sixth of the loading
    try:
        tasks = begin()
    except SettingsError as error:
        send(answers, error)
        return
    send(answers, READY)
    for answered in count(1):
        try:
            kind, *arguments = receive(questions)
        except EOFError:
            return
        signal.alarm(LAST_RESORT_SECONDS)
        answer = tasks[kind](*arguments)
        signal.alarm(0)
        send(answers, answer)
        if answered in {1, WARM}:
            gc.freeze()
            gc.enable()


def _begin() -> Mapping[str, Callable[..., Any]]:
    """The child of production: real extraction, discovery and pure stages."""
    from crawler.discovery import discover  # noqa: PLC0415 - the parent needs none of this
    from crawler.extraction import extract  # noqa: PLC0415
    from crawler.handover import Bench  # noqa: PLC0415
    from pipeline.run import Newsdesk  # noqa: PLC0415

    bench = Bench(desk=Newsdesk(clock=_no_clock), extract=extract, discover=discover)
    return {"prepare": bench.prepare, "read_links": bench.read_links}


def _no_clock() -> datetime:
    raise AssertionError("looking at a page asks no clock: the page knows when it was fetched")


if __name__ == "__main__":
    work(_begin)
