from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.rhythm import LONGEST, SHORTEST, Observed, interval, last_slot, next_fire, next_visit
from crawler.sources import parse_cron

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NEW_YORK = "America/New_York"
MINUTES = st.integers(0, 100_000).map(lambda n: timedelta(minutes=n))
ANYTHING = st.builds(
    Observed,
    new_per_day=st.none() | st.floats(0, 5000),
    listed_per_day=st.none() | st.floats(0, 5000),
    window=st.none() | st.integers(1, 2000),
    duplicate_share=st.floats(0, 1),
    ttl=st.none() | MINUTES,
    last=st.none() | MINUTES,
    found=st.integers(0, 50),
    has_failed=st.booleans(),
)


@given(ANYTHING)
def test_the_interval_stays_in_bounds(observed: Observed) -> None:
    assert SHORTEST <= interval(observed) <= LONGEST


@given(ANYTHING, st.floats(1, 4))
def test_a_busier_source_is_never_visited_less_often(observed: Observed, factor: float) -> None:
    if observed.new_per_day:
        busier = replace(observed, new_per_day=observed.new_per_day * factor)
        assert interval(busier) <= interval(observed)


def test_the_interval_follows_rhythm_and_duplicates() -> None:
    assert interval(Observed(new_per_day=48.0, found=2)) == timedelta(hours=1)
    assert interval(Observed(new_per_day=480.0, found=20)) == SHORTEST
    assert interval(Observed(new_per_day=48.0, found=2, duplicate_share=1.0)) == timedelta(hours=2)
    assert interval(Observed(new_per_day=0.0, last=timedelta(hours=2))) == timedelta(hours=2.5)
    assert interval(Observed(new_per_day=24.0, has_failed=True, last=timedelta(hours=3))) == timedelta(hours=6)


def test_a_short_window_is_polled_before_it_scrolls_out() -> None:
    """A window of 60 items that passes in five hours must be asked at least every two and a half."""
    assert interval(Observed(new_per_day=288.0, window=60, found=0, last=LONGEST)) <= timedelta(hours=2.5)
    assert interval(Observed(new_per_day=20.0, window=4, found=1)) == timedelta(hours=2.4)


def test_links_that_are_no_articles_push_others_out_of_a_window_too() -> None:
    assert interval(Observed(new_per_day=24.0, listed_per_day=240.0, window=10, found=2)) == timedelta(minutes=30)
    assert interval(Observed(new_per_day=0.0, listed_per_day=240.0, window=10)) == timedelta(minutes=30)
    assert interval(Observed(listed_per_day=0.0, window=10)) == interval(Observed(window=10))


def test_ttl_and_retry_after_slow_down() -> None:
    assert interval(Observed(new_per_day=480.0, found=9, ttl=timedelta(hours=1))) == timedelta(hours=1)
    assert interval(Observed(new_per_day=480.0, found=9, ttl=timedelta(days=30))) == LONGEST
    later = NOW + timedelta(hours=5)
    assert next_visit(NOW, Observed(not_before=later), every=timedelta(minutes=30)) == later


@pytest.mark.parametrize("declared", [{"every": timedelta(minutes=10)}, {"cron": parse_cron("*/10 * * * *")}])
def test_an_outage_does_not_use_up_the_failures_of_a_declared_cadence(declared: dict[str, Any]) -> None:
    """Thirty failures pause a source for a week: not after the five hours that thirty visits ten minutes apart take."""
    at, last = NOW, timedelta(minutes=10)
    for _ in range(30):
        following = next_visit(at, Observed(has_failed=True, last=last), **declared)
        at, last = following, following - at
        assert last <= timedelta(hours=25)
    assert at - NOW > timedelta(days=10)
    assert next_visit(at, Observed(last=last), **declared) - at <= timedelta(minutes=10), "well again, as declared"


def test_a_daily_line_stays_daily_while_the_source_fails() -> None:
    at, daily = datetime(2026, 11, 20, 7, 0, 40, tzinfo=UTC), parse_cron("0 7 * * *")
    assert next_visit(at, Observed(has_failed=True, last=timedelta(days=1)), cron=daily).day == 21


def test_cron_means_what_cron_says() -> None:
    assert next_fire(parse_cron("0 0 * * 1"), "UTC", NOW).strftime("%A %H:%M") == "Monday 00:00"
    assert next_fire(parse_cron("0 0 * * 0"), "UTC", NOW).strftime("%A") == "Sunday"
    assert next_fire(parse_cron("0 0 * * 7"), "UTC", NOW).strftime("%A") == "Sunday"
    assert next_fire(parse_cron("30 8 * * *"), "Asia/Shanghai", NOW) == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    # cron(5): with both day fields restricted, either matches.
    assert next_fire(parse_cron("0 0 13 * 6"), "UTC", NOW) == datetime(2026, 11, 21, tzinfo=UTC)


def test_each_local_hour_is_one_slot_on_both_change_days() -> None:
    half_past_one, half_past_two = parse_cron("30 1 * * *"), parse_cron("30 2 * * *")
    autumn = [datetime(2026, 11, 1, hour, 31, tzinfo=UTC) for hour in (5, 6, 7)]
    assert {last_slot(half_past_one, NEW_YORK, now) for now in autumn} == {"2026-11-01T01:30"}
    before, after = datetime(2027, 3, 14, 6, 59, tzinfo=UTC), datetime(2027, 3, 14, 7, 31, tzinfo=UTC)
    assert str(last_slot(half_past_two, NEW_YORK, before)).startswith("2027-03-13")
    assert str(last_slot(half_past_two, NEW_YORK, after)).startswith("2027-03-14")


@pytest.mark.parametrize("line", ["30 1 * * *", "30 2 * * *"])
@pytest.mark.parametrize("start", [datetime(2026, 10, 31, tzinfo=UTC), datetime(2027, 3, 13, tzinfo=UTC)])
def test_every_local_date_around_the_change_has_exactly_one_slot(line: str, start: datetime) -> None:
    slots = {last_slot(parse_cron(line), NEW_YORK, start + timedelta(minutes=30 * n)) for n in range(48 * 3)}
    dates = [str(slot)[:10] for slot in slots]
    assert len(dates) == len(set(dates)) == 4


def test_rare_slots_are_found() -> None:
    assert last_slot(parse_cron("0 0 1 1 *"), "UTC", NOW) == "2026-01-01T00:00"
    assert last_slot(parse_cron("0 0 29 2 *"), "UTC", NOW) is None
