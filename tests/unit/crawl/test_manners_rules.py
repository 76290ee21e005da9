from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.manners.backoff import LONGEST, SHORTEST, rest_of
from crawler.manners.conditional import Validators, max_age_of, validators_for
from crawler.manners.robots import AGENT, decode, parsed, pause_in

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SEEN = {
    "is_partial": False, "problem": "", "full_at": NOW, "unchanged_count": 0, "etag": '"a"', "last_modified": None,
    "answered_by": "https://a.example/feed",
}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), (" 5 ", 5), ("0", 1), ("-5", 60), ("99999999", 86400), ("9" * 400, 86400), ("soon", 60), ("", 60),
        ("Fri, 20 Nov 2026 12:01:40 GMT", 100), ("Fri, 20 Nov 2026 11:00:00 GMT", 1), ("Fri, 20 Nov 2099 11:00:00 GMT", 86400),
        ("Friday, 20-Nov-26 12:01:40 GMT", 100), ("1.5", 1), ("120, 120", 120), ("300 seconds", 300), ("2026-11-20T12:01:40Z", 100), ("12 monkeys", 12), ("7th", 60), ("١٢٠", 60), (None, 60),
    ],
)  # fmt: skip
def test_retry_after_is_read_and_capped(header: str | None, seconds: int) -> None:
    assert rest_of(header, strikes=0, now=NOW) == timedelta(seconds=seconds)


@given(st.text(), st.integers(0, 10_000))
def test_any_header_gives_a_rest_within_bounds(header: str, strikes: int) -> None:
    assert SHORTEST <= rest_of(header, strikes=strikes, now=NOW) <= LONGEST


def test_a_short_wish_is_not_believed_for_ever() -> None:
    rests = [rest_of("0", strikes=n, now=NOW).total_seconds() for n in range(6)]
    assert rests == [1, 1, 1, 60, 120, 240]
    assert rest_of("3600", strikes=4, now=NOW) == timedelta(hours=1)


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
    assert validators_for(SEEN, now=NOW + timedelta(hours=23)) == Validators(url="https://a.example/feed", etag='"a"')
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


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 2.5", 2.5), ("Crawl-delay: 10s", 10), ("crawl-delay: 1,5", 1.5), ("Crawl-delay: 5 seconds # please", 5),
        ("Crawl-delay: 99999", 99999), ("Crawl-delay: -3", 0), ("Crawl-delay: nan", 0), ("Crawl-delay: soon", 0), ("", 0),
        ("Request-rate: 1/10", 10), ("Request-rate: 2/1m", 30), ("Request-rate: 0/0", 0),
        ("Crawl-delay: 3\nRequest-rate: 1/2", 3), ("Crawl-delay: 7\r\nDisallow: /x", 7),
    ],
)  # fmt: skip
def test_the_pause_a_robots_txt_asks_for(line: str, seconds: float) -> None:
    assert pause_in(parsed(f"User-agent: *\n{line}\n")) == seconds


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ("Crawl-delay: 2\n\nUser-agent: *\nDisallow: /x\n", 2),
        ("Crawl-delay: 2\n\nUser-agent: *\nCrawl-delay: 9\nDisallow: /x\n", 9),
        ("Crawl-delay: 2\n\nUser-agent: hirewire\nDisallow: /x\n", 0),
        ("User-agent: other\nCrawl-delay: 2\n\nUser-agent: *\nDisallow: /x\n", 0),
    ],
)
def test_a_pause_above_all_groups_is_meant_for_everybody(body: str, seconds: float) -> None:
    parser = parsed(body)
    assert pause_in(parser) == seconds
    assert parser.can_fetch("https://a.example/y", AGENT)
    assert parser.can_fetch("https://a.example/x", AGENT) == ("hirewire" not in body and "*" not in body)


def test_an_agent_named_with_its_version_is_that_agent() -> None:
    parser = parsed("User-agent: hirewire/1.0\nDisallow: /x\nCrawl-delay: 4\n\nUser-agent: *\nDisallow: /\n")
    assert not parser.can_fetch("https://a.example/x", AGENT)
    assert parser.can_fetch("https://a.example/y", AGENT)
    assert pause_in(parser) == 4


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_rules_hold_in_every_charset(charset: str) -> None:
    assert not parsed(decode("User-agent: *\nDisallow: /\n".encode(charset))).can_fetch("https://a.example/", AGENT)
