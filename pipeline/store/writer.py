"""Writes within one transaction: articles with their side tables, old wordings, full text, and what keeps deleted ones away.

Saving the same article twice changes nothing. Full-text rows wait until the end: FTS5 writes out what it holds at each
savepoint, so that every later part of a batch would pay for them. Writers take turns (SQLite by its write lock, PostgreSQL by an advisory
one), so `seq` grows in the order of commits: who has read up to a seq has missed nothing before it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.document import Fate
from pipeline.search.subject import fact_rows, index_text_of
from pipeline.store.database import refusing
from pipeline.store.digests import DigestWrites
from pipeline.store.records import document_columns, finding_columns
from pipeline.store.rewording import is_revision
from pipeline.store.tables import (
    WHOLE,
    article_bodies,
    article_facts,
    article_models,
    article_players,
    article_search,
    articles,
    revisions,
    tombstones,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from pipeline.document import Article, Document, FateKind
    from pipeline.memory import Mark

# Statements that run for each article are built once: building one costs as much as running it.
_CONTENT_OF = sa.select(articles.c.content_hash).where(articles.c.id == sa.bindparam("of_id"))
_KEPT_AWAY = sa.select(tombstones.c.article_id).limit(1)
_KEPT_AWAY_BY_ID = _KEPT_AWAY.where(tombstones.c.article_id == sa.bindparam("of_id"))
_KEPT_AWAY_BY_WORDS = _KEPT_AWAY.where(
    (tombstones.c.article_id == sa.bindparam("of_id")) | (tombstones.c.content_hash == sa.bindparam("content"))
)
_STORED = sa.select(*WHOLE).select_from(whole).where(articles.c.id == sa.bindparam("of_id"))
_INSERT = sa.insert(articles).returning(articles.c.seq)
_PLACE = (
    sa.update(articles)
    .where(articles.c.id == sa.bindparam("of_id"))
    .values(
        story_id=sa.bindparam("in_story"),
        duplicate_of=sa.bindparam("repeats"),
        duplicate_kind=sa.bindparam("repeats_as"),
    )
)
_SIDE_TABLES = (article_players, article_models, article_facts)
_INSERT_INTO = {table: sa.insert(table) for table in (*_SIDE_TABLES, article_bodies, article_search)}
_DELETE_FROM = {table: sa.delete(table).where(table.c.seq == sa.bindparam("of_seq")) for table in _SIDE_TABLES}
_UPDATE_SEARCH = (
    sa.update(article_search)
    .where(article_search.c.seq == sa.bindparam("of_seq"), article_search.c.seg != sa.bindparam("words"))
    .values(seg=sa.bindparam("words"))
)
_IS_SEARCHED = sa.select(article_search.c.seq).where(article_search.c.seq == sa.bindparam("of_seq"))


class Writer(DigestWrites):
    """The writes of one transaction; `connection` is open to other rooms of the store."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._new_words: dict[int, str] = {}  # seq -> full-text row to insert
        self._other_words: dict[int, str] = {}  # seq -> full-text row to replace
        self._alone: set[str] = set()  # ids of articles that are marked as a story of their own, as all begin

    @contextmanager
    def item(self) -> Iterator[None]:
        """A part of the batch that may fail alone: what it wrote is undone, the error goes on to the caller.

        Raises:
            StoreError: the database is locked, full or gone: that ends the whole batch.
        """
        before = dict(self._new_words), dict(self._other_words)
        with refusing():
            self.connection.exec_driver_sql("SAVEPOINT part")
            try:
                yield
            except sa.exc.OperationalError:
                raise  # nothing can be undone alone
            except BaseException:
                self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
                self.connection.exec_driver_sql("RELEASE SAVEPOINT part")
                self._new_words, self._other_words = before
                raise
            self.connection.exec_driver_sql("RELEASE SAVEPOINT part")

    def finish(self) -> None:
        """Write what waited for the end of the transaction; the last call before the commit."""
        new = [{"seq": seq, "seg": words} for seq, words in self._new_words.items()]
        if new:
            self.connection.execute(_INSERT_INTO[article_search], new)
        for seq, words in self._other_words.items():
            changed = self.connection.execute(_UPDATE_SEARCH, {"of_seq": seq, "words": words})
            if not changed.rowcount and self.connection.execute(_IS_SEARCHED, {"of_seq": seq}).first() is None:
                self.connection.execute(_INSERT_INTO[article_search], {"seq": seq, "seg": words})
        self._new_words, self._other_words = {}, {}

    def content_of(self, article_id: str) -> str | None:
        """The `content_hash` of the stored article, to see whether a page has changed; None where there is none."""
        return self.connection.scalar(_CONTENT_OF, {"of_id": article_id})

    def is_tombstoned(self, article_id: str, content: str | None = None) -> bool:
        """Whether this article was deleted, or one with this `content_hash`, and is to stay away."""
        query, values = _KEPT_AWAY_BY_ID, {"of_id": article_id}
        if content is not None:
            query, values = _KEPT_AWAY_BY_WORDS, values | {"content": content}
        return self.connection.execute(query, values).first() is not None

    def save(self, article: Article, now: datetime) -> Fate:
        """Store the article, new or again; a changed text keeps the old one as a revision.

        Story and duplicate are not this function's: see `place`.
        """
        document = article.document
        columns = document_columns(document) | finding_columns(article)
        if self.is_tombstoned(document.id, columns["content_hash"]):
            return Fate(kind="rejected", url=document.url, article_id=document.id, detail="deleted")
        old = self.connection.execute(_STORED, {"of_id": document.id}).mappings().first()
        kind: FateKind = "stored"
        if old is None:
            seq = self._insert(document, columns, now)
            self._insert_side_tables(seq, article)
            self._new_words[seq] = index_text_of(article)
            self._alone.add(document.id)
        else:
            kind = self._update(old, columns, now)
            self._replace_side_tables(old["seq"], article)
        return Fate(
            kind=kind,
            url=document.url,
            article_id=document.id,
            story_id=old["story_id"] if old else document.id,
        )

    def _insert(self, document: Document, columns: dict[str, Any], now: datetime) -> int:
        first = {
            "id": document.id,
            "story_id": document.id,
            "first_seen_at": now,
            "dated_at": document.published_at or now,
        }
        body = body_of(columns)
        seq: int = self.connection.execute(_INSERT, first | columns).scalar_one()
        self.connection.execute(_INSERT_INTO[article_bodies], {"seq": seq, **body})
        return seq

    def _update(self, old: Any, columns: dict[str, Any], now: datetime) -> FateKind:
        # What a later page does not say, such as which source found it first or a date, is not forgotten.
        for name in ("source", "country", "source_language"):
            columns[name] = old[name] or columns[name]
        if columns["published_at"] is None:
            for name in ("published_at", "published_precision", "published_method"):
                columns[name] = old[name]
        columns["dated_at"] = columns["published_at"] or old["first_seen_at"]
        is_revised = is_revision(self.connection, old, columns)
        if is_revised:
            self.connection.execute(
                sa.insert(revisions).values(
                    seq=old["seq"],
                    revision=old["revision"],
                    replaced_at=now,
                    content_hash=old["content_hash"],
                    title=old["title"],
                    text=old["text"],
                )
            )
            columns |= {"revision": old["revision"] + 1, "revised_at": now}
        body = body_of(columns)
        self.connection.execute(sa.update(articles).where(articles.c.seq == old["seq"]).values(**columns))
        self.connection.execute(sa.update(article_bodies).where(article_bodies.c.seq == old["seq"]).values(**body))
        return "revised" if is_revised else "unchanged"

    def place(
        self, article_id: str, *, story_id: str, duplicate_of: str | None = None, duplicate_kind: str | None = None
    ) -> None:
        """Say which story the article belongs to, and of which article it is an exact or near copy or translation."""
        self._place([(article_id, story_id, duplicate_of, duplicate_kind)])

    def place_all(self, marks: Iterable[Mark]) -> None:
        """As `place`, for many: a story that takes another one in gives all of its articles new marks."""
        self._place([(mark.article_id, mark.story_id, mark.duplicate_of, mark.duplicate_kind) for mark in marks])

    def _place(self, placings: Sequence[tuple[str, str, str | None, str | None]]) -> None:
        names = ("of_id", "in_story", "repeats", "repeats_as")
        changed = [each for each in placings if each[0] not in self._alone or each[1:] != (each[0], None, None)]
        if changed:
            self._alone -= {each[0] for each in changed}
            self.connection.execute(_PLACE, [dict(zip(names, each, strict=True)) for each in changed])

    def _replace_side_tables(self, seq: int, article: Article) -> None:
        for delete in _DELETE_FROM.values():
            self.connection.execute(delete, {"of_seq": seq})
        self._insert_side_tables(seq, article)
        waiting = self._new_words if seq in self._new_words else self._other_words
        waiting[seq] = index_text_of(article)

    def _insert_side_tables(self, seq: int, article: Article) -> None:
        rows: dict[sa.Table, list[dict[str, Any]]] = {
            article_players: [{"seq": seq, "player": tag.id} for tag in article.players],
            article_models: [{"seq": seq, "model": tag.id, "player": tag.player} for tag in article.models],
            article_facts: [
                {"seq": seq, "ordinal": ordinal, **fact} for ordinal, fact in enumerate(fact_rows(article.hiring))
            ],
        }
        for table, values in rows.items():
            if values:
                self.connection.execute(_INSERT_INTO[table], values)


def body_of(columns: dict[str, Any]) -> dict[str, Any]:
    """Take from the columns those of `article_bodies`."""
    return {column.name: columns.pop(column.name) for column in article_bodies.c if column.name in columns}
