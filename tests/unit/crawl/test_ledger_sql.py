"""The ledger of jobs and what a wrong clock left behind, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from pipeline.store.crawling import clocks, runs, visits
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling.tables import feed_state, frontier, hosts, robots
from tests.loopback import SmallStore

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)
ELSEWHERE = "other-machine|boot|pid|7|8|x"


@pytest.fixture
def store(database_url: str) -> Iterator[SmallStore]:
    opened = SmallStore(database_url)
    yield opened
    opened.close()


def test_what_is_dated_in_the_future_holds_no_longer_once_the_clock_is_right(store: SmallStore) -> None:
    wrong = NOW + timedelta(days=400)
    page = {"key": "k", "url": "u", "source": "one", "state": "due", "next_at": wrong, "found_at": wrong}
    with store.writing() as writer:
        write = writer.connection.execute
        for name, at in (("one", wrong), ("two", NOW)):
            runs.keep_state(writer.connection, name, next_at=at + timedelta(hours=3), last_run_at=at)
        write(frontier.insert(), [page, page | {"key": "l", "found_at": NOW, "next_at": NOW + timedelta(hours=6)}])
        write(robots.insert(), {"origin": "o", "verdict": "allow", "fetched_at": wrong, "expires_at": wrong})
        write(hosts.insert(), {"host": "h", "not_before": wrong})
        write(feed_state.insert(), {"key": "f", "url": "f", "source": "one", "full_at": wrong})
        runs.acquire(writer.connection, "scheduler", owner=ELSEWHERE, now=wrong, until=wrong)
    with store.writing() as writer:
        assert clocks.put_right(writer.connection, NOW) == 1
        assert clocks.put_right(writer.connection, NOW) == 0
        assert runs.due(writer.connection, ["one", "two"], NOW) == ["one"]
        assert runs.acquire(writer.connection, "scheduler", owner="me", now=NOW, until=NOW)
        read = writer.connection.execute
        assert read(sa.select(frontier.c.key).where(frontier.c.next_at <= NOW)).scalars().all() == ["k"]
        assert read(sa.select(feed_state.c.full_at)).scalar_one() is None
        for table in (robots, hosts):
            assert read(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


def test_the_last_run_of_each_job_is_never_forgotten(store: SmallStore) -> None:
    old = NOW - timedelta(days=400)
    with store.writing() as writer:
        for n in range(3):
            at = old + timedelta(days=n)
            for name in ("alarm:one", "digest"):
                ledger.take_slot(writer.connection, name, f"slot {n}", owner="", now=at)
                ledger.close_slot(writer.connection, name, f"slot {n}", error="", now=at)
        ledger.forget(writer.connection, before=NOW, done_before=NOW)
        for name in ("alarm:one", "digest"):
            assert [row["slot"] for row in ledger.job_runs_of(writer.connection, name)] == ["slot 2"]


def test_an_attempt_that_came_to_nothing_frees_its_slot(store: SmallStore) -> None:
    with store.writing() as writer:
        connection = writer.connection
        for attempt in (1, 2):
            assert ledger.take_slot(connection, "a_b", "8:00", owner="x", now=NOW)
            assert not ledger.take_slot(connection, "a_b", "8:00", owner="y", now=NOW)
            ledger.set_aside(connection, "a_b", "8:00", attempt=attempt, error="died", now=NOW)
            assert ledger.slot_of(connection, "a_b", "8:00") is None
        assert ledger.attempts_at(connection, "a_b", "8:00") == 2
        assert ledger.attempts_at(connection, "a_b", "8_00") == 0
        rows = ledger.job_runs_of(connection, "a_b")
    assert {(row["slot"], row["error"], row["finished_at"]) for row in rows} == {
        ("8:00 attempt 1", "died", NOW), ("8:00 attempt 2", "died", NOW),
    }  # fmt: skip


def test_last_runs_and_errors_leave_out_what_was_told_of_sources(store: SmallStore) -> None:
    with store.writing() as writer:
        for n, (name, error) in enumerate([("a", "x"), ("a", ""), ("b", "y"), (f"{ledger.TOLD_OF}s", "z")]):
            ledger.note(writer.connection, name, error=error, now=NOW + timedelta(minutes=n))
        last, wrong = ledger.last_of_each(writer.connection), ledger.errors(writer.connection, limit=9)
    assert [(row["name"], row["error"]) for row in last] == [("b", "y"), ("a", "")]
    assert [(row["name"], row["error"]) for row in wrong] == [("b", "y"), ("a", "x")]


def test_who_is_visited_and_was(store: SmallStore) -> None:
    with store.writing() as writer:
        connection = writer.connection
        for name, until in (
            ("source:one", NOW + timedelta(minutes=1)),
            ("source:two", NOW),
            ("scheduler", NOW + timedelta(minutes=1)),
        ):
            runs.acquire(connection, name, owner="x", now=NOW, until=until)
        runs.keep_state(connection, "three", next_at=NOW, last_run_at=NOW)
        assert visits.visited_now(connection, NOW) == {"one"}
        assert visits.visited_since(connection, ["three", "four"], NOW - timedelta(seconds=1)) == {"three"}
        assert visits.visited_since(connection, ["three"], NOW) == set()
