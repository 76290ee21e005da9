from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.extraction import extract_plain
from pipeline.document import Document
from pipeline.page_junk import FORGET_AFTER, JunkCounts
from pipeline.store.database import metadata, open_engine, writing
from pipeline.store.junk import SqlJunkMemory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction import JunkMemory

sys.path.insert(0, str(Path(__file__).parents[2] / "quality"))

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SUBJECTS = "ferries bridges schools museums orchards kitchens harbours libraries stations gardens".split()


@pytest.fixture(params=["memory", "database"])
def junk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JunkMemory]:
    if request.param == "memory":
        yield JunkCounts()
        return
    engine = open_engine(f"sqlite:///{tmp_path}/junk.db")
    metadata.create_all(engine)
    with writing(engine) as connection:
        yield SqlJunkMemory(connection)
    engine.dispose()


def story(number: int) -> list[str]:
    subject = SUBJECTS[number % len(SUBJECTS)]
    return [
        f"The council of town number {number} has decided to spend more on its {subject}, after a vote that took {number + 2} hours.",
        f"Opponents said that {subject} had always been the mayor's hobby, while supporters counted {number * 7 + 3} reasons to go on.",
        f"Work on the {subject} begins in week {number + 10}, and a first report is due a year later, the clerk wrote.",
    ]


def furniture(number: int) -> list[str]:
    return [
        "The Morning Tide brings you one town every day, free of charge and without an account.",
        f"Desk editor on duty: Person {number}",
        f"Town desk number {number} of the Morning Tide, printed on recycled paper",
    ]


def read(junk: JunkMemory, number: int, lines: list[str], source: str = "tide") -> list[str]:
    document = extract_plain(
        "\n".join(lines),
        url=f"https://tide.example/{number}",
        fetched_at=NOW,
        title=f"Town {number}",
        source=source,
        junk=junk,
    )
    assert isinstance(document, Document)
    assert [document.text[block.start : block.end] for block in document.blocks] == document.text.split("\n")
    return document.text.split("\n")


def test_a_site_loses_its_furniture_from_the_third_page_on(junk: JunkMemory) -> None:
    for number in range(1, 7):
        kept = read(junk, number, story(number) + furniture(number))
        assert kept[:3] == story(number), "no word of an article may go"
        assert (kept[3:] == []) is (number >= 3)


def test_sources_do_not_teach_each_other(junk: JunkMemory) -> None:
    for number in range(1, 5):
        read(junk, number, story(number) + furniture(number))
    assert read(junk, 9, story(9) + furniture(9), source="other")[3:] == furniture(9)


def test_feeding_a_page_twice_teaches_nothing(junk: JunkMemory) -> None:
    for _ in range(5):
        assert read(junk, 1, story(1) + furniture(1)) == story(1) + furniture(1)


def test_the_same_article_under_other_addresses_is_not_eaten(junk: JunkMemory) -> None:
    for number in range(1, 8):
        assert read(junk, number, story(3)) == story(3)


def test_an_article_of_nothing_but_furniture_is_left(junk: JunkMemory) -> None:
    for number in range(1, 5):
        read(junk, number, story(number) + furniture(number))
    assert read(junk, 9, furniture(9) * 2)


def test_what_a_redesign_removed_is_forgotten(junk: JunkMemory) -> None:
    for number in range(1, 5):
        read(junk, number, story(number) + furniture(number))
    for number in range(10, 12 + FORGET_AFTER):
        read(junk, number, story(number))
    assert read(junk, 999, story(999) + furniture(999))[3:] == furniture(999)


def test_what_was_learned_can_be_shown(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/junk.db")
    metadata.create_all(engine)
    with writing(engine) as connection:
        memory = SqlJunkMemory(connection)
        for number in range(1, 5):
            read(memory, number, story(number) + furniture(number))
        lines = memory.lines("tide")
        assert {line.text for line in lines if line.is_stripped} == set(furniture(1))
        assert {(line.pages, line.of_pages) for line in lines} == {(4, 4)}
        memory.forget("tide")
        assert memory.lines("tide") == []
    engine.dispose()
