"""One story as readers want it: who reported it first, how long the others took, what to read, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.memory import REPORT_WINDOW
from pipeline.stages.duplicates import LEAST_REPORT, is_one_script
from pipeline.stages.duplicates.reports import report_evidence
from pipeline.stages.stories import linked_stories
from pipeline.stages.stories.summary import summarise
from pipeline.store.database import reading
from pipeline.store.reads import as_id
from pipeline.store.records import iso
from pipeline.store.relations import SqlMemory, lineage, successor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from pipeline.memory import Mark, Trace
    from pipeline.rows import Row
    from pipeline.stages.stories.summary import StorySummary
    from pipeline.store.store import Store

# How far from a story its follow-ups are looked for. Candidates are searched as far as reports of one event lie apart, so
# this is asked in steps of that.
FOLLOW_UP_WINDOW = timedelta(days=16)
_MOST_ASKED = 8  # of a large story's own reports the first so many are asked: the others say the same


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a story."""

    members: Sequence[Trace]
    marks: Mapping[str, Mark]
    linked: tuple[str, ...]
    former: tuple[str, ...]


def show(store: Store, name: str, *, now: datetime) -> Row:
    """A story by its id, a former id of it, or an article's id or URL: its row with coverage, lead and linked stories.

    Raises:
        UsageError: nothing stored is called so.
    """
    with reading(store.engine) as connection:
        memory = SqlMemory(connection, now)
        story_id = _story_of(memory, name)
        marks = {mark.article_id: mark for mark in memory.marks(memory.story_members(story_id))}
        known = _Known(
            members=memory.traces(marks),
            marks=marks,
            linked=tuple(sorted({*linked_stories(memory, story_id), *_follow_ups(memory, marks)} - {story_id})),
            former=tuple(sorted(lineage(connection, story_id) - {story_id})),
        )
    row = store.stories_of([story_id])[0]
    return row | _shown(row["id"], known) | {"linked": _linked(store, known)}


def _story_of(memory: SqlMemory, name: str) -> str:
    if marks := memory.marks([as_id(name)]):
        return marks[0].story_id
    if memory.story_members(name):
        return name
    if found := successor(memory.connection, name):
        return found
    raise UsageError(
        f"no story or article {name!r} is stored",
        remedy="name a story by its id, or an article by its id or URL; `hirewire stories --json` lists both",
    )


def _follow_ups(memory: SqlMemory, marks: Mapping[str, Mark]) -> set[str]:
    """Stories of other days that read like reports of this one's event."""
    found: set[str] = set()
    originals = [mark.article_id for mark in marks.values() if mark.duplicate_of is None]
    for here in _by_time(memory.traces(originals))[:_MOST_ASKED]:
        for step in range(1, FOLLOW_UP_WINDOW // REPORT_WINDOW + 1):
            for at in (here.at - step * REPORT_WINDOW, here.at + step * REPORT_WINDOW):
                for there in memory.reports_near(replace(here, at=at)):
                    if there.id not in marks and _are_linked(here, there):
                        found.add(there.id)
    return {mark.story_id for mark in memory.marks(found)}


def _are_linked(one: Trace, other: Trace) -> bool:
    evidence = report_evidence(one, other, whenever=True)
    return not evidence.veto and evidence.score >= LEAST_REPORT and is_one_script(one, other)


def _shown(story_id: str, known: _Known) -> Row:
    summary = summarise(story_id, known.members, known.marks.values())
    traces = {each.id: each for each in known.members}
    coverage = [_outlet(each.family, each.article_id, each.lag_seconds, traces, known) for each in summary.coverage]
    return {
        "first_to_report": _first_to_report(summary),
        "lead": {
            "outlet": traces[summary.lead_article].family,
            "article_id": summary.lead_article,
            "url": traces[summary.lead_article].url,
            "title": summary.title,
        },
        "coverage": coverage,
        "former_ids": list(known.former),
    }


def _first_to_report(summary: StorySummary) -> str | None:
    """The outlet, where a date tells it."""
    return next((each.family for each in summary.coverage if each.lag_seconds is not None), None)


def _outlet(family: str, article_id: str, lag: float | None, traces: Mapping[str, Trace], known: _Known) -> Row:
    trace, mark = traces[article_id], known.marks[article_id]
    return {
        "outlet": family,
        "lag_seconds": lag,
        "published_at": iso(trace.at) if trace.is_dated else None,
        "kind": mark.duplicate_kind or ("original" if _is_repeated(article_id, known) else "report"),
        "language": trace.language,
        "title": trace.title,
        "article_id": article_id,
        "url": trace.url,
        "duplicate_of": mark.duplicate_of,
        "articles": [each.id for each in _by_time(known.members) if each.family == family],
    }


def _is_repeated(article_id: str, known: _Known) -> bool:
    return any(mark.duplicate_of == article_id for mark in known.marks.values())


def _by_time(members: Iterable[Trace]) -> list[Trace]:
    return sorted(members, key=lambda each: (not each.is_dated, each.at, each.id))


def _linked(store: Store, known: _Known) -> list[Row]:
    """The linked stories, earliest first; `order` says whether one came before or after this story."""
    start = min(iso(each.at) or "" for each in known.members)
    rows = []
    for row in store.stories_of(known.linked):
        at = row["published_at"] or row["first_seen_at"]
        rows.append(
            {"id": row["id"], "title": row["title"], "at": at, "order": "before" if at < start else "after"}
            | {"url": row["url"], "articles": len(row["articles"])}
        )
    return sorted(rows, key=lambda row: (row["at"], row["id"]))
