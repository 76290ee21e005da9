from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crawler.health import BY_OUTCOME, PAUSE_AFTER, REMEDIES, Health, assess
from crawler.yields import History, least_expected

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
TODAY = NOW.date()


def history(weekday: int = 10, weekend: int = 0, quiet_days: int = 0, days: int = 28) -> History:
    """A source with a weekly rhythm that has been quiet for the last days."""
    new: dict[date, int] = {}
    for n in range(days):
        day = TODAY - timedelta(days=n)
        usual = weekend if day.weekday() > 4 else weekday
        new[day] = 0 if n < quiet_days else usual
    return History(new=new, first_day=TODAY - timedelta(days=days - 1), newest_at=NOW - timedelta(days=quiet_days))


def judge(before: Health | None = None, outcome: str = "ok", now: datetime = NOW, **given: Any) -> Health:
    values: dict[str, Any] = {"evidence": "why", "counts": {}, "history": History(), "today": now.date()} | given
    return assess(before or Health(), outcome=outcome, now=now, **values)


@pytest.mark.parametrize("outcome", sorted(BY_OUTCOME))
def test_every_failed_outcome_has_a_state_with_evidence_and_remedy(outcome: str) -> None:
    health = judge(outcome=outcome)
    assert (health.state, health.evidence, health.since_at) == (BY_OUTCOME[outcome], "why", NOW)
    assert health.remedy == REMEDIES[health.state] != ""


@pytest.mark.parametrize("outcome", ["busy", "interrupted"])
def test_a_visit_that_was_none_changes_nothing(outcome: str) -> None:
    before = Health(state="dns", since_at=NOW, failures=3)
    assert judge(before, outcome) == before


def test_walls_are_told_by_the_share_of_pages() -> None:
    walled = {("rejected", "bot-wall"): 3, ("stored", ""): 2}
    assert judge(counts=walled).state == "bot-wall"
    assert judge(counts=walled | {("stored", ""): 9}).state == "ok"
    assert judge(counts={("rejected", "consent"): 1}).state == "consent"
    assert judge(counts={("rejected", "too-short"): 3}).state == "layout-changed"
    assert judge(counts={("rejected", "too-short"): 1}).state == "ok"
    assert judge(counts={("rejected", "robots"): 4}).state == "robots"


def test_several_kinds_of_wall_together_are_told_by_the_commonest() -> None:
    mixed = {("rejected", "bot-wall"): 3, ("rejected", "login"): 4, ("stored", ""): 3}
    health = judge(counts=mixed)
    assert (health.state, health.evidence) == ("login", "7 of 10 pages were a bot-wall or login page")
    assert judge(counts=mixed | {("stored", ""): 8}).state == "ok"
    thin = judge(counts={("rejected", "paywall-stub"): 4, ("rejected", "too-short"): 3, ("stored", ""): 3})
    assert thin.state == "paywall"
    assert thin.evidence == "4 of 10 pages were stubs before a paywall; 3 of 10 pages had no article in them"


def test_a_wall_stands_until_a_page_shows_otherwise() -> None:
    walled = judge(counts={("rejected", "bot-wall"): 3})
    assert judge(walled) == walled
    assert judge(walled, counts={("stored", ""): 1}).state == "ok"
    assert judge(walled, "dns").state == "dns"


def test_silence_follows_the_weekday_rhythm() -> None:
    assert judge(history=history(quiet_days=1)).state == "ok"  # today is not over
    assert judge(history=history(quiet_days=2)).state == "silent"
    saturday, sunday, monday = (NOW + timedelta(days=n) for n in (1, 2, 3))
    for day in (saturday, sunday, monday):
        assert judge(history=history(), now=day).state == "ok"  # weekends are quiet anyway
    assert judge(history=history(), now=monday + timedelta(days=1)).state == "silent"


