"""What is shown of a story: title, lead outlet, who reported first and how long the others took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.memory import Mark, Trace

# English words that a Chinese, Japanese or Korean character comes to in a translation of news.
_WORD_A_CHARACTER = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One outlet's part in a story: its first article and how long after the first report, in seconds."""

    family: str
    article_id: str
    lag_seconds: float | None  # None where a date is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """What is shown of a story: the title and article that lead, and the outlets in the order they reported."""

    story_id: str
    title: str
    lead_article: str
    coverage: tuple[Coverage, ...]


def summarise(story_id: str, members: Sequence[Trace], marks: Iterable[Mark]) -> StorySummary:
    """Derive a story's lead and coverage: the lead is the longest original of the outlets that credit nobody."""
    repeats = {mark.article_id for mark in marks if mark.duplicate_of}
    originals = [each for each in members if each.id not in repeats] or list(members)
    lead = min(originals, key=lambda each: (bool(each.credits), not each.title, -_words(each), each.id))
    dated = [each.at for each in members if each.is_dated]
    start = min(dated, default=None)
    outlets: dict[str, Coverage] = {}
    for each in sorted(members, key=lambda one: (not one.is_dated, one.at, one.id)):
        lag = (each.at - start).total_seconds() if start and each.is_dated else None
        outlets.setdefault(each.family, Coverage(family=each.family, article_id=each.id, lag_seconds=lag))
    return StorySummary(story_id=story_id, title=lead.title, lead_article=lead.id, coverage=tuple(outlets.values()))


def _words(each: Trace) -> float:
    """Length in words, whatever the script."""
    return each.fingerprint.length * (1 if each.fingerprint.script == "latin" else _WORD_A_CHARACTER)
