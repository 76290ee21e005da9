"""Documents analysed off the store: each in a child process that is killed at its deadline, several of them at once.

`rows` is the parent's side and loads nothing heavy; `Analyst` is the child's.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawler.broken import Broken
from crawler.inputs import LINES_SUFFIXES, WARC_SUFFIXES, files_below
from crawler.workshop import ProcessWorkshop, work
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from crawler.intake import Intake
    from crawler.page import Page

COMMAND = (sys.executable, "-m", "crawler.analysis")
STANDARD_INPUT = "-"
Question = tuple[Any, ...]


def rows(questions: Iterable[Question], workshop: ProcessWorkshop) -> Iterator[dict[str, Any]]:
    """One row a document, in order; what breaks a child, or takes it too long, is a row that says so."""
    for question, answer in workshop.in_order(questions):
        if isinstance(answer, Broken):
            yield _error_row(_name_of(question), "broken", answer.reason)
        else:
            yield from answer


def questions_of_lines(stream: Iterable[bytes]) -> Iterator[Question]:
    """The lines of a batch."""
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield "line", line, number


def questions_of_path(path: Path) -> Iterator[Question]:
    """The documents of a file, or of every file below a folder."""
    for file in files_below(path):
        if file.suffix in LINES_SUFFIXES and file.is_file():
            with file.open("rb") as stream:
                yield from questions_of_lines(stream)
        elif file.name.endswith(WARC_SUFFIXES):
            yield from _questions_of_archive(file)
        else:
            yield "file", file, None


def _questions_of_archive(file: Path) -> Iterator[Question]:
    from crawler.archive import read_pages  # noqa: PLC0415 - warcio is needed by no other input

    pages = read_pages(file)
    try:
        first = next(pages, None)
    except (InputError, OSError):
        first = None
    if first is None:
        yield "file", file, None  # the child says what is wrong with it
        return
    yield "page", first
    for page in pages:
        yield "page", page


def _name_of(question: Question) -> str:
    kind, content = question[:2]
    if kind == "page":
        return str(content.url)
    if kind != "line":
        return str(content) if kind == "file" else STANDARD_INPUT
    try:
        record = json.loads(content)
        return str(record.get("id") or record.get("url") or f"line {question[2]}")
    except (ValueError, AttributeError, RecursionError):
        return f"line {question[2]}"


def _error_row(name: str, kind: str, message: str) -> dict[str, Any]:
    return {"id": name, "error": {"kind": kind, "message": message}}


class Analyst:
    """The child's side: documents in, rows for machines out."""

    def __init__(self) -> None:
        from crawler.sources import load_sources  # noqa: PLC0415 - the parent needs none of this
        from pipeline.run import pure_pipeline  # noqa: PLC0415
        from pipeline.settings import load_settings  # noqa: PLC0415

        self.sources, self.pipeline = load_sources(load_settings().sources), pure_pipeline()

    def line(self, line: bytes, number: int) -> list[dict[str, Any]]:
        """One line of a batch."""
        from crawler.intake import read_line  # noqa: PLC0415

        return [self._row(read_line(line, number, now=datetime.now(UTC), sources=self.sources))]

    def file(self, path: Path, url: str | None) -> list[dict[str, Any]]:
        """One file; as if it came from `url`, if that is given."""
        from crawler.intake import read_bounded, read_path  # noqa: PLC0415

        if url is None:
            return [self._row(each) for each in read_path(path, now=datetime.now(UTC), sources=self.sources)]
        try:
            body = read_bounded(path)
        except InputError as error:
            return [_error_row(str(path), error.kind, error.message)]
        except OSError as error:
            return [_error_row(str(path), "unreadable", f"{path}: {error.strerror}")]
        return [self._row(self._intake(str(path), body, url))]

    def given(self, body: bytes, url: str | None) -> list[dict[str, Any]]:
        """What came on standard input."""
        return [self._row(self._intake("standard input", body, url or "file:///stdin")) | {"id": STANDARD_INPUT}]

    def page(self, page: Page) -> list[dict[str, Any]]:
        """One page of an archive."""
        from crawler.extraction import extract  # noqa: PLC0415
        from crawler.handover import attempt  # noqa: PLC0415

        return [self._judge(page.url, attempt(extract, page, self.sources.get(page.source or "")))]

    def _intake(self, name: str, body: bytes, url: str) -> Intake:
        from crawler.intake import Intake, check_bytes, document_of_bytes  # noqa: PLC0415

        try:
            check_bytes(body, name)
            document = document_of_bytes(body, name=name, url=url, now=datetime.now(UTC), sources=self.sources)
            return Intake(name=name, outcome=document)
        except InputError as error:
            return Intake(name=name, outcome=error)

    def _row(self, intake: Intake) -> dict[str, Any]:
        return self._judge(intake.name, intake.outcome)

    def _judge(self, name: str, outcome: Any) -> dict[str, Any]:

        from crawler.handover import attempt  # noqa: PLC0415
        from pipeline.document import Article, Document, Rejected  # noqa: PLC0415
        from pipeline.rows import article_row, rejected_row  # noqa: PLC0415

        if isinstance(outcome, Document):
            outcome = attempt(self.pipeline, Article(document=outcome))
        if isinstance(outcome, InputError):
            return _error_row(name, outcome.kind, outcome.message)
        if isinstance(outcome, Broken):
            return _error_row(name, "broken", outcome.reason)
        if isinstance(outcome, Rejected):
            return rejected_row(outcome) | {"id": name}
        row = article_row(outcome) | {"id": name}
        row["hiring"]["reasons"] = [asdict(reason) for reason in outcome.hiring.reasons] if outcome.hiring else []
        return row


def _begin() -> Mapping[str, Callable[..., Any]]:
    analyst = Analyst()
    return {"line": analyst.line, "file": analyst.file, "given": analyst.given, "page": analyst.page}


if __name__ == "__main__":
    work(_begin)
