"""Every fetched page in WARC: written as it comes, read back for `reprocess` and `backfill`, pruned by age and size.

Each page is one gzip member, written in one call, and its row names file and offset: a crash spoils at most the tail of
one file, which no row points to. Bodies are kept as decoded from the transfer, headers without what that made untrue.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import os
import uuid
import zlib
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.page import Link, Page
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

SUFFIX = ".warc.gz"
# A file is closed at this size: large enough for few files, small enough that pruning takes a little at a time.
MAX_FILE_BYTES = 256 * 1024 * 1024
MAY_BE_OPEN = timedelta(hours=1)  # a crawl ends well before, at its deadline
MAX_BODY_BYTES = 10 * 1024 * 1024  # as the crawler's own limit; foreign archives hold films
# On real pages level 4 takes three fifths of the time of level 6 for files 5% larger; level 1 saves little more, at 17%.
GZIP_LEVEL = 4
_UNTRUE = {"content-encoding", "transfer-encoding", "content-length"}
_READABLE = ("text/", "application/xhtml", "application/xml", "application/json")
# AttributeError: what warcio raises on a record without its protocol line.
_TORN = (ArchiveLoadFailed, AttributeError, EOFError, zlib.error, gzip.BadGzipFile)


class Archive:
    """Appends pages under a folder: one sub-folder a day, one file a process and day, more when it grows too large."""

    def __init__(self, folder: Path, *, max_file_bytes: int = MAX_FILE_BYTES) -> None:
        self.folder, self.max_file_bytes = folder, max_file_bytes
        self._day = ""
        self._file: io.FileIO | None = None
        self._name = ""

    def append(self, page: Page) -> tuple[str, int]:
        """Write a page; its file (relative to the folder) and offset.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        member = gzip.compress(_record(page), GZIP_LEVEL, mtime=0)
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

    def _stream(self, day: str) -> io.FileIO:
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

    Only answers with a text body are pages; bodies over the limit are passed over.

    Raises:
        InputError: the file is no WARC.
    """
    seen = 0
    with path.open("rb") as stream:
        stream.seek(offset)
        try:
            for record in ArchiveIterator(stream):
                seen += 1
                page = _page(record)
                if page is not None:
                    yield page
        except _TORN as error:
            if not seen:
                raise InputError(f"{path} is no WARC file: {error}", kind="bad-warc") from error
            log.warning("archive.torn file=%s after=%s", path, seen)


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


def _record(page: Page) -> bytes:
    link = {name: value for name, value in asdict(page.link).items() if value} if page.link else {}
    extra = {
        "WARC-Date": page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "X-Hirewire-Requested": page.requested_url,
        "X-Hirewire-Source": page.source or "",
        "X-Hirewire-Link": json.dumps(link, default=lambda value: value.isoformat()),
    }
    headers = [(name, _one_line(value)) for name, value in page.headers.items() if name not in _UNTRUE]
    headers.append(("content-length", str(len(page.body))))
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    http = StatusAndHeaders(f"{page.status} {'OK' if page.status < 400 else 'Error'}", headers, protocol="HTTP/1.1")  # noqa: PLR2004 - the class of errors
    record = writer.create_warc_record(
        page.url, "response", payload=io.BytesIO(page.body), length=len(page.body), http_headers=http,
        warc_headers_dict={name: _one_line(value) for name, value in extra.items()},
    )  # fmt: skip
    writer.write_record(record)
    return out.getvalue()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _page(record: Any) -> Page | None:
    http = record.http_headers
    if record.rec_type != "response" or http is None:
        return None
    headers: dict[str, str] = {}
    for name, value in http.headers:
        known = headers.get(name.lower())
        headers[name.lower()] = value if known is None else f"{known}, {value}"
    kind = headers.get("content-type", "").lower()
    if kind and not kind.startswith(_READABLE):
        return None
    body = record.content_stream().read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        log.warning("archive.too-large url=%s", record.rec_headers.get_header("WARC-Target-URI"))
        return None
    url = record.rec_headers.get_header("WARC-Target-URI").strip("<>")
    return Page(
        url=url,
        requested_url=record.rec_headers.get_header("X-Hirewire-Requested") or url,
        status=int(http.get_statuscode()),
        body=body,
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        headers={name: value for name, value in headers.items() if name not in _UNTRUE},
        source=record.rec_headers.get_header("X-Hirewire-Source") or None,
        link=_link(record.rec_headers.get_header("X-Hirewire-Link")),
    )


def _link(text: str | None) -> Link | None:
    values = json.loads(text) if text else {}
    if not values:
        return None
    if "published_at" in values:
        values["published_at"] = datetime.fromisoformat(values["published_at"])
    return Link(**values | {"authors": tuple(values.get("authors", ()))})
