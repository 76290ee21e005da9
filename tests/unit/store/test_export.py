"""CSV and Parquet as others read them."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime

import pytest

from pipeline.store.export import write_csv, write_parquet

ROW = {
    "seq": 7,
    "title": '招聘 "LLM", engineers\nwanted',
    "players": ["pdd", "alibaba"],
    "pay": [{"max": 60000}],
    "headcount": None,
    "is_hiring": True,
    "first_seen_at": "2026-11-20T09:30:00+00:00",
    "score": 0.5,
}


def test_csv_reads_back() -> None:
    out = io.BytesIO()
    assert write_csv([ROW, ROW | {"title": "x"}], out) == 2
    first, second = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert first["title"] == ROW["title"]
    assert first["players"] == "pdd; alibaba"
    assert json.loads(first["pay"]) == ROW["pay"]
    assert (first["headcount"], second["title"]) == ("", "x")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    payload = start + 'HYPERLINK("http://evil.example","x")'
    out = io.BytesIO()
    write_csv([{"title": payload, "players": [payload], "source": payload}], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert all(value == "'" + payload for value in row.values())


def test_nothing_gives_nothing() -> None:
    out = io.BytesIO()
    assert write_csv([], out) == 0
    assert out.getvalue() == b""
    assert not out.closed


def test_parquet_reads_back_even_through_a_pipe() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    rows = [ROW | {"seq": number, "headcount": number if number > 1500 else None} for number in range(2000)]
    reader, writer = os.pipe()
    out = io.BytesIO()
    assert write_parquet(rows, out) == 2000
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    back = table.to_pylist()
    assert back[1999]["headcount"] == 1999
    assert back[0]["players"] == ["pdd", "alibaba"]
    assert back[0]["first_seen_at"] == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    with os.fdopen(reader, "rb") as end, os.fdopen(writer, "wb") as pipe:
        write_parquet([ROW], pipe)
        pipe.close()
        assert parquet.read_table(io.BytesIO(end.read())).num_rows == 1
