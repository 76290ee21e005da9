"""Crawls in child processes: started, watched, and killed with all they started when their deadline has passed."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.settings import Settings

log = logging.getLogger(__name__)

# After SIGTERM a crawl gives back what it has in hand; that is a matter of one answer.
GRACE_SECONDS = 10.0


def environment(settings: Settings) -> dict[str, str]:
    """The environment in which a child reads the same settings."""
    values = {
        "HOME": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "SOURCES": str(settings.sources or ""),
        "ALLOW_PRIVATE_NETWORKS": ",".join(map(str, settings.allow_private_networks)),
        "CONTACT": settings.contact,
    }
    return {f"HIREWIRE_{name}": value for name, value in values.items() if value}


def crawl_command(ids: Sequence[str], deadline_seconds: float) -> list[str]:
    """The command line of a crawl."""
    return [sys.executable, "-m", "crawler.spiders", "--deadline", str(int(deadline_seconds)), *ids]


@dataclass(slots=True)
class Child:
    """One running crawl and the sources it was given."""

    process: subprocess.Popen[bytes]
    ids: tuple[str, ...]
    deadline: float  # monotonic
    is_asked_to_end: bool = False


@dataclass(kw_only=True)
class Children:
    """The crawls of this scheduler.

    Args:
        command: the command line for some sources and a deadline.
        environ: their environment.
        deadline_seconds: how long a crawl may take.
        most: how many may run at once.
    """

    environ: Mapping[str, str]
    deadline_seconds: float
    most: int
    command: Callable[[Sequence[str], float], list[str]] = crawl_command
    running: list[Child] = field(default_factory=list)

    @property
    def in_hand(self) -> set[str]:
        """The sources that running children were given."""
        return {source_id for child in self.running for source_id in child.ids}

    @property
    def free(self) -> int:
        """How many more may be started."""
        return max(self.most - len(self.running), 0)

    def start(self, ids: Sequence[str]) -> None:
        """Start a crawl in a session of its own, so that it can be killed with all it starts."""
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and registry ids
            self.command(ids, self.deadline_seconds),
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.running.append(Child(process, tuple(ids), monotonic() + self.deadline_seconds))
        log.info("crawl.started pid=%s sources=%s", process.pid, ",".join(ids))

    def watch(self) -> list[tuple[Child, str]]:
        """Collect those that have ended, each with what is wrong (or empty); stop those past their deadline."""
        ended = []
        for child in list(self.running):
            status = child.process.poll()
            late = monotonic() - child.deadline
            if status is not None:
                self.running.remove(child)
                ended.append((child, _verdict(status, child)))
            elif late > GRACE_SECONDS:
                _signal(child, signal.SIGKILL)
            elif late > 0 and not child.is_asked_to_end:
                log.warning("crawl.overdue pid=%s sources=%s", child.process.pid, ",".join(child.ids))
                child.is_asked_to_end = True
                _signal(child, signal.SIGTERM)
        return ended

    def stop(self) -> None:
        """End all: first asked, then killed."""
        for child in self.running:
            _signal(child, signal.SIGTERM)
        end = monotonic() + GRACE_SECONDS
        for child in self.running:
            try:
                child.process.wait(max(end - monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                _signal(child, signal.SIGKILL)
                child.process.wait()
        self.running.clear()


def _verdict(status: int, child: Child) -> str:
    if status < 0:
        return f"killed by {signal.Signals(-status).name}" + (" at its deadline" if child.is_asked_to_end else "")
    if status == 0 or child.is_asked_to_end:
        return "" if status == 0 else "stopped at its deadline"
    return f"exit code {status}"


def _signal(child: Child, number: signal.Signals) -> None:
    try:
        os.killpg(child.process.pid, number)
    except ProcessLookupError:
        log.debug("crawl.gone pid=%s", child.process.pid)
