"""Bad input at every door of the command: a clear message with the remedy, the right exit code, nothing half done."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from crawler.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., "Said"]

DONE, FAILED, WRONG_USAGE = 0, 1, 2
ARTICLE = (
    "The laboratory on the harbour has hired nine engineers who will train its large language model. They come from two "
    "universities and a shipping company, and they start in spring. The director said that the search had taken a year, "
    "because few people in the city had ever trained a model of that size."
)
LARGE_BYTES = 50 * 1024 * 1024


@dataclass
class Said:
    """How a call of the command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls the command with a home of its own; keyword arguments are settings without their prefix.

    What the command does not catch fails the test: users would see a traceback.
    """

    def call(*args: str, stdin: str = "", **settings: str) -> Said:
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("HIREWIRE_")]:
                patch.delenv(name)
            for name, value in ({"home": str(tmp_path / "var")} | settings).items():
                patch.setenv(f"HIREWIRE_{name.upper()}", value)
            patch.chdir(tmp_path)
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            with pytest.raises(SystemExit) as left:
                main(list(args))
        written = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, written.out, written.err)

    return call


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


@pytest.mark.parametrize(
    "args",
    [["crawl", "--due", "--all"], ["analyze"], ["articles", "--limit", "0"], ["articles", "--since", "someday"],
     ["articles", "--format", "xml"], ["no-such-verb"], ["explain"], ["digest", "preview", "--subscription", "nobody"]],
)  # fmt: skip
def test_wrong_usage_is_told_and_touches_nothing(args: list[str], run: Run, tmp_path: Path) -> None:
    result = run(*args)
    assert result.returncode == WRONG_USAGE
    assert result.stderr.strip()
    assert result.stdout == ""


def test_an_unknown_address_is_explained_as_unknown(run: Run) -> None:
    result = run("explain", "https://news.example/never-seen")
    assert "never-seen" in result.stdout + result.stderr


def test_three_errors_in_a_file_of_sources_are_told_at_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    table = 'name = "A"\nhomepage = "https://a.example/"\nlanguage = "en"\ncountry = "US"\n'
    path.write_text(
        f'[[source]]\nid = "a"\nfeeds = ["https://a.example/feed"]\ncolour = "red"\n{table}\n'
        f'[[source]]\nid = "b"\nfeeds = ["gopher://a.example/"]\n{table}\n'
        f'[[source]]\nid = "c"\nfeeds = ["https://a.example/feed"]\ncron = "99 * * * *"\n{table}\n'
    )
    for verb in (["sources", "list"], ["crawl", "--all"]):
        result = run(*verb, sources=str(path))
        assert result.returncode == WRONG_USAGE
        for word in ("sources.toml", "colour", "gopher", "99"):
            assert word in result.stderr
    assert not (tmp_path / "var" / "hirewire.db").exists()


def test_a_file_of_sources_that_is_no_toml_or_absent(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("[[source]\nid = ")
    result = run("sources", "list", sources=str(path))
    assert result.returncode == WRONG_USAGE
    assert "broken.toml" in result.stderr
    result = run("sources", "list", sources=str(tmp_path / "absent.toml"))
    assert result.returncode == WRONG_USAGE
    assert "HIREWIRE_SOURCES" in result.stderr
    assert "example" in result.stderr


def test_an_unknown_source_is_answered_with_near_ones(
    run: Run,
) -> None:
    result = run("crawl", "scmp-tehc")
    assert result.returncode == WRONG_USAGE
    assert "did you mean scmp" in result.stderr


@pytest.mark.parametrize("verb", [["articles"], ["ingest", "GOOD"], ["crawl", "--all"], ["db", "current"]])
def test_a_database_that_cannot_be_opened(verb: list[str], run: Run, tmp_path: Path) -> None:
    not_a_database = tmp_path / "notes.db"
    not_a_database.write_text("These are notes, and no database at all. " * 100)
    before = not_a_database.read_bytes()
    args = [str(good(tmp_path)) if part == "GOOD" else part for part in verb]
    for url in (f"sqlite:///{not_a_database}", f"sqlite:///{tmp_path}"):
        result = run(*args, database_url=url)
        assert result.returncode == FAILED
        assert len(result.stderr.strip().splitlines()) >= 2, "a message and a remedy"
    assert not_a_database.read_bytes() == before


def test_a_postgresql_that_does_not_answer(run: Run) -> None:
    with socket.socket() as taken:  # bound but not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://reader:secret-word@127.0.0.1:{taken.getsockname()[1]}/news"
        result = run("articles", database_url=url)
    assert result.returncode == FAILED
    assert "secret-word" not in result.stderr
    assert len(result.stderr.strip().splitlines()) >= 2, "a message and a remedy"


def test_a_bad_setting_is_named_with_an_example(run: Run) -> None:
    for settings, word in (
        ({"allow_private_networks": "loopback"}, "HIREWIRE_ALLOW_PRIVATE_NETWORKS"),
        ({"database_url": "mysql://u:secret-word@h/n"}, "HIREWIRE_DATABASE_URL"),
        ({"colour": "red"}, "HIREWIRE_COLOUR"),
    ):
        result = run("articles", **settings)
        assert result.returncode == WRONG_USAGE
        assert word in result.stderr
        assert "secret-word" not in result.stderr


def test_a_home_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("articles", home=str(tmp_path / "file"))
    assert result.returncode in {FAILED, WRONG_USAGE}
    assert str(tmp_path / "file") in result.stderr


@pytest.mark.parametrize("query", ["pay>=", "(a OR", 'after:someday "x', "colour:red"])
def test_a_query_that_cannot_be_understood(query: str, run: Run) -> None:
    result = run("articles", "--", query)
    assert result.returncode == WRONG_USAGE
    assert result.stderr.strip()


def test_standard_input_may_be_bad_as_well(run: Run) -> None:
    result = run("ingest", "-", "--json", stdin="no json\n")
    assert result.returncode == FAILED
    assert "line 1" in result.stderr
    result = run("analyze", "-", stdin="")
    assert result.returncode == FAILED
    assert json.loads(result.stdout)["error"]["kind"] == "empty"


def test_the_demonstration_says_when_its_port_is_taken(
    run: Run,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.11", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("demo", "--port", str(port))
    assert result.returncode == FAILED
    assert str(port) in result.stderr
    assert "another port" in result.stderr
