"""Feeds and sitemaps made to hurt: each must end fast, small and named."""

import gzip
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import Discovery, discover
from crawler.discovery.records import PROBLEMS
from crawler.page import Page
from crawler.sources import Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://news.example/feed.xml"
LISTED = Source.model_validate(
    {"id": "x", "name": "X", "homepage": URL, "language": "zh-Hans", "country": "CN", "listing": {"url": URL}}
)


def run(body: bytes | str, source: Source | None = None, headers: dict[str, str] | None = None) -> Discovery:
    body = body if isinstance(body, bytes) else body.encode()
    page = Page(url=URL, requested_url=URL, status=200, body=body, fetched_at=NOW, headers=headers or {})
    return discover(page, source, now=NOW)


@contextmanager
def within(seconds: float, megabytes: float | None = None) -> Iterator[None]:
    """A budget of processor time, and of memory where it is asked for: to trace it costs several times the plain run."""
    if megabytes is not None:
        tracemalloc.start()
    started = time.process_time()
    try:
        yield
        assert time.process_time() - started < seconds
        assert megabytes is None or tracemalloc.get_traced_memory()[1] < megabytes * 1e6
    finally:
        tracemalloc.stop()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><{root}><channel><item><title>&j;</title><link>https://news.example/&j;</link></item></channel></{root}>"
)
QUADRATIC = (
    '<!DOCTYPE rss [<!ENTITY a "'
    + "x" * 50_000
    + '">]><rss><channel><title>'
    + "&a;" * 5_000
    + "</title></channel></rss>"
)
PARAMETER = '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]><rss><channel></channel></rss>'


@pytest.mark.parametrize(
    "body",
    [LAUGHS.replace("{root}", root) for root in ("rss", "feed", "urlset", "sitemapindex")] + [QUADRATIC, PARAMETER],
)
def test_entity_bombs_are_refused_by_name(body: str) -> None:
    with within(seconds=1, megabytes=20):
        assert run(body).problem == "entity-bomb"
        assert run(body.encode("utf-16")).problem == "entity-bomb"


def test_external_entities_reach_no_file(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("CANARYTEXT", "utf-8")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{canary.as_uri()}">]>'
    for body in (
        doctype + "<rss><channel><item><title>&x;</title><link>https://news.example/a</link></item></channel></rss>",
        doctype.replace("rss", "urlset") + "<urlset><url><loc>https://news.example/&x;</loc></url></urlset>",
        "<rss><channel>"
        + doctype
        + "<item><title>&x;</title><link>https://news.example/a</link></item></channel></rss>",
        "<urlset>" + doctype + "<url><loc>https://news.example/&x;</loc></url></urlset>",
    ):
        assert "CANARYTEXT" not in str(run(body))


def test_fifty_thousand_items_cost_little_and_the_newest_stay() -> None:
    items = "".join(
        f"<item><title>Item {n}</title><link>https://news.example/a/{n}</link>"
        f"<pubDate>{(n % 28) + 1:02d} Oct 2026 {n % 24:02d}:{n % 60:02d}:00 GMT</pubDate></item>"
        for n in range(50_000)
    )
    with within(seconds=5):
        found = run(f'<rss version="2.0"><channel>{items}</channel></rss>')
    assert found.problem == ""
    assert len(found.links) == 200
    assert found.dropped == 49_800
    assert min(link.published_at for link in found.links if link.published_at) >= datetime(2026, 10, 28, tzinfo=UTC)


def test_deep_markup_in_a_description_costs_little() -> None:
    nested = "&lt;div&gt;" * 200_000
    for name in ("description", "content:encoded", "content"):
        body = f"<rss version='2.0'><channel><item><link>https://news.example/a</link><{name}>{nested}</{name}></item></channel></rss>"
        started = time.process_time()
        assert len(run(body).links) == 1
        assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel>" + "<item>" * 100_000,
        "<rss><channel>" + "<content:encoded>" * 200_000,
        "<rss><channel>" + "<![CDATA[" * 200_000,
        "<rss><channel>" + "<a>" * 100_000 + "<item><link>https://news.example/a</link></item>",
        "<urlset>" + "<url>" * 100_000,
        "<urlset>" + "<a>" * 100_000,
        "<!--" * 200_000,
        "<?xml " * 200_000,
        "<rss " + "a='b' " * 200_000 + ">",
        "&" * 1_000_000,
        "<rss><channel><title>" + "&" * 200_000,
        "<rss><channel><item><title>" + "<" * 300_000,
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000,
        '{"a":' * 100_000,
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": ' + "9" * 100_000 + "}]}",
        "https://news.example/a\n" * 100_000,
        "<meta charset=" * 100_000,
        "<rss><channel>" + "<content " * 500_000,
        "<rss><channel>" + "<item><pubDate " * 100_000,
        "<rss><channel><item>" + "<pubDate " * 300_000 + "<item>" * 300,
        "<rss><channel><item><description>" + "&lt;a" * 500_000,
        "<html><body>" + "<a href='/x-y-z-w'>x</a>" * 100_000,
        "<html><body>" + "".join(f"<a href='/{n}/x-y-z-w'>x</a>" for n in range(50_000)),
        "<html><body>" + "".join(f"<div><a href='/{n}/x-y-z-w'>x</a><p>1 day ago" for n in range(20_000)),
        "<html><body><div><a href='/1/x-y-z-w'>x</a>" + "<span>2026 x</span>" * 200_000,
    ],
    ids=lambda body: body[:40],
)
def test_degenerate_input_ends_quickly(body: str) -> None:
    started = time.process_time()
    for source in (None, LISTED):
        found = run(body, source)
        assert found.problem in {"", *PROBLEMS}
    assert time.process_time() - started < 10


