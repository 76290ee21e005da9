"""Rows as CSV and Parquet, written as they come, so that a long answer needs little memory.

CSV is opened in spreadsheets, where a cell that begins with `=` is run as a formula: whoever writes a headline could run
one. Such cells get an apostrophe in front, which spreadsheets take as "this is text".
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.rows import Row

# OWASP's list of what spreadsheets take for the beginning of a formula, with the full-width forms of Asian settings.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
BATCH_ROWS = 1_000
_INTEGERS = frozenset({"seq", "revision", "headcount"})
_FLOATS = frozenset({"score", "language_confidence"})
_BOOLEANS = frozenset({"paywalled"})


def write_csv(rows: Iterable[Row], out: IO[bytes]) -> int:
    """Write UTF-8 CSV with a header (RFC 4180); lists of texts are joined by "; ", other nested values are JSON.

    Returns:
        How many rows were written; without any, nothing is, not even the header.
    """
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    try:
        return _write_csv(iter(rows), text)
    finally:
        text.detach()  # `out` is the caller's to close


def _write_csv(rows: Iterator[Row], out: IO[str]) -> int:
    first = next(rows, None)
    if first is None:
        return 0
    writer = csv.DictWriter(out, fieldnames=list(first), extrasaction="ignore")
    writer.writeheader()
    count = 0
    for row in chain((first,), rows):
        writer.writerow({name: csv_cell(value) for name, value in row.items()})
        count += 1
    return count


def csv_cell(value: object) -> object:
    """The value as it may stand in a cell."""
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        value = "; ".join(value)
    elif isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    elif value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def write_parquet(rows: Iterable[Row], out: IO[bytes]) -> int:
    """Write Parquet; times are UTC timestamps, lists of texts lists, other nested values JSON.

    Returns:
        How many rows were written.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise UsageError("parquet needs pyarrow", remedy="pip install 'hirewire[parquet]'") from None
    iterator = iter(rows)
    batch = list(islice(iterator, BATCH_ROWS))
    schema = pa.schema([(name, _arrow_type(pa, name, batch)) for name in (batch[0] if batch else {"id": ""})])
    count = 0
    with parquet.ParquetWriter(_Counted(out), schema) as writer:
        while batch:
            writer.write_table(pa.table({field.name: _column(pa, field, batch) for field in schema}, schema=schema))
            count += len(batch)
            batch = list(islice(iterator, BATCH_ROWS))
    return count


def _arrow_type(pa: Any, name: str, batch: Sequence[Row]) -> Any:
    """By name where the values may be missing, and by the first batch for the rest, whose kind never changes."""
    if name.endswith("_at"):
        return pa.timestamp("us", tz="UTC")
    if name.startswith("is_") or name in _BOOLEANS:
        return pa.bool_()
    if name in _INTEGERS:
        return pa.int64()
    if name in _FLOATS:
        return pa.float64()
    values = [row[name] for row in batch]
    is_list = any(isinstance(value, list | tuple) for value in values)
    has_text_alone = all(isinstance(part, str) for value in values if isinstance(value, list) for part in value)
    return pa.list_(pa.string()) if is_list and has_text_alone and name not in _NESTED else pa.string()


_NESTED = frozenset({"pay", "evidence", "people", "facts", "role_ids"})


def _column(pa: Any, field: Any, batch: Sequence[Row]) -> Any:
    values = [row.get(field.name) for row in batch]
    if pa.types.is_timestamp(field.type):
        values = [datetime.fromisoformat(value) if isinstance(value, str) else value for value in values]
    elif pa.types.is_string(field.type):
        values = [
            value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
            for value in values
        ]
    return pa.array(values, field.type)


class _Counted(io.RawIOBase):
    """A stream that knows how much went through it: Parquet asks, and a pipe cannot tell."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.out.write(bytes(data))
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size
