"""Documents of files read, or read and analysed: each in a child process that is killed at its deadline, several at once.

`intakes` and `rows` are the parent's side; `Reader` and `Analyst` are the child's.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from crawler.broken import Broken
from crawler.fork_server import work
from crawler.inputs import LINES_SUFFIXES, WARC_SUFFIXES, files_below
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from crawler.intake import Intake
    from crawler.page import Page
    from crawler.workshop import ProcessWorkshop

COMMAND = (sys.executable, "-m", "crawler.analysis")
READING = (*COMMAND, "read")
STANDARD_INPUT = "-"
Question = tuple[Any, ...]


def rows(questions: Iterable[Question], workshop: ProcessWorkshop) -> Iterator[dict[str, Any]]:
    """One row a document, in order; what breaks a child, or takes it too long, is a row that says so."""
    for question, answer in workshop.in_order(questions):
        if isinstance(answer, Broken):
            yield _error_row(_name_of(question), "broken", answer.reason)
        else:
            yield from answer


def intakes(questions: Iterable[Question], workshop: ProcessWorkshop) -> Iterator[Intake]:
    """One intake a document, in order; what breaks a child, or takes it too long, is one that says so."""
    from crawler.intake import Intake  # noqa: PLC0415 - `rows` needs none of this

    for question, answer in workshop.in_order(questions):
        if isinstance(answer, Broken):
            error = InputError(f"extraction broke: {answer.reason}", kind="broken")
            yield Intake(name=_name_of(question), outcome=error)
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


class Reader:
    """The child's side where documents are wanted.

    Args:
        source: the id of the source that files and archives are of, if they do not say so themselves.
    """

    def __init__(self, source: str | None = None) -> None:
        from crawler.sources import sources_of  # noqa: PLC0415 - the parent of `rows` needs none of this
        from pipeline.settings import load_settings  # noqa: PLC0415

        self.sources, self.source = sources_of(load_settings()), source

    def line(self, line: bytes, number: int) -> list[Intake]:
        """One line of a batch."""
        from crawler.intake import read_line  # noqa: PLC0415

        return [read_line(line, number, now=datetime.now(UTC), sources=self.sources)]

    def file(self, path: Path, url: str | None) -> list[Intake]:
        """One file; as if it came from `url`, if that is given."""
        from crawler.intake import Intake, read_bounded, read_path  # noqa: PLC0415

        if url is None:
            return list(read_path(path, now=datetime.now(UTC), sources=self.sources, source=self.source))
        try:
            body = read_bounded(path)
        except InputError as error:
            return [Intake(name=str(path), outcome=error)]
        except OSError as error:
            unreadable = InputError(f"{path}: {error.strerror}", kind="unreadable")
            return [Intake(name=str(path), outcome=unreadable)]
        return [self._of_bytes(str(path), body, url)]

    def given(self, body: bytes, url: str | None) -> list[Intake]:
        """What came on standard input."""
        return [replace(self._of_bytes("standard input", body, url or "file:///stdin"), name=STANDARD_INPUT)]

    def page(self, page: Page) -> list[Intake]:
        """One page of an archive."""
        from crawler.intake import read_page  # noqa: PLC0415

        return [read_page(page, self.sources.get(page.source or self.source or ""))]

    def _of_bytes(self, name: str, body: bytes, url: str) -> Intake:
        from crawler.intake import Intake, check_bytes, document_of_bytes  # noqa: PLC0415

        try:
            check_bytes(body, name)
            document = document_of_bytes(body, name=name, url=url, now=datetime.now(UTC), sources=self.sources)
            return Intake(name=name, outcome=document)
        except InputError as error:
            return Intake(name=name, outcome=error)

    def tasks(self) -> dict[str, Callable[..., list[Any]]]:
        """What each kind of question is answered by."""
        return {"line": self.line, "file": self.file, "given": self.given, "page": self.page}


class Analyst:
    """The child's side where rows for machines are wanted."""

    def __init__(self) -> None:
        from pipeline.run import pure_pipeline  # noqa: PLC0415 - the parent needs none of this

        self.reader, self.pipeline = Reader(), pure_pipeline()

    def tasks(self) -> dict[str, Callable[..., list[Any]]]:
        """What each kind of question is answered by."""
        return {kind: partial(self._rows, read) for kind, read in self.reader.tasks().items()}

    def _rows(self, read: Callable[..., list[Intake]], *question: Any) -> list[dict[str, Any]]:
        return [self._row(intake.name, intake.outcome) for intake in read(*question)]

    def _row(self, name: str, outcome: Any) -> dict[str, Any]:
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
    reads, *source = sys.argv[1:] or [""]
    return Reader(*source).tasks() if reads else Analyst().tasks()


if __name__ == "__main__":
    work(_begin)
