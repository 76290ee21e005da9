"""Stories: articles on one event, read from the articles' `story_id`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa

from pipeline.knowledge.publishers import family
from pipeline.rows import hiring_row
from pipeline.search.query import EXPORT_LIMIT
from pipeline.store.database import reading
from pipeline.store.paging import Paging
from pipeline.store.records import TITLE_CHARACTERS, first_words, hiring_of, ids_of, iso
from pipeline.store.tables import article_bodies, articles, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.engine import RowMapping

    from pipeline.facts import Hiring
    from pipeline.rows import Row
    from pipeline.search.query import Query

_A = articles.c
_B = article_bodies.c
_COLUMNS = (
    _A.seq, _A.id, _A.url, _A.title, _A.source, _A.published_at, _A.published_precision, _A.first_seen_at, _A.revised_at,
    _A.language, _B.players, _A.is_hiring, _A.story_id, _A.duplicate_of, _A.duplicate_kind, _B.hiring,
    sa.func.substr(_B.text, 1, TITLE_CHARACTERS + 1).label("beginning"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """One article of a story; `kind` is what it is to the story: the first, a copy or translation, or a report of its own."""

    article_id: str
    url: str
    title: str
    source: str | None
    language: str
    kind: Literal["original", "exact", "near", "translation", "report"]
    first_seen_at: datetime
    revised_at: datetime | None
    published_at: datetime | None
    published_precision: str
    hiring: Hiring


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """A story with all its articles, first seen first."""

    id: str
    articles: tuple[StoryArticle, ...]


_SAME = "url source language first_seen_at revised_at published_at published_precision".split()


class StoryReads(Paging):
    """Reads of stories; mixed into `Store`."""

    def stories(self, query: Query) -> Iterator[Row]:
        """The stories with an article that matches, in the order of their newest matching one; all their articles."""
        for story_ids in self._story_ids(query):
            yield from self.stories_of(story_ids)

    def stories_of(self, story_ids: Sequence[str]) -> list[Row]:
        """These stories, in this order; a story whose articles are gone is left out."""
        groups = self._grouped(story_ids)
        return [_row(story, groups[story]) for story in story_ids if story in groups]

    def changed_stories(self, query: Query, since: datetime | None = None) -> Iterator[StoryRecord]:
        """What digests are made of: stories with an article that matches and came or was revised at or after `since`."""
        fresh = [] if since is None else [sa.or_(_A.first_seen_at >= since, _A.revised_at >= since)]
        for story_ids in self._story_ids(query, *fresh):
            groups = self._grouped(story_ids)
            yield from (_record(story, groups[story]) for story in story_ids if story in groups)

    def _story_ids(self, query: Query, *more: sa.ColumnElement[bool]) -> Iterator[list[str]]:
        """Ids of stories, each once, at most as many as the query's limit, a page's worth at a time."""
        seen: set[str] = set()
        # A story has two or three articles; the stream is left as soon as there are enough stories.
        for page in self.pages(replace(query, limit=EXPORT_LIMIT), (_A.seq, _A.story_id), *more, first=3 * query.limit):
            found = dict.fromkeys(row["story_id"] for row in page)
            fresh = [story for story in found if story not in seen][: query.limit - len(seen)]
            seen.update(fresh)
            yield fresh
            if len(seen) >= query.limit:
                return

    def _grouped(self, story_ids: Sequence[str]) -> dict[str, list[RowMapping]]:
        """The rows of these stories' articles, oldest first."""
        groups: dict[str, list[RowMapping]] = {}
        with reading(self.engine) as connection:
            for row in connection.execute(
                sa.select(*_COLUMNS).select_from(whole).where(_A.story_id.in_(story_ids)).order_by(_A.seq)
            ).mappings():
                groups.setdefault(row["story_id"], []).append(row)
        return groups


def _lead(rows: Sequence[RowMapping]) -> RowMapping:
    """The earliest article that is nobody's copy."""
    return min(rows, key=lambda row: (row["duplicate_of"] is not None, *_age(row)))


def _age(row: RowMapping) -> tuple[bool, datetime, str]:
    """Sorts by date of publication; what has none comes last, by when it was seen."""
    at = row["published_at"]
    return at is None, at or row["first_seen_at"], row["id"]


def _coverage(rows: Sequence[RowMapping]) -> list[Row]:
    """Each outlet's first article and how long after the first report it came, in the order of their reports."""
    start = min((row["published_at"] for row in rows if row["published_at"]), default=None)
    outlets: dict[str, Row] = {}
    for row in sorted(rows, key=_age):
        name, at = family(urlsplit(row["url"]).hostname or ""), row["published_at"]
        lag = (at - start).total_seconds() if start and at else None
        outlets.setdefault(name, {"outlet": name, "article_id": row["id"], "lag_seconds": lag})
    return list(outlets.values())


def _record(story_id: str, rows: Sequence[RowMapping]) -> StoryRecord:
    lead = _lead(rows)
    return StoryRecord(
        id=story_id,
        articles=tuple(
            StoryArticle(
                article_id=row["id"],
                title=row["title"] or first_words(row["beginning"]),
                kind=row["duplicate_kind"] or ("original" if row is lead else "report"),
                hiring=hiring_of(row["hiring"]),
                **{name: row[name] for name in _SAME},
            )
            for row in rows
        ),
    )


def _row(story_id: str, rows: Sequence[RowMapping]) -> Row:
    lead = _lead(rows)
    hiring = [(row["id"], hiring_of(row["hiring"])) for row in rows if row["is_hiring"]]
    return {
        "id": story_id,
        "title": lead["title"] or first_words(lead["beginning"]),
        "url": lead["url"],
        "first_seen_at": iso(rows[0]["first_seen_at"]),
        "published_at": iso(min((row["published_at"] for row in rows if row["published_at"]), default=None)),
        "latest_seen_at": iso(rows[-1]["first_seen_at"]),
        "articles": [row["id"] for row in rows],
        "sources": _distinct(row["source"] for row in rows if row["source"]),
        "languages": _distinct(row["language"] for row in rows),
        "coverage": _coverage(rows),
        "players": _distinct(player for row in rows for player in ids_of(row["players"])),
        "is_hiring": bool(hiring),
        "facts": _story_facts(hiring),
    }


def _story_facts(hiring: Sequence[tuple[str, Hiring]]) -> list[Row]:
    """The facts of the story's articles; articles that state the same facts give one entry."""
    facts: dict[str, Row] = {}
    for article, record in hiring:
        row = hiring_row(record)
        said = {name: row[name] for name in ("actions", "employers", "losing", "roles", "places", "headcount", "pay")}
        facts.setdefault(repr(said), said | {"article_id": article, "evidence": row["evidence"]})
    return list(facts.values())


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
