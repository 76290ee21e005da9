"""Crawls in child processes: started, watched, and killed with all they started when their deadline has passed."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING

from pipeline.settings import UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pipeline.settings import Settings

log = logging.getLogger(__name__)

# After SIGTERM a crawl gives back what it has in hand; that is a matter of one answer.
GRACE_SECONDS = 10.0
INTERRUPTED = 130  # exit code of a crawl that was asked to end


def environment(settings: Settings) -> dict[str, str]:
    """The environment in which a child reads the same settings."""
    values = {
        "HOME": str(settings.home),
        "DATABASE_URL": settings.database_url,
        "SOURCES": str(settings.sources or ""),
        "ALLOW_PRIVATE_NETWORKS": ",".join(map(str, settings.allow_private_networks)),
        "CONTACT": settings.contact,
        "ARCHIVE_DAYS": str(settings.archive_days or UNLIMITED),
        "ARCHIVE_GB": str(settings.archive_gb or UNLIMITED),
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
    started_at: datetime
    is_asked_to_end: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A crawl that has ended, what is wrong (or empty), and whether that was none of its own doing."""

    child: Child
    trouble: str = ""
    is_crash: bool = False


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

    def start(self, ids: Sequence[str], *, now: datetime) -> None:
        """Start a crawl in a session of its own, so that it can be killed with all it starts."""
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and registry ids
            self.command(ids, self.deadline_seconds),
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.running.append(Child(process, tuple(ids), monotonic() + self.deadline_seconds, now))
        log.info("crawl.started pid=%s sources=%s", process.pid, ",".join(ids))

    def watch(self) -> list[Ended]:
        """Collect those that have ended, each with what is wrong; stop those past their deadline."""
        ended = []
        for child in list(self.running):
            late = monotonic() - child.deadline
            if _has_ended(child):
                self.running.remove(child)
                ended.append(_verdict(_bury(child), child))
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
        while monotonic() < end and not all(_has_ended(child) for child in self.running):
            sleep(0.05)
        for child in self.running:
            _bury(child)
        self.running.clear()


def _has_ended(child: Child) -> bool:
    """Whether a child is no more than its corpse; that stays, so that its number names its group and no other."""
    return os.waitid(os.P_PID, child.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _bury(child: Child) -> int:
    """Kill what is left of the child and of all it started; its status."""
    _signal(child, signal.SIGKILL)
    return child.process.wait()


def _verdict(status: int, child: Child) -> Ended:
    at_deadline = " at its deadline" if child.is_asked_to_end else ""
    if status < 0:
        return Ended(child, f"killed by {signal.Signals(-status).name}{at_deadline}", is_crash=True)
    if status == 0:
        return Ended(child)
    if at_deadline:
        return Ended(child, f"stopped{at_deadline}")
    return Ended(child, f"exit code {status}", is_crash=status != INTERRUPTED)


def _signal(child: Child, number: signal.Signals) -> None:
    try:
        os.killpg(child.process.pid, number)
    except (ProcessLookupError, PermissionError):  # macOS: not permitted where only the corpse is left
        log.debug("crawl.gone pid=%s", child.process.pid)
