"""Every fetched page in WARC: written as it comes, read back for `reprocess` and `backfill`, pruned by age and size.

Each page is one gzip member, written in one call, and its row names file and offset: a crash spoils at most the tail of
one file, which no row points to. Bodies are kept as decoded from the transfer, headers without what that made untrue.
"""

from __future__ import annotations

import gzip
import logging
import os
import uuid
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from crawler.warc import OneMemberError, TornError, pages_in, record_of
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path

    from crawler.page import Page

log = logging.getLogger(__name__)

SUFFIX = ".warc.gz"
# A file is closed at this size: large enough for few files, small enough that pruning takes a little at a time.
MAX_FILE_BYTES = 256 * 1024 * 1024
MAY_BE_OPEN = timedelta(hours=1)  # a crawl ends well before, at its deadline
# On real pages level 4 takes three fifths of the time of level 6 for files 5% larger; level 1 saves little more, at 17%.
GZIP_LEVEL = 4


class Archive:
    """Appends pages under a folder: one sub-folder a day, one file a process and day, more when it grows too large."""

    def __init__(self, folder: Path, *, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        self.folder, self.max_file_bytes = folder, max_file_bytes
        self._day = ""
        self._file: FileIO | None = None
        self._name = ""

    def append(self, page: Page) -> tuple[str, int]:
        """Write a page; its file (relative to the folder) and offset.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        member = gzip.compress(record_of(page), GZIP_LEVEL, mtime=0)
        stream = self._stream(f"{page.fetched_at.astimezone(UTC):%Y-%m-%d}")
        offset = stream.tell()
        if stream.write(member) != len(member):
            stream.truncate(offset)
            raise OSError(28, "the archive's disk is full")
        return self._name, offset

    def close(self) -> None:
        """Close the open file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _stream(self, day: str) -> FileIO:
        if self._file is not None and (day != self._day or self._file.tell() >= self.max_file_bytes):
            self.close()
        if self._file is None:
            self._day, self._name = day, f"{day}/hirewire-{os.getpid()}-{uuid.uuid4().hex[:8]}{SUFFIX}"
            path = self.folder / self._name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb", buffering=0)
        return self._file


def read_at(folder: Path, name: str, offset: int) -> Page:
    """The page that a row points to.

    Raises:
        InputError: the file is gone (pruned) or spoilt.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise InputError(f"{name} is no longer in the archive", kind="archive-gone")
    for page in read_pages(path, offset=offset):
        return page
    raise InputError(f"{name} holds no page at {offset}", kind="bad-warc")


def read_pages(path: Path, *, offset: int = 0) -> Iterator[Page]:
    """The pages of a WARC file, ours or others'; stops at a torn tail.

    Only answers with a text body are pages; what is too large, cut off or out of order is passed over with a warning.

    Raises:
        InputError: the file is no WARC.
    """
    given = 0
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            for page in pages_in(stream, str(path)):
                given += 1
                yield page
    except OneMemberError:
        with gzip.open(path) as unpacked:
            yield from islice(pages_in(unpacked, str(path)), given, None)
    except TornError as error:
        raise InputError(f"{path} is no WARC file: {error}", kind="bad-warc") from error


def prune(folder: Path, *, now: datetime, max_age: timedelta | None, max_bytes: int | None) -> int:
    """Delete the oldest files until none is older than `max_age` and all together are within `max_bytes`; how many.

    None is no limit. A file that was written to in the last hour stays: a crawl may have it open, and would go on to
    write pages into a file that nobody could find.
    """
    files = [(path.stat().st_mtime, path.stat().st_size, path) for path in _files(folder)]
    files.sort(key=lambda file: (file[2].parent.name, file[0]))
    total, deleted = sum(size for _, size, _ in files), 0
    for written, size, path in files:
        age = now - datetime.fromtimestamp(written, UTC)
        is_over = (max_age is not None and age > max_age) or (max_bytes is not None and total > max_bytes)
        if not is_over or age <= MAY_BE_OPEN:
            continue
        total -= size
        path.unlink()
        deleted += 1
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    return deleted


def size_of(folder: Path) -> int:
    """How many bytes the archive takes."""
    return sum(path.stat().st_size for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob(f"*/*{SUFFIX}")
