"""Values between a parent and its child: pickles behind their length, over a pair of sockets."""

from __future__ import annotations

import pickle  # between our own processes only
import struct
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

_HEAD = struct.Struct("!Q")


def send(stream: socket.socket, message: object, deadline: float | None = None) -> None:
    """Write a value whole.

    Raises:
        TimeoutError: it was not taken by the deadline, an instant of the monotonic clock.
        OSError: the other side has ended.
    """
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    _wait_until(stream, deadline)
    stream.sendall(_HEAD.pack(len(data)) + data)


def receive(stream: socket.socket, deadline: float | None = None) -> Any:
    """The next value.

    Raises:
        TimeoutError: it has not come by the deadline, an instant of the monotonic clock.
        EOFError: the other side has ended.
        OSError: likewise, with something left unread.
    """
    (size,) = _HEAD.unpack(_read(stream, _HEAD.size, deadline))
    return pickle.loads(_read(stream, size, deadline))  # noqa: S301 - from our own process


def _read(stream: socket.socket, size: int, deadline: float | None) -> bytearray:
    whole = bytearray(size)
    left = memoryview(whole)
    while left:
        _wait_until(stream, deadline)
        count = stream.recv_into(left)
        if not count:
            raise EOFError
        left = left[count:]
    return whole


def _wait_until(stream: socket.socket, deadline: float | None) -> None:
    """Let the next call on the socket wait that long; a deadline that has passed leaves a moment, for 0 means not to wait."""
    stream.settimeout(None if deadline is None else max(deadline - monotonic(), 0.001))
