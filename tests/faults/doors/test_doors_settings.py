"""Bad settings, sources, databases, queries and usage: a clear message with the remedy, nothing half done."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.doors.conftest import Run

DONE, FAILED, WRONG_USAGE = 0, 1, 2


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
    good = tmp_path / "good.txt"
    good.write_text("An article of a harbour town.\n" * 20)
    args = [str(good) if part == "GOOD" else part for part in verb]
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
