"""What the tests of relations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.store.database import metadata, open_engine
from tests.unit.relations.rooms import TABLES, Room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["twin", "sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    if request.param == "twin":
        yield Room(None)
        return
    url = f"sqlite:///{tmp_path / 'relations.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_server")
    engine = open_engine(url)
    metadata.create_all(engine, tables=TABLES)
    yield Room(engine)
    metadata.drop_all(engine, tables=TABLES)
    engine.dispose()
