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
SHOWN_CHARACTERS, BEFORE_CHARACTERS = 60, 15  # of a text in a table of changes, and of them before the first difference


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
        other = row["after" if column == "before" else "before"]
        shown = {
            name: plain_cell(row[column], name) if name.endswith("_at") else _differing(value, other.get(name))
            for name, value in row[column].items()
        }
        return "\n".join(f"{name}: {text}" for name, text in shown.items())
    return plain_cell(row, column)


def _differing(value: object, other: object) -> str:
    """A value as people read it; of a long text the passage from which on it differs from the other, with its length."""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    text, rival = (" ".join(str(each).split()) for each in (value, other or ""))
    if len(text) <= SHOWN_CHARACTERS:
        return text
    parting = (at for at, (mine, its) in enumerate(zip(text, rival, strict=False)) if mine != its)
    same = next(parting, min(len(text), len(rival))) if len(rival) > SHOWN_CHARACTERS else 0
    begin = max(same - BEFORE_CHARACTERS, 0)
    shown = text[begin : begin + SHOWN_CHARACTERS]
    rest = "…" if begin + SHOWN_CHARACTERS < len(text) else ""
    return f"{'…' if begin else ''}{shown}{rest} ({len(text):,} characters)"


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
