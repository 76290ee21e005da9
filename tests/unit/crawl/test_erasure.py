"""Pages taken out of the archive in place."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.archive import Archive, read_at, read_pages
from crawler.erasure import erase
from crawler.page import Page
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Page(
    url="https://example.org/1",
    requested_url="https://example.org/1",
    status=200,
    body=b"<p>first</p>",
    fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
    headers={"content-type": "text/html; charset=utf-8"},
)


@pytest.mark.parametrize("size", [1, 500, 60_000, 65_535, 65_536, 200_000])
def test_an_erased_page_is_gone_and_the_others_stay_where_they_are(tmp_path: Path, size: int) -> None:
    archive = Archive(tmp_path)
    secret = b"quokka" + random.Random(size).randbytes(size)
    spots = [
        archive.append(replace(PAGE, url=f"https://example.org/{number}", body=body))
        for number, body in enumerate((b"<p>first</p>", secret, b"<p>third</p>"))
    ]
    archive.close()
    name, offset = spots[1]
    before = (tmp_path / name).stat().st_size
    assert erase(tmp_path, name, offset)
    assert (tmp_path / name).stat().st_size == before
    assert secret not in (tmp_path / name).read_bytes()
    assert [page.url for page in read_pages(tmp_path / name)] == ["https://example.org/0", "https://example.org/2"]
    assert read_at(tmp_path, *spots[2]).body == b"<p>third</p>"
    assert erase(tmp_path, name, offset)
    assert [page.body for page in read_pages(tmp_path / name)] == [b"<p>first</p>", b"<p>third</p>"]


def test_what_is_not_there_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "spoilt.warc.gz").write_bytes(b"no gzip at all")
    assert not erase(tmp_path, "spoilt.warc.gz", 0)
    assert not erase(tmp_path, "pruned.warc.gz", 7)
    assert not erase(tmp_path, "../outside.warc.gz", 0)
    with pytest.raises(InputError):
        read_at(tmp_path, "pruned.warc.gz", 0)
