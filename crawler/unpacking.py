"""Bodies as they came over the wire: what Content-Encoding names is undone, within a limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli

try:
    from backports import zstd  # Scrapy brings it for every Python that has none of its own
except ImportError:
    from compression import zstd  # type: ignore[import-not-found,no-redef]  # Python 3.14

if TYPE_CHECKING:
    from collections.abc import Callable

_GZIP, _ZLIB, _RAW = 31, zlib.MAX_WBITS, -zlib.MAX_WBITS  # window sizes by which zlib knows what to expect


class UnpackError(ValueError):
    """The bytes are not what they are said to be, or unpack to more than allowed."""


def unpack(body: bytes, encodings: str, limit: int) -> bytes:
    """Undo a Content-Encoding, the last named first.

    Tools that keep bodies unpacked often leave the header as it was: bytes that do not unpack and look like text stand as
    they are.

    Raises:
        UnpackError: the encoding is unknown, the bytes are none of it and no text, or more than `limit` comes of them.
    """
    for name in reversed([part.strip().lower() for part in encodings.split(",")]):
        if name in {"", "identity"} or not body:
            continue
        undo = _UNDO.get(name)
        if undo is None:
            raise UnpackError(f"unknown encoding {name!r}")
        try:
            unpacked = undo(body, limit + 1)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            if _is_text(body):
                return body
            raise UnpackError(f"no {name}: {error}") from error
        if len(unpacked) > limit:
            raise UnpackError(f"unpacks to more than {limit} bytes")
        body = unpacked
    return body


def _inflate(window: int) -> Callable[[bytes, int], bytes]:
    def undo(body: bytes, most: int) -> bytes:
        stream = zlib.decompressobj(window)
        unpacked = stream.decompress(body, most)
        if not stream.eof and len(unpacked) < most:
            raise EOFError("its end is missing")
        return unpacked

    return undo


def _deflate(body: bytes, most: int) -> bytes:
    """With zlib's frame as the standard wants, or without it as some servers send it."""
    try:
        return _inflate(_ZLIB)(body, most)
    except zlib.error:
        return _inflate(_RAW)(body, most)


def _brotli(body: bytes, most: int) -> bytes:
    stream, size = brotli.Decompressor(), 0
    parts: list[bytes] = []
    while size < most:
        part = stream.process(body if not parts else b"", output_buffer_limit=most - size)
        parts.append(part)
        size += len(part)
        if stream.is_finished():
            break
        if not part:
            raise EOFError("its end is missing")
    return b"".join(parts)


def _zstd(body: bytes, most: int) -> bytes:
    stream = zstd.ZstdDecompressor()
    unpacked: bytes = stream.decompress(body, most)
    if not stream.eof and len(unpacked) < most:
        raise EOFError("its end is missing")
    return unpacked


def _is_text(body: bytes) -> bool:
    return b"\0" not in body[:1024] and body.lstrip()[:1] in {b"<", b"{", b"["}


_UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflate(_GZIP),
    "x-gzip": _inflate(_GZIP),
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
