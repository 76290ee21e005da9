"""Telling people how sources fare: a message for each change of a named state, and one when a source is well again.

What was told stands in the ledger of jobs, a row a source and state: a change is told once, whatever restarts; one whose
delivery failed is tried again, under the same id where nothing else has changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pipeline.delivery import Message
from pipeline.errors import DeliveryError
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.frontier import Storing
    from pipeline.delivery import Channel

RETRY = timedelta(minutes=10)
MOST_SHOWN = 50  # when a network fails, all sources change at once
_BEING_TOLD = "being told"
_SINCE = " since "


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A source's state that has not been told yet; `before` is the last one that was."""

    source: str
    before: str
    state: str
    since_at: datetime | None
    evidence: str
    remedy: str

    @property
    def slot(self) -> str:
        """Names the state in the ledger."""
        return f"{self.state}{_SINCE}{self.since_at.isoformat() if self.since_at else 'the start'}"

    @property
    def is_recovery(self) -> bool:
        """Whether it is good news."""
        return self.state == "ok"


def tell_changes(store: Storing, channel: Channel, sources: Collection[str], *, now: datetime) -> int:
    """Tell what has changed with these sources since it was last told; how many changes.

    Raises:
        DeliveryError: the channel took nothing; all of it is tried again later.
    """
    with store.writing() as writer:
        changes = _claim(writer.connection, sources, now)
    if not changes:
        return 0
    error = "the process ended"
    try:
        channel.send(message_of(changes, now=now))
        error = ""
    except DeliveryError as refused:
        error = str(refused)
        raise
    finally:
        with store.writing() as writer:
            for change in changes:
                ledger.close_slot(writer.connection, _name(change.source), change.slot, error=error, now=now)
    return len(changes)


def _claim(connection: sa.Connection, sources: Collection[str], now: datetime) -> list[Change]:
    """The changes to tell, marked as being told so that nobody else tells them meanwhile."""
    found = []
    for source, state in sorted(runs.states(connection).items()):
        if source not in sources:
            continue
        last = next(iter(ledger.job_runs_of(connection, _name(source), limit=1)), None)
        change = _change(source, state, last)
        if not _is_owed(change, last, now):
            continue
        is_new = ledger.take_slot(connection, _name(source), change.slot, owner="", now=now)
        if not is_new and (last is None or last["slot"] != change.slot):  # told before the clock was set back
            continue
        ledger.close_slot(connection, _name(source), change.slot, error=_BEING_TOLD, now=now)
        found.append(change)
    return found


def _change(source: str, state: Mapping[str, Any], last: Mapping[str, Any] | None) -> Change:
    before = last["slot"].partition(_SINCE)[0] if last else "ok"
    kept = {name: state[name] for name in ("since_at", "evidence", "remedy")}
    return Change(source=source, before=before, state=state["health"], **kept)


def _is_owed(change: Change, last: Mapping[str, Any] | None, now: datetime) -> bool:
    if last is None:
        return not change.is_recovery
    if last["slot"] != change.slot:
        # Who never heard of the trouble needs no word of its end.
        return not change.is_recovery or (change.before != "ok" and not last["error"])
    return bool(last["error"]) and last["finished_at"] + RETRY <= now


def message_of(changes: Sequence[Change], *, now: datetime) -> Message:
    """All changes in one message, troubles first."""
    ordered = sorted(changes, key=lambda change: (change.is_recovery, change.source))
    lines = [line for change in ordered[:MOST_SHOWN] for line in _lines(change)]
    if len(ordered) > MOST_SHOWN:
        lines.append(f"and {len(ordered) - MOST_SHOWN} more: hirewire sources health shows them all")
    key = "\n".join(f"{change.source} {change.slot}" for change in ordered)
    return Message(
        id=f"alarm-{hashlib.sha256(key.encode()).hexdigest()[:16]}",
        subject=_subject(ordered),
        text="\n".join(lines) + "\n",
        created_at=now,
    )


def _subject(changes: Sequence[Change]) -> str:
    if len(changes) == 1:
        (change,) = changes
        return f"{change.source}: {'well again' if change.is_recovery else change.state}"
    well = sum(change.is_recovery for change in changes)
    told = [
        f"{len(changes) - well} sources in trouble" if well < len(changes) else "",
        f"{well} well again" if well else "",
    ]
    return ", ".join(filter(None, told))


def _lines(change: Change) -> list[str]:
    if change.is_recovery:
        return [f"{change.source}: well again (was {change.before})"]
    since = f" since {change.since_at:%Y-%m-%d %H:%M} UTC" if change.since_at else ""
    lines = [f"{change.source}: {change.state}{since}"]
    lines += [
        f"  {name}: {' '.join(text.split())}"
        for name, text in (("seen", change.evidence), ("do", change.remedy))
        if text
    ]
    return lines


def _name(source: str) -> str:
    return f"{ledger.TOLD_OF}{source}"
