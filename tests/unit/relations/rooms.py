"""A memory behind one door, whichever kind it is, and the news that the tests of relations file into it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.memory_twin import MemoryTwin
from pipeline.run import relate_article
from pipeline.store.database import metadata, writing
from pipeline.store.relation_tables import anchors, bands, relations, story_changes, story_marks, traces
from pipeline.store.relations import SqlMemory
from tests.unit.relations.newswire import (
    HARBOUR_EN,
    HARBOUR_REPORT,
    HARBOUR_ZH,
    NOON,
    ORCHARD_EN,
    ORCHARD_ZH,
    article,
    filler,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from pipeline.document import Article
    from pipeline.memory import Mark, Memory, RelationOutcome

HOUR = timedelta(hours=1)
TABLES = [traces, bands, anchors, relations, story_marks, story_changes, *[metadata.tables["story_constraints"]]]
# A report, its translation, a wrapped copy, an independent report; another event in two languages; something else.
NEWS = {
    "en": article("en", HARBOUR_EN, title="Harbourlight hires"),
    "zh": article("zh", HARBOUR_ZH, language="zh-Hans", host="xinwen.example", at=NOON + 3 * HOUR),
    "copy": article("copy", "Our paper adds.\n" + HARBOUR_EN, host="copies.example", at=NOON + 2 * HOUR),
    "report": article("report", HARBOUR_REPORT, host="city.example", at=NOON + HOUR),
    "cherries": article("cherries", ORCHARD_EN, at=NOON - 5 * HOUR),
    "yingtao": article("yingtao", ORCHARD_ZH, language="zh-Hant", host="xinwen.example"),
    "else": article("else", filler(1)),
}
IDS = {name: each.document.id for name, each in NEWS.items()}


class Room:
    """A memory behind the door that both kinds share: one transaction a filing."""

    def __init__(self, engine: sa.Engine | None) -> None:
        self.engine, self.twin = engine, MemoryTwin()

    @contextmanager
    def memory(self) -> Iterator[Memory]:
        if self.engine is None:
            yield self.twin
            return
        with writing(self.engine) as connection:
            memory = SqlMemory(connection, NOON)
            memory.begin()
            yield memory

    def file(self, *articles: Article) -> list[RelationOutcome]:
        outcomes = []
        for each in articles:
            with self.memory() as memory:
                outcomes.append(relate_article(memory, each))
        return outcomes

    def marks(self) -> dict[str, Mark]:
        with self.memory() as memory:
            return {mark.article_id: mark for mark in memory.marks(IDS.values())}

    def stories(self) -> set[frozenset[str]]:
        names = {value: name for name, value in IDS.items()}
        marks = self.marks()
        return {
            frozenset(names[key] for key, mark in marks.items() if mark.story_id == story)
            for story in {mark.story_id for mark in marks.values()}
        }
