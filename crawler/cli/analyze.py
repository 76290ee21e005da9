"""`hirewire analyze`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.inputs import MAX_BYTES
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.analysis import Question


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@click.option("--url", help="The address the document came from (one document only).")
@click.option("--batch", metavar="FILE|-", help='JSON lines {"id", "url"?, "html"? | "text"?, "title"?, ...}.')
def analyze(paths: tuple[str, ...], url: str | None, batch: str | None) -> None:
    """Analyse HTML, plain text or Markdown and write one JSON object a document; nothing is stored."""
    if bool(paths) == bool(batch):
        raise UsageError("give either PATHs or --batch", remedy="example: hirewire analyze article.html")
    if batch and batch != "-" and not Path(batch).is_file():
        raise UsageError(
            f"{batch}: no such file", remedy="--batch reads JSON lines from a file, or - for standard input"
        )
    if url and len(paths) != 1:
        raise UsageError("--url goes with exactly one PATH")
    failed = 0
    for row in rows_of(paths, url, batch):
        failed += "error" in row
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    if failed and not batch:
        sys.exit(1)


def rows_of(paths: tuple[str, ...], url: str | None = None, batch: str | None = None) -> Iterator[dict[str, Any]]:
    """One row a document, analysed and not stored."""
    from crawler.analysis import COMMAND, rows  # noqa: PLC0415 - start-up time of --help
    from crawler.workshop import ProcessWorkshop  # noqa: PLC0415

    workshop = ProcessWorkshop(command=COMMAND)
    try:
        yield from rows(_questions(paths, url, batch), workshop)
    finally:
        workshop.close()


def _questions(paths: tuple[str, ...], url: str | None, batch: str | None) -> Iterator[Question]:
    from crawler.analysis import questions_of_lines, questions_of_path  # noqa: PLC0415

    if batch:
        with click.open_file(batch, "rb") as stream:
            yield from questions_of_lines(stream)
        return
    for path in paths:
        if path == "-":
            yield "given", sys.stdin.buffer.read(MAX_BYTES + 1), url
        elif url is not None:
            yield "file", Path(path), url
        elif not Path(path).exists():
            raise UsageError(f"{path}: no such file or folder")
        else:
            yield from questions_of_path(Path(path))
