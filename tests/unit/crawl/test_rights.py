from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.manners.reservations import EVERYWHERE, read, remembered, written
from crawler.manners.rights import rights_in, rights_in_robots, rights_in_tdmrep


@pytest.mark.parametrize(
    ("headers", "body", "stated"),
    [
        ({"x-robots-tag": "noai, max-snippet:5"}, b"", {"x-robots-tag: noai"}),
        ({"x-robots-tag": "somebot: noindex"}, b"", {"x-robots-tag: noindex"}),
        (
            {"tdm-reservation": "1", "tdm-policy": "https://a.example/p"},
            b"",
            {"tdm-reservation: 1 (https://a.example/p)"},
        ),
        ({"tdm-reservation": "0"}, b"<meta name='tdm-reservation' content='0'>", set()),
        ({}, b'<META NAME="robots" CONTENT="index,noai">', {"meta robots: noai"}),
        ({}, b"<meta content=1 name=tdm-reservation>", {"meta tdm-reservation: 1"}),
        ({}, b'<meta name="description" content="noai">', set()),
        ({}, b'<meta name="robots" content="noindex, nofollow">', set()),
        ({}, b"x" * 70_000 + b'<meta name="robots" content="noai">', set()),
    ],
)
def test_headers_and_meta_tags(headers: dict[str, str], body: bytes, stated: set[str]) -> None:
    assert rights_in(headers, body) == stated


def test_robots_that_shut_out_ai_crawlers_alone() -> None:
    shut = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /print/\n"
    assert rights_in_robots(shut) == {"robots.txt: GPTBot disallowed", "robots.txt: CCBot disallowed"}
    assert rights_in_robots("User-agent: *\nDisallow: /\n") == frozenset(), "that is a rule for us, no reservation"
    assert rights_in_robots("User-agent: GPTBot\nDisallow: /private/\n") == frozenset()


def test_a_reservation_in_words_stands_in_a_comment() -> None:
    told = (
        "# Text and data mining of this site is reserved (Directive (EU) 2019/790, Art. 4).\nUser-agent: *\nDisallow:\n"
    )
    assert rights_in_robots(told) == {"robots.txt comment: Text and data mining"}


def test_a_file_of_reservations() -> None:
    body = b'[{"location": "/news/*", "tdm-reservation": 1}, {"location": "/free/*", "tdm-reservation": 0}]'
    assert rights_in_tdmrep(body) == {"tdmrep.json /news/*: 1"}
    for other in (b"", b"<html>", b"{}", b"[1, null]", b'[{"tdm-reservation": 1}]', b"[" * 100_000):
        assert rights_in_tdmrep(other) == frozenset()


@given(st.binary(max_size=300), st.text(max_size=100))
def test_nothing_raises(body: bytes, text: str) -> None:
    rights_in({"x-robots-tag": text, "tdm-reservation": text}, body)
    rights_in_robots(text)
    rights_in_tdmrep(body)


def test_reservations_are_remembered_with_their_days() -> None:
    first, later, last = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 8, 20))
    begun = remembered((), {"x-robots-tag: noai", "robots.txt: GPTBot disallowed"}, EVERYWHERE, first)
    again = remembered(begun, {"x-robots-tag: noai"}, frozenset({"pages"}), later)
    file, header = again
    assert (header.first_at, header.last_at, header.is_gone) == (first, later, False)
    assert (file.last_at, file.is_gone) == (first, False), "robots.txt was not looked at"
    gone = remembered(again, frozenset(), EVERYWHERE, last)
    assert [str(each) for each in gone] == [
        "no longer robots.txt: GPTBot disallowed (last seen 2026-11-01)",
        "no longer x-robots-tag: noai (last seen 2026-11-08)",
    ]
    back = remembered(gone, {"x-robots-tag: noai"}, EVERYWHERE, last)[1]
    assert str(back) == "x-robots-tag: noai (since 2026-11-01)"
    assert read(written(gone)) == gone
