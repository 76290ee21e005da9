"""What the remembering stages need of what was seen before: small protocols, fulfilled by the store and by an in-memory twin.

A `Trace` is what is remembered of an article to compare others with. `Memory` finds traces that may be related, and keeps
relations, people's corrections, and what was derived from both: duplicate marks and stories.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit

from pipeline.knowledge.publishers import credited, family, reads_translated
from pipeline.neutral_facts import neutral_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pipeline.document import Article, Fingerprint, Relation

# Copies are looked for this far to both sides; syndication runs for weeks. The same text is found at any distance.
COPY_WINDOW = timedelta(days=30)
# Translations and reports of one event; the third day is the last that readers call the same news.
REPORT_WINDOW = timedelta(days=4)
# What the shared search keys of two articles must be worth, in bits, before they are compared as reports or translations:
# two long articles share some rare words by chance, a short one has few to share. By class of the one with fewer keys.
LEAST_BITS = (9, 16, 24)
_CLASS_KEYS = (12, 30)
_RARE_KEY_BITS = 5  # commoner keys, which fill up those of short texts, do not make it a long one
_KEY_WEIGHT_MASK = 31
# Never more than this many articles of each script are compared with one, the most promising first. It bounds the cost of a
# flood of look-alikes; no order of arrival matters below it.
MOST_CANDIDATES = 20

ChangeKind = Literal["merged", "split", "renamed"]
DuplicateKind = Literal["exact", "near", "translation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is remembered of an article. `at` is when it was published or, undated, fetched."""

    id: str
    url: str
    source: str | None
    title: str
    language: str
    at: datetime
    is_dated: bool
    family: str  # outlet, from the host
    credits: tuple[str, ...]  # families the text names as its origin
    is_translated: bool  # the text shows signs of being a translation
    players: tuple[str, ...]
    models: tuple[str, ...]
    actors: tuple[str, ...]  # who hires and who loses
    actions: tuple[str, ...]
    people: tuple[str, ...]
    fingerprint: Fingerprint
    facts: tuple[str, ...] = ()  # of `neutral_facts`; a trace kept by an earlier release has none


def trace(article: Article) -> Trace:
    """The trace of an article.

    Raises:
        ValueError: it has no fingerprint.
    """
    if article.fingerprint is None:
        raise ValueError(f"article {article.document.id} has no fingerprint: run the fingerprint stage first")
    document, hiring = article.document, article.hiring
    return Trace(
        id=document.id,
        url=document.canonical_url,
        source=document.source,
        title=document.title,
        language=article.language.tag if article.language else "und",
        at=document.published_at or document.fetched_at,
        is_dated=document.published_at is not None,
        family=family(urlsplit(document.canonical_url).hostname or ""),
        credits=credited(document.text),
        is_translated=reads_translated(document.text, article.language.tag if article.language else "und"),
        players=tuple(sorted(tag.id for tag in article.players)),
        models=tuple(sorted(tag.id for tag in article.models)),
        actors=tuple(sorted({*hiring.employers, *hiring.losing})) if hiring and hiring.is_hiring else (),
        actions=tuple(sorted(hiring.actions)) if hiring and hiring.is_hiring else (),
        people=tuple(sorted(person.name for person in hiring.people)) if hiring else (),
        fingerprint=article.fingerprint,
        facts=neutral_facts(hiring),
    )


def settled_trace(memory: CandidateMemory, article: Article) -> Trace:
    """The trace of an article, dated as it was first if it was seen before and says no better now.

    Each fetch of an undated page has another time; its place among stories must not move with it.
    """
    here = trace(article)
    known = () if here.is_dated else memory.traces([here.id])
    return replace(here, at=known[0].at, is_dated=known[0].is_dated) if known else here


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """What a person decided: two articles belong to one story, or do not (`a` < `b`)."""

    a: str
    b: str
    kind: Literal["together", "apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was derived for one article: its story, and the original it repeats, if any.

    `story_id` is the id of the story's first article, so it depends on the articles alone.
    """

    article_id: str
    story_id: str
    duplicate_of: str | None = None
    duplicate_kind: DuplicateKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """A story's id ceased to be: its articles now belong to `into` (several rows where it was split)."""

    story_id: str
    into: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationOutcome:
    """What filing an article changed: its relations, the marks that are new or differ, and story ids that ceased."""

    article_id: str
    relations: tuple[Relation, ...]
    marks: tuple[Mark, ...]
    changes: tuple[StoryChange, ...]


# Search keys stand on shelves, so that the many look-alikes of one language do not crowd out those of another.
_SHELVES = {"latin": 0, "han": 1, "other": 3}
_BRIDGE_SHELF = 2  # Chinese articles under their English


def shelves(fingerprint: Fingerprint) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """On which shelves an article's search keys are kept."""
    own = (_SHELVES[fingerprint.script], fingerprint.keys)
    return (own, (_BRIDGE_SHELF, fingerprint.bridge_keys)) if fingerprint.script == "han" else (own,)


def searches(fingerprint: Fingerprint) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """On which shelves, with which keys, the reports of an article's event are looked for; the mirror of `shelves`."""
    own, bridge = fingerprint.keys, fingerprint.bridge_keys
    if fingerprint.script == "han":
        return (_SHELVES["han"], own), (_SHELVES["latin"], bridge), (_SHELVES["other"], bridge)
    return (_SHELVES["latin"], own), (_BRIDGE_SHELF, own), (_SHELVES["other"], own)


def key_class(fingerprint: Fingerprint) -> int:
    """0 for few rare search keys, 2 for many."""
    rare = sum((key & _KEY_WEIGHT_MASK) >= _RARE_KEY_BITS for key in fingerprint.keys)
    return sum(rare >= least for least in _CLASS_KEYS)


class CandidateMemory(Protocol):
    """Finds what may be related to an article; symmetric: `a` is found for `b` if `b` is found for `a`."""

    def copies_of(self, trace: Trace) -> Sequence[Trace]:
        """Traces with the same text, or sharing a band within `COPY_WINDOW`."""
        ...

    def reports_near(self, trace: Trace) -> Sequence[Trace]:
        """Traces sharing search keys worth the `LEAST_BITS` of both within `REPORT_WINDOW`."""
        ...

    def traces(self, article_ids: Iterable[str]) -> Sequence[Trace]:
        """The traces of these articles, as far as known."""
        ...


class Memory(CandidateMemory, Protocol):
    """Keeps traces, relations, constraints and what is derived of them."""

    def begin(self) -> None:
        """Wait until no other writer files an article; held until the transaction ends."""
        ...

    def remember(self, trace: Trace, relations: Iterable[Relation]) -> None:
        """Keep a trace and its relations, replacing what was kept of the same article."""
        ...

    def forget(self, article_id: str) -> None:
        """Remove an article's trace, relations and mark; constraints stay."""
        ...

    def neighbours(self, article_ids: Iterable[str]) -> Sequence[Relation]:
        """All relations with one of these articles at an end."""
        ...

    def constraints(self, article_ids: Iterable[str]) -> Sequence[Constraint]:
        """All constraints with one of these articles at an end."""
        ...

    def constrain(self, constraint: Constraint) -> None:
        """Remember a person's decision; a later one on the same pair replaces it."""
        ...

    def marks(self, article_ids: Iterable[str]) -> Sequence[Mark]:
        """The marks of these articles, as far as known."""
        ...

    def story_members(self, story_id: str) -> Sequence[str]:
        """Ids of the articles of a story."""
        ...

    def write(self, marks: Iterable[Mark], changes: Iterable[StoryChange]) -> None:
        """Keep marks and changes of stories."""
        ...
