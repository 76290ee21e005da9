"""Turns a query's tree into SQL, with the same results on SQLite and PostgreSQL.

The text part of a query becomes one FTS5 expression, or one tsquery. FTS5 knows the order of words itself; PostgreSQL's
vectors are kept without positions (they end at 16,383), so a phrase is looked for again in the words of those articles
that have all of them. Everything else is a condition on `articles` or its side tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.compiler import compiles

from pipeline.search.rates import convert, rates
from pipeline.search.segments import phrase
from pipeline.search.tree import And, Dated, Node, Not, Or, Pays, Tagged, Words
from pipeline.store.database import clean_text
from pipeline.store.tables import article_facts, article_models, article_players, article_search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.search.segments import Phrase

Condition = sa.ColumnElement[bool]
_FTS = sa.table("article_fts", sa.column("rowid", sa.Integer), sa.column("article_fts"))


def condition(node: Node, articles: sa.FromClause, *, is_postgresql: bool) -> Condition:
    """What the rows of `articles` (the table or an alias of it) must fulfil.

    Args:
        node: the query's tree.
        articles: the rows it is asked of.
        is_postgresql: which of the two databases is asked.
    """
    return _Compiler(articles, _in_postgresql if is_postgresql else _in_sqlite).compile(node)


def matching(
    node: Node,
    articles: sa.Table,
    *columns: sa.ColumnElement[Any],
    is_postgresql: bool,
    before: int | None = None,
    after: int | None = None,
    bodies: sa.Table | None = None,
) -> sa.Select[Any]:
    """The columns of the articles that match, newest first.

    On SQLite the full-text index leads where there is something to ask it: it hands out rows newest first, so a page
    is read without looking at all that match.

    Args:
        node: the query's tree.
        articles: the table.
        columns: what to select.
        is_postgresql: which of the two databases is asked.
        before: only articles with a smaller `seq`.
        after: only articles with a greater `seq`.
        bodies: a table of further columns, joined by `seq`; looked into only for articles that match.
    """
    parts = _text_together(node.parts if isinstance(node, And) else (node,))
    expression = _fts5(parts[0]) if parts and _is_text(parts[0]) and not is_postgresql else None
    seq: sa.ColumnElement[int] = articles.c.seq if expression is None else _FTS.c.rowid
    bounds = [seq < before] if before is not None else []
    bounds += [seq > after] if after is not None else []
    source: sa.FromClause = articles
    if expression is None:
        where = condition(node, articles, is_postgresql=is_postgresql)
    else:
        source = _FTS.join(articles, articles.c.seq == _FTS.c.rowid)
        others = condition(And(tuple(parts[1:])), articles, is_postgresql=False)
        where = sa.and_(_FTS.c.article_fts.op("MATCH")(expression), others)
    if bodies is not None:
        source = source.outerjoin(bodies, bodies.c.seq == articles.c.seq)
    return sa.select(*columns).select_from(source).where(where, *bounds).order_by(seq.desc())


class _Compiler:
    def __init__(self, articles: sa.FromClause, in_text: Callable[[sa.ColumnElement[int], Node], Condition]) -> None:
        self.articles = articles.c
        self.in_text = in_text

    def compile(self, node: Node) -> Condition:
        if _is_text(node):
            return self.in_text(self.articles.seq, node)
        match node:
            case And(parts):
                return sa.and_(sa.true(), *(self.compile(part) for part in _text_together(parts)))
            case Or(parts):
                return sa.or_(sa.false(), *(self.compile(part) for part in parts))
            case Not(part):
                return sa.not_(sa.func.coalesce(self.compile(part), sa.false()))  # no source is not this source
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> Condition:
        match node:
            case Dated(since, until):
                bounds = [self.articles.dated_at >= since] if since else []
                return sa.and_(sa.true(), *bounds, *([self.articles.dated_at < until] if until else []))
            case Pays():
                return self._facts("pay", _pays(node))
            case Tagged(field, value):
                return _FIELDS[field](self, value) if field in _FIELDS else self._named(node)
            case _:
                raise AssertionError(node)

    def _facts(self, kind: str, wanted: Condition) -> Condition:
        facts = article_facts.c
        return self.articles.seq.in_(sa.select(facts.seq).where(facts.kind == kind, wanted))

    def _named(self, node: Tagged) -> Condition:
        """One of the ids the name means; of facts also those with these words in their name."""
        table = {"player": article_players.c, "model": article_models.c}.get(node.field)
        ids = sorted(node.ids or {node.value.casefold()})
        if table is not None:
            return self.articles.seq.in_(sa.select(table.seq).where(table[node.field].in_(ids)))
        sought = phrase(node.value)
        assert sought, "fields check that their value has words"
        facts = article_facts.c
        return self._facts(node.field, sa.or_(facts.value.in_(ids), _contains(facts.label, sought)))

    def language(self, value: str) -> Condition:
        tag = sa.func.lower(self.articles.language)
        exact = self.articles.language == _as_stored(value)
        return exact if "-" in value else sa.or_(exact, tag.startswith(value + "-", autoescape=True))

    def country(self, value: str) -> Condition:
        return sa.or_(self.articles.country == value, self._facts("place", article_facts.c.country == value))

    def hiring(self, value: str) -> Condition:
        return self.articles.is_hiring.is_(value == "yes")

    def source(self, value: str) -> Condition:
        return self.articles.source == value

    def story(self, value: str) -> Condition:
        return self.articles.story_id == clean_text(value)


_FIELDS: Mapping[str, Callable[[_Compiler, str], Condition]] = {
    "lang": _Compiler.language,
    "source": _Compiler.source,
    "country": _Compiler.country,
    "hiring": _Compiler.hiring,
    "story": _Compiler.story,
}


def _as_stored(tag: str) -> str:
    """BCP 47's way of writing: `zh-Hans`, `pt-BR`."""
    first, *rest = tag.split("-")
    return "-".join((first, *(part.title() if len(part) == 4 else part.upper() for part in rest)))  # noqa: PLR2004 - a script


