"""WARC files of other programs, whole and spoilt; and bodies as they came over the wire."""

from __future__ import annotations

import gzip
import io
import re
import signal
import subprocess
import sys
import time
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Archive, read_at, read_pages
from crawler.page import Page
from crawler.unpacking import UnpackError, unpack
from crawler.warc import record_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HTML = b"<html><title>A bridge</title><body><p>It is grey.</p></body></html>" * 20
TYPE = ("Content-Type", "text/html")
LIMIT = 10**6


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
    ("identity", bytes),
]


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"


class Wget:
    """Writes records as other programs do: an info record, requests, answers as they came."""

    def __init__(self, path: Path, *, is_zipped: bool = True) -> None:
        self.path, self.stream = path, path.open("wb")
        self.writer = WARCWriter(self.stream, gzip=is_zipped)
        self.writer.write_record(self.writer.create_warcinfo_record(path.name, {"software": "another one"}))

    def add(self, n: int, body: bytes = HTML, *headers: tuple[str, str], status: str = "200 OK", kind: str = "response") -> Wget:  # fmt: skip
        http = StatusAndHeaders(status, [TYPE, *headers], protocol="HTTP/1.1")
        made = self.writer.create_warc_record(
            f"http://a.example/{n}", kind, payload=io.BytesIO(body), length=len(body), http_headers=http
        )
        self.writer.write_record(made)
        return self

    def revisit(self, n: int) -> Wget:
        url, http = f"http://a.example/{n}", StatusAndHeaders("200 OK", [TYPE], protocol="HTTP/1.1")
        self.writer.write_record(
            self.writer.create_revisit_record(url, "sha1:AAAA", url, "2026-01-01T00:00:00Z", http_headers=http)
        )
        return self

    def done(self) -> Path:
        self.stream.close()
        return self.path


def found(path: Path) -> list[tuple[str, bytes]]:
    return [(page.url.rpartition("/")[2], page.body) for page in read_pages(path)]


@pytest.mark.parametrize(("name", "pack"), PACKERS)
@pytest.mark.parametrize("framing", [bytes, chunked])
def test_bodies_kept_as_they_came_are_undone(tmp_path: Path, name: str, pack: Any, framing: Any) -> None:
    headers = [("Content-Encoding", name)] + ([("Transfer-Encoding", "Chunked")] if framing is chunked else [])
    path = Wget(tmp_path / "a.warc.gz").add(1, framing(pack(HTML)), *headers).add(2).done()
    assert found(path) == [("1", HTML), ("2", HTML)]


def test_requests_and_revisits_are_no_pages(tmp_path: Path) -> None:
    made = Wget(tmp_path / "a.warc.gz").add(0, b"", status="GET /1 HTTP/1.1", kind="request").add(1).revisit(1).add(2)
    assert found(made.done()) == [("1", HTML), ("2", HTML)]


