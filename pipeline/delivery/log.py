"""`log:` writes each message to the log: for alarms, and where nothing else is set up."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.delivery.channel import Message

SCHEMES = ("log",)
EXAMPLE = "log:"
_log = logging.getLogger("hirewire.delivery")


@dataclass(frozen=True)
class LogChannel:
    """The process's log; a line for the message and one for each of its own lines."""

    def send(self, message: Message) -> str:
        """Log the subject and the text at level INFO."""
        _log.info("message.sent id=%s subject=%s", _line(message.id), _line(message.subject))
        for line in message.text.splitlines():
            if line.strip():
                _log.info("message.line id=%s text=%s", _line(message.id), _line(line))
        return "log"


def open_channel(address: str) -> LogChannel:
    """`log:`, and nothing more.

    Raises:
        UsageError: something follows the colon.
    """
    if address.partition(":")[2]:
        raise UsageError(f"{address!r}: the log channel has no address", remedy=f"write {EXAMPLE}")
    return LogChannel()


def _line(text: str) -> str:
    """One line: what a stranger wrote must not look like another event."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
