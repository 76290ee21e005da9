from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.manners.backoff import LONGEST, SHORTEST, rest_of
from crawler.manners.conditional import Validators, max_age_of, validators_for

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEEN = {
    "is_partial": False, "problem": "", "full_at": NOW, "unchanged_count": 0, "etag": '"a"', "last_modified": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), (" 5 ", 5), ("0", 1), ("-5", 60), ("99999999", 86400), ("9" * 400, 86400), ("soon", 60), ("", 60),
        ("Fri, 20 Nov 2026 12:01:40 GMT", 100), ("Fri, 20 Nov 2026 11:00:00 GMT", 1), ("Fri, 20 Nov 2099 11:00:00 GMT", 86400),
        ("Friday, 20-Nov-26 12:01:40 GMT", 100), ("1.5", 60), ("١٢٠", 60), (None, 60),
    ],
)  # fmt: skip
def test_retry_after_is_read_and_capped(header: str | None, seconds: int) -> None:
    assert rest_of(header, strikes=0, now=NOW) == timedelta(seconds=seconds)


@given(st.text(), st.integers(0, 10_000))
def test_any_header_gives_a_rest_within_bounds(header: str, strikes: int) -> None:
    assert SHORTEST <= rest_of(header, strikes=strikes, now=NOW) <= LONGEST


def test_without_a_wish_each_strike_doubles_the_rest() -> None:
    rests = [rest_of(None, strikes=n, now=NOW).total_seconds() for n in range(5)]
    assert rests == [60, 120, 240, 480, 960]


@pytest.mark.parametrize(
    ("change", "later"),
    [
        ({"is_partial": True}, timedelta(0)), ({"problem": "bad-feed"}, timedelta(0)), ({"full_at": None}, timedelta(0)),
        ({"unchanged_count": 20}, timedelta(0)), ({"etag": None}, timedelta(0)), ({}, timedelta(hours=24)),
    ],
)  # fmt: skip
def test_the_whole_is_asked_for_after_a_day_or_a_doubt(change: dict[str, object], later: timedelta) -> None:
    assert validators_for(SEEN, now=NOW + timedelta(hours=23)) == Validators(etag='"a"')
    assert validators_for(SEEN | change, now=NOW + later) is None
    assert validators_for(None, now=NOW) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=600", 600), ("public, max-age=600", 600), ("s-maxage=9, max-age=600", 600), ("no-cache, max-age=600", 0),
        ("max-age=99999999999999", 86400), ("", 0), ("s-maxage=600", 0), ('max-age="60"', 60),
    ],
)  # fmt: skip
def test_cache_control_is_read(header: str, seconds: int) -> None:
    assert max_age_of(header) == seconds
