"""Reads: plain rows, newest first. Long answers come in pages, each its own short transaction, so no writer waits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.rows import article_row, hiring_row
from pipeline.search.sql import condition, matching
from pipeline.store.crawling.tables import frontier
from pipeline.store.database import clean_text, reading
from pipeline.store.paging import Paging
from pipeline.store.records import TITLE_CHARACTERS, article_of, first_words, hiring_of, ids_of, iso, plain
from pipeline.store.relation_tables import relations
from pipeline.store.tables import (
    WHOLE,
    article_bodies,
    article_players,
    articles,
    ledger,
    ledger_articles,
    revisions,
    tombstones,
    whole,
)
from pipeline.urls import article_id as id_of_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import RowMapping

    from pipeline.document import Article
    from pipeline.rows import Row
    from pipeline.search.query import Query

EXCERPT_CHARACTERS = 280

_A = articles.c
_B = article_bodies.c
_LINE = (
    _A.seq, _A.id, _A.url, _B.canonical_url, _A.title, _A.source, _A.country, _B.authors, _B.section, _B.image_url,
    _A.published_at, _A.published_precision, _A.published_method, _A.first_seen_at, _A.revised_at, _A.revision, _A.language,
    _A.language_confidence, _B.players, _B.models, _A.is_hiring, _A.score, _A.story_id, _A.duplicate_of,
    _A.duplicate_kind, _A.paywalled, _B.flags, sa.func.substr(_B.text, 1, EXCERPT_CHARACTERS + 1).label("excerpt"),
)  # fmt: skip
_FACT = (
    _A.seq, _A.id, _A.url, _A.title, _A.source, _A.published_at, _A.first_seen_at, _A.language, _B.players, _A.story_id,
    _A.duplicate_of, _A.duplicate_kind, _B.hiring, sa.func.substr(_B.text, 1, TITLE_CHARACTERS + 1).label("excerpt"),
)  # fmt: skip


class Reads(Paging):
    """What may be asked of the store; mixed into `Store`."""

    def articles(self, query: Query) -> Iterator[Row]:
        """The articles that match, one row each, without their text but with an excerpt."""
        return map(_line, self.stream(query, _LINE))

    def facts(self, query: Query) -> Iterator[Row]:
        """The hiring facts of articles that match: one row each, told once.

        An article whose original matches as well is left out: it tells the same. `duplicates` names those left out.
        """
        original = articles.alias("original")
        told = sa.exists().where(
            original.c.id == _A.duplicate_of,
            original.c.is_hiring,
            condition(query.tree, original, is_postgresql=self.is_postgresql),
        )
        for page in self.pages(query, _FACT, _A.is_hiring, sa.or_(_A.duplicate_of.is_(None), sa.not_(told))):
            copies = self._copies([row["id"] for row in page])
            yield from (_fact_row(row, copies.get(row["id"], [])) for row in page)

    def article(self, id_or_url: str) -> Row | None:
        """Everything on one article, text and spans included; None where it is not stored."""
        row = self._row(id_or_url)
        if row is None:
            return None
        return article_row(article_of(row)) | {
            name: iso(row[name])
            for name in (
                "seq", "first_seen_at", "revised_at", "revision", "story_id", "duplicate_of", "duplicate_kind", "country",
            )
        }  # fmt: skip

    def explain(self, id_or_url: str) -> Row:
        """What became of a URL: its page, article, older wordings, relations, whether it was deleted, and who was told."""
        article_id = as_id(id_or_url)
        article = self.article(article_id)
        with reading(self.engine) as connection:
            deleted = connection.execute(sa.select(tombstones).where(tombstones.c.article_id == article_id)).mappings()
            told = connection.execute(
                sa.select(ledger)
                .join(ledger_articles, ledger_articles.c.digest_id == ledger.c.digest_id)
                .where(ledger_articles.c.article_id == article_id, ledger_articles.c.story_id == ledger.c.story_id)
                .order_by(ledger.c.told_at)
            ).mappings()
            older = connection.execute(
                sa.select(revisions).where(revisions.c.seq == (article or {}).get("seq")).order_by(revisions.c.revision)
            ).mappings()
            page = connection.execute(sa.select(frontier).where(_is_page_of(article_id))).mappings().first()
            related = connection.execute(
                sa.select(relations).where(sa.or_(relations.c.a == article_id, relations.c.b == article_id))
            ).mappings()
            return {
                "id": article_id,
                "page": plain(page) if page else None,
                "relations": [plain(row) for row in related],
                "article": article,
                "reasons": [] if article is None else self._row(article_id)["hiring"].get("reasons", []),  # type: ignore[index]
                "revisions": [plain(row) for row in older],
                "deleted": next((plain(row) for row in deleted), None),
                "digests": [plain(row) for row in told],
            }

    def articles_of(self, query: Query) -> Iterator[Article]:
        """The articles that match as records, as the stages made them, newest first: for working through them again."""
        return map(article_of, self.stream(query, WHOLE))

    def articles_with(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """The stored ones of these articles, by id."""
        with reading(self.engine) as connection:
            rows = connection.execute(sa.select(*WHOLE).select_from(whole).where(_A.id.in_(article_ids))).mappings()
            return {row["id"]: article_of(row) for row in rows}

    def players(self) -> list[Row]:
        """How many articles name each player, and how many of those are hiring news; most named first."""
        counts: Counter[str] = Counter()
        hiring: Counter[str] = Counter()
        with reading(self.engine) as connection:
            for player, is_hiring, number in connection.execute(
                sa.select(article_players.c.player, _A.is_hiring, sa.func.count())
                .join_from(article_players, articles)
                .group_by(article_players.c.player, _A.is_hiring)
            ):
                counts[player] += number
                hiring[player] += number if is_hiring else 0
        return [
            {"id": player, "articles": number, "hiring": hiring[player]}
            for player, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]

    def count(self, query: Query) -> int:
        """How many articles match, whatever the query's limit."""
        found = matching(query.tree, articles, _A.seq, is_postgresql=self.is_postgresql).order_by(None)
        with self.searching() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0

    def newest_seq(self) -> int:
        """The cursor that stands after everything stored by now; 0 where nothing is."""
        with reading(self.engine) as connection:
            return connection.scalar(sa.select(sa.func.max(_A.seq))) or 0

    def _row(self, id_or_url: str) -> RowMapping | None:
        with reading(self.engine) as connection:
            chosen = sa.select(*WHOLE).select_from(whole).where(_A.id == as_id(id_or_url))
            return connection.execute(chosen).mappings().first()

    def _copies(self, originals: Sequence[str]) -> dict[str, list[str]]:
        copies: dict[str, list[str]] = {}
        with reading(self.engine) as connection:
            for original, copy in connection.execute(
                sa.select(_A.duplicate_of, _A.id).where(_A.duplicate_of.in_(originals)).order_by(_A.seq)
            ):
                copies.setdefault(original, []).append(copy)
        return copies


