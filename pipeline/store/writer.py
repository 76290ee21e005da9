"""Writes within one transaction: articles with their side tables, old wordings, full text, and what keeps deleted ones away.

Saving the same article twice changes nothing. Writers take turns (SQLite by its write lock, PostgreSQL by an advisory
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
from pipeline.store.records import content_hash, document_columns, finding_columns
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
    from collections.abc import Iterator
    from datetime import datetime

    from pipeline.document import Article, Document, FateKind, RelationKind

DUPLICATES: frozenset[RelationKind] = frozenset({"exact", "near", "translation"})


class Writer(DigestWrites):
    """The writes of one transaction; `connection` is open to other rooms of the store."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    @contextmanager
    def item(self) -> Iterator[None]:
        """A part of the batch that may fail alone: what it wrote is undone, the error goes on to the caller.

        Raises:
            StoreError: the database is locked, full or gone: that ends the whole batch.
        """
        with refusing(), self.connection.begin_nested():
            yield

    def content_of(self, article_id: str) -> str | None:
        """The `content_hash` of the stored article, to see whether a page has changed; None where there is none."""
        return self.connection.scalar(sa.select(articles.c.content_hash).where(articles.c.id == article_id))

    def is_tombstoned(self, article_id: str, content: str | None = None) -> bool:
        """Whether this article was deleted, or one with this `content_hash`, and is to stay away."""
        same = tombstones.c.article_id == article_id
        if content is not None:
            same |= tombstones.c.content_hash == content
        return self.connection.scalar(sa.select(sa.exists().where(same))) is True

    def save(self, article: Article, now: datetime) -> Fate:
        """Store the article, new or again; a changed text keeps the old one as a revision.

        Story and duplicate are not this function's: see `place`.
        """
        document = article.document
        if self.is_tombstoned(document.id, content_hash(document)):
            return Fate(kind="rejected", url=document.url, article_id=document.id, detail="deleted")
        same = sa.select(*WHOLE).select_from(whole).where(articles.c.id == document.id)
        old = self.connection.execute(same).mappings().first()
        columns = document_columns(document) | finding_columns(article)
        kind: FateKind
        if old is None:
            seq, kind = self._insert(document, columns, now), "stored"
        else:
            seq, kind = old["seq"], self._update(old, columns, now)
        self._replace_side_tables(seq, article)
        return Fate(
            kind=kind,
            url=document.url,
            article_id=document.id,
            is_duplicate=any(relation.kind in DUPLICATES for relation in article.relations),
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
        seq: int = self.connection.execute(
            sa.insert(articles).values(**first, **columns).returning(articles.c.seq)
        ).scalar_one()
        self.connection.execute(sa.insert(article_bodies).values(seq=seq, **body))
        return seq

    def _update(self, old: Any, columns: dict[str, Any], now: datetime) -> FateKind:
        # What a later page does not say, such as which source found it first or a date, is not forgotten.
        for name in ("source", "country", "source_language"):
            columns[name] = old[name] or columns[name]
        if columns["published_at"] is None:
            for name in ("published_at", "published_precision", "published_method"):
                columns[name] = old[name]
        columns["dated_at"] = columns["published_at"] or old["first_seen_at"]
        is_revised = old["content_hash"] != columns["content_hash"]
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
        self.connection.execute(
            sa.update(articles)
            .where(articles.c.id == article_id)
            .values(story_id=story_id, duplicate_of=duplicate_of, duplicate_kind=duplicate_kind)
        )

    def _replace_side_tables(self, seq: int, article: Article) -> None:
        rows = {
            article_players: [{"seq": seq, "player": tag.id} for tag in article.players],
            article_models: [{"seq": seq, "model": tag.id, "player": tag.player} for tag in article.models],
            article_facts: [
                {"seq": seq, "ordinal": ordinal, **fact} for ordinal, fact in enumerate(fact_rows(article.hiring))
            ],
        }
        for table, values in rows.items():
            self.connection.execute(sa.delete(table).where(table.c.seq == seq))
            if values:
                self.connection.execute(sa.insert(table), values)
        search = index_text_of(article)
        changed = self.connection.execute(
            sa.update(article_search)
            .where(article_search.c.seq == seq, article_search.c.seg != search)
            .values(seg=search)
        )
        if not changed.rowcount and not self.connection.scalar(
            sa.select(sa.exists().where(article_search.c.seq == seq))
        ):
            self.connection.execute(sa.insert(article_search).values(seq=seq, seg=search))


def body_of(columns: dict[str, Any]) -> dict[str, Any]:
    """Take from the columns those of `article_bodies`."""
    return {column.name: columns.pop(column.name) for column in article_bodies.c if column.name in columns}
