"""Migrations: what they make is what the program expects, on both databases."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from alembic import command

from crawler.manners import reservations
from pipeline.errors import StoreError
from pipeline.settings import Settings
from pipeline.store import Store, schema
from pipeline.store.crawling import manners, runs
from pipeline.store.database import open_engine, writing


def settings(url: str) -> Settings:
    return Settings(home=Path(), database_url=url)


def test_the_migrations_make_the_declared_tables(store: Store) -> None:
    with writing(store.engine) as connection:
        command.check(schema.alembic_config(connection))


def test_down_and_up_again(store: Store) -> None:
    with writing(store.engine) as connection:
        command.downgrade(schema.alembic_config(connection), "base")
    assert store.current() is None
    with store.engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}
    store.upgrade()
    assert store.current() == schema.known_revisions()[-1]


def test_what_an_older_program_stored_is_kept(store: Store) -> None:
    with writing(store.engine) as connection:
        command.downgrade(schema.alembic_config(connection), "0001")
        connection.execute(
            sa.text(
                "INSERT INTO feed_state (key, url, source, unchanged_count, is_partial, links, new_links, problem, format)"
                " VALUES ('k', 'https://example.org/feed', 'example', 3, :no, 20, 2, '', 'rss')"
            ),
            {"no": False},
        )
        connection.execute(
            sa.text(
                "INSERT INTO source_state (source, next_at, outcome, health, evidence, remedy, failures, rights)"
                " VALUES ('example', :now, 'ok', 'ok', '', '', 0, '[\"noai\"]')"
            ),
            {"now": datetime(2026, 11, 20, tzinfo=UTC)},
        )
    store.upgrade()
    with writing(store.engine) as connection:
        kept = manners.feed(connection, "k")
        state = runs.state_of(connection, "example")
    assert kept is not None
    assert (kept["unchanged_count"], kept["links"], kept["hub"], kept["answered_by"]) == (3, 20, "", "")
    assert state is not None
    assert reservations.read(state["rights"]) == ()


def test_postgresql_asks_for_the_upgrade_and_sqlite_does_it(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        opened = Store.open(settings(database_url))
    else:
        with pytest.raises(StoreError, match="db upgrade"):
            Store.open(settings(database_url))
        opened = Store.connect(settings(database_url))
        assert opened.current() is None
        opened.upgrade()
    assert opened.current() == schema.known_revisions()[-1]
    opened.close()


def test_a_newer_schema_is_refused_with_its_number(store: Store, store_settings: Settings) -> None:
    with writing(store.engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="9999"):
        Store.open(store_settings)


def test_several_processes_may_start_on_an_empty_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    code = (
        "from pathlib import Path; from pipeline.settings import Settings; from pipeline.store import Store;"
        f"print(Store.open(Settings(home=Path(), database_url={url!r})).current())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = [process.communicate(timeout=60) for process in started]
    assert outputs == [(schema.known_revisions()[-1] + "\n", "")] * 4


def test_many_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    """Turning on write-ahead logging on a new file makes SQLite tell some of them that it is locked."""
    together = Barrier(6)

    def opened(path: Path) -> bool:
        together.wait(10)
        open_engine(f"sqlite:///{path}").dispose()
        return True

    with ThreadPoolExecutor(6) as threads:
        for n in range(40):
            assert all(threads.map(opened, [tmp_path / f"{n}.db"] * 6))