def _is_page_of(article_id: str) -> sa.ColumnElement[bool]:
    """An article's id is the beginning of its page's key: both are made of the URL, unless a redirect led elsewhere."""
    begins_so = sa.and_(frontier.c.key >= article_id, frontier.c.key < article_id + "g")
    return sa.or_(frontier.c.article_id == article_id, begins_so if article_id else sa.false())


def as_id(id_or_url: str) -> str:
    """An article's id, given it or its URL; what is neither is nobody's id."""
    try:
        return id_of_url(id_or_url) if "://" in id_or_url else clean_text(id_or_url)
    except ValueError:
        return ""


def _line(row: RowMapping) -> Row:
    line = {name: iso(value) for name, value in row.items()}
    excerpt = row["excerpt"]
    line["excerpt"] = (
        excerpt if len(excerpt) <= EXCERPT_CHARACTERS else excerpt[: EXCERPT_CHARACTERS - 1].rstrip() + "…"
    )
    line["title"] = row["title"] or first_words(excerpt)
    return line | {"players": ids_of(row["players"]), "models": ids_of(row["models"])}


def _fact_row(row: RowMapping, duplicates: list[str]) -> Row:
    line = {name: iso(value) for name, value in row.items() if name not in {"hiring", "id", "excerpt"}}
    return {
        "article_id": row["id"],
        **line,
        "title": row["title"] or first_words(row["excerpt"]),
        "players": ids_of(row["players"]),
        "duplicates": duplicates,
        **hiring_row(hiring_of(row["hiring"])),
    }
