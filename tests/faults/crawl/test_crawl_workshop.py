"""Pages that hang, kill or flood the process that looks at them cost themselves alone."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from crawler import fork_server
from crawler.broken import Broken
from crawler.page import Page
from crawler.workshop import ProcessWorkshop
from pipeline.errors import HirewireError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHILD = """
import os, signal, time
from crawler.fork_server import work
def prepare(page, source):
    body = page.body.decode()
    print("noise on stdout")
    if body == "hang":
        time.sleep(60)
    if body == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if body == "exit":
        os._exit(3)
    return body if body != "big" else "x" * 20_000_000
work(lambda: {"prepare": prepare, "read_links": lambda page, source: "links"})
"""


@pytest.fixture
def workshop() -> Iterator[ProcessWorkshop]:
    built = ProcessWorkshop(2, command=[sys.executable, "-c", CHILD], page_seconds=1.0)
    yield built
    built.close()


def page(body: str) -> Page:
    return Page(
        url="http://x/", requested_url="http://x/", status=200, body=body.encode(), fetched_at=datetime.now(UTC)
    )


def ask(workshop: ProcessWorkshop, *bodies: str) -> list[Any]:
    async def all_of_them() -> list[Any]:
        return list(await asyncio.gather(*(workshop.prepare(page(body), None) for body in bodies)))

    with asyncio.Runner() as runner:
        return runner.run(all_of_them())


def test_pages_are_looked_at_in_children(workshop: ProcessWorkshop) -> None:
    assert ask(workshop, "a", "b", "c") == ["a", "b", "c"]
    assert len(ask(workshop, "big")[0]) == 20_000_000
    with asyncio.Runner() as runner:
        assert runner.run(workshop.read_links(page("x"), None)) == "links"


def test_a_page_that_hangs_is_given_up_at_its_deadline(workshop: ProcessWorkshop) -> None:
    ask(workshop, "warm", "warm")
    started = time.monotonic()
    (broken, *rest) = ask(workshop, "hang", "a", "b", "c")
    assert time.monotonic() - started < 3
    assert broken == Broken(reason="extract-timeout: not done after 1 s")
    assert rest == ["a", "b", "c"]
    assert ask(workshop, "d", "e") == ["d", "e"]


def test_a_page_that_kills_its_child_may_be_tried_again(workshop: ProcessWorkshop) -> None:
    answers = ask(workshop, "a", "segfault", "exit", "b")
    assert answers[0] == "a"
    assert answers[1] == Broken(reason="extraction died with status -11", may_retry=True)
    assert answers[2] == Broken(reason="extraction died with status 3", may_retry=True)
    assert answers[3] == "b"


def test_a_child_that_cannot_start_says_why_and_the_next_may(workshop: ProcessWorkshop) -> None:
    refusing = """
from crawler.fork_server import work
from pipeline.errors import HirewireError, SettingsError
def begin():
    raise SettingsError("CONTACT = x: no address", remedy="example: me@example.org")
work(begin)
"""
    command, workshop.command = workshop.command, [sys.executable, "-c", refusing]
    for _ in range(3):  # more often than there are children
        with pytest.raises(SettingsError, match="CONTACT = x: no address"):
            ask(workshop, "a")
    workshop.command = [sys.executable, "-c", "raise SystemExit(3)"]
    for _ in range(3):
        with pytest.raises(HirewireError, match="before it was ready"):
            ask(workshop, "a")
    workshop.command = command
    assert ask(workshop, "a", "b", "c") == ["a", "b", "c"]


def test_children_heed_no_signal_meant_for_the_whole_group(workshop: ProcessWorkshop) -> None:
    ask(workshop, "a")
    children = psutil.Process().children(recursive=True)
    for child in children:  # the fork server is one of them
        for number in (signal.SIGINT, signal.SIGTERM):
            child.send_signal(number)
    assert ask(workshop, "b") == ["b"]
    assert psutil.Process().children(recursive=True) == children
    assert len(children) == 2


def test_children_end_with_the_workshop(workshop: ProcessWorkshop) -> None:
    ask(workshop, "a", "b")
    children = psutil.Process().children(recursive=True)
    assert len(children) > 1
    workshop.close()
    assert not [child for child in children if child.is_running() and child.status() != "zombie"]


def test_a_child_ends_when_its_parent_is_killed() -> None:
    program = f"""
import asyncio, sys, os, signal, psutil
from datetime import UTC, datetime
from crawler.workshop import ProcessWorkshop
from crawler.page import Page
shop = ProcessWorkshop(1, command=[sys.executable, "-c", {CHILD!r}])
page = Page(url="http://x/", requested_url="http://x/", status=200, body=b"a", fetched_at=datetime.now(UTC))
asyncio.run(shop.prepare(page, None))
print(*(child.pid for child in psutil.Process().children(recursive=True)), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path.cwd(), check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    family = [int(pid) for pid in done.stdout.split()]
    assert len(family) == 2
    end = time.monotonic() + 5
    while any(map(is_alive, family)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_alive, family))


def test_a_fork_server_that_dies_is_replaced(workshop: ProcessWorkshop) -> None:
    ask(workshop, "a")
    (server,) = psutil.Process().children()
    server.kill()
    server.wait(5)
    assert ask(workshop, "b") == ["b"]  # its child has what it needs
    assert ask(workshop, "exit", "c")[1] == "c"
    assert ask(workshop, "d", "e") == ["d", "e"]
    (other,) = psutil.Process().children()
    assert other != server


def test_a_fork_server_that_hangs_is_replaced(workshop: ProcessWorkshop, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(workshop, "a")
    monkeypatch.setattr(fork_server, "FORK_SECONDS", 0.3)
    (server,) = psutil.Process().children()
    server.suspend()
    (broken,) = ask(workshop, "exit")
    assert broken == Broken(reason="extraction died", may_retry=True)
    monkeypatch.undo()
    assert ask(workshop, "b", "c") == ["b", "c"]
    assert not is_alive(server.pid)


def test_what_is_loaded_is_loaded_once() -> None:
    counting = CHILD.replace("work(lambda:", 'import sys\nprint("loaded", file=sys.stderr)\nwork(lambda:')
    program = f"""
import asyncio, sys
from datetime import UTC, datetime
from crawler.workshop import ProcessWorkshop
from crawler.page import Page
shop = ProcessWorkshop(2, command=[sys.executable, "-c", {counting!r}])
async def ask(*bodies):
    pages = [Page(url="http://x/", requested_url="http://x/", status=200, body=body, fetched_at=datetime.now(UTC)) for body in bodies]
    return await asyncio.gather(*(shop.prepare(page, None) for page in pages))
asyncio.run(ask(b"a", b"exit", b"segfault", b"b"))
shop.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path.cwd(), check=True, timeout=60
    )
    assert done.stderr.count("loaded") == 1


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
