"""Pages as WARC records, ours or others'; knows nothing of files and folders.

A record that cannot be read costs itself alone. Others' archives keep bodies as they came: in chunks, compressed, or named
so although some tool has undone it.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import zlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.page import Link, Page
from crawler.unpacking import UnpackError, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from gzip import GzipFile

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 10 * 1024 * 1024  # as the crawler's own limit; foreign archives hold films
UNTRUE = frozenset({"content-encoding", "transfer-encoding", "content-length"})  # of bodies as they are kept
_READABLE = ("text/", "application/xhtml", "application/xml", "application/json")
# AttributeError: what warcio raises on a record without its protocol line.
_TORN = (ArchiveLoadFailed, AttributeError, EOFError, zlib.error, gzip.BadGzipFile)
_FLAWS = (ValueError, TypeError, KeyError, AttributeError)  # of a record whose fields are not what they should be


class TornError(ValueError):
    """The bytes end or break before the first record, or are no WARC at all."""


class OneMemberError(ValueError):
    """All records were compressed as one stream, as `gzip file.warc` does it; the standard wants one stream a record."""


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    """Leaves out the digest of the block: gzip guards the record, and the payload has a digest of its own."""

    def ensure_digest(self, record: Any, block: bool = True, payload: bool = True) -> None:  # noqa: FBT001, FBT002 - warcio's
        super().ensure_digest(record, block=False, payload=payload)


def record_of(page: Page) -> bytes:
    """The page as a response record, not compressed."""
    link = {name: value for name, value in asdict(page.link).items() if value} if page.link else {}
    extra = {
        "WARC-Date": page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "X-Hirewire-Requested": page.requested_url,
        "X-Hirewire-Source": page.source or "",
        "X-Hirewire-Link": json.dumps(link, default=lambda value: value.isoformat()),
    }
    headers = [(name, _one_line(value)) for name, value in page.headers.items() if name not in UNTRUE]
    headers.append(("content-length", str(len(page.body))))
    out = io.BytesIO()
    writer = _Writer(out, gzip=False, warc_version="1.1")
    http = StatusAndHeaders(f"{page.status} {'OK' if page.status < 400 else 'Error'}", headers, protocol="HTTP/1.1")  # noqa: PLR2004 - the class of errors
    record = writer.create_warc_record(
        page.url, "response", payload=io.BytesIO(page.body), length=len(page.body), http_headers=http,
        warc_headers_dict={name: _one_line(value) for name, value in extra.items()},
    )  # fmt: skip
    writer.write_record(record)
    return out.getvalue()


def pages_in(stream: IO[bytes] | GzipFile, name: str) -> Iterator[Page]:
    """The pages of a WARC stream; stops at a torn tail.

    Only answers with a text body are pages; what is too large, cut off or out of order is passed over with a warning.

    Raises:
        OneMemberError: it is compressed as a whole; the first record has been had.
        TornError: there is not one record in it.
    """
    seen, records = 0, iter(ArchiveIterator(stream))
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except _TORN as error:
            if "non-chunked gzip" in str(error):
                raise OneMemberError from error
            if not seen:
                raise TornError(str(error)) from error
            log.warning("archive.torn file=%s after=%s", name, seen)
            return
        seen += 1
        try:
            page = _page(record)
        except _FLAWS as flaw:
            log.warning("archive.unreadable file=%s record=%s why=%r", name, seen, f"{type(flaw).__name__}: {flaw}")
            continue
        if page is not None:
            yield page


def _page(record: Any) -> Page | None:
    http, about = record.http_headers, record.rec_headers
    if record.rec_type != "response" or http is None:
        return None
    headers = _joined(http.headers)
    kind = headers.get("content-type", "").lower()
    if kind and not kind.startswith(_READABLE):
        return None
    url = about.get_header("WARC-Target-URI").strip("<>")
    return Page(
        url=url,
        requested_url=about.get_header("X-Hirewire-Requested") or url,
        status=int(http.get_statuscode()),
        body=_body(record, headers),
        fetched_at=_instant(about.get_header("WARC-Date")),
        headers={name: value for name, value in headers.items() if name not in UNTRUE},
        source=about.get_header("X-Hirewire-Source") or None,
        link=_link(about.get_header("X-Hirewire-Link")),
    )


def _joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in pairs:
        known = headers.get(name.lower())
        headers[name.lower()] = value if known is None else f"{known}, {value}"
    return headers


def _body(record: Any, headers: Mapping[str, str]) -> bytes:
    """The body as a browser would see it.

    Raises:
        ValueError: it is too large, ends too early, or is compressed in a way we do not know.
    """
    raw = record.raw_stream
    is_chunked = headers.get("transfer-encoding", "").strip().lower() == "chunked"
    reader = ChunkedDataReader(raw) if is_chunked else raw
    body: bytes = reader.read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        raise UnpackError(f"larger than {MAX_BODY_BYTES} bytes")
    if getattr(raw, "limit", 0) and not getattr(reader, "all_chunks_read", False):
        raise UnpackError("its end is missing")
    return unpack(body, headers.get("content-encoding", ""), MAX_BODY_BYTES)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _link(text: str | None) -> Link | None:
    values = json.loads(text) if text else {}
    if not values:
        return None
    if "published_at" in values:
        values["published_at"] = datetime.fromisoformat(values["published_at"])
    known = {name: value for name, value in values.items() if name in Link.__dataclass_fields__}
    return Link(**known | {"authors": tuple(values.get("authors", ()))})


def _one_line(value: str) -> str:
    return " ".join(value.split())
