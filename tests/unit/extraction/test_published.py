"""When a page was published: whose word counts, what is flagged, and that no time is made up."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction.declared import read_declared
from crawler.extraction.local_zones import zone_of
from crawler.extraction.markup import parse
from crawler.extraction.published import CONFLICT, Dates, read_dates
from crawler.extraction.seen_dates import url_date
from crawler.extraction.segments import segment
from crawler.page import Link

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://www.harbourpost.example/tech/robots-at-the-port"
TITLE = "Robots at the port"


def dates(head: str = "", body: str = "", *, url: str = URL, link: Link | None = None, zone: str = "UTC") -> Dates:
    tree = parse(f"<html><head>{head}</head><body><h1>{TITLE}</h1>{body}<p>Cranes moved all night.</p></body></html>")
    assert tree is not None
    declared, segments = read_declared(tree), segment(tree.find("body"))
    return read_dates(
        tree,
        declared,
        segments,
        title=TITLE,
        url=url,
        link=link,
        fetched_at=NOW,
        zone=ZoneInfo(zone),
        month_first=False,
    )


def structured(**values: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': TITLE, **values})}</script>"


def meta(content: str, name: str = "article:published_time") -> str:
    return f"<meta property='{name}' content='{content}'>"


def day(found: Dates) -> str | None:
    return found.published_at.date().isoformat() if found.published_at else None


def test_the_feed_then_json_ld_then_meta() -> None:
    head = structured(datePublished="2026-11-02T08:00:00Z") + meta("2026-11-02T09:00:00Z")
    link = Link(url=URL, published_at=datetime(2026, 11, 2, 7, tzinfo=UTC), published_precision="minute")
    assert dates(head, link=link).method == "feed"
    assert dates(head).method == "json-ld"
    assert dates(meta("2026-11-02T09:00:00Z")).method == "meta"


def test_publication_is_not_modification() -> None:
    found = dates(structured(datePublished="2026-11-02T08:00:00Z", dateModified="2026-11-09T08:00:00Z"))
    assert (day(found), found.modified_at) == ("2026-11-02", datetime(2026, 11, 9, 8, tzinfo=UTC))
    only_modified = dates(structured(dateModified="2026-11-09T08:00:00Z"))
    assert only_modified.method in {"htmldate", "unknown"}  # a guess, and marked as one


@pytest.mark.parametrize("value", [{"@value": "2026-11-02"}, ["2026-11-02"], 1793577600, 1793577600000])
def test_json_ld_values_of_odd_shapes(value: object) -> None:
    assert day(dates(structured(datePublished=value))) == "2026-11-02"


def test_a_day_stays_a_day_unless_another_statement_has_its_minute() -> None:
    alone = dates(structured(datePublished="2026-11-02"))
    assert (day(alone), alone.precision) == ("2026-11-02", "day")
    both = dates(structured(datePublished="2026-11-02") + meta("2026-11-02T23:40:00-05:00"))
    assert (day(both), both.precision, both.method) == ("2026-11-02", "minute", "json-ld")
    other = dates(structured(datePublished="2026-11-02") + meta("2026-11-03T10:00:00Z"))
    assert (day(other), other.precision) == ("2026-11-02", "day")


def test_statements_far_apart_are_flagged_and_near_ones_are_not() -> None:
    assert dates(structured(datePublished="2026-11-02") + meta("2026-11-07T10:00:00Z")).flags == (CONFLICT,)
    assert dates(structured(datePublished="2026-11-02") + meta("2026-11-03T10:00:00Z")).flags == ()


def test_the_address_wins_where_another_statement_bears_it_out() -> None:
    url = "https://www.harbourpost.example/2026/11/02/robots"
    build_time = structured(datePublished="2026-11-15T08:00:00Z")
    assert day(dates(build_time + meta("2026-11-02T08:00:00Z"), url=url)) == "2026-11-02"
    assert day(dates(build_time, url=url)) == "2026-11-15"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2026/11/02/robots", "2026-11-02"),
        ("https://a.example/2026-11-02-robots", "2026-11-02"),
        ("https://a.example/news/20261102/robots", "2026-11-02"),
        ("https://a.example/2026/TECH/11/02/robots", "2026-11-02"),
        ("https://a.example/2026/13/02/robots", None),
        ("https://a.example/20991102/robots", None),
        ("https://a.example/robots?date=20261102", None),
        ("https://a.example/id/1202611021", None),
    ],
)
def test_days_in_addresses(url: str, expected: str | None) -> None:
    found = url_date(url, NOW)
    assert (found.at.date().isoformat() if found else None) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<time itemprop='datePublished' datetime='2026-11-02T08:00:00+00:00'>hace 18 días</time>",
        "<span property='datePublished' content='2026-11-02'>Monday</span>",
        "<time datetime='2026-11-02T08:00:00Z'>3 hours ago</time>",
        "<p class='dateline'>2 November 2026</p>",
        "<p>Published on 2 November 2026, updated on 9 November 2026</p>",
        "<p>Updated: 9 November 2026 | Published: 2 November 2026</p>",
        "<p>2 November 2026, updated 9 November 2026</p>",
        "<p class='meta'><time datetime='2026-11-09'>Updated</time> <time datetime='2026-11-02'>First</time></p>",
        "<p class='updated'>Updated 9 November 2026</p><p class='date'>2 November 2026</p>",
        "<aside><time datetime='2026-10-01'>older</time></aside><p>Veröffentlicht am 2. November 2026</p>",
        "<p>发布时间：2026年11月2日 16:00 来源：港湾日报</p>",
        "<p>입력 : 2026.11.02 17:00</p>",
        "<div class='related'><p>1 January 2026</p></div><p class='date'>2 November 2026</p>",
    ],
)
def test_the_date_a_reader_sees(body: str) -> None:
    assert day(dates(body=body)) == "2026-11-02"


def test_today_above_the_headline_is_not_the_articles_day() -> None:
    tree = parse(
        f"<body><p>Friday, 20 November 2026</p><h1>{TITLE}</h1><p class='date'>2 November 2026</p><p>Cranes moved.</p></body>"
    )
    assert tree is not None
    found = read_dates(
        tree, read_declared(tree), segment(tree.find("body")),
        title=TITLE, url=URL, link=None, fetched_at=NOW, zone=UTC, month_first=False,
    )  # fmt: skip
    assert day(found) == "2026-11-02"


def test_what_a_page_marks_as_its_date_is_surer_than_a_script() -> None:
    script = "<script>var page = {publishTime: '2026-11-12 10:00'}</script>"
    assert day(dates(script, "<p class='pubdate'>2026-11-02 09:30</p>")) == "2026-11-02"
    assert day(dates(script)) == "2026-11-12"


def test_a_day_in_the_title_tag_is_asked_before_guessing() -> None:
    found = dates("<title>Robots at the port - 02.11.2026 - HARBOUR POST</title>")
    assert (day(found), found.method) == ("2026-11-02", "text")


def test_prose_names_no_publication_date() -> None:
    prose = "<p>The first crane of its kind was put up on 3 May 2019 by a firm that no longer exists today.</p>"
    assert dates(body=prose).method != "text"


def test_nothing_later_than_a_day_after_the_fetch() -> None:
    assert dates(structured(datePublished="2026-12-24T08:00:00Z")).published_at is None
    assert day(dates(structured(datePublished="2026-12-24T08:00:00Z") + meta("2026-11-02"))) == "2026-11-02"


def test_the_publishers_day_is_kept_in_every_zone() -> None:
    assert day(dates(structured(datePublished="2026-11-02T00:30:00+09:00"))) == "2026-11-02"
    assert day(dates(structured(datePublished="2026-11-02T23:30:00-08:00"))) == "2026-11-02"
    assert day(dates(meta("2026-11-02 00:30"), zone="Asia/Tokyo")) == "2026-11-02"


@pytest.mark.parametrize(
    ("language", "url", "title", "zone"),
    [
        (None, "https://www.hafen.de/a", "", "Europe/Berlin"),
        ("en", "https://www.harbour.in/a", "", "Asia/Kolkata"),
        ("pt-BR", "https://porto.example/a", "", "America/Sao_Paulo"),
        ("zh-Hant", "https://port.com/a", "", "Asia/Taipei"),
        ("ko", "https://port.com/a", "", "Asia/Seoul"),
        (None, "https://port.com/a", "港口的机器人", "Asia/Shanghai"),
        (None, "https://port.com/a", "港のロボット", "Asia/Tokyo"),
        ("en", "https://port.com/a", "Robots", "UTC"),
        ("es", "https://port.io/a", "Robots", "UTC"),
    ],
)
def test_the_zone_of_times_without_an_offset(language: str | None, url: str, title: str, zone: str) -> None:
    assert zone_of(None, language, url, title).tzname(NOW) == ZoneInfo(zone).tzname(NOW)
    assert zone_of(None, language, url, title).utcoffset(NOW) == ZoneInfo(zone).utcoffset(NOW)
