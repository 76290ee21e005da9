"""Who holds a lease: names of processes by which others on the same machine can tell that they live."""

from __future__ import annotations

import os
import socket
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.store.crawling import frontier, runs

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa


def owner_token() -> str:
    """Who we are, such that a process on the same machine can tell whether we still live."""
    return "|".join((*_machine(), str(os.getpid()), _started(os.getpid()) or "?", uuid.uuid4().hex[:8]))


def is_dead(owner: str) -> bool:
    """Whether an owner was a process of this machine and is no more; False where that cannot be known."""
    parts = owner.split("|")
    if len(parts) != 6 or tuple(parts[:3]) != _machine() or not parts[3].isdigit():  # noqa: PLR2004 - see owner_token
        return False
    return _started(int(parts[3])) != parts[4]


def _machine() -> tuple[str, str, str]:
    """Host name, boot and process namespace: where a process number means something."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return socket.gethostname(), boot, str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return socket.gethostname(), "", uuid.uuid4().hex  # not Linux: nobody else can judge us


def _started(pid: int) -> str | None:
    """When a process began, in the kernel's ticks; None when there is none, or only its corpse."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in {"Z", "X"} else fields[19]


def bury_dead(connection: sa.Connection, *, now: datetime) -> int:
    """End the leases and runs of processes of this machine that are no more; how many pages came free."""
    known = {*frontier.owners(connection), *runs.lease_owners(connection)}
    dead = [owner for owner in known if is_dead(owner)]
    if not dead:
        return 0
    runs.evict(connection, owners=dead, now=now)
    return frontier.expire(connection, owners=dead, now=now)
