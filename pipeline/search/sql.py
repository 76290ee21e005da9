"""Turns a query's tree into SQL, with the same results on SQLite and PostgreSQL.

The words of a query are asked of the full-text index (`pipeline.search.fulltext`); everything else is a condition on
`articles` or its side tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pipeline.search.fulltext import FTS, Condition, contains, fts5, in_postgresql, in_sqlite, is_text, text_together
from pipeline.search.rates import convert, rates
from pipeline.search.segments import phrase
from pipeline.search.tree import And, Dated, Node, Not, Or, Pays, Tagged
from pipeline.store.database import clean_text
from pipeline.store.tables import article_facts, article_models, article_players

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def condition(node: Node, articles: sa.FromClause, *, is_postgresql: bool) -> Condition:
    """What the rows of `articles` (the table or an alias of it) must fulfil.

    Args:
        node: the query's tree.
        articles: the rows it is asked of.
        is_postgresql: which of the two databases is asked.
    """
    return _Compiler(articles, in_postgresql if is_postgresql else in_sqlite).compile(node)


def matching(
    node: Node,
    articles: sa.Table,
    *columns: sa.ColumnElement[Any],
    is_postgresql: bool,
    before: int | None = None,
    after: int | None = None,
    bodies: sa.Table | None = None,
    is_rare: bool = False,
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
        is_rare: few articles have the words asked for (see `rarity`); PostgreSQL then begins with the index of words.
    """
    parts = text_together(node.parts if isinstance(node, And) else (node,))
    expression = fts5(parts[0]) if parts and is_text(parts[0]) and not is_postgresql else None
    seq: sa.ColumnElement[int] = articles.c.seq if expression is None else FTS.c.rowid
    bounds = [seq < before] if before is not None else []
    bounds += [seq > after] if after is not None else []
    source: sa.FromClause = articles
    if expression is None:
        where = condition(node, articles, is_postgresql=is_postgresql)
    else:
        source = FTS.join(articles, articles.c.seq == FTS.c.rowid)
        others = condition(And(tuple(parts[1:])), articles, is_postgresql=False)
        where = sa.and_(FTS.c.article_fts.op("MATCH")(expression), others)
    if bodies is not None:
        source = source.outerjoin(bodies, bodies.c.seq == articles.c.seq)
    # An order that no index has: PostgreSQL cannot hope to meet enough matches soon by going backwards through them all.
    order = (seq + 0).desc() if is_rare else seq.desc()
    return sa.select(*columns).select_from(source).where(where, *bounds).order_by(order)


class _Compiler:
    def __init__(self, articles: sa.FromClause, in_text: Callable[[sa.ColumnElement[int], Node], Condition]) -> None:
        self.articles = articles.c
        self.in_text = in_text

    def compile(self, node: Node) -> Condition:
        if is_text(node):
            return self.in_text(self.articles.seq, node)
        match node:
            case And(parts):
                return sa.and_(sa.true(), *(self.compile(part) for part in text_together(parts)))
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
        return self._facts(node.field, sa.or_(facts.value.in_(ids), contains(facts.label, sought)))

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
