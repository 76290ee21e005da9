"""What happens over time: a killed crawl, a second edition, publishers in trouble."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.newsroom import Fault, Newsroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.flow.newsroom.conftest import Desk

REVISED = "tidewater-post/meituan-llm-team-doubles-100000-yuan"
SOURCES = ("tidewater-post", "dahu-times", "hangang-ilbo", "silicon-ledger")
BEFORE_KILL = 30  # pages asked for: about half of the newsroom, so that some are stored and some in hand


def page_hits(desk: Desk) -> int:
    pages = set(desk.newsroom.truth)
    return sum(hit.url.partition("?utm")[0] in pages for hit in desk.newsroom.hits)


def test_a_crawl_killed_in_the_middle_is_finished_by_the_next(desk: Desk) -> None:
    for url in desk.newsroom.truth:
        desk.newsroom.inject(url, Fault(delay_seconds=0.2))
    with desk.start("crawl", "--all", "--json") as process:
        deadline = time.monotonic() + 60
        while page_hits(desk) < BEFORE_KILL and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert BEFORE_KILL <= page_hits(desk) < len(desk.newsroom.truth)
    before = desk.stored()
    desk.crawl()
    stored = desk.stored()
    assert set(stored) == set(desk.articles())
    assert max(Counter(row["canonical_url"] for row in stored.values()).values()) == 1
    asked = Counter(hit.url.partition("?utm")[0] for hit in desk.newsroom.hits)
    assert {url: asked[url] for url in before} == dict.fromkeys(before, 1), "what was stored is not asked for again"
    assert max(asked[url] for url in desk.newsroom.truth) <= 2


@dataclass(repr=False)
class Visits:
    """Two crawls of four publishers: in the first three are in trouble, before the second one prints a new edition."""

    desk: Desk
    cut: str
    first: dict[str, dict[str, Any]]
    stored_first: dict[str, dict[str, Any]]
    second: dict[str, dict[str, Any]]
    stored: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory, desk_in: Callable[[Path, Newsroom], Desk]) -> Iterator[Visits]:
    with Newsroom(now=datetime.now(UTC)) as newsroom:
        desk = desk_in(tmp_path_factory.mktemp("visits"), newsroom)
        (resting,), (walled,) = newsroom.feed_urls("dahu-times"), newsroom.feed_urls("hangang-ilbo")
        cut = newsroom.url("silicon-ledger/mistral-retention-bonuses")
        newsroom.inject(resting, Fault(status=503, retry_after="3600"))
        newsroom.inject(walled, Fault(body=b"<html><title>Login</title><form></form></html>"))
        newsroom.inject(cut, Fault(cut_at=0.5))
        first, stored_first = desk.crawl(*SOURCES), desk.stored()
        newsroom.heal(cut)
        newsroom.heal(walled)
        newsroom.publish_second_edition(REVISED)
        yield Visits(desk, cut, first, stored_first, desk.crawl(*SOURCES), desk.stored())


def test_a_second_edition_is_a_revision(visits: Visits) -> None:
    outcome, row = visits.second["tidewater-post"], visits.stored[visits.desk.newsroom.url(REVISED)]
    assert (outcome["revised"], outcome["stored"]) == (1, 0)
    assert "95 people" in row["title"] + row["text"]
    assert "90 people" not in row["title"] + row["text"]


def test_publishers_in_trouble_keep_no_other_from_its_readers(visits: Visits) -> None:
    well = visits.desk.articles("silicon-ledger", "tidewater-post")
    assert set(visits.stored_first) == set(well) - {visits.cut}


def test_trouble_is_told_by_its_name(visits: Visits) -> None:
    assert visits.first["dahu-times"]["outcome"] == "rate-limited"
    assert visits.first["hangang-ilbo"]["outcome"] == "broken-feed"


def test_a_publisher_that_asks_for_rest_is_left_alone(visits: Visits) -> None:
    (resting,) = visits.desk.newsroom.feed_urls("dahu-times")
    assert len(visits.desk.newsroom.hits_of(resting)) == 1


def test_a_healed_feed_is_read(visits: Visits) -> None:
    assert set(visits.desk.articles("hangang-ilbo")) <= set(visits.stored)
