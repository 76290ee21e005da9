"""The newsroom crawled by the real command, once for all tests that only look at the outcome."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.newsroom import Newsroom
from pipeline.search.query import Query
from pipeline.settings import load_settings
from pipeline.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from crawler.newsroom import Truth

Row = dict[str, Any]


@dataclass
class Desk:
    """A newsroom that serves, a home of its own for the command, and what crawls told."""

    newsroom: Newsroom
    home: Path

    @property
    def environ(self) -> Mapping[str, str]:
        """What the command sees."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HIREWIRE_")}
        return inherited | {
            "HIREWIRE_HOME": str(self.home / "var"),
            "HIREWIRE_SOURCES": str(self.home / "newsroom.toml"),
            "HIREWIRE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8",
        }

    def start(self, *args: str) -> subprocess.Popen[str]:
        """Start the command, to be waited for or killed."""
        return subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", *args],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *args: str) -> str:
        """Run the command to its end; what it wrote to stdout."""
        with self.start(*args) as process:
            out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err[-3000:]
        return out

    def crawl(self, *sources: str) -> dict[str, Row]:
        """Visit these sources, or all; the outcome of each by its id."""
        rows = [json.loads(line) for line in self.run("crawl", *(sources or ("--all",)), "--json").splitlines()]
        return {row["source"]: row for row in rows}

    def stored(self) -> dict[str, Row]:
        """Every stored article with all that is known of it, by URL without trackers."""
        store = Store.open(load_settings(self.environ, self.home))
        try:
            rows = [store.article(row["id"]) for row in store.articles(Query(limit=1000))]
        finally:
            store.close()
        return {row["url"].partition("?utm_")[0]: row for row in rows if row is not None}

    def articles(self, *publishers: str) -> dict[str, Truth]:
        """What is true of every page that is an article, by URL; of these publishers, or all."""
        return {
            url: truth
            for url, truth in self.newsroom.truth.items()
            if truth.expected.kind == "article" and (not publishers or truth.publisher in publishers)
        }


def open_desk(folder: Path, newsroom: Newsroom) -> Desk:
    """A desk whose registry is the newsroom's."""
    newsroom.registry_path(folder)
    return Desk(newsroom, folder)


@pytest.fixture(scope="session")
def desk_in() -> Callable[[Path, Newsroom], Desk]:
    """Opens a desk in a folder; for fixtures of tests that share one."""
    return open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of the test's own, nothing crawled."""
    with Newsroom(now=datetime.now(UTC)) as newsroom:
        yield open_desk(tmp_path, newsroom)


@dataclass(repr=False)
class Crawled:
    """A desk after two crawls, with what each told and what is stored."""

    desk: Desk
    first: dict[str, Row]
    again: dict[str, Row]
    stored: dict[str, Row]
    hits_of_first: int

    @property
    def judged(self) -> dict[str, Truth]:
        """What is true of every stored page; what is wrongly stored or missing has a test of its own."""
        return {url: truth for url, truth in self.desk.articles().items() if url in self.stored}


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The newsroom crawled twice; nobody changes it."""
    with Newsroom(now=datetime.now(UTC)) as newsroom:
        desk = open_desk(tmp_path_factory.mktemp("crawled"), newsroom)
        first = desk.crawl()
        hits = len(newsroom.hits)
        yield Crawled(desk, first, desk.crawl(), desk.stored(), hits)
