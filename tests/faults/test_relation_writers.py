"""Writers that are killed, and writers that compete: the stories are those of one undisturbed writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from pipeline.memory import Mark
from pipeline.memory_twin import MemoryTwin
from pipeline.run import relate_article
from pipeline.store.database import metadata, open_engine
from pipeline.store.relation_tables import (
    anchors,
    bands,
    relations,
    story_changes,
    story_constraints,
    story_marks,
    traces,
)
from tests.unit.relations.newswire import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TABLES = [traces, bands, anchors, relations, story_marks, story_changes, story_constraints]


@contextmanager
def database(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    metadata.create_all(engine, tables=TABLES)
    try:
        yield engine
    finally:
        metadata.drop_all(engine, tables=TABLES)
        engine.dispose()


def start(url: str, seed: int, share: float = 1.0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.relation_writer", url, str(seed), str(share)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def undisturbed() -> tuple[set[Mark], int]:
    twin = MemoryTwin()
    for article in corpus():
        relate_article(twin, article)
    return set(twin.marked.values()), len(twin.relations)


def state(engine: sa.Engine) -> tuple[set[Mark], int]:
    with engine.connect() as connection:
        marks = {Mark(**dict(row)) for row in connection.execute(sa.select(story_marks)).mappings()}
        return marks, connection.scalar(sa.select(sa.func.count()).select_from(relations)) or 0


@pytest.mark.parametrize("commits", [1, 7, 15])
def test_a_writer_killed_between_any_two_writes_leaves_whole_stories(tmp_path: Path, commits: int) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    with database(url) as engine:
        writer = start(url, seed=commits)
        assert writer.stdout is not None
        for _ in range(commits):
            assert writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(10)
        writer.stdout.close()
        with engine.connect() as connection:
            filed = set(connection.execute(sa.select(traces.c.article_id)).scalars())
        twin = MemoryTwin()
        for article in corpus():
            if article.document.id in filed:
                relate_article(twin, article)
        assert len(filed) >= commits
        assert state(engine) == (set(twin.marked.values()), len(twin.relations))
        again = start(url, seed=commits + 1)
        again.communicate(timeout=60)
        assert again.returncode == 0
        assert state(engine) == undisturbed()


def test_four_writers_on_postgresql_end_in_the_stories_of_one(postgresql_server: str) -> None:
    with database(postgresql_server) as engine:
        writers = [start(postgresql_server, seed=seed, share=0.75) for seed in range(4)]
        outputs = [writer.communicate(timeout=120)[0].split() for writer in writers]
        assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
        assert {each for output in outputs for each in output} == {article.document.id for article in corpus()}
        assert state(engine) == undisturbed()
