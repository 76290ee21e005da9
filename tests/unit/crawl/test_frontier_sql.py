"""The frontier's SQL on both databases: atomic claims, exclusive leases, exact counts under concurrency."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pipeline.store.crawling import census, frontier, jobs, links, manners, runs
from tests.loopback import SmallStore

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)


@pytest.fixture
def small(database_url: str) -> Iterator[SmallStore]:
    opened = SmallStore(database_url)
    yield opened
    opened.close()


def found(n: int, **fields: object) -> links.Found:
    url = f"https://example.org/{n}"
    return links.Found(key=links.page_key(url), url=url, **fields)  # type: ignore[arg-type]


def claim(small: SmallStore, owner: str, now: datetime = NOW, limit: int = 1) -> list[frontier.Claim]:
    with small.writing() as writer:
        return frontier.claim(writer.connection, source="s", owner=owner, now=now, lease=LEASE, limit=limit)


def add(small: SmallStore, *listed: links.Found, now: datetime = NOW) -> list[links.Added]:
    with small.writing() as writer:
        return links.add_all(writer.connection, listed, source="s", now=now)


def settle(small: SmallStore, held: frontier.Claim, fate: str = "stored", now: datetime = NOW) -> bool:
    with small.writing() as writer:
        return frontier.settle(writer.connection, held, frontier.Settlement(fate=fate), now=now)


def test_eight_workers_claim_each_of_a_hundred_pages_once(small: SmallStore) -> None:
    def work(n: int) -> list[str]:
        add(small, *(found(n) for n in range(100)))
        keys = []
        while held := claim(small, f"worker{n}", limit=3):
            for each in held:
                assert settle(small, each)
                keys.append(each.found.key)
        return keys

    with ThreadPoolExecutor(8) as pool:
        keys = [key for keys in pool.map(work, range(8)) for key in keys]
    assert len(keys) == len(set(keys)) == 100
    with small.writing() as writer:
        assert census.census(writer.connection) == {("done", "stored", ""): 100}


def test_a_lease_is_exclusive_until_it_ends(small: SmallStore) -> None:
    add(small, found(1))
    (first,) = claim(small, "one")
    assert claim(small, "two") == []
    (second,) = claim(small, "two", now=NOW + LEASE)
    assert (second.attempt, second.found) == (2, first.found)
    assert not settle(small, first)
    assert settle(small, second)
    assert not settle(small, second)


def test_three_lost_leases_bury_a_page(small: SmallStore) -> None:
    add(small, found(1))
    for n in range(3):
        assert claim(small, f"owner{n}", now=NOW + LEASE * n)
    later = NOW + LEASE * 3
    assert claim(small, "four", now=later) == []
    with small.writing() as writer:
        assert frontier.bury_lost(writer.connection, source="s", now=later) == [found(1).key]
        assert frontier.bury_lost(writer.connection, source="s", now=later) == []
        row = census.page_of(writer.connection, "http://www.example.org/1?utm_source=x")
    assert row is not None
    assert (row["state"], row["fate"], row["visits"]) == ("quarantined", "quarantined", 1)


def test_pages_given_back_lose_no_attempt(small: SmallStore) -> None:
    add(small, found(1), found(2))
    (first, _) = claim(small, "one", limit=2)
    with small.writing() as writer:
        frontier.release(writer.connection, first, next_at=NOW)
        frontier.release_held(writer.connection, owner="one", source="s", now=NOW)
    assert [each.attempt for each in claim(small, "two", limit=2)] == [1, 1]


def test_the_newest_come_first_and_tried_ones_last(small: SmallStore) -> None:
    add(small, found(1), found(2, published_at=NOW - timedelta(hours=2)), found(3, published_at=NOW))
    (newest,) = claim(small, "one")
    assert newest.found.url.endswith("/3")
    with small.writing() as writer:
        retry = frontier.Settlement(fate="failed", retry_at=NOW)
        assert frontier.settle(writer.connection, newest, retry, now=NOW)
    assert [each.found.url[-1] for each in claim(small, "one", limit=5)] == ["2", "1", "3"]


def test_words_date_or_a_day_make_a_page_due_again(small: SmallStore) -> None:
    link = found(1, title="Old", published_at=NOW)
    assert add(small, link, link) == ["new", "known"]
    (held,) = claim(small, "one")
    settle(small, held)
    assert add(small, link) == ["known"]
    assert add(small, replace(link, title="")) == ["known"]
    assert add(small, replace(link, title="New")) == ["again"]
    (held,) = claim(small, "one")
    settle(small, held)
    assert add(small, replace(link, title="Newer")) == ["known"]  # the second change waits its half hour
    assert add(small, replace(link, title="Newer"), now=NOW + timedelta(minutes=31)) == ["again"]
    other = found(2, published_at=NOW)
    add(small, other)
    for each in claim(small, "one", limit=9, now=NOW + timedelta(hours=1)):
        settle(small, each)
    assert add(small, replace(other, published_at=NOW + timedelta(hours=1))) == ["again"]


def test_a_listed_young_page_gets_a_second_look_and_no_third(small: SmallStore) -> None:
    add(small, found(1))
    settle(small, claim(small, "one")[0])
    day = NOW + timedelta(hours=24)
    assert add(small, found(1), now=day - timedelta(minutes=1)) == ["known"]
    assert add(small, found(1), now=day) == ["again"]
    settle(small, claim(small, "one", now=day)[0], "unchanged", now=day)
    assert add(small, found(1), now=day + timedelta(hours=30)) == ["known"]


@pytest.mark.parametrize("fate", ["rejected", "quarantined"])
def test_refused_pages_stay_refused(small: SmallStore, fate: str) -> None:
    add(small, found(1, title="Old"))
    settle(small, claim(small, "one")[0], fate)
    assert add(small, found(1, title="New")) == ["known"]


def test_counters_are_exact_under_concurrency(small: SmallStore) -> None:
    with small.writing() as writer:
        runs.begin(writer.connection, "run", source="s", owner="one", now=NOW)

    def count(_: int) -> None:
        for _ in range(25):
            with small.writing() as writer:
                runs.count(writer.connection, "run", "stored")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(8)))
    with small.writing() as writer:
        assert runs.counts(writer.connection, "run") == {("stored", ""): 200}
        assert runs.daily(writer.connection, "s", since=NOW) == {NOW.date(): {"stored": 200}}


def test_one_of_many_gets_a_lease_and_a_slot(small: SmallStore) -> None:
    def try_it(n: int) -> tuple[bool, bool]:
        with small.writing() as writer:
            got = runs.acquire(writer.connection, "scheduler", owner=f"o{n}", now=NOW, until=NOW + LEASE)
            return got, jobs.take_slot(writer.connection, "digest", "2026-11-20T08:00", owner=f"o{n}", now=NOW)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(try_it, range(8)))
    assert sum(got for got, _ in results) == 1
    assert sum(took for _, took in results) == 1


def test_what_manners_remember_comes_back(small: SmallStore) -> None:
    with small.writing() as writer:
        connection = writer.connection
        kept = {"verdict": "rules", "reason": "", "body": "User-agent: *", "fetched_at": NOW, "expires_at": NOW}
        manners.keep_robots(connection, "https://x", **kept)
        manners.keep_robots(connection, "https://x", **kept | {"verdict": "allow"})
        stored = manners.robots_of(connection, "https://x")
        assert stored is not None
        assert (stored["verdict"], stored["expires_at"]) == ("allow", NOW)
        manners.rest(connection, "x", not_before=NOW + LEASE, strikes=1, reason="429")
        manners.rest(connection, "x", not_before=NOW, strikes=2, reason="503")
        assert manners.resting(connection) == {"x": (NOW + LEASE, "503")}
        assert manners.strikes(connection, "x") == 2
        manners.welcome(connection, "x")
        assert manners.resting(connection) == {}


def test_a_page_too_long_for_an_index_is_kept(small: SmallStore) -> None:
    long = "https://example.org/" + "x" * 2000
    link = links.Found(key=links.page_key(long), url=long, title="标题 \x00 \ud800 end")
    assert add(small, link) == ["new"]
    assert claim(small, "one")[0].found.title == "标题   end"
