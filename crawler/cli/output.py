"""How rows are shown: a table for people, or json, jsonl, csv, parquet for programs, on stdout alone."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from rich.console import Console
    from rich.progress import Progress

FORMATS = ("table", "json", "jsonl", "csv", "parquet")
Row = dict[str, Any]
SHOWN_CHARACTERS = 60  # of a text in a table of changes


def stderr() -> Console:
    """Where progress, logs and remarks go."""
    from rich.console import Console  # noqa: PLC0415 - start-up time

    return Console(stderr=True, highlight=False)


def show(rows: Iterable[Row], output_format: str, *, columns: Sequence[str], cell: Callable[[Row, str], str]) -> int:
    """Write the rows in one of `FORMATS`; returns how many. `columns` and `cell` are for the table alone."""
    if output_format == "table":
        return _table(rows, columns, cell)
    if output_format == "json":
        rows = list(rows)
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n")
        return len(rows)
    if output_format == "jsonl":
        count = 0
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
            count += 1
        return count
    from pipeline.store import export  # noqa: PLC0415 - pyarrow is an extra

    if output_format == "csv":
        return export.write_csv(rows, sys.stdout.buffer)
    return export.write_parquet(rows, sys.stdout.buffer)


def _table(rows: Iterable[Row], columns: Sequence[str], cell: Callable[[Row, str], str]) -> int:
    from rich.console import Console  # noqa: PLC0415 - start-up time
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=column in {"published_at", "first_seen_at"})
    count = 0
    for row in rows:
        table.add_row(*(Text(cell(row, column)) for column in columns))
        count += 1
    if count:
        Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(table)
    else:
        stderr().print("nothing found")
    return count


def plain_cell(row: Row, column: str) -> str:
    """A value as people read it: lists with commas, times to the minute."""
    value = row.get(column)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(
            str(part.get("name") or part.get("id")) if isinstance(part, dict) else str(part) for part in value
        )
    if column.endswith("_at"):
        return str(value)[:16].replace("T", " ")
    return str(value)


def minute(at: datetime) -> str:
    """An instant as people read it, in UTC."""
    return f"{at:%Y-%m-%d %H:%M}"


def change_cell(row: Row, column: str) -> str:
    """As `plain_cell`, for rows of what working through articles again would change."""
    if column == "tags":
        return ", ".join(f"{tag['change']} {tag['what']} {tag['id']}" for tag in row["tags"])
    if column in {"before", "after"}:
        shown = (f"{name}: {_shortened(value)}" for name, value in row[column].items())
        return "\n".join(shown)
    return plain_cell(row, column)


def _shortened(value: object) -> str:
    text = str(value).replace("\n", " ")
    return f"{text[:SHOWN_CHARACTERS]}… ({len(text)} characters)" if len(text) > SHOWN_CHARACTERS else text


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option --format, and --json for short."""
    command = click.option("--json", "output_format", flag_value="json", help="Short for --format json.")(command)
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to write.",
    )(command)


@contextmanager
def progress(description: str) -> Iterator[Progress]:
    """A progress display on stderr that vanishes when done, and shows nothing where stderr is no terminal."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=stderr(), transient=True, disable=not sys.stderr.isatty()) as display:
        display.add_task(description, total=None)
        yield display
