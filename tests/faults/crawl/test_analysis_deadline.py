"""Documents of a batch that hang or kill their process are rows that say so; all others are analysed, in order."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from crawler.analysis import questions_of_lines, questions_of_path, rows
from crawler.workshop import ProcessWorkshop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHILD = """
import json, os, signal, time
from crawler.workshop import work
def line(text, number):
    record = json.loads(text)
    if record["text"] == "hang":
        time.sleep(60)
    if record["text"] == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    return [{"id": record["id"], "number": number}]
work(lambda: {"line": line, "file": lambda path, url: [{"id": path.name}]})
"""


@pytest.fixture
def workshop() -> Iterator[ProcessWorkshop]:
    built = ProcessWorkshop(2, command=[sys.executable, "-c", CHILD], page_seconds=1.0)
    yield built
    built.close()


def test_each_line_is_a_row_in_its_place(workshop: ProcessWorkshop) -> None:
    texts = ["a", "hang", "b", "segfault", *"cdefghijklmnopqrstuvwxyz"]
    lines = [json.dumps({"id": f"no-{n}", "text": text}).encode() + b"\n" for n, text in enumerate(texts)]
    found = list(rows(questions_of_lines([b"\n", *lines]), workshop))
    assert [row["id"] for row in found] == [f"no-{n}" for n in range(len(texts))]
    assert [row["number"] for row in found if "number" in row] == [2, 4, *range(6, len(texts) + 2)]
    assert [row["error"] for row in found if "error" in row] == [
        {"kind": "broken", "message": "extract-timeout: not done after 1 s"},
        {"kind": "broken", "message": "extraction died with status -11"},
    ]


def test_a_line_that_is_no_json_is_named_by_its_number(workshop: ProcessWorkshop) -> None:
    (row,) = rows(questions_of_lines([b"{\n"]), workshop)
    assert row["id"] == "line 1"
    assert row["error"]["kind"] == "broken"


def test_a_folder_gives_its_files_in_order_without_hidden_ones(workshop: ProcessWorkshop, tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", ".hidden/c.html", "d/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "z.jsonl").write_text('{"id": "of-z", "text": "x"}\n')
    assert [row["id"] for row in rows(questions_of_path(tmp_path), workshop)] == ["a.txt", "b.html", "e.md", "of-z"]
