"""The newsroom over real HTTP: pages, feeds, conditional requests, charsets and faults."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from datetime import UTC, datetime, timedelta
from http.client import IncompleteRead
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import feedparser
import pytest
from parsel import Selector

from crawler.newsroom import Fault, Newsroom
from crawler.newsroom.content import publishers
from crawler.sources import load_sources
from pipeline.errors import HirewireError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from pathlib import Path

NOW = datetime(2026, 11, 20, 21, 15, tzinfo=UTC)
MAIN = "tidewater-post/meituan-offers-85000-yuan-month-llm-engineers"
REVISED = "tidewater-post/meituan-llm-team-doubles-100000-yuan"


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=NOW) as running:
        yield running


def get(url: str, **headers: str) -> tuple[HTTPResponse | HTTPError, bytes]:
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with build_opener(NoRedirect()).open(request, timeout=5) as response:
            return response, response.read()
    except HTTPError as error:
        with error:
            return error, error.read()


def locations(sitemap: bytes) -> set[str]:
    return set(Selector(sitemap.decode(), type="xml").xpath("//*[local-name()='loc']/text()").getall())


def test_every_page_answers(newsroom: Newsroom) -> None:
    statuses = {truth.key: get(url)[0].status for url, truth in newsroom.truth.items()}
    odd = {key: status for key, status in statuses.items() if status != 200}
    assert odd == {
        "circuit-weekly/removed-and-sent-home": 301,
        "elbtechnik/aleph-verliert-forscher": 302,
        "hangang-ilbo/gone": 410,
        "meridian-wire/subscribers-only": 302,
    }


def test_pages_hold_their_own_lines_and_junk(newsroom: Newsroom) -> None:
    for url, truth in newsroom.truth.items():
        if truth.expected.kind != "article":
            continue
        site = newsroom.sites[truth.publisher]
        words = re.sub(r"<[^>]*>", "", get(url)[1].decode(site.publisher.encoding))
        for line in truth.lines:
            assert line.replace("'", "&#39;").replace('"', "&#34;") in words or '"p": ' in words, (truth.key, line)
        assert truth.junk


def test_publishers_are_hosts_of_their_own(newsroom: Newsroom) -> None:
    assert len({site.base for site in newsroom.sites.values()}) == len(publishers())


def test_feeds_parse_and_name_every_article(newsroom: Newsroom) -> None:
    for publisher in publishers():
        urls = {url for url, truth in newsroom.truth.items() if truth.publisher == publisher.id}
        for channel, address in zip(publisher.channels, newsroom.feed_urls(publisher.id), strict=True):
            response, body = get(address)
            assert response.status == 200
            if channel in {"rss", "rdf", "atom"}:
                parsed = feedparser.parse(body)
                assert not parsed.bozo, (publisher.id, parsed.get("bozo_exception"))
                assert {entry.link.partition("?utm")[0] for entry in parsed.entries} == urls
                assert all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in parsed.entries)
            elif channel == "jsonfeed":
                assert {entry["url"] for entry in json.loads(body)["items"]} == urls
            elif channel == "news-sitemap":
                assert locations(body) == urls
            elif channel == "sitemap-index":
                recent, earlier = (locations(gzip.decompress(get(part)[1])) for part in sorted(locations(body)))
                assert recent | earlier == urls
                assert not recent & earlier
            else:
                assert set(re.findall(r'<li><a href="([^"]+)"', body.decode(publisher.encoding))) == urls


def test_robots_and_crawl_delay(newsroom: Newsroom) -> None:
    assert "Disallow: /members/" in get(newsroom.sites["tidewater-post"].base + "/robots.txt")[1].decode()
    assert "Crawl-delay: 0.5" in get(newsroom.sites["yuanfan-bao"].base + "/robots.txt")[1].decode()
    assert newsroom.truth[newsroom.url("tidewater-post/members-only-briefing")].expected.kind == "robots"
    assert "/members/" in newsroom.url("tidewater-post/members-only-briefing")


def test_the_gb18030_publisher_declares_wrong_charsets(newsroom: Newsroom) -> None:
    response, body = get(newsroom.url("yuanfan-bao/kimi-shouxi"))
    assert response.headers.get_content_charset() == "utf-8"
    assert b'charset=utf-8"' in body
    assert "祁镕" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    response, body = get(newsroom.url("yuanfan-bao/seed-shiliuxin"))
    assert response.headers.get_content_charset() == "gb2312"
    assert "沈喆" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")


def test_a_page_that_scripts_build_has_its_text_in_json_alone(newsroom: Newsroom) -> None:
    body = get(newsroom.url("silicon-ledger/xai-memphis-tutors-exit"))[1].decode()
    assert "Seven engineers have left xAI" not in re.sub(r"(?s)<script.*?</script>|<meta [^>]*>", "", body)
    described = re.search(r'(?s)<script type="application/ld\+json">(.*?)</script>', body)
    assert described
    assert json.loads(described[1])["articleBody"].startswith("Seven engineers have left xAI")


def test_conditional_requests(newsroom: Newsroom) -> None:
    for url in (newsroom.url(MAIN), newsroom.feed_urls("tidewater-post")[0]):
        response, body = get(url)
        assert body
        again, nothing = get(url, If_None_Match=response.headers["ETag"])
        assert (again.status, nothing) == (304, b"")
        assert get(url, If_Modified_Since=response.headers["Last-Modified"])[0].status == 304
        assert get(url, If_None_Match='"other"')[0].status == 200
    assert newsroom.hits_of(newsroom.url(MAIN))[-1].is_conditional


def test_pages_are_compressed_for_those_who_can(newsroom: Newsroom) -> None:
    response, body = get(newsroom.url(MAIN), Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"Meituan" in gzip.decompress(body)


def test_registry_is_toml_with_every_publisher(newsroom: Newsroom, tmp_path: Path) -> None:
    sources = tomllib.loads(newsroom.registry_path(tmp_path).read_text("utf-8"))["source"]
    assert {source["id"] for source in sources} == {publisher.id for publisher in publishers()}
    assert len(load_sources(newsroom.registry_path(tmp_path)).enabled) == len(publishers())


def test_second_edition_changes_page_and_etag() -> None:
    with Newsroom(now=NOW) as newsroom:
        url = newsroom.url(REVISED)
        first, body = get(url)
        assert b"90 people" in body
        newsroom.publish_second_edition(REVISED)
        second, body = get(url, If_None_Match=first.headers["ETag"])
        assert second.status == 200
        assert b"95 people" in body
        assert newsroom.truth[url].lines[1].startswith("The unit now counts 95")


def test_faults(newsroom: Newsroom) -> None:
    url = newsroom.url(MAIN)
    whole = get(url)[1]
    newsroom.inject(url, Fault(status=429, retry_after="7", times=1))
    response, _ = get(url)
    assert (response.status, response.headers["Retry-After"]) == (429, "7")
    assert get(url)[0].status == 200

    newsroom.inject(url, Fault(redirect_to="http://127.0.0.1:9/secret"))
    assert get(url)[0].headers["Location"] == "http://127.0.0.1:9/secret"
    newsroom.inject(url, Fault(charset="big5"))
    assert get(url)[0].headers.get_content_charset() == "big5"
    newsroom.inject(url, Fault(is_always_unchanged=True))
    assert get(url)[0].status == 304
    newsroom.inject(url, Fault(body=b"other", headers={"X-Odd": "yes"}))
    response, body = get(url)
    assert (body, response.headers["X-Odd"]) == (b"other", "yes")
    newsroom.inject(url, Fault(cut_at=0.5))
    with pytest.raises(IncompleteRead) as cut:
        get(url)
    assert len(cut.value.partial) == len(whole) // 2
    newsroom.heal(url)
    assert get(url)[1] == whole


def test_drip_and_delay_take_their_time(newsroom: Newsroom) -> None:
    url = newsroom.url(MAIN)
    newsroom.inject(url, Fault(body=b"x" * 30, bytes_per_second=100, delay_seconds=0.1, times=1))
    started = datetime.now(UTC)
    assert get(url)[1] == b"x" * 30
    assert datetime.now(UTC) - started >= timedelta(seconds=0.29)


def test_a_taken_port_is_named_with_a_remedy(newsroom: Newsroom) -> None:
    port = int(newsroom.sites["tidewater-post"].base.rpartition(":")[2])
    with pytest.raises(HirewireError, match=f"port {port}") as refused:
        Newsroom(now=NOW, port=port)
    assert "another port" in refused.value.remedy


def test_one_address_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    from crawler.newsroom import server

    servers = server._bind_on_one_address(3, 0)
    try:
        assert len({one.server_address for one in servers}) == 3
        assert {one.server_address[0] for one in servers} == {"127.0.0.1"}
    finally:
        for one in servers:
            one.server_close()


def test_stopping_frees_the_port_and_ends_open_connections() -> None:
    newsroom = Newsroom(now=NOW)
    port = int(newsroom.sites["tidewater-post"].base.rpartition(":")[2])
    with newsroom:
        assert get(newsroom.url(MAIN))[0].status == 200
    with Newsroom(now=NOW, port=port) as again:
        assert get(again.url(MAIN))[0].status == 200
