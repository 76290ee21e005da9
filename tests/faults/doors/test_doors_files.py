"""Bad files and lines: a clear message, the right exit code, and the good ones are stored."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.doors.conftest import Run

DONE, FAILED, WRONG_USAGE = 0, 1, 2
ARTICLE = (
    "The laboratory on the harbour has hired nine engineers who will train its large language model. They come from two "
    "universities and a shipping company, and they start in spring. The director said that the search had taken a year, "
    "because few people in the city had ever trained a model of that size."
)
LARGE_BYTES = 50 * 1024 * 1024


def stored(run: Run) -> list[str]:
    result = run("articles", "--format", "jsonl")
    assert result.returncode == DONE, result.stderr
    return [json.loads(line)["title"] for line in result.stdout.splitlines()]


def good(folder: Path) -> Path:
    path = folder / "good.txt"
    path.write_text(f"# Nine engineers for the harbour\n\n{ARTICLE}\n")
    return path


@pytest.mark.parametrize("verb", ["ingest", "analyze"])
def test_a_missing_file_is_named_before_anything_is_done(verb: str, run: Run, tmp_path: Path) -> None:
    result = run(verb, str(good(tmp_path)), str(tmp_path / "absent.txt"))
    assert result.returncode == WRONG_USAGE
    assert "absent.txt: no such file" in result.stderr
    if verb == "ingest":
        assert stored(run) == []


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("binary.txt", bytes(range(256)) * 64, "binary"),
        ("picture.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(5000), "binary"),
        ("empty.html", b"", "empty"),
        ("blank.md", b" \n\t\n", "empty"),
        ("large.html", b"<html><body>" + b"<p>x</p>" * (LARGE_BYTES // 8), "large"),
        ("large.txt", b"x" * LARGE_BYTES, "large"),
    ],
    ids=["binary", "picture", "empty", "blank", "large-html", "large-text"],
)
def test_a_bad_file_is_refused_and_the_others_are_stored(
    name: str, content: bytes, word: str, run: Run, tmp_path: Path
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    result = run("ingest", str(bad), str(good(tmp_path)), "--json")
    assert result.returncode == FAILED
    assert name in result.stderr
    assert word in result.stderr
    counts = json.loads(result.stdout)
    assert (counts["stored"], counts["failed"]) == (1, 1)
    assert stored(run) == ["Nine engineers for the harbour"]
    analyzed = run("analyze", str(bad))
    assert analyzed.returncode == FAILED
    assert word in json.loads(analyzed.stdout)["error"]["kind"]


def test_broken_lines_are_told_by_number_and_the_others_are_stored(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "one", "url": "https://news.example/1", "title": "One", "text": ARTICLE}),
        '{"id": "two", "text": "cut in the mid',
        '["a", "list"]',
        json.dumps({"id": "four", "text": 4}),
        json.dumps({"id": "five"}),
        json.dumps({"id": "six", "text": ARTICLE, "published_at": "yesterday"}),
        '{"id": "seven", "text": ' + "[" * 100_000,
        "\udcff\udcfe",
        "",
        json.dumps({"id": "ten", "url": "https://news.example/10", "title": "Ten", "text": ARTICLE[::-1]}),
    ]
    path = tmp_path / "lines.jsonl"
    path.write_bytes("\n".join(lines).encode(errors="surrogateescape"))
    result = run("ingest", str(path), "--json")
    assert result.returncode == FAILED
    for name in ("line 2", "line 3", "four", "five", "six", "line 7", "line 8"):
        assert name in result.stderr
    counts = json.loads(result.stdout)
    assert (counts["stored"], counts["failed"]) == (2, 7)

    batch = run("analyze", "--batch", str(path))
    assert batch.returncode == DONE
    rows = [json.loads(line) for line in batch.stdout.splitlines()]
    assert ["error" in row for row in rows] == [False, True, True, True, True, True, True, True, False]
    assert all(set(row["error"]) == {"kind", "message"} for row in rows if "error" in row)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "cut.warc.gz",
            gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\n" * 50, mtime=0)[:60],
        ),
        ("notes.warc", b"These are notes, and no archive at all.\n" * 50),
        ("empty.warc.gz", b""),
    ],
    ids=["cut", "notes", "empty"],
)
def test_a_broken_archive_is_told_and_the_others_are_stored(
    name: str, content: bytes, run: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("ingest", str(tmp_path / name), str(good(tmp_path)), "--json")
    assert result.returncode == FAILED
    assert name in result.stderr
    assert json.loads(result.stdout)["stored"] == 1


def test_a_missing_batch_and_a_folder_without_anything(run: Run, tmp_path: Path) -> None:
    result = run("analyze", "--batch", str(tmp_path / "absent.jsonl"))
    assert result.returncode != DONE
    assert "absent.jsonl" in result.stderr
    (tmp_path / "nothing").mkdir()
    result = run("ingest", str(tmp_path / "nothing"), "--json")
    assert json.loads(result.stdout)["stored"] == 0


def test_standard_input_may_be_bad_as_well(run: Run) -> None:
    result = run("ingest", "-", "--json", stdin="no json\n")
    assert result.returncode == FAILED
    assert "line 1" in result.stderr
    result = run("analyze", "-", stdin="")
    assert result.returncode == FAILED
    assert json.loads(result.stdout)["error"]["kind"] == "empty"
