"""The store when things go wrong: many writers, unstorable text, a full disk, a killed writer, a lost server."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from pipeline.document import Article, Document
from pipeline.errors import StoreError
from pipeline.search.query import EXPORT_LIMIT, Query
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.digests import SubscriptionRecord
from pipeline.urls import article_id

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def article(path: object, text: str = "", **fields: Any) -> Article:
    url = fields.pop("url", f"https://example.org/{path}")
    document = Document(
        id=article_id(url),
        url=url,
        canonical_url=url,
        title=f"Title {path}",
        text=text or f"Text {path}",
        fetched_at=NOW,
    )
    return Article(document=replace(document, **fields))


def save(store: Store, articles: Iterable[Article]) -> list[str]:
    with store.writing() as writer:
        return [writer.save(each, NOW).kind for each in articles]


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
    )


WORK = """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    import sqlalchemy as sa
    from pipeline.document import Article, Document
    from pipeline.settings import Settings
    from pipeline.store import Store
    from pipeline.store.tables import subscriptions
    from pipeline.urls import article_id
    now = datetime(2026, 11, 20, tzinfo=UTC)
    store = Store.open(Settings(home=Path(sys.argv[2]), database_url=sys.argv[1]))
    kinds = []
    for number in range(50):
        with store.writing() as writer:
            options = writer.connection.scalar(sa.select(subscriptions.c.options))
            writer.connection.execute(sa.update(subscriptions).values(options={"sum": options["sum"] + 1}))
        url = f"https://example.org/{number}"
        document = Document(id=article_id(url), url=url, canonical_url=url, title="t", text=f"x {number}", fetched_at=now)
        with store.writing() as writer:
            kinds.append(writer.save(Article(document=document), now).kind)
    print(kinds.count("stored"), kinds.count("unchanged"))
"""


def test_eight_processes_that_read_and_write_the_same_lose_nothing_and_store_nothing_twice(
    store: Store, store_settings: Settings, tmp_path: Path
) -> None:
    with store.writing() as writer:
        writer.save_subscription(SubscriptionRecord(id="x", query="", created_at=NOW, options={"sum": 0}))
    workers = [start(WORK, store_settings.database_url, str(tmp_path)) for _ in range(8)]
    results = [worker.communicate(timeout=180) for worker in workers]
    assert [error for _, error in results] == [""] * 8
    counts = [tuple(int(part) for part in output.split()) for output, _ in results]
    assert (sum(stored for stored, _ in counts), sum(unchanged for _, unchanged in counts)) == (50, 350)
    assert store.subscriptions()[0].options == {"sum": 8 * 50}
    assert store.count(Query()) == 50
    assert [finding for finding in store.check() if not finding.is_ok] == []


def test_a_batch_with_every_unstorable_thing_is_stored(store: Store) -> None:
    long = "https://example.org/" + "long/" * 1000
    odd = [
        article(1, "a NUL \x00 inside", title="NUL\x00title", authors=("a\x00b",), tags=("\ud800",)),
        article(2, "a lone surrogate \ud83d here"),
        article(3, "emoji 🚀 and 𠮷野家"),
        article(4, url=long),
        article(
            5,
            published_at=datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=8))),
            published_precision="minute",
        ),
        article(6, "\u202e bidi \u200b zero width"),
        article(7, "x" * 1_200_000 + " end"),
        article(8, "大" * 400_000 + "模型"),
    ]
    assert save(store, [*odd, *(article(number) for number in range(9, 51))]) == ["stored"] * 50
    assert store.count(Query()) == 50
    rows = {row["title"]: row for row in store.articles(Query.of(limit=200))}
    assert rows["NULtitle"]["authors"] == ["ab"]
    assert rows["Title 5"]["published_at"] == "2026-11-20T02:00:00+00:00"
    assert [row["id"] for row in store.articles(Query.of("🚀"))] == [odd[2].document.id]
    assert store.article(long) is not None
    for typed in ("\x00 nul", "place:\ud800x", 'source:"a\x00b"', 'story:"a\x00b"', "player:x\ud800"):
        list(store.articles(Query.of(typed)))


def test_ids_of_any_length_and_kind_find_nothing(store: Store) -> None:
    for name in ("", "\x00", "\ud800", "x" * 5000, "' OR 1=1 --", "https://", "story:%"):
        assert store.article(name) is None


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(sa.exc.StatementError, match="naive"):
        save(store, [article(1, published_at=datetime(2026, 11, 20))])  # noqa: DTZ001 - the fault
    assert store.count(Query()) == 0


def test_a_full_disk_is_a_clear_error_and_work_goes_on_when_there_is_room(sqlite_store: Store) -> None:
    save(sqlite_store, [article(1)])
    room = {"pages": 0}

    @event.listens_for(sqlite_store.engine, "begin")
    def limit(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room['pages'] or 2**30}")

    with sqlite_store.engine.connect() as connection:
        room["pages"] = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 20
    with pytest.raises(StoreError, match="full"):
        save(sqlite_store, [article(number, "words " * 5000) for number in range(2, 40)])
    assert [row["title"] for row in sqlite_store.articles(Query())] == ["Title 1"]
    assert all(finding.is_ok for finding in sqlite_store.check())
    room["pages"] = 0
    save(sqlite_store, [article(number, "words " * 5000) for number in range(2, 40)])
    assert sqlite_store.count(Query.of("words")) == 38


KILLED = """
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    from pipeline.document import Article, Document
    from pipeline.settings import Settings
    from pipeline.store import Store
    from pipeline.urls import article_id
    now = datetime(2026, 11, 20, tzinfo=UTC)
    store = Store.open(Settings(home=Path(sys.argv[2]), database_url=sys.argv[1]))
    with store.writing() as writer:
        for number in range(20):
            url = f"https://example.org/{number}"
            document = Document(id=article_id(url), url=url, canonical_url=url, title="t", text="half", fetched_at=now)
            writer.save(Article(document=document), now)
        print("ready", flush=True)
        time.sleep(60)
