"""Working through stored articles again: what the stages see now, compared with what is stored, and accepted or not.

Comparing writes nothing. Accepting stores only what still stands as it was compared: an article that was revised or deleted
meanwhile is left to whoever did so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.stages.players.retag import compare_tags
from pipeline.store.database import reading
from pipeline.store.records import content_hash, iso
from pipeline.store.relations import SqlMemory
from pipeline.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pipeline.document import Article, Document
    from pipeline.rows import Row
    from pipeline.run import Newsdesk
    from pipeline.stages.players.retag import TagChange
    from pipeline.store.store import Store

_OF_DOCUMENT = ("title", "text", "published_at", "authors", "blocks", "links", "paywalled")
_SHOWN = frozenset({"title", "text", "published_at", "authors", "paywalled"})
_OF_STAGES = ("language", "players", "models", "hiring")
# What a page does not say keeps what was known, as when a page is fetched again.
_KEPT = ("source", "source_country", "source_language")
_NOTHING = object()
_DATE = ("published_at", "published_precision", "published_method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article as stored and as it would be now; `what` names the fields that differ, `tags` the players and models."""

    before: Article
    after: Article
    what: tuple[str, ...]
    tags: tuple[TagChange, ...]

    def as_row(self) -> Row:
        """For people and programs: values before and after, each only where it differs."""
        before, after = _values(self.before, self.what), _values(self.after, self.what)
        same = [name for name, value in before.items() if after.get(name, _NOTHING) == value]
        for name in same:
            del before[name], after[name]
        return {
            "id": self.before.document.id,
            "url": self.before.document.url,
            "changed": list(self.what),
            "before": before,
            "after": after,
            "tags": [
                {"what": tag.what, "id": tag.id, "change": tag.change, "names": list(tag.texts)} for tag in self.tags
            ],
        }


def fresh_row(article: Article) -> Row:
    """An article that was none before, as `Change.as_row` gives the others."""
    document, what = article.document, ("title", "text", "published_at", "authors", "language", "hiring")
    tags = [{"what": "player", "id": tag.id, "change": "gained", "names": []} for tag in article.players]
    values = _values(article, what)
    return {"id": document.id, "url": document.url, "changed": ["new"], "before": {}, "after": values, "tags": tags}


def kept_away(store: Store, documents: Iterable[Document]) -> frozenset[str]:
    """The ids of those that were deleted, or have the words of what was, and are to stay away."""
    with reading(store.engine) as connection:
        asked = Writer(connection)
        return frozenset(each.id for each in documents if asked.is_tombstoned(each.id, content_hash(each)))


def kept_identity(before: Document, after: Document) -> Document:
    """A page's document looked at anew, as the article it is stored as, with what only the store still knows."""
    kept: dict[str, Any] = {name: getattr(before, name) or getattr(after, name) for name in _KEPT}
    if after.published_at is None:
        kept |= {name: getattr(before, name) for name in _DATE}
    return replace(after, id=before.id, canonical_url=before.canonical_url, url=before.url, **kept)


def compare(store: Store, pairs: Iterable[tuple[Article, Article]], *, now: datetime) -> list[Change]:
    """What differs between articles as stored and as they are now; those that do not are left out."""
    pairs = list(pairs)
    with reading(store.engine) as connection:
        traces = SqlMemory(connection, now).traces(before.document.id for before, _ in pairs)
    printed = {trace.id: trace.fingerprint for trace in traces}
    changes = []
    for before, after in pairs:
        what = [name for name in _OF_DOCUMENT if getattr(before.document, name) != getattr(after.document, name)]
        what += [name for name in _OF_STAGES if getattr(before, name) != getattr(after, name)]
        if printed.get(before.document.id) != after.fingerprint:
            what.append("fingerprint")
        if what:
            changes.append(Change(before=before, after=after, what=tuple(what), tags=compare_tags(before, after)))
    return changes


def accept(store: Store, desk: Newsdesk, changes: Sequence[Change]) -> int:
    """Store the articles as they are now and draw their stories anew, all in one transaction; how many were stored."""
    accepted = 0
    with store.writing() as writer:
        for change in changes:
            before = change.before.document
            if writer.content_of(before.id) == content_hash(before):
                accepted += desk.file(writer, change.after, anew=True).kind in {"revised", "unchanged"}
    return accepted


def _values(article: Article, what: Sequence[str]) -> Row:
    row: Row = {name: iso(getattr(article.document, name)) for name in what if name in _SHOWN}
    if "language" in what:
        row["language"] = article.language.tag if article.language else "und"
    if "hiring" in what and article.hiring:
        row |= {"is_hiring": article.hiring.is_hiring, "score": article.hiring.score}
    return row