def test_gzip_bombs_are_refused_before_they_unpack() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    with within(seconds=2, megabytes=130):
        assert run(bomb).problem == "too-large"
        assert run(gzip.compress(bomb)).problem == "too-large"


def test_large_answers_are_refused() -> None:
    assert run("<rss><channel>" + " " * 10_000_001 + "</channel></rss>").problem == "too-large"
    assert run("<html>" + " " * 10_000_001).problem == "too-large"
    assert run("{" + " " * 10_000_001).problem == "too-large"


@pytest.mark.parametrize(
    "body", [b"\x1f\x8b", b"\x1f\x8b\x08\x00garbage", b"\x1f\x8b" + b"\xff" * 100, b"\xff\xfe", b"\xfe\xff\xd8\x00"]
)
def test_broken_bytes_are_named_not_raised(body: bytes) -> None:
    assert run(body).problem in PROBLEMS


FRAGMENTS = st.sampled_from(
    "<rss version='2.0'> <channel> </channel> </rss> <item> </item> <link> </link> https://news.example/a/1 <guid/> <title> "
    "</title> <![CDATA[ ]]> &amp; &#x26; &nbsp; <feed xmlns='http://www.w3.org/2005/Atom'> <entry> </entry> </feed> "
    "<link href='x'/> <urlset> <url> <loc> </loc> </url> </urlset> <sitemapindex> <sitemap> <!DOCTYPE rss> <?xml?> <!-- --> "
    "<pubDate> 2026年11月20日 </pubDate> <author> <author/> xml:base='::' <link/> <ttl>9e9</ttl> <a href='/x-y-z-1234'> </a> \x00 "
    "\ufffe 招聘 <guid isPermaLink=''/> <enclosure/> <media:content/> <x:y xmlns:x='' /> <html> { } [ ] \" : , items version".split(
        " "
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=40), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_no_mixture_of_markup_raises(parts: list[str], charset: str) -> None:
    body = "".join(parts).encode(charset)
    for source in (None, LISTED):
        found = run(body, source, {"content-type": "text/xml; charset=" + charset, "link": "".join(parts)})
        assert found.problem in {"", *PROBLEMS}
        assert all(link.url.startswith(("http://", "https://")) for link in found.links)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    for prefix in (
        b"",
        b"<rss><channel><item>",
        b"<urlset><url><loc>",
        b"\x1f\x8b\x08\x00",
        b'{"version":"https://jsonfeed.org/version/1"',
    ):
        assert run(prefix + body, LISTED).problem in {"", *PROBLEMS}
