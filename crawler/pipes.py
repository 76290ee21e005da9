"""Values between a parent and its child: pickles behind their length, over the child's standard streams."""

from __future__ import annotations

import pickle  # between our own processes only
import selectors
import struct
from time import monotonic
from typing import IO, Any

_HEAD = struct.Struct("!Q")


def send(stream: IO[bytes], message: object) -> None:
    """Write a value whole."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    view = memoryview(_HEAD.pack(len(data)) + data)
    while view:
        view = view[stream.write(view) :]


def receive(stream: IO[bytes], deadline: float | None = None) -> Any:
    """The next value; see `_read` for what is raised."""
    (size,) = _HEAD.unpack(_read(stream, _HEAD.size, deadline))
    return pickle.loads(_read(stream, size, deadline))  # noqa: S301 - from our own process


def _read(stream: IO[bytes], size: int, deadline: float | None) -> bytes:
    """Exactly `size` bytes.

    Raises:
        TimeoutError: they have not come by the deadline.
        EOFError: the other side has ended.
    """
    parts = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while len(parts) < size:
            if deadline is not None and not selector.select(max(deadline - monotonic(), 0)):
                raise TimeoutError
            part = stream.read(size - len(parts))
            if not part:
                raise EOFError
            parts += part
    return bytes(parts)
