"""`hirewire reprocess`: archived pages are extracted again, compared with what is stored, and accepted or not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crawler.archive import Archive
from crawler.extraction import extract
from crawler.page import Page
from crawler.spiders.run import ARCHIVE
from pipeline.document import Article, Document
from pipeline.run import Newsdesk
from pipeline.settings import Settings
from pipeline.store.crawling.links import page_key
from pipeline.store.crawling.tables import frontier
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

AT = datetime(2026, 11, 18, 8, tzinfo=UTC)
SOURCE, OTHER = "cnbc-tech", "sina-tech"
POACH, BRIDGE = "https://one.example/poach", "https://one.example/bridge"
PARAGRAPHS = {
    POACH: (
        "OpenAI has poached five researchers from Google DeepMind for its language model team, two people said on Monday.",
        "Each of them was offered a pay package of up to US$2 million a year, and the five will start work in December.",
        "A spokeswoman said that the team in London would grow further, as training of the next model begins in spring.",
    ),
    BRIDGE: (
        "Workers have begun to paint the old iron bridge over the northern river, which carries the road to the coast.",
        "The council expects the work to last until spring, and asks drivers to take the tunnel, where a toll is due.",
        "The paint is grey, as it was when the bridge was opened, and is said to hold for thirty years in wind and salt.",
    ),
}


def page(url: str, at: datetime = AT) -> Page:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[url])
    title = "OpenAI poaches five researchers" if url == POACH else "Iron bridge is painted again"
    html = (
        f"<html lang=en><head><title>{title}</title>"
        f'<meta property="article:published_time" content="2026-11-18T06:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return Page(
        url=url,
        requested_url=url,
        status=200,
        body=html.encode(),
        fetched_at=at,
        headers={"content-type": "text/html; charset=utf-8"},
        source=SOURCE,
    )


def document(url: str) -> Document:
    found = extract(page(url))
    assert isinstance(found, Document)
    return found


class Room:
    """A store with an archive, as crawls leave them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.store = Store.open(Settings(home=home, database_url=f"sqlite:///{home}/hirewire.db"))
        self.desk = Newsdesk(clock=lambda: AT)
        self.archive = Archive(home / ARCHIVE)

    def crawled(self, url: str, stored: Document | None, *, at: datetime = AT, fate: str = "stored") -> None:
        """As if the page had been fetched `at` and come to be `stored`."""
        name, offset = self.archive.append(page(url, at))
        with self.store.writing() as writer:
            if stored is not None:
                article = self.desk.prepare(stored)
                assert isinstance(article, Article)
                self.desk.file(writer, article)
            row = {"key": page_key(url), "url": url, "source": SOURCE, "state": "done", "next_at": at, "found_at": at}
            row |= {"settled_at": at, "fate": fate, "article_id": stored.id if stored else None}
            writer.connection.execute(frontier.insert(), row | {"archive_file": name, "archive_offset": offset})

    def close(self) -> None:
        self.archive.close()
        self.store.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "home")
    yield opened
    opened.close()


def ran(hirewire: Call, *arguments: str) -> tuple[list[dict[str, Any]], str]:
    code, out, err = hirewire("reprocess", *arguments, "--json")
    assert code == 0, err
    rows: list[dict[str, Any]] = json.loads(out)
    return rows, err


def test_what_is_extracted_alike_does_not_change(hirewire: Call, room: Room) -> None:
    room.crawled(POACH, document(POACH))
    rows, err = ran(hirewire)
    assert (rows, "looked at 1: 0 differ; 0 stored" in err) == ([], True)


