"""Backups that can be restored, and checks that find what is broken."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from pipeline.document import Article, Document
from pipeline.errors import StoreError, UsageError
from pipeline.search.query import Query
from pipeline.store.database import writing
from pipeline.urls import article_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.store import Store


NOW = datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)


def save(store: Store, numbers: Iterable[int]) -> None:
    with store.writing() as writer:
        for number in numbers:
            url = f"https://example.org/{number}"
            document = Document(
                id=article_id(url),
                url=url,
                canonical_url=url,
                title=f"招聘 {number}",
                text=f"Text {number}",
                fetched_at=NOW,
            )
            writer.save(Article(document=document), NOW)


def test_a_backup_during_writes_is_whole_and_can_be_restored(store: Store, tmp_path: Path) -> None:
    save(store, range(100))
    is_over = threading.Event()

    def write_on() -> None:
        number = 100
        while not is_over.is_set():
            save(store, [number])
            number += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        store.backup(tmp_path / "backup.db")
    finally:
        is_over.set()
        writer.join()
    stored = store.count(Query())
    save(store, range(10_000, 10_010))
    store.restore(tmp_path / "backup.db")
    restored = store.count(Query())
    assert 100 <= restored <= stored
    assert store.count(Query.of("招聘")) == restored
    assert [finding for finding in store.check() if not finding.is_ok] == []
    (row,) = store.articles(Query.of(limit=1, before=2))
    assert row["first_seen_at"] == NOW.isoformat()
    save(store, [20_000])
    assert store.count(Query()) == restored + 1


def test_a_backup_goes_from_one_database_to_the_other(
    store: Store, sqlite_store: Store, tmp_path: Path, database_kind: str
) -> None:
    if database_kind == "sqlite":
        pytest.skip("the same file")
    save(store, range(3))
    store.backup(tmp_path / "from-postgresql.db")
    sqlite_store.restore(tmp_path / "from-postgresql.db")
    assert sqlite_store.count(Query.of("招聘")) == 3
    save(sqlite_store, range(3, 5))
    sqlite_store.backup(tmp_path / "from-sqlite.db")
    store.restore(tmp_path / "from-sqlite.db")
    assert store.count(Query.of("招聘")) == 5
    assert list(store.articles_of(Query())) == list(sqlite_store.articles_of(Query()))


def test_a_backup_overwrites_nothing_and_leaves_nothing_half_done(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(UsageError, match="exists"):
        store.backup(tmp_path / "there.db")
    assert (tmp_path / "there.db").read_text() == "precious"
    with pytest.raises(UsageError, match="no folder"):
        store.backup(tmp_path / "no-such-folder" / "backup.db")


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + bytes(4096)])
def test_a_damaged_backup_is_refused_and_nothing_is_lost(sqlite_store: Store, tmp_path: Path, content: bytes) -> None:
    save(sqlite_store, range(3))
    (tmp_path / "bad.db").write_bytes(content)
    with pytest.raises(StoreError):
        sqlite_store.restore(tmp_path / "bad.db")
    with pytest.raises(StoreError, match="no such file"):
        sqlite_store.restore(tmp_path / "none.db")
    assert sqlite_store.count(Query()) == 3


def test_a_search_index_out_of_step_is_found_and_built_anew(sqlite_store: Store) -> None:
    save(sqlite_store, range(5))
    with writing(sqlite_store.engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER article_search_ad")
        connection.execute(sa.text("DELETE FROM article_search WHERE seq = 1"))
        connection.execute(sa.text("DELETE FROM articles WHERE seq = 1"))
    found = {finding.name: finding for finding in sqlite_store.check(repair=False)}
    assert not found["search index"].is_ok
    repaired = {finding.name: finding for finding in sqlite_store.check()}
    assert (repaired["search index"].is_ok, repaired["search index"].was_repaired) == (True, True)
    assert all(finding.is_ok and not finding.was_repaired for finding in sqlite_store.check())
    assert sqlite_store.count(Query.of("招聘")) == 4


def test_articles_without_words_or_cut_otherwise_are_found_and_put_right(store: Store) -> None:
    save(store, range(3))
    with writing(store.engine) as connection:
        connection.execute(sa.text("DELETE FROM article_search WHERE seq = 1"))
        connection.execute(sa.text("UPDATE article_search SET seg = ' of an older program ' WHERE seq = 2"))
    (fault,) = [finding for finding in store.check(repair=False) if not finding.is_ok]
    assert (fault.name, fault.detail) == ("search words", "at least 2 articles are not found by their words")
    assert store.count(Query.of("招聘")) == 1
    (repaired,) = [finding for finding in store.check() if finding.was_repaired]
    assert repaired.detail == "2 articles cut anew"
    assert store.count(Query.of("招聘")) == 3
    assert not any(finding.was_repaired for finding in store.check())


def test_a_damaged_file_is_a_clear_error(sqlite_store: Store, tmp_path: Path) -> None:
    save(sqlite_store, range(200))
    sqlite_store.close()  # which moves the write-ahead log into the file
    content = bytearray((tmp_path / "hirewire.db").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (tmp_path / "hirewire.db").write_bytes(bytes(content))
    with pytest.raises(StoreError, match="malformed"):
        list(sqlite_store.articles(Query()))