def test_a_slow_or_unsteady_source_is_given_its_time() -> None:
    new = {TODAY - timedelta(days=n): (3 if n % 7 == 5 else 0) for n in range(28)}
    weekly = History(new=new, first_day=TODAY - timedelta(days=27))
    assert judge(history=weekly).state == "ok"
    assert judge(history=weekly, now=NOW + timedelta(days=4)).state == "silent"
    unsteady = History(
        new={TODAY - timedelta(days=n): (0, 0, 9, 1)[n // 7] for n in range(28)}, first_day=TODAY - timedelta(days=27)
    )
    assert judge(history=unsteady).state == "ok"
    assert least_expected(unsteady, TODAY, until=TODAY) == 0


def falling(before: int, after: int, days: int = 8) -> History:
    """A steady source of which most feeds died some days ago."""
    new = {TODAY - timedelta(days=n): (before if n >= days else after) for n in range(28)}
    return History(new=new, first_day=TODAY - timedelta(days=27), newest_at=NOW)


def test_a_source_that_brings_a_fraction_of_what_it_did_is_silent() -> None:
    health = judge(history=falling(50, 3))
    assert (health.state, health.evidence) == (
        "silent", "21 new articles in the last seven days; at least 350 were to be expected"
    )  # fmt: skip
    assert judge(history=falling(50, 20)).state == "ok", "holidays"
    assert judge(history=falling(50, 3, days=3)).state == "ok", "not for two days"
    assert judge(history=falling(1, 0, days=2)).state == "ok", "one article missed tells nothing of one a day"
    assert judge(history=falling(1, 0, days=5)).state == "silent"


def test_a_declared_range_is_watched_besides_the_rhythm() -> None:
    assert judge(history=history(), expect_per_week=(60, 400)).state == "silent"
    assert judge(history=history(), expect_per_week=(20, 400)).state == "ok"
    assert judge(history=history(days=3), expect_per_week=(60, 400)).state == "ok"
    assert judge(history=history(quiet_days=2), expect_per_week=(1, 3000)).state == "silent"


def test_no_silence_is_a_fault_where_none_was_to_be_expected() -> None:
    assert judge(history=history(quiet_days=2), expect_per_week=(0, 50)).state == "ok"
    spring = History(newest_at=NOW - timedelta(days=120), first_day=TODAY)
    assert judge(history=spring, expect_per_week=(0, 50)).state == "ok"
    assert judge(history=spring, expect_per_week=(1, 50)).state == "silent"
    dead = History(newest_at=NOW - timedelta(days=400), first_day=TODAY)
    assert judge(history=dead, expect_per_week=(0, 50)).state == "silent"


def test_stubs_before_a_paywall_are_a_state() -> None:
    health = judge(counts={("rejected", "paywall-stub"): 4, ("stored", ""): 2})
    assert (health.state, health.failures) == ("paywall", 0.5)
    assert "4 of 6 pages" in health.evidence
    assert health.remedy
    assert judge(counts={("rejected", "paywall-stub"): 1, ("stored", ""): 5}).state == "ok"


def test_a_frozen_feed_is_silent_at_the_first_visit() -> None:
    frozen = History(newest_at=datetime(2018, 9, 23, tzinfo=UTC), first_day=TODAY)
    health = judge(history=frozen)
    assert (health.state, health.evidence) == ("silent", "the youngest item listed is of 2018-09-23")


def test_since_is_kept_while_the_state_lasts() -> None:
    first = judge(outcome="dns")
    later = judge(first, "dns", now=NOW + timedelta(days=1))
    assert later.since_at == NOW
    back = judge(later, now=NOW + timedelta(days=2))
    assert (back.state, back.since_at, back.failures) == ("ok", NOW + timedelta(days=2), 0)


def test_thirty_weighted_failures_pause_and_rests_do_not_count() -> None:
    health = Health()
    for _ in range(100):
        health = judge(health, "rate-limited")
    assert not health.is_paused
    for _ in range(int(PAUSE_AFTER)):
        assert not health.is_paused
        health = judge(health, "timeout")
    assert health.is_paused
    assert not judge(health).is_paused
