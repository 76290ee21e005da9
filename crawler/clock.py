"""Telling whoever waits for the wall clock that it was set: an alarm an hour ahead is two hours ahead after that."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LOOK_SECONDS = 1.0
# A clock that is being adjusted drifts by half a millisecond a second; a second at once is a jump.
JUMP_SECONDS = 1.0


class ClockWatch:
    """Compares the wall clock with one that cannot be set, in a thread of its own.

    Args:
        on_jump: called with the seconds by which the wall clock was set forward (negative: back), after a pause of the
            whole machine, too.
        now: the wall clock.
        look_seconds: how often it is looked at.
    """

    def __init__(
        self,
        on_jump: Callable[[float], None],
        *,
        now: Callable[[], datetime],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.on_jump, self.now, self.look_seconds = on_jump, now, look_seconds
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="clock-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End looking."""
        self._is_over.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _look(self) -> None:
        gap = self._gap()
        while not self._is_over.wait(self.look_seconds):
            before, gap = gap, self._gap()
            if abs(gap - before) > JUMP_SECONDS:
                self.on_jump(gap - before)

    def _gap(self) -> float:
        return self.now().timestamp() - monotonic()
