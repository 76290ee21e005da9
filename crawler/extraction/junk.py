"""Page junk that a source repeats on its pages: what extraction asks of the memory of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime


class JunkMemory(Protocol):
    """What a source's other pages taught."""

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """Positions of those lines that are the source's page junk."""
        ...

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Take note of the lines of one more page."""
        ...


class NoJunk:
    """A memory that knows nothing and learns nothing."""

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """No line."""
        return ()

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Nothing."""


NO_JUNK: JunkMemory = NoJunk()
