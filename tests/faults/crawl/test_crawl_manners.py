"""Hosts that ask for rest, feeds that change or lie, answers that drip, burst or break off."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import brotli
import psutil
import pytest
from backports.zstd import ZstdCompressor

from crawler.spiders.session import Limits
from tests.loopback import Answer, Hit, Site, discover, extract, page, source

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

    from tests.loopback import Clock, SmallStore


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_short_rest_is_waited_for_and_delays_nobody_else(
    site: Site, other: Site, go: Any, status: int, form: str
) -> None:
    """HTTP dates have whole seconds: two and a bit are at least one and a bit."""
    link, given = site.article("/1"), Answer(page("t", "x"))

    def answer(hit: Hit) -> Answer:
        """Come back later, at the first request; the date counts from when it is given."""
        if [each.path for each in site.hits].count(hit.path) > 1:
            return given
        later = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
        return Answer(b"", status, {"Retry-After": "2" if form == "seconds" else later})

    site.pages["/1"] = answer
    busy, calm = source(site.feed("/feed", link)), source(other.feed("/feed", other.article("/2")), "calm")
    outcomes = go(busy, calm)
    times = [hit.at for hit in site.hits if hit.path == "/1"]
    assert len(times) == 2
    assert times[1] - times[0] >= (2.0 if form == "seconds" else 1.5)
    assert outcomes["one"].stored == 1
    assert outcomes["calm"].seconds < outcomes["one"].seconds - 1


def test_a_long_rest_ends_the_visit_and_is_kept_by_the_next(site: Site, go: Any, clock: Clock) -> None:
    links = [site.article(f"/{n}") for n in range(3)]
    site.pages["/0"] = site.pages["/1"] = site.pages["/2"] = Answer(b"", 429, {"Retry-After": "3600"})
    feed = site.feed("/feed", *links)
    outcome = go(source(feed))["one"]
    assert (outcome.outcome, outcome.met) == ("rate-limited", 0)  # no page has lost an attempt
    assert len(site.paths()) == 2
    clock.ahead += 3500
    assert go(source(feed))["one"].outcome == "rate-limited"
    assert len(site.paths()) == 2
    for link in links:
        site.article(link.removeprefix(site.url))
    clock.ahead += 200
    assert go(source(feed))["one"].stored == 3


def test_an_absurd_rest_is_capped_at_a_day(site: Site, go: Any, clock: Clock) -> None:
    site.pages["/feed"] = Answer(b"", 429, {"Retry-After": "99999999"})
    go(source(site.url + "/feed"))
    clock.ahead += 86400 + 60
    site.feed("/feed", site.article("/1"))
    assert go(source(site.url + "/feed"))["one"].stored == 1


def conditional(body: Callable[[], bytes], etag: Callable[[], str]) -> Callable[[Hit], Answer]:
    def answer(hit: Hit) -> Answer:
        headers = {"ETag": etag(), "Last-Modified": "Mon, 02 Feb 2015 00:00:00 GMT"}
        is_known = hit.headers.get("if-none-match") == etag()
        return Answer(b"", 304, headers) if is_known else Answer(body(), headers=headers)

    return answer


def test_a_changed_feed_is_read_and_an_unchanged_one_is_not(site: Site, go: Any, store: SmallStore) -> None:
    feed = site.feed("/feed", site.article("/1"))
    state = {"body": site.pages["/feed"].body, "etag": '"a"'}
    site.pages["/feed"] = conditional(lambda: state["body"], lambda: state["etag"])
    parsed: list[int] = []

    def counting(page: Any, source: Any = None, **more: Any) -> Any:
        parsed.append(page.status)
        return discover(page, source, **more)

    assert go(source(feed), discover=counting)["one"].stored == 1
    go(source(feed), discover=counting)
    assert parsed == [200]
    assert store.rows("SELECT unchanged_count FROM feed_state")[0].unchanged_count == 1
    site.feed("/other", site.article("/1"), site.article("/2"))
    state.update(body=site.pages["/other"].body, etag='"b"')
    assert go(source(feed), discover=counting)["one"].stored == 1


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_feed_behind_a_redirect_is_asked_for_what_changed_where_it_is(
    site: Site, other: Site, go: Any, status: int
) -> None:
    feed = other.feed("/real", other.article("/1"))
    body = other.pages["/real"].body
    other.pages["/real"] = conditional(lambda: body, lambda: 'W/"a"')
    site.pages["/feed"] = Answer(b"", status, {"Location": feed})
    for _ in range(2):
        go(source(site.url + "/feed"))
    told = [hit.headers.get("if-none-match") for hit in other.hits if hit.path == "/real"]
    assert told == [None, 'W/"a"']
    assert not any("if-none-match" in hit.headers for hit in site.hits)
    other.pages["/elsewhere"] = other.pages["/real"]
    site.pages["/feed"] = Answer(b"", status, {"Location": other.url + "/elsewhere"})
    go(source(site.url + "/feed"))
    assert "if-none-match" not in other.hits[-1].headers, "another address is another feed"


def test_a_server_that_says_304_for_ever_is_asked_for_the_whole(site: Site, go: Any, clock: Clock) -> None:
    feed = site.feed("/feed")
    body = site.pages["/feed"].body
    site.pages["/feed"] = lambda hit: (
        Answer(b"", 304) if "if-none-match" in hit.headers else Answer(body, headers={"ETag": '"a"'})
    )
    for _ in range(23):
        go(source(feed))
    asked = [hit for hit in site.hits if hit.path == "/feed" and "if-none-match" not in hit.headers]
    assert len(asked) == 2
    clock.ahead += 25 * 3600
    go(source(feed))
    assert "if-none-match" not in site.hits[-1].headers


def test_validators_of_a_truncated_feed_are_not_kept(site: Site, go: Any) -> None:
    feed = site.feed("/feed", site.article("/1"), is_partial=True)
    site.pages["/feed"].headers["ETag"] = '"a"'
    assert go(source(feed))["one"].stored == 1
    go(source(feed))
    assert "if-none-match" not in site.hits[-1].headers


def test_html_at_the_feed_address_is_an_error_state(site: Site, go: Any) -> None:
    site.pages["/feed"] = Answer(page("Log in", "We value your privacy"), headers={"Content-Type": "text/html"})
    outcome = go(source(site.url + "/feed"))["one"]
    assert outcome.outcome == "broken-feed"
    assert site.url in outcome.evidence


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.2)


def test_a_host_that_drips_ends_at_its_deadline_and_others_finish(site: Site, other: Site, go: Any) -> None:
    for n in range(20):
        site.pages[f"/{n}"] = Answer(send=drip)
    slow = source(site.feed("/feed", *(f"{site.url}/{n}" for n in range(20))))
    good = source(other.feed("/feed", other.article("/1")), "good")
    started = time.monotonic()
    limits = Limits(source_seconds=2.0, failures_in_a_row=100)
    outcomes = go(slow, good, limits=limits, scrapy={"DOWNLOAD_TIMEOUT": 0.5})
    assert time.monotonic() - started < 4
    assert (outcomes["one"].outcome, outcomes["good"].stored) == ("deadline", 1)
    assert outcomes["one"].failed >= 2


def test_a_host_that_fails_again_and_again_is_left_for_later(site: Site, go: Any) -> None:
    for n in range(20):
        site.pages[f"/{n}"] = Answer(send=drip)
    slow = source(site.feed("/feed", *(f"{site.url}/{n}" for n in range(20))))
    outcome = go(slow, limits=Limits(failures_in_a_row=2), scrapy={"DOWNLOAD_TIMEOUT": 0.3})["one"]
    assert (outcome.outcome, outcome.failed, len(site.paths("/"))) == ("timeout", 2, 3)


def zstd_bomb(size: int) -> bytes:
    compressor = ZstdCompressor()
    return b"".join(compressor.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + compressor.flush()


def brotli_bomb(size: int) -> bytes:
    compressor = brotli.Compressor(quality=5)
    chunks = [compressor.process(b"\0" * 1_000_000) for _ in range(size // 1_000_000)]
    bomb: bytes = b"".join(chunks) + compressor.finish()
    return bomb


def gzip_bomb(size: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(compressor.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + compressor.flush()


@pytest.mark.parametrize(("encoding", "bomb"), [("gzip", gzip_bomb), ("br", brotli_bomb), ("zstd", zstd_bomb)])
def test_a_decompression_bomb_is_refused(site: Site, go: Any, encoding: str, bomb: Callable[[int], bytes]) -> None:
    body = bomb(300_000_000)
    site.pages["/bomb"] = Answer(body, headers={"Content-Encoding": encoding, "Content-Type": "text/html"})
    feed = site.feed("/feed", site.url + "/bomb")
    before, started = psutil.Process().memory_info().rss, time.monotonic()
    outcome = go(source(feed))["one"]
    assert time.monotonic() - started < 2
    assert psutil.Process().memory_info().rss - before < 100_000_000
    assert (outcome.outcome, outcome.failed) == ("too-large", 1)


def test_a_body_over_the_limit_is_refused(site: Site, go: Any) -> None:
    site.pages["/big"] = Answer(b"x" * 11_000_000)
    assert go(source(site.feed("/feed", site.url + "/big")))["one"].outcome == "too-large"


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_compressed_answers_are_read(site: Site, go: Any, encoding: str) -> None:
    body = page("t", "compressed")
    packed = gzip.compress(body) if encoding == "gzip" else brotli.compress(body)
    site.pages["/1"] = Answer(packed, headers={"Content-Encoding": encoding})
    assert go(source(site.feed("/feed", site.url + "/1")))["one"].stored == 1


def break_off(handler: BaseHTTPRequestHandler) -> None:
    body = page("half", "a text that is longer than what is sent of it " * 100)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def break_off_without_length(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + page("half", "text " * 500)[:900])
    handler.wfile.flush()
    handler.close_connection = True


@pytest.mark.parametrize("send", [break_off, break_off_without_length])
def test_half_a_page_is_not_stored_but_fetched_again(
    site: Site, go: Any, clock: Clock, store: SmallStore, send: Callable[..., None]
) -> None:
    site.pages["/1"] = Answer(send=send)
    feed = site.feed("/feed", site.url + "/1")
    assert go(source(feed))["one"].failed == 1
    assert store.rows("SELECT * FROM kept") == []
    site.article("/1")
    clock.ahead += 3600
    assert go(source(feed))["one"].stored == 1


def test_a_redirect_loop_ends_after_five_hops(site: Site, go: Any) -> None:
    site.pages["/1"] = Answer(status=302, headers={"Location": "/1"})
    outcome = go(source(site.feed("/feed", site.url + "/1")))["one"]
    assert (outcome.outcome, outcome.failed) == ("redirects", 1)
    assert len(site.paths("/1")) <= 6


def test_nothing_listens_during_a_crawl(site: Site, go: Any) -> None:
    def listening() -> set[int]:
        connections = psutil.Process().net_connections("inet")
        return {each.laddr.port for each in connections if each.status == "LISTEN"}

    during: list[set[int]] = []

    def look(hit: Hit) -> Answer:
        during.append(listening())
        return Answer(b'{"links": []}')

    site.pages["/feed"] = look
    before = listening()  # the site itself, and servers that other tests of this process have left
    go(source(site.url + "/feed"))
    assert site.port in before
    assert during
    assert all(ports <= before for ports in during)


def test_slow_extraction_does_not_hold_up_the_event_loop(site: Site, go: Any) -> None:
    """Five pages of a second each are extracted while another task ticks."""
    gaps: list[float] = []

    async def tick() -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.01)
            now = time.monotonic()
            gaps.append(now - last)
            last = now

    tasks: list[Any] = []

    def discovering(page: Any, source: Any = None, **more: Any) -> Any:
        loop.call_soon_threadsafe(lambda: tasks.append(loop.create_task(tick())))
        return discover(page, source, **more)

    def slow(page: Any, source: Any = None) -> Any:
        time.sleep(1.0)
        return extract(page, source)

    loop = asyncio.get_event_loop_policy().get_event_loop()
    feed = site.feed("/feed", *(site.article(f"/{n}") for n in range(5)))
    outcome = go(source(feed), extract=slow, discover=discovering)["one"]
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    assert outcome.stored == 5
    assert len(gaps) > 50
    assert max(gaps) < 0.2


def test_no_secret_of_an_address_is_logged_or_told(site: Site, go: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    feed = site.feed("/feed?token=HUSH", site.article("/1?token=HUSH"), site.url + "/2?token=HUSH")
    site.pages["/2?token=HUSH"] = Answer(b"", 500)
    told = [go(source(feed))["one"], go(source(site.url + "/none?token=HUSH", "two"))["two"]]
    assert [outcome.outcome for outcome in told] == ["ok", "moved"]
    assert "HUSH" not in caplog.text
    assert not any("HUSH" in outcome.evidence for outcome in told)
