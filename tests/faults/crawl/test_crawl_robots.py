"""robots.txt under concurrency, failing, slow, cached; crawl-delay."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.loopback import Answer, Hit, Site, source

if TYPE_CHECKING:
    from tests.loopback import Clock, SmallStore

DENY = Answer(b"User-agent: *\nDisallow: /private/\n")


def robots_hits(site: Site) -> int:
    return sum(hit.path == "/robots.txt" for hit in site.hits)


def test_twelve_disallowed_pages_of_one_host_get_no_hit(site: Site, go: Any) -> None:
    """Twelve sources ask the same host at once: one robots.txt, no disallowed page, the allowed ones fetched."""

    def slow(hit: Hit) -> Answer:
        time.sleep(0.3)
        return DENY

    site.pages["/robots.txt"] = slow
    sources = []
    for n in range(12):
        site.article(f"/private/{n}"), site.article(f"/public/{n}")
        feed = site.feed(f"/feed{n}", f"{site.url}/private/{n}", f"{site.url}/public/{n}")
        sources.append(source(feed, f"s{n}"))
    outcomes = go(*sources)
    assert site.paths("/private/") == []
    assert len(site.paths("/public/")) == 12
    assert robots_hits(site) == 1
    assert all(outcome.rejected == {"robots": 1} for outcome in outcomes.values())


def test_a_disallowed_feed_is_not_fetched_and_the_source_says_so(site: Site, go: Any) -> None:
    site.pages["/robots.txt"] = DENY
    outcome = go(source(site.feed("/private/feed", site.article("/1"))))["one"]
    assert (outcome.outcome, site.paths()) == ("robots", [])


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_fail_forbid_everything(site: Site, go: Any, clock: Clock, status: int) -> None:
    feed = site.feed("/feed", site.article("/1"))
    site.pages["/robots.txt"] = Answer(b"", status)
    outcome = go(source(feed))["one"]
    assert outcome.outcome in {"robots-unavailable", "rate-limited"}
    go(source(feed))
    assert (site.paths(), robots_hits(site)) == ([], 1)  # the answer is remembered
    site.pages["/robots.txt"] = Answer(b"", 404)
    clock.ahead += 2 * 3600
    assert go(source(feed))["one"].stored == 1


def test_robots_that_time_out_forbid_everything(site: Site, go: Any) -> None:
    def hang(hit: Hit) -> Answer:
        time.sleep(1.5)
        return Answer(b"")

    site.pages["/robots.txt"] = hang
    outcome = go(source(site.feed("/feed", site.article("/1"))), scrapy={"DOWNLOAD_TIMEOUT": 0.5})["one"]
    assert (outcome.outcome, site.paths()) == ("robots-unavailable", [])


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_are_refused_allow_everything(site: Site, go: Any, status: int) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", status)
    assert go(source(site.feed("/feed", site.article("/1"))))["one"].stored == 1


def test_robots_are_kept_for_a_day(site: Site, go: Any, clock: Clock) -> None:
    feed = site.feed("/feed", site.article("/1"))
    for _ in range(3):
        go(source(feed))
    assert robots_hits(site) == 1
    clock.ahead += 25 * 3600
    go(source(feed))
    assert robots_hits(site) == 2


def test_our_own_group_of_rules_counts(site: Site, go: Any) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n\nUser-agent: Hirewire\nDisallow: /1\n")
    outcome = go(source(site.feed("/feed", site.article("/1"), site.article("/2"))))["one"]
    assert (outcome.stored, outcome.rejected, site.paths("/1")) == (1, {"robots": 1}, [])


def test_redirects_are_judged_by_the_rules_of_where_they_lead(site: Site, other: Site, go: Any) -> None:
    other.pages["/robots.txt"] = DENY
    other.article("/private/1")
    site.pages["/hop"] = Answer(status=301, headers={"Location": other.url + "/private/1"})
    outcome = go(source(site.feed("/feed", site.url + "/hop")))["one"]
    assert (outcome.rejected, other.paths()) == ({"robots": 1}, [])


def test_crawl_delay_is_kept(site: Site, go: Any) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.5\n")
    go(source(site.feed("/feed", *(site.article(f"/{n}") for n in range(4)))))
    times = [hit.at for hit in site.hits if hit.path != "/robots.txt"]
    assert len(times) == 5
    assert min(b - a for a, b in pairwise(times)) >= 0.5


def test_one_request_at_a_time_a_second_apart_is_the_default(site: Site, go: Any) -> None:
    """Two sources share the host; a slow answer does not shorten the pause after it."""
    open_requests: list[int] = [0, 0]

    def slow(hit: Hit) -> Answer:
        open_requests[0] += 1
        open_requests[1] = max(open_requests)
        time.sleep(0.3)
        open_requests[0] -= 1
        return Answer(b'{"links": []}')

    site.pages["/feed1"] = site.pages["/feed2"] = slow
    go(
        source(site.url + "/feed1", "one", delay_seconds=None),
        source(site.url + "/feed2", "two", delay_seconds=None),
    )
    times = [hit.at for hit in site.hits]
    assert len(times) == 3
    assert times[1] - times[0] >= 1.0
    assert times[2] - times[1] >= 1.3
    assert open_requests[1] == 1


def test_redirects_wait_their_turn_at_the_host_they_lead_to(site: Site, other: Site, go: Any) -> None:
    site.pages["/feed"] = Answer(status=302, headers={"Location": other.url + "/real"})
    other.feed("/real")
    go(source(site.url + "/feed", delay_seconds=0.4))
    times = [hit.at for hit in other.hits]
    assert [hit.path for hit in other.hits] == ["/robots.txt", "/real"]
    assert times[1] - times[0] >= 0.4


def test_robots_survive_a_restart(site: Site, go: Any, store: SmallStore) -> None:
    site.pages["/robots.txt"] = DENY
    go(source(site.feed("/feed")))
    assert [row.verdict for row in store.rows("SELECT verdict FROM robots")] == ["rules"]
