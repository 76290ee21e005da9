"""Which of an entry's links is the article, and what is left of feeds that break off."""

import json
from datetime import UTC, datetime

import pytest

from crawler.discovery import Discovery, discover
from crawler.page import Page

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED = "https://news.example/feed"


def run(body: str | bytes) -> Discovery:
    body = body if isinstance(body, bytes) else body.encode()
    return discover(Page(url=FEED, requested_url=FEED, status=200, body=body, fetched_at=NOW), now=NOW)


@pytest.mark.parametrize(
    ("language", "links", "path"),
    [
        (
            "en",
            '<link rel="alternate" hreflang="en" href="/en"/><link rel="alternate" hreflang="zh" href="/zh"/>',
            "en",
        ),
        (
            "zh",
            '<link rel="alternate" hreflang="en" href="/en"/><link rel="alternate" hreflang="zh-CN" href="/zh"/>',
            "zh",
        ),
        ("en", '<link rel="alternate" type="application/json" href="/j"/><link type="text/html" href="/h"/>', "h"),
        ("en", '<link href="/first"/><link href="/second"/>', "first"),
        ("en", '<link rel="http://www.iana.org/assignments/relation/alternate" href="/written-out"/>', "written-out"),
        ("en", '<link rel="related" href="https://elsewhere.example/"/><link rel="alternate" href="/own"/>', "own"),
    ],
)
def test_the_article_in_the_feeds_own_language_is_linked(language: str, links: str, path: str) -> None:
    entry = f"<entry><title>T</title><id>urn:x:1</id>{links}</entry>"
    found = run(f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><title>F</title>{entry}</feed>')
    assert [link.url for link in found.links] == [f"https://news.example/{path}"]


@pytest.mark.parametrize("break_off", [20, 1, 0])
def test_a_json_feed_that_breaks_off_keeps_its_whole_items(break_off: int) -> None:
    items = [{"id": str(n), "url": f"/a/{n}", "title": f"T{n} with " + 'a } and a " in it'} for n in range(5)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "fr", "items": items}
    text = json.dumps(feed)
    found = run(text[: len(text) - break_off] if break_off else text + "<!-- cached -->")
    kept = 4 if break_off == 20 else 5
    assert [link.url for link in found.links] == [f"https://news.example/a/{n}" for n in range(kept)]
    assert (found.format, found.problem, found.is_partial) == ("json-feed", "", True)
    assert (found.title, found.language) == ("J", "fr")


def test_a_json_feed_without_a_whole_item_is_broken() -> None:
    found = run('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url"')
    assert (found.problem, found.is_partial) == ("bad-feed", True)
    assert run('{"version": "2", "items": [{"id": "1"').problem == "not-a-feed"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_blank_lines_before_utf_16_without_a_mark_do_not_hide_it(charset: str) -> None:
    body = "\r\n <rss version='2.0'><channel><title>每日</title><item><link>/1</link></item></channel></rss>"
    assert run(body.encode(charset)).title == "每日"


@pytest.mark.parametrize(
    ("ttl", "seconds"), [("60", 3600), ("60.0", 3600), ("0", None), ("-5", None), ("an hour", None)]
)
def test_the_wish_for_a_gap_is_read(ttl: str, seconds: int | None) -> None:
    assert run(f"<rss version='2.0'><channel><ttl>{ttl}</ttl></channel></rss>").ttl_seconds == seconds


def test_a_feed_names_the_site_it_is_of() -> None:
    rss = "<rss version='2.0'><channel><title>T</title><link>https://site.example/</link></channel></rss>"
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link rel="self" href="/f"/><link href="/"/></feed>'
    )
    assert (run(rss).homepage, run(atom).homepage) == ("https://site.example/", "https://news.example/")