"""


def test_a_writer_killed_in_a_batch_leaves_nothing_of_it(
    store: Store, store_settings: Settings, tmp_path: Path
) -> None:
    save(store, [article("before")])
    worker = start(KILLED, store_settings.database_url, str(tmp_path))
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=30)
    assert save(store, [article("after")]) == ["stored"]
    assert [row["title"] for row in store.articles(Query())] == ["Title after", "Title before"]
    assert store.count(Query.of("half")) == 0
    assert all(finding.is_ok for finding in store.check())


def test_a_long_export_does_not_let_the_log_grow(sqlite_store: Store, tmp_path: Path) -> None:
    save(sqlite_store, (article(number) for number in range(600)))
    export = sqlite_store.articles(Query.of(limit=EXPORT_LIMIT, max_limit=EXPORT_LIMIT))
    next(export)
    for batch in range(6):
        save(sqlite_store, [article(f"late-{batch}-{number}", "words " * 2000) for number in range(20)])
    assert (tmp_path / "hirewire.db-wal").stat().st_size < 8 * 1024 * 1024  # SQLite folds it in from 4 MB on
    assert sum(1 for _ in export) == 599


def test_a_lost_server_is_a_clear_error_and_the_next_call_works(store: Store, store_settings: Settings) -> None:
    if store_settings.is_sqlite:
        pytest.skip("SQLite has no server")
    save(store, [article(1)])
    other = Store.open(store_settings)
    kill = sa.text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def kill_all() -> None:
        with other.engine.connect() as connection:
            connection.execute(kill)

    def write_while_it_goes() -> None:
        with store.writing() as writer:
            writer.save(article(2), NOW)
            kill_all()
            writer.save(article(3), NOW)

    with pytest.raises(StoreError, match="refused to write"):
        write_while_it_goes()
    kill_all()
    assert [row["title"] for row in store.articles(Query())] == ["Title 1"]
    kill_all()
    assert save(store, [article(2)]) == ["stored"]
    other.close()


def test_errors_do_not_show_the_password() -> None:
    with pytest.raises(StoreError) as caught:
        Store.connect(Settings(home=Path(), database_url="postgresql+psycopg://user:hunter2@127.0.0.1:1/none"))
    assert "hunter2" not in str(caught.value)
