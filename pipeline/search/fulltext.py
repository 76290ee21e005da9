"""The words of a query in the full-text indexes of both databases.

They become one FTS5 expression, or one tsquery. FTS5 knows the order of words itself; PostgreSQL's vectors are kept without
positions (they end at 16,383), so a phrase is looked for again in the words of those articles that have all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.compiler import compiles

from pipeline.search.tree import And, Node, Not, Or, Words
from pipeline.store.tables import article_search

if TYPE_CHECKING:
    from pipeline.search.segments import Phrase

Condition = sa.ColumnElement[bool]
# Words that more articles have are met soon enough by going backwards through the articles.
COMMON = 2_000
_VECTOR: sa.ColumnClause[Any] = sa.column("fts")
FTS = sa.table("article_fts", sa.column("rowid", sa.Integer), sa.column("article_fts"))


def rarity(node: Node) -> sa.Select[Any] | None:
    """On PostgreSQL: counts the articles that have the words asked for, up to `COMMON`; None where no words are.

    Its planner does not know how rare a word is, and that reading a vector is dear: for a word that is nowhere it would
    go backwards through all articles, in the hope of twenty matches (5 s on 182,000 articles; with this, 10 ms).
    """
    query = _candidates(node)
    if query is None:
        return None
    some = sa.select(sa.literal(1)).select_from(article_search).where(_VECTOR.op("@@")(sa.cast(query, TSQUERY)))
    return sa.select(sa.func.count()).select_from(some.limit(COMMON).subquery())


def _candidates(node: Node) -> str | None:
    """A tsquery that finds all articles that match and perhaps more; None where every article might."""
    match node:
        case Words(_, sought):
            return f"({_tsquery(sought)})"
        case And(parts):
            wanted = [query for query in map(_candidates, parts) if query is not None]
            return " & ".join(wanted) if wanted else None
        case Or(parts):
            either = [_candidates(part) for part in parts]
            return None if None in either else "(" + " | ".join(str(query) for query in either) + ")"
        case _:
            return None


def is_text(node: Node) -> bool:
    """Whether the full-text index alone can answer it."""
    match node:
        case Words():
            return True
        case And(parts) | Or(parts):
            return bool(parts) and all(is_text(part) for part in parts)
        case Not(part):
            return is_text(part)
        case _:
            return False


def text_together(parts: tuple[Node, ...]) -> list[Node]:
    """The parts, those on text alone made one, so that the index is asked once."""
    text = tuple(part for part in parts if is_text(part))
    others = [part for part in parts if not is_text(part)]
    return [text[0] if len(text) == 1 else And(text), *others] if text else others


def in_sqlite(seq: sa.ColumnElement[int], node: Node) -> Condition:
    """That the article's words match, asked of FTS5."""
    if (expression := fts5(node)) is not None:
        return seq.in_(sa.select(FTS.c.rowid).where(FTS.c.article_fts.op("MATCH")(expression)))
    match node:  # FTS5 has no "all but"
        case Not(part):
            return sa.not_(in_sqlite(seq, part))
        case And(parts):
            positive = tuple(part for part in parts if fts5(part) is not None)
            rest = [in_sqlite(seq, part) for part in parts if fts5(part) is None]
            return sa.and_(*([in_sqlite(seq, And(positive))] if positive else []), *rest)
        case Or(parts):
            return sa.or_(*(in_sqlite(seq, part) for part in parts))
        case _:
            raise AssertionError(node)


def fts5(node: Node) -> str | None:
    """The FTS5 expression; None where it has none, as for a bare "not". Words are quoted and have no quotes in them."""
    match node:
        case Words(_, sought):
            return f'"{" ".join(sought.words)}"' + (" *" if sought.is_prefix else "")
        case Or(parts):
            either = [fts5(part) for part in parts]
            return None if None in either else "(" + " OR ".join(str(part) for part in either) + ")"
        case And(parts):
            wanted = [fts5(part) for part in parts if not isinstance(part, Not)]
            unwanted = [fts5(part.part) for part in parts if isinstance(part, Not)]
            if not wanted or None in wanted or None in unwanted:
                return None
            both = "(" + " AND ".join(str(part) for part in wanted) + ")"
            return f"({both} NOT ({' OR '.join(str(part) for part in unwanted)}))" if unwanted else both
        case _:
            return None


def in_postgresql(seq: sa.ColumnElement[int], node: Node) -> Condition:
    """That the article's words match, asked of the stored vectors."""

    def rows(part: Node) -> Condition:
        match part:
            case Words(_, sought):
                words = _VECTOR.op("@@")(sa.cast(_tsquery(sought), TSQUERY))
                return words if len(sought.words) == 1 else sa.and_(words, contains(article_search.c.seg, sought))
            case And(parts):
                return sa.and_(*(rows(each) for each in parts))
            case Or(parts):
                return sa.or_(*(rows(each) for each in parts))
            case Not(inner):
                return sa.not_(rows(inner))
            case _:
                raise AssertionError(part)

    return seq.in_(sa.select(article_search.c.seq).where(rows(node)))


def _tsquery(sought: Phrase) -> str:
    last = len(sought.words) - 1
    return " & ".join(
        f"'{word}'" + (":*" if sought.is_prefix and place == last else "") for place, word in enumerate(sought.words)
    )


class _Place(sa.sql.functions.GenericFunction[int]):
    """Where one text first stands in another, from 1; 0 where it does not."""

    name = "place_in_text"
    type = sa.Integer()
    inherit_cache = True


@compiles(_Place, "sqlite")
def _instr(element: _Place, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Place, "postgresql")
def _strpos(element: _Place, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


def contains(seg: sa.ColumnElement[str], sought: Phrase) -> Condition:
    """Whether the index text has the phrase."""
    return _Place(seg, sought.needle) > 0
