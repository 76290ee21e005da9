"""Bytes to text: bounded decompression, charset, and the characters that no text needs."""

from __future__ import annotations

import re
import zlib

from crawler.charset import read_bytes

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib's window size with a gzip header
# UTF-16 without its mark, perhaps after blank lines: every other byte of its first ones is zero.
_UTF16_LE = re.compile(rb"(?:[\t\r\n ]\0)*<\0")
_UTF16_BE = re.compile(rb"(?:\0[\t\r\n ])*\0<")
_LAYERS = 2  # some servers compress a .gz file once more
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class TooLargeError(ValueError):
    """The bytes unpack to more than allowed."""


def unpack(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Undo gzip, if it is gzip, and say whether the end is missing.

    A `.gz` that is no gzip comes back as it is; a cut one gives what is there.

    Raises:
        TooLargeError: the bytes are, or unpack to, more than `limit`; found before they are unpacked.
    """
    is_cut = False
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        body, is_layer_cut = _gunzip(body, limit)
        is_cut = is_cut or is_layer_cut
    if len(body) > limit:
        raise TooLargeError(f"more than {limit} bytes")
    return body, is_cut


def _gunzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    chunks: list[bytes] = []
    size = 0
    while body.startswith(_GZIP):  # gzip files may be several members in a row
        stream = zlib.decompressobj(_GZIP_WINDOW)
        try:
            chunk = stream.decompress(body, limit + 1 - size)
        except zlib.error:
            return b"".join(chunks), True
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLargeError(f"unpacks to more than {limit} bytes")
        if not stream.eof:
            return b"".join(chunks), True
        body = stream.unused_data
    return b"".join(chunks), False


def decode(body: bytes, content_type: str = "") -> str:
    """Text of the bytes, by what is declared and what the bytes themselves say; never fails, broken bytes become U+FFFD."""
    for pattern, charset in ((_UTF16_LE, "utf-16-le"), (_UTF16_BE, "utf-16-be")):
        if pattern.match(body):
            return body.decode(charset, "replace")
    return read_bytes(body, content_type)[0]


def without_controls(text: str) -> str:
    """The text without control characters (but tab and line ends), lone surrogates and non-characters."""
    return _CONTROLS.sub("", text)
