"""`hirewire run` as its user meets it: what ran, what failed, and who runs it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pipeline.settings import Settings
from pipeline.store.crawling import jobs as ledger
from pipeline.store.crawling import runs
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    home = tmp_path / "home"
    opened = Store.open(Settings(home=home, database_url=f"sqlite:///{home}/hirewire.db"))
    yield opened
    opened.close()


def ran(store: Store, name: str, error: str, *, hours_ago: float) -> None:
    at = NOW - timedelta(hours=hours_ago)
    with store.writing() as writer:
        ledger.take_slot(writer.connection, name, at.isoformat(), owner="vm|b|n|12|3|x", now=at)
        ledger.close_slot(writer.connection, name, at.isoformat(), error=error, now=at)


def test_the_history_shows_last_runs_and_all_that_failed(hirewire: Call, store: Store) -> None:
    ran(store, "digest", "DeliveryError: no mail server", hours_ago=30)
    ran(store, "digest", "", hours_ago=6)
    for n in range(3):
        ran(store, "alarms", "", hours_ago=n)
    ran(store, f"{ledger.TOLD_OF}one", "refused", hours_ago=1)
    code, out, err = hirewire("run", "--history", "--json")
    assert code == 0
    assert [(row["job"], row["result"]) for row in json.loads(out)] == [
        ("alarms", "done"), ("digest", "done"), ("digest", "failed"),
    ]  # fmt: skip
    assert "hirewire run is not running" in err


def test_the_doctor_tells_of_jobs_that_failed_last_and_of_crawls_that_ended_badly(hirewire: Call, store: Store) -> None:
    ran(store, "digest", "RuntimeError: disk", hours_ago=30)
    ran(store, "digest", "", hours_ago=6)
    with store.writing() as writer:
        ledger.note(writer.connection, "crawl", error="killed by SIGKILL: one", now=NOW)
        runs.acquire(
            writer.connection, ledger.SCHEDULER, owner="vm|b|n|12|3|x", now=NOW, until=NOW + timedelta(hours=1)
        )
    code, out, _ = hirewire("doctor")
    assert code == 0
    assert "schedule: run by process 12 on vm; 1 crawl ended badly in the last day" in out
    ran(store, "alarms", "DeliveryError: no mail server", hours_ago=0)
    code, out, _ = hirewire("doctor")
    assert code == 1
    assert "problem  schedule: alarms: DeliveryError: no mail server" in out
    assert "--history" in out


def test_the_doctor_tells_once_of_a_setting_that_cannot_be_used(
    hirewire: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIREWIRE_ARCHIVE_GB", "lots")
    code, out, _ = hirewire("doctor")
    assert code == 1
    assert out.count("HIREWIRE_ARCHIVE_GB = lots") == 1
    assert "problem  database: as above" in out
