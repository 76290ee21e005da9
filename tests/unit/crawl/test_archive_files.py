from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Archive, prune, read_at, read_pages, size_of
from crawler.page import Link, Page
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 20, 8, 30, 0, 123000, tzinfo=UTC)


def make(n: int = 0, body: bytes = b"<p>x</p>", **fields: object) -> Page:
    values = {
        "url": f"https://example.org/{n}", "requested_url": f"https://example.org/{n}?utm_source=x", "status": 200,
        "body": body, "fetched_at": NOW, "headers": {"content-type": "text/html; charset=gbk", "etag": '"a"'},
        "source": "example", "link": Link(url="https://example.org/", title="标题", published_at=NOW, authors=("李",)),
    }  # fmt: skip
    return Page(**(values | fields))  # type: ignore[arg-type]


def test_pages_come_back_as_they_went_in(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    places = [archive.append(make(n, body=f"<p>{n} 招聘</p>".encode("gbk"))) for n in range(3)]
    archive.close()
    assert len({name for name, _ in places}) == 1
    for n in (2, 0, 1):
        assert read_at(tmp_path, *places[n]) == make(n, body=f"<p>{n} 招聘</p>".encode("gbk"))
    assert [page.url for page in read_pages(tmp_path / places[0][0])] == [f"https://example.org/{n}" for n in range(3)]


def test_headers_that_decoding_made_untrue_are_dropped(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    headers = {"content-encoding": "gzip", "transfer-encoding": "chunked", "content-length": "9", "x-a": "b\r\nc: d"}
    place = archive.append(make(headers=headers))
    archive.close()
    assert read_at(tmp_path, *place).headers == {"x-a": "b c: d"}


@given(body=st.binary(max_size=2000), status=st.sampled_from([200, 403, 404]))
def test_any_bytes_survive(tmp_path_factory: pytest.TempPathFactory, body: bytes, status: int) -> None:
    folder = tmp_path_factory.mktemp("any")
    archive = Archive(folder)
    place = archive.append(make(body=body, status=status))
    archive.close()
    assert read_at(folder, *place) == make(body=body, status=status)


def test_a_torn_tail_hides_only_itself(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    name, _ = archive.append(make(1))
    _, second = archive.append(make(2, body=b"<p>" + bytes(range(256)) * 40))
    archive.close()
    path = tmp_path / name
    for cut in range(second + 1, path.stat().st_size, 97):
        path.write_bytes(path.read_bytes()[: -97 if cut > second + 1 else None])
        assert next(read_pages(path)).url == "https://example.org/1"


def test_files_rotate_by_size_and_day_and_the_oldest_go_first(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_file_bytes=500)
    names = {archive.append(make(n))[0] for n in range(4)}
    assert len(names) > 1
    tomorrow, _ = archive.append(make(9, fetched_at=NOW + timedelta(days=1)))
    archive.close()
    assert tomorrow.startswith("2026-11-21/")
    total = size_of(tmp_path)
    newest, now, day = (tmp_path / tomorrow).stat().st_size, datetime.now(UTC) + timedelta(hours=2), timedelta(days=1)
    assert prune(tmp_path, now=now, max_age=day, max_bytes=total) == 0
    assert prune(tmp_path, now=now, max_age=None, max_bytes=newest) == len(names)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-21"]
    assert prune(tmp_path, now=now + 2 * day, max_age=None, max_bytes=None) == 0
    assert prune(tmp_path, now=now + 2 * day, max_age=day, max_bytes=None) == 1
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_being_written_is_not_deleted_whatever_the_quota(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.append(make(1))
    assert prune(tmp_path, now=datetime.now(UTC), max_age=timedelta(0), max_bytes=0) == 0
    place = archive.append(make(2))
    archive.close()
    assert read_at(tmp_path, *place).url == "https://example.org/2"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no longer"):
        read_at(tmp_path, "2026-11-20/none.warc.gz", 0)
    (tmp_path.parent / "secret").write_text("x")
    with pytest.raises(InputError, match="no longer"):
        read_at(tmp_path, "../secret", 0)
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(b"no warc"))
    with pytest.raises(InputError, match="no WARC"):
        list(read_pages(tmp_path / "x.warc.gz"))
