import gzip

import listparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.opml import read_opml, write_opml
from crawler.sources import Registry, load_sources
from pipeline.errors import InputError

NOTHING = Registry(())
# As readers write it: folders, feeds without type, feed: addresses, bare ampersands, attributes in any case.
FOREIGN = """<?xml version="1.0" encoding="{charset}"?>
<!-- OPML of some reader -->
<opml version="1.1"><head><title>订阅</title><ownerName>somebody</ownerName></head><body>
<outline text="科技" title="科技">
  <outline type="rss" text="每日科技" title="每日科技" xmlUrl="https://news.example.cn/feed?a=1&b=2" htmlUrl="https://news.example.cn/"/>
  <outline type="rss" text="每日科技 AI" xmlUrl="https://news.example.cn/ai/feed" htmlUrl="https://news.example.cn/"/>
  <outline text="R&amp;D Weekly" xmlUrl="feed://weekly.example.co.uk/rss" language="en-gb"/>
</outline>
<outline text="Dead" xmlUrl=""/><outline text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="Twice" type="rss" xmlUrl="http://www.news.example.cn/feed?a=1&amp;b=2&amp;utm_source=x"/>
<outline TEXT="日本" type="rss" xmlUrl="https://japan.example.jp/index.rdf" category="/tech"/>
</body></opml>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_lists_of_other_readers_become_sources(charset: str) -> None:
    found = read_opml(FOREIGN.replace("{charset}", charset).encode(charset, "replace"), NOTHING)
    by_home = {source.homepage: source for source in found.sources}
    daily = by_home["https://news.example.cn/"]
    assert daily.feeds == ("https://news.example.cn/feed?a=1&b=2", "https://news.example.cn/ai/feed")
    assert (daily.name, daily.language, daily.country) == ("每日科技", "zh-Hans", "CN")
    weekly = by_home["https://weekly.example.co.uk/"]
    assert (weekly.name, weekly.language, weekly.feeds) == (
        "R&D Weekly",
        "en-GB",
        ("https://weekly.example.co.uk/rss",),
    )
    assert by_home["https://japan.example.jp/"].timezone == "Asia/Tokyo"
    assert len(found.known) == 1
    assert [each.partition(" ")[0] for each in found.unusable] == ["javascript:alert(1)"]
    assert "guesses" in daily.notes


def test_what_is_watched_already_is_not_taken_again() -> None:
    registry = load_sources()
    found = read_opml(write_opml(registry), registry)
    assert found.sources == ()
    assert len(found.known) == sum(len(source.feeds) for source in registry)


def test_our_own_list_comes_back_and_other_readers_read_it() -> None:
    registry = load_sources()
    written = write_opml(registry)
    found = read_opml(gzip.compress(written), NOTHING)
    feeds = {feed for source in registry for feed in source.feeds}
    assert {feed for source in found.sources for feed in source.feeds} == feeds
    assert sorted(source.id for source in found.sources) == sorted(source.id for source in registry if source.feeds)
    assert {source.name for source in found.sources} == {source.name for source in registry if source.feeds}
    assert not any(source.notes for source in found.sources), "what is said is no guess"
    zones = {feed: source.timezone for source in registry for feed in source.feeds}
    assert all(zones[feed] == source.timezone for source in found.sources for feed in source.feeds)
    assert len({source.id for source in found.sources}) == len(found.sources)
    parsed = listparser.parse(written)
    assert not parsed["bozo"]
    assert {feed["url"] for feed in parsed["feeds"]} == feeds
    assert ["CN"] in [feed["categories"][0] for feed in parsed["feeds"]]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<html><body>sign in</body></html>",
        b"\x1f\x8b\x08",
        b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>',
    ],
)
def test_what_is_no_opml_is_told(body: bytes) -> None:
    with pytest.raises(InputError, match="no OPML"):
        read_opml(body, NOTHING)


def test_a_cut_list_keeps_what_is_there() -> None:
    body = FOREIGN.replace("{charset}", "utf-8").encode()
    assert len(read_opml(body[: body.index(b'<outline text="Dead')], NOTHING).sources) == 2


PARTS = st.sampled_from(
    [
        "<outline ",
        'xmlUrl="https://a.example/f" ',
        'xmlUrl="feed:x"',
        'text="a & b" ',
        'htmlUrl="::" ',
        'country="Mars" ',
        'timezone="x" ',
        "/>",
        ">",
        "</outline>",
        "<body>",
        "</body>",
        "&nbsp;",
        "<![CDATA[",
        'language="q"',
        "招",
        '"',
        "<opml>",
        "</opml>",
        'kind="y"',
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, max_size=30))
def test_no_mixture_raises_anything_else(parts: list[str]) -> None:
    found = read_opml(("<opml version='2.0'>" + "".join(parts)).encode(), NOTHING)
    assert len({source.id for source in found.sources}) == len(found.sources)


OF_RULES = """<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><body>
<outline type="HTML+XPath" text="Scraped" xmlUrl="https://s.example/news" htmlUrl="https://s.example" frss:xPathItem="//article"/>
<outline type="rss" text="Its feed" xmlUrl="https://s.example/feed" htmlUrl="https://s.example/"/>
<outline type="JSON+DotNotation" text="An interface" xmlUrl="https://api.example/items"/>
<outline type="rss" text="Mine" xmlUrl="https://me:secret@mine.example/feed"/>
</body></opml>"""


def test_what_a_reader_reads_by_rules_of_its_own_is_no_feed() -> None:
    found = read_opml(OF_RULES.encode(), NOTHING)
    (source,) = found.sources
    assert (source.feeds, source.listing.url) == (("https://s.example/feed",), "https://s.example/news")
    assert len(found.unusable) == 2
    assert found.unusable[0].startswith("https://api.example/items is read by rules")
    assert "secret" not in found.unusable[1]
