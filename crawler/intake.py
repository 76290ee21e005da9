"""Documents from files and lines: HTML, plain text, Markdown, JSON lines, WARC. Nothing is stored here.

Every input gives exactly one `Intake`: a document, a refusal with its kind, or an error with its kind; a bad one never
stops the others.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from crawler.broken import Broken
from crawler.extraction import extract, extract_plain, read_bytes
from crawler.handover import attempt
from crawler.inputs import HTML_SUFFIXES, LINES_SUFFIXES, MAX_BYTES, TEXT_SUFFIXES, WARC_SUFFIXES, files_below
from crawler.page import Link, Page
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from crawler.sources import Registry, Source
    from pipeline.document import Document, Rejected

# A line of JSON lines: a page of the largest size with every byte escaped.
MAX_LINE_BYTES = 6 * MAX_BYTES
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one input gave; `name` is its id, path or URL."""

    name: str
    outcome: Document | Rejected | InputError


def read_lines(stream: Iterable[bytes], *, now: datetime, sources: Registry) -> Iterator[Intake]:
    """One intake a non-empty line of `{"id", "url"?, "html"? | "text"?, "title"?, "published_at"?, "source"?}`."""
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield read_line(line, number, now=now, sources=sources)


def read_line(line: bytes, number: int, *, now: datetime, sources: Registry) -> Intake:
    """The intake of one line, which is `number` of its file."""
    name = f"line {number}"
    try:
        record = _record(line, number)
        name = str(record.get("id") or record.get("url") or name)
        return Intake(name=name, outcome=document_of(record, name=name, now=now, sources=sources))
    except InputError as error:
        return Intake(name=name, outcome=error)


def _record(line: bytes, number: int) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise InputError(f"line {number} is larger than {MAX_LINE_BYTES} bytes", kind="too-large")
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"line {number} is not JSON: {error}", kind="bad-json", remedy="one JSON object a line"
        ) from error
    if not isinstance(record, dict):
        raise InputError(f"line {number} is {type(record).__name__}, not an object", kind="bad-json")
    return record


def document_of(record: Mapping[str, Any], *, name: str, now: datetime, sources: Registry) -> Document | Rejected:
    """The document of one JSON object.

    Raises:
        InputError: a field has the wrong type, or there is neither html nor text.
    """
    for field in ("url", "html", "text", "title", "published_at", "source", "language"):
        if record.get(field) is not None and not isinstance(record[field], str):
            raise InputError(f"{name}: {field} is not a string", kind="bad-field")
    url = record.get("url") or f"file:///{name.lstrip('/')}"
    source_id = record.get("source")
    source = sources.get(source_id) if source_id else None
    published_at = _instant(record.get("published_at"), name)
    if html := record.get("html"):
        page = Page(
            url=url,
            requested_url=url,
            status=200,
            body=html.encode("utf-8", "replace"),
            fetched_at=now,
            headers={"content-type": "text/html; charset=utf-8"},
            source=source_id,
            link=Link(
                url=url,
                title=record.get("title") or "",
                published_at=published_at,
                published_precision="minute" if published_at else "unknown",
            ),
        )
        return _unbroken(extract, page, source)
    if (text := record.get("text")) is not None:
        return _unbroken(
            extract_plain,
            text,
            url=url,
            fetched_at=now,
            title=record.get("title"),
            published_at=published_at,
            source=source_id,
            language=record.get("language") or (source.language if source else None),
        )
    raise InputError(f"{name}: neither html nor text", kind="empty", remedy='give "html" or "text"')


def _instant(value: str | None, name: str) -> datetime | None:
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise InputError(
            f"{name}: published_at {value!r} is no ISO 8601 instant",
            kind="bad-field",
            remedy="example: 2026-11-20T08:00:00Z",
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def read_path(path: Path, *, now: datetime, sources: Registry, source: str | None = None) -> Iterator[Intake]:
    """All inputs of a file, or of every readable file below a folder (in order of name; hidden ones are left out)."""
    for file in files_below(path):
        try:
            yield from _read_file(file, now=now, sources=sources, source=source)
        except InputError as error:
            yield Intake(name=str(file), outcome=error)
        except OSError as error:
            yield Intake(name=str(file), outcome=InputError(f"{file}: {error.strerror}", kind="unreadable"))


def _read_file(path: Path, *, now: datetime, sources: Registry, source: str | None) -> Iterator[Intake]:
    if path.suffix in LINES_SUFFIXES:
        with path.open("rb") as stream:
            yield from read_lines(stream, now=now, sources=sources)
    elif path.name.endswith(WARC_SUFFIXES):
        from crawler.archive import read_pages  # noqa: PLC0415 - warcio is needed by no other input

        pages = 0
        for page in read_pages(path):
            pages += 1
            yield read_page(page, sources.get(page.source or source or ""))
        if not pages:
            raise InputError(f"{path}: no page in it", kind="empty", remedy="give an archive of HTTP answers")
    else:
        outcome = _read_single(path, read_bounded(path), now=now, sources=sources, source=source)
        yield Intake(name=str(path), outcome=outcome)


def read_bounded(path: Path) -> bytes:
    """The bytes of a file of text.

    Raises:
        InputError: it is empty, too large or binary.
    """
    with path.open("rb") as stream:
        return check_bytes(_read_up_to(stream), str(path))


def _read_up_to(stream: IO[bytes]) -> bytes:
    return stream.read(MAX_BYTES + 1)


def check_bytes(body: bytes, name: str) -> bytes:
    """The bytes, if they can be a document.

    Raises:
        InputError: they are empty, too large or binary.
    """
    if len(body) > MAX_BYTES:
        raise InputError(
            f"{name}: larger than {MAX_BYTES // 1024 // 1024} MiB", kind="too-large", remedy="give one article a file"
        )
    if not body.strip():
        raise InputError(f"{name}: empty", kind="empty")
    if b"\x00" in body[:4096] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            f"{name}: binary, not text", kind="binary", remedy="give HTML, text, Markdown, .jsonl or .warc"
        )
    return body


def _read_single(
    path: Path, body: bytes, *, now: datetime, sources: Registry, source: str | None
) -> Document | Rejected:
    return document_of_bytes(
        body, name=str(path), url=path.absolute().as_uri(), now=now, sources=sources, source=source
    )


def document_of_bytes(
    body: bytes, *, name: str, url: str, now: datetime, sources: Registry, source: str | None = None
) -> Document | Rejected:
    """The document of HTML, plain text or Markdown bytes; which of them is told by the name's ending, then by the bytes."""
    suffix = "." + name.rpartition(".")[2].lower()
    if suffix in HTML_SUFFIXES or (suffix not in TEXT_SUFFIXES and _LOOKS_LIKE_HTML.match(body[:4096])):
        page = Page(url=url, requested_url=url, status=200, body=body, fetched_at=now, source=source)
        return _unbroken(extract, page, sources.get(source or ""))
    text, _flags = read_bytes(body, "text/plain")
    return _unbroken(extract_plain, text, url=url, fetched_at=now, source=source)


def _unbroken(work: Callable[..., Document | Rejected], *args: Any, **options: Any) -> Document | Rejected:
    outcome = attempt(work, *args, **options)
    if isinstance(outcome, Broken):
        raise InputError(f"extraction broke: {outcome.reason}", kind="broken")
    return outcome


def read_page(page: Page, source: Source | None) -> Intake:
    """The intake of one page of an archive."""
    try:
        return Intake(name=page.url, outcome=_unbroken(extract, page, source))
    except InputError as error:
        return Intake(name=page.url, outcome=error)