def test_changes_are_shown_then_stored_once_as_revisions(hirewire: Call, room: Room) -> None:
    now = document(POACH)
    older = replace(
        now,
        title="one.example",
        text="Subscribe now to read on.\nOf models and their makers.",
        blocks=(),
        published_at=now.fetched_at,
    )
    room.crawled(POACH, older)
    (row,), err = ran(hirewire, "--dry-run")
    assert {"title", "text", "published_at", "players", "hiring"} <= set(row["changed"])
    assert (row["before"]["title"], row["after"]["title"]) == ("one.example", "OpenAI poaches five researchers")
    assert (row["after"]["published_at"], row["before"]["is_hiring"]) == ("2026-11-18T06:00:00+00:00", False)
    assert ("openai", "gained") in {(tag["id"], tag["change"]) for tag in row["tags"]}
    assert "1 differ (hiring 1, players 1, published_at 1, text 1, title 1); nothing stored; run it without" in err
    assert "one.example" in hirewire("articles")[1]
    assert "OpenAI poaches" in " ".join(hirewire("reprocess", "--dry-run")[1].split())

    (again,), err = ran(hirewire)
    assert (again, "1 stored" in err) == (row, True)
    (stored,) = json.loads(hirewire("articles", "--json")[1])
    assert (stored["title"], stored["is_hiring"], stored["revision"]) == (row["after"]["title"], True, 1)
    assert "title: [one.example → OpenAI poaches" in hirewire("article", POACH, "--revisions")[1]
    assert ran(hirewire)[0] == []


def test_the_table_shows_where_long_texts_part(hirewire: Call, room: Room) -> None:
    now = document(POACH)
    room.crawled(POACH, replace(now, text=now.text[:-60], authors=("By Staff",)))
    out = hirewire("reprocess", "--dry-run")[1]
    shown = " ".join(out.split())
    assert POACH in shown
    assert "authors: By Staff" in shown
    assert "authors: none" in shown
    assert "text: … London would g (274" in shown
    assert "text: … London would grow further," in shown


def test_a_page_that_was_refused_becomes_an_article_unless_it_was_deleted(hirewire: Call, room: Room) -> None:
    room.crawled(POACH, None, fate="rejected")
    room.crawled(BRIDGE, None, fate="rejected")
    assert hirewire("delete", BRIDGE)[0] == 0
    rows, err = ran(hirewire, "--dry-run")
    assert [(row["url"], row["changed"]) for row in rows] == [(POACH, ["new"])]
    assert "1 new; nothing stored; passed over 1: deleted, kept away; run it without --dry-run" in err
    ran(hirewire)
    assert [row["url"] for row in json.loads(hirewire("articles", "--json")[1])] == [POACH]
    assert "page       stored" in hirewire("explain", POACH)[1]


def test_later_wordings_stay_and_missing_archives_are_told(hirewire: Call, room: Room) -> None:
    later = replace(document(POACH), title="Corrected by hand", fetched_at=AT + timedelta(hours=1))
    room.crawled(POACH, later)
    room.crawled(BRIDGE, document(BRIDGE))
    rows, err = ran(hirewire)
    assert (rows, "passed over 1: the stored wording is of a later page" in err) == ([], True)
    assert "hirewire-" in hirewire("explain", BRIDGE)[1]
    for file in (room.home / ARCHIVE).rglob("*.warc.gz"):
        file.unlink()
    assert "its answer is no longer kept" in hirewire("explain", BRIDGE)[1]
    assert "passed over 2: no longer in the archive" in ran(hirewire)[1]


def test_pages_are_chosen_by_source_and_time(hirewire: Call, room: Room) -> None:
    room.crawled(POACH, document(POACH))
    room.crawled(BRIDGE, document(BRIDGE), at=AT + timedelta(days=2))
    assert "looked at 1:" in ran(hirewire, "--since", "2026-11-19")[1]
    assert "looked at 2:" in ran(hirewire, "--source", SOURCE)[1]
    assert "looked at 0:" in ran(hirewire, "--source", OTHER)[1]


@pytest.mark.parametrize(("arguments", "told"), [(("--since", "soon"), "--since"), (("--source", "nobody"), "nobody")])
def test_wrong_usage_is_told(hirewire: Call, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = hirewire("reprocess", *arguments)
    assert (code, out, told in err) == (2, "", True)
