"""Documents of a batch that hang or kill their process are rows that say so; all others are analysed, in order."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from crawler.analysis import READING, intakes, questions_of_lines, questions_of_path, rows
from crawler.workshop import ProcessWorkshop
from pipeline.document import Document, Rejected
from pipeline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHILD = """
import json, os, signal, time
from crawler.fork_server import work
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


# Imports come before the child says that it is ready, for no question's deadline waits for them.
READERS_CHILD = """
from crawler.intake import Intake
from pipeline.errors import InputError
""" + CHILD.replace(
    'return [{"id": record["id"], "number": number}]',
    'return [Intake(name=record["id"], outcome=InputError("no", kind="empty", remedy="give some"))]',
)


def test_what_hangs_or_dies_is_an_intake_that_says_so_and_no_other_is_lost() -> None:
    lines = [json.dumps({"id": text, "text": text}).encode() for text in ("a", "hang", "b", "segfault", "c")]
    workshop = ProcessWorkshop(2, command=[sys.executable, "-c", READERS_CHILD], page_seconds=1.0)
    try:
        found = {each.name: each.outcome for each in intakes(questions_of_lines(lines), workshop)}
    finally:
        workshop.close()
    assert list(found) == ["a", "hang", "b", "segfault", "c"]
    errors = [outcome for outcome in found.values() if isinstance(outcome, InputError)]
    assert [error.kind for error in errors] == ["empty", "broken", "empty", "broken", "empty"]
    assert errors[0].remedy == "give some"
    assert "not done after 1 s" in errors[1].message
    assert "died with status -11" in errors[3].message


def test_documents_are_read_whole_in_the_children(tmp_path: Path) -> None:
    text = "Cohere hires thirty researchers for its language models, two people who know the plan say. " * 5
    (tmp_path / "a.txt").write_text(f"Cohere hires thirty researchers\n\n{text}")
    (tmp_path / "b.html").write_text("<html><title>Just a moment...</title><p>Checking your browser.</p></html>")
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02 binary")
    workshop = ProcessWorkshop(2, command=(*READING, "circuit-weekly"))
    try:
        article, wall, binary = (each.outcome for each in intakes(questions_of_path(tmp_path), workshop))
    finally:
        workshop.close()
    assert isinstance(article, Document)
    assert (article.title, article.source) == ("Cohere hires thirty researchers", "circuit-weekly")
    assert isinstance(wall, Rejected)
    assert wall.kind == "bot-wall"
    assert isinstance(binary, InputError)
    assert binary.kind == "binary"
