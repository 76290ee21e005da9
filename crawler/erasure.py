"""Takes single pages out of the archive, in place: all other pages keep their offsets, and the file stays a good WARC.

Each page is a gzip member of its own. It is overwritten by a member of exactly the same length that holds a WARC record of
blanks; gzip's stored (uncompressed) blocks make any length possible.
"""

from __future__ import annotations

import os
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_STORED_MOST = 65_535  # bytes of a stored block, by RFC 1951
_STORED_OVERHEAD = 5
_CHUNK = 64 * 1024
_RECORD = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: %010d\r\n\r\n%b\r\n\r\n"


def erase(folder: Path, name: str, offset: int) -> bool:
    """Overwrite the page that lies there; False where the file is gone or nothing readable lies there.

    Args:
        folder: the archive's.
        name: of the file in it.
        offset: where the page's gzip member begins.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return False
    with path.open("r+b") as file:
        length = _member_length(file, offset)
        if length is None:
            return False
        file.seek(offset)
        file.write(_blank_member(length))
        file.flush()
        os.fsync(file.fileno())
    return True


def _member_length(file: BinaryIO, offset: int) -> int | None:
    """How many bytes the gzip member takes."""
    file.seek(offset)
    inflate, read = zlib.decompressobj(wbits=31), 0
    try:
        while not inflate.eof:
            chunk = file.read(_CHUNK)
            if not chunk:
                return None
            read += len(chunk)
            inflate.decompress(chunk)
    except zlib.error:
        return None
    return read - len(inflate.unused_data)


def _blank_member(length: int) -> bytes:
    """A gzip member of this length (at least 100 bytes; a page takes more) with a WARC record of blanks."""
    room = length - len(_GZIP_HEADER) - 8
    blocks = -(-room // (_STORED_MOST + _STORED_OVERHEAD))
    data = _blank_record(room - _STORED_OVERHEAD * blocks)
    parts = [data[at : at + _STORED_MOST] for at in range(0, blocks * _STORED_MOST, _STORED_MOST)]
    stored = b"".join(
        struct.pack("<BHH", at == blocks - 1, len(part), len(part) ^ 0xFFFF) + part for at, part in enumerate(parts)
    )
    return _GZIP_HEADER + stored + struct.pack("<II", zlib.crc32(data), len(data))


def _blank_record(length: int) -> bytes:
    blanks = length - len(_RECORD % (0, b""))
    return _RECORD % (blanks, b" " * blanks)
