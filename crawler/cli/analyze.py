"""`hirewire analyze`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.document import Rejected
from pipeline.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.intake import Intake


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
    from pipeline.run import pure_pipeline  # noqa: PLC0415 - start-up time of --help

    pipeline = pure_pipeline()
    for intake in _intakes(paths, url, batch):
        yield _row(intake, pipeline)


def _intakes(paths: tuple[str, ...], url: str | None, batch: str | None) -> Iterator[Intake]:
    from crawler.intake import Intake, check_bytes, document_of_bytes, read_bounded, read_lines, read_path  # noqa: PLC0415
    from crawler.sources import load_sources  # noqa: PLC0415
    from pipeline.settings import load_settings  # noqa: PLC0415

    now = datetime.now(UTC)
    sources = load_sources(load_settings().sources)
    if batch:
        with click.open_file(batch, "rb") as stream:
            yield from read_lines(stream, now=now, sources=sources)
        return
    for path in paths:
        if path != "-" and url is None:
            if not Path(path).exists():
                raise UsageError(f"{path}: no such file or folder")
            yield from read_path(Path(path), now=now, sources=sources)
            continue
        try:
            body = check_bytes(sys.stdin.buffer.read(), "standard input") if path == "-" else read_bounded(Path(path))
            name = path if path != "-" else "standard input"
            outcome: Any = document_of_bytes(body, name=name, url=url or "file:///stdin", now=now, sources=sources)
        except InputError as error:
            outcome = error
        yield Intake(name=path, outcome=outcome)


def _row(intake: Intake, pipeline: Any) -> dict[str, Any]:
    from crawler.handover import Broken, attempt  # noqa: PLC0415
    from pipeline.document import Article, Document  # noqa: PLC0415
    from pipeline.rows import article_row, rejected_row  # noqa: PLC0415

    outcome: Any = intake.outcome
    if isinstance(outcome, Document):
        outcome = attempt(pipeline, Article(document=outcome))
    if isinstance(outcome, InputError | Broken):
        kind, message = ("broken", outcome.reason) if isinstance(outcome, Broken) else (outcome.kind, outcome.message)
        return {"id": intake.name, "error": {"kind": kind, "message": message}}
    if isinstance(outcome, Rejected):
        return rejected_row(outcome) | {"id": intake.name}
    row = article_row(outcome) | {"id": intake.name}
    row["hiring"]["reasons"] = [asdict(reason) for reason in outcome.hiring.reasons] if outcome.hiring else []
    return row
