"""`hirewire ingest`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context
from crawler.cli.output import progress, stderr
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.analysis import Question
    from crawler.intake import Intake


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH|-...")
@click.option("--source", metavar="ID", help="The source these documents are of.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object with the counts.")
def ingest(paths: tuple[str, ...], source: str | None, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Store documents from HTML, text, Markdown, .jsonl, .warc and .warc.gz files, or folders of them.

    Each document ends in exactly one fate; what is not stored is told with its reason. `-` reads JSON lines.
    """
    from crawler.filing import file_all  # noqa: PLC0415 - start-up time of --help

    for path in paths:
        if path != "-" and not Path(path).exists():
            raise UsageError(f"{path}: no such file or folder", remedy="nothing was stored")
    context = Context()
    if source:
        context.sources([source])
    with progress("storing") as display:
        tally = file_all(
            _intakes(paths, source),
            store=context.store,
            desk=context.desk,
            on_fate=lambda: display.advance(display.task_ids[0]),
        )
    for refusal in tally.refusals:
        stderr().print(refusal, markup=False, soft_wrap=True)
    counts = tally.counts()
    click.echo(
        json.dumps(counts, ensure_ascii=False)
        if as_json
        else ", ".join(f"{n} {kind}" for kind, n in counts.items() if n)
    )
    sys.exit(1 if tally.has_failed else 0)


def _intakes(paths: tuple[str, ...], source: str | None) -> Iterator[Intake]:
    from crawler.analysis import READING, intakes  # noqa: PLC0415
    from crawler.workshop import ProcessWorkshop  # noqa: PLC0415

    workshop = ProcessWorkshop(command=(*READING, *([source] if source else [])))
    try:
        yield from intakes(_questions(paths), workshop)
    finally:
        workshop.close()


def _questions(paths: tuple[str, ...]) -> Iterator[Question]:
    from crawler.analysis import questions_of_lines, questions_of_path  # noqa: PLC0415

    for path in paths:
        yield from questions_of_lines(sys.stdin.buffer) if path == "-" else questions_of_path(Path(path))