def test_a_header_that_outlived_the_packing_is_not_believed(tmp_path: Path) -> None:
    headers = ("Content-Encoding", "br"), ("Transfer-Encoding", "chunked")
    assert found(Wget(tmp_path / "a.warc.gz").add(1, HTML, *headers).done()) == [("1", HTML)]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (HTML, [], "abc"),
        (HTML, [], ""),
        (b"\0\1\2", [("Content-Encoding", "br")], "200 OK"),
        (HTML, [("Content-Encoding", "rot13")], "200 OK"),
        (gzip.compress(bytes(11 * 1024 * 1024)), [("Content-Encoding", "gzip")], "200 OK"),
        (gzip.compress(HTML)[:-20], [("Content-Encoding", "gzip")], "200 OK"),
    ],
    ids=["status", "no status", "not brotli", "unknown packing", "bomb", "cut"],
)
def test_a_bad_record_costs_itself_alone(
    tmp_path: Path, body: bytes, headers: list[tuple[str, str]], status: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = Wget(tmp_path / "a.warc.gz").add(1, body, *headers, status=status).add(2).done()
    assert found(path) == [("2", HTML)]
    assert "archive.unreadable" in caplog.text


def test_a_file_that_was_compressed_as_a_whole_is_read(tmp_path: Path) -> None:
    plain = Wget(tmp_path / "a.warc", is_zipped=False).add(1).add(2).done()
    assert found(plain) == [("1", HTML), ("2", HTML)]
    whole = tmp_path / "b.warc.gz"
    whole.write_bytes(gzip.compress(plain.read_bytes()))
    assert found(whole) == found(plain)
    no_info = tmp_path / "c.warc.gz"
    no_info.write_bytes(gzip.compress(b"WARC/1" + b"WARC/1".join(plain.read_bytes().split(b"WARC/1")[2:])))
    assert found(no_info) == found(plain)


def test_times_without_a_zone_are_utc_and_bad_ones_cost_the_record(tmp_path: Path) -> None:
    plain = Wget(tmp_path / "a.warc", is_zipped=False).add(1).add(2).done()
    dates = iter([b"2026-01-01T00:00:00", b"2026-02-03T04:05:06", b"yesterday"])
    plain.write_bytes(re.sub(rb"(?<=WARC-Date: )[^\r]*", lambda _: next(dates), plain.read_bytes()))
    (page,) = read_pages(plain)
    assert page.fetched_at == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def test_a_cut_page_is_none(tmp_path: Path) -> None:
    plain = Wget(tmp_path / "a.warc", is_zipped=False).add(1).add(2).done()
    plain.write_bytes(plain.read_bytes()[:-30])
    assert found(plain) == [("1", HTML)]


@given(body=st.binary(max_size=500), which=st.sampled_from(PACKERS))
def test_packing_is_undone_whatever_the_bytes(body: bytes, which: tuple[str, Callable[[bytes], bytes]]) -> None:
    name, pack = which
    assert unpack(pack(body), name.upper(), LIMIT) == body
    assert unpack(gzip.compress(pack(body)), f"{name}, gzip", LIMIT) == body


@pytest.mark.parametrize(("name", "pack"), PACKERS[:-1])
def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(name: str, pack: Any) -> None:
    with pytest.raises(UnpackError, match="more than"):
        unpack(pack(bytes(50 * LIMIT)), name, LIMIT)


def test_our_records_are_valid_for_others(tmp_path: Path) -> None:
    page = Page(url="https://a.example/1", requested_url="https://a.example/1", status=200, body=HTML, fetched_at=datetime(2026, 1, 2, tzinfo=UTC))  # fmt: skip
    checked = 0
    for record in ArchiveIterator(io.BytesIO(record_of(page)), check_digests="raise"):
        record.content_stream().read()
        assert record.digest_checker.passed is True
        checked += 1
    assert checked == 1


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.archive import Archive
from crawler.page import Page
archive, n = Archive(Path(sys.argv[1])), 0
body = b"<p>" + bytes(range(256)) * 4000
while True:
    n += 1
    name, offset = archive.append(Page(url=f"https://a.example/{n}", requested_url=f"https://a.example/{n}", status=200,
        body=body + str(n).encode(), fetched_at=datetime.now(UTC), headers={"content-type": "text/html"}))
    print(n, name, offset, flush=True)
"""


def test_what_was_written_before_a_kill_is_there(tmp_path: Path) -> None:
    """Wherever the writer is killed: every place it had named holds its page, and the file is read to its end."""
    for pause in (0.0, 0.013, 0.029, 0.041):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(3)]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
        writer.communicate()
        places = [line.split() for line in lines if line.endswith("\n")]
        for n, name, offset in places:
            assert read_at(tmp_path, name, int(offset)).body.endswith(n.encode())
        assert len(list(read_pages(tmp_path / places[0][1]))) >= len(places)


def test_a_whole_archive_needs_no_more_than_its_pages(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    page = Page(url="https://a.example/1", requested_url="https://a.example/1", status=200, body=HTML, fetched_at=datetime(2026, 1, 2, tzinfo=UTC))  # fmt: skip
    name, offset = archive.append(page)
    archive.close()
    assert (offset, (tmp_path / name).read_bytes()[:2]) == (0, b"\x1f\x8b")
    assert len(gzip.decompress((tmp_path / name).read_bytes())) == len(record_of(page))