def _pays(pays: Pays) -> Condition:
    """A range counts by its better end, whichever the text names; each currency is compared in itself."""
    facts = article_facts.c
    better = sa.func.coalesce(facts.annual_high, facts.annual_low)
    compare: dict[str, Callable[[Any], Condition]] = {
        ">=": better.__ge__, ">": better.__gt__, "<=": better.__le__, "<": better.__lt__, "=": better.__eq__,
    }  # fmt: skip
    bounds = {currency: convert(pays.amount, pays.currency, currency) for currency in rates()}
    return compare[pays.comparison](sa.case(bounds, value=facts.currency))


def _is_text(node: Node) -> bool:
    match node:
        case Words():
            return True
        case And(parts) | Or(parts):
            return bool(parts) and all(_is_text(part) for part in parts)
        case Not(part):
            return _is_text(part)
        case _:
            return False


def _text_together(parts: tuple[Node, ...]) -> list[Node]:
    """The parts, those on text alone made one, so that the index is asked once."""
    text = tuple(part for part in parts if _is_text(part))
    others = [part for part in parts if not _is_text(part)]
    return [text[0] if len(text) == 1 else And(text), *others] if text else others


def _in_sqlite(seq: sa.ColumnElement[int], node: Node) -> Condition:
    if (expression := _fts5(node)) is not None:
        return seq.in_(sa.select(_FTS.c.rowid).where(_FTS.c.article_fts.op("MATCH")(expression)))
    match node:  # FTS5 has no "all but"
        case Not(part):
            return sa.not_(_in_sqlite(seq, part))
        case And(parts):
            positive = tuple(part for part in parts if _fts5(part) is not None)
            rest = [_in_sqlite(seq, part) for part in parts if _fts5(part) is None]
            return sa.and_(*([_in_sqlite(seq, And(positive))] if positive else []), *rest)
        case Or(parts):
            return sa.or_(*(_in_sqlite(seq, part) for part in parts))
        case _:
            raise AssertionError(node)


def _fts5(node: Node) -> str | None:
    """The FTS5 expression; None where it has none, as for a bare "not". Words are quoted and have no quotes in them."""
    match node:
        case Words(_, sought):
            return f'"{" ".join(sought.words)}"' + (" *" if sought.is_prefix else "")
        case Or(parts):
            either = [_fts5(part) for part in parts]
            return None if None in either else "(" + " OR ".join(str(part) for part in either) + ")"
        case And(parts):
            wanted = [_fts5(part) for part in parts if not isinstance(part, Not)]
            unwanted = [_fts5(part.part) for part in parts if isinstance(part, Not)]
            if not wanted or None in wanted or None in unwanted:
                return None
            both = "(" + " AND ".join(str(part) for part in wanted) + ")"
            return f"({both} NOT ({' OR '.join(str(part) for part in unwanted)}))" if unwanted else both
        case _:
            return None


def _in_postgresql(seq: sa.ColumnElement[int], node: Node) -> Condition:
    def rows(part: Node) -> Condition:
        match part:
            case Words(_, sought):
                words = sa.column("fts").op("@@")(sa.cast(_tsquery(sought), TSQUERY))
                return words if len(sought.words) == 1 else sa.and_(words, _contains(article_search.c.seg, sought))
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


def _contains(seg: sa.ColumnElement[str], sought: Phrase) -> Condition:
    """Whether the index text has the phrase."""
    return _Place(seg, sought.needle) > 0
