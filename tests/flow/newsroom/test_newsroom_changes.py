"""What happens over time: a second edition, a killed crawl, a source in trouble."""

from __future__ import annotations

import signal
import time
from collections import Counter
from typing import TYPE_CHECKING

from crawler.newsroom import Fault

if TYPE_CHECKING:
    from tests.flow.newsroom.conftest import Desk

REVISED = "tidewater-post/meituan-llm-team-doubles-100000-yuan"
BEFORE_KILL = 20  # pages asked for; fewer than a third of the newsroom


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
    desk.crawl()
    stored = desk.stored()
    assert set(stored) == set(desk.articles())
    assert max(Counter(row["canonical_url"] for row in stored.values()).values()) == 1
    asked = Counter(hit.url.partition("?utm")[0] for hit in desk.newsroom.hits if hit.status == 200)
    repeated = [url for url in desk.articles() if asked[url] > 1]
    assert len(repeated) <= len(desk.newsroom.sites), "only pages in hand at the kill are asked for again"


def test_a_second_edition_is_a_revision(desk: Desk) -> None:
    desk.crawl("tidewater-post")
    desk.newsroom.publish_second_edition(REVISED)
    outcome = desk.crawl("tidewater-post")["tidewater-post"]
    row = desk.stored()[desk.newsroom.url(REVISED)]
    assert outcome["revised"] == 1
    assert outcome["stored"] == 0
    assert "95 people" in row["title"] + row["text"]
    assert "90 people" not in row["title"] + row["text"]


def test_one_publisher_in_trouble_keeps_no_other_from_its_readers(desk: Desk) -> None:
    sources = ("dahu-times", "hangang-ilbo", "silicon-ledger", "elbtechnik")
    newsroom = desk.newsroom
    (resting,), (walled,) = newsroom.feed_urls("dahu-times"), newsroom.feed_urls("hangang-ilbo")
    cut = newsroom.url("silicon-ledger/mistral-retention-bonuses")
    newsroom.inject(resting, Fault(status=503, retry_after="3600"))
    newsroom.inject(walled, Fault(body=b"<html><title>Login</title><form></form></html>"))
    newsroom.inject(cut, Fault(cut_at=0.5))
    outcomes = desk.crawl(*sources)
    assert outcomes["dahu-times"]["outcome"] != "ok"
    assert outcomes["hangang-ilbo"]["outcome"] != "ok"
    assert set(desk.stored()) == set(desk.articles("silicon-ledger", "elbtechnik")) - {cut}

    newsroom.heal(cut)
    newsroom.heal(walled)
    desk.crawl(*sources)
    assert len(newsroom.hits_of(resting)) == 1, "Retry-After is respected"
    assert set(desk.articles("hangang-ilbo")) <= set(desk.stored())
