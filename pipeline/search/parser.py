"""Reads a typed query into a tree: recursive descent over tokens that know where they stand.

    query  = [either]
    either = all ("OR" all)*
    all    = one+                    (AND may be written)
    one    = ("-" | "NOT") one | "(" either ")" | "phrase" | field:value | pay>=amount [currency] | word

Whatever is typed gives a tree or a `QueryError` that says where; no input is a crash. Full-width brackets, colons and
Chinese quotation marks mean the same as their ASCII kin. Loose punctuation, as in a pasted headline, is passed over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import QueryError
from pipeline.search.fields import FIELDS
from pipeline.search.lexer import Kind, Token, example, tokens
from pipeline.search.rates import rates
from pipeline.search.segments import phrase
from pipeline.search.tree import And, Comparison, Dated, Node, Not, Or, Pays, Words
from pipeline.search.values import read_amount, read_instant

if TYPE_CHECKING:
    from datetime import datetime

# Bounds far above what people type and far below what hurts: FTS5 stops at an expression depth of 256.
MAX_LENGTH = 2_000
MAX_TERMS = 64
MAX_DEPTH = 24
_COMPARISONS: dict[str, Comparison] = {
    ">=": ">=", "≥": ">=", ">": ">", "<=": "<=", "≤": "<=", "<": "<", ":": "=", "：": "=", "=": "=", "＝": "=",
}  # fmt: skip
_ENDS = frozenset({"end", ")", "OR"})


def parse(text: str, *, now: datetime | None = None) -> Node:
    """The tree of what was typed; an empty query matches everything.

    Args:
        text: the query.
        now: what `today` and `7d` are counted from; without it, such dates are refused.

    Raises:
        QueryError: it cannot be understood; says where and what to type instead.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text):,} characters; at most {MAX_LENGTH:,} are read",
            position=MAX_LENGTH,
            remedy="shorten it, or split it in two",
        )
    node = _Parser(list(tokens(text)), now).query()
    if node == And() and not text.isspace() and text:
        raise QueryError("there is nothing to search for", position=0, remedy="type a word, a name or a field:value")
    return node


class _Parser:
    def __init__(self, found: list[Token], now: datetime | None) -> None:
        self.tokens = found
        self.at = 0
        self.depth = 0
        self.terms = 0
        self.now = now

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def take(self, kind: Kind) -> Token | None:
        token = self.here
        if token.kind != kind:
            return None
        self.at += 1
        return token

    def query(self) -> Node:
        node = self.either()
        if self.here.kind == ")":
            raise _error("a bracket is closed that was never opened", self.here, "remove it, or open one before")
        return And() if node is None else node

    def either(self) -> Node | None:
        parts = [self.all()]
        while token := self.take("OR"):
            if self.here.kind in _ENDS:
                raise _error("nothing follows this OR", token, 'write a word after it; to search for it, write "or"')
            parts.append(self.all())
        known = tuple(part for part in parts if part is not None)
        return None if not known else known[0] if len(known) == 1 else Or(known)

    def all(self) -> Node | None:
        if self.here.kind == "OR":
            raise _error("nothing stands before this OR", self.here, 'write a word before it; to find it, write "or"')
        parts: list[Node] = []
        while self.here.kind not in _ENDS:
            if (token := self.take("AND")) and (self.here.kind in _ENDS or not parts):
                raise _error("AND stands between two words", token, 'leave it out, or write "and" to search for it')
            if self.here.kind not in _ENDS and (part := self.one()) is not None:
                parts.append(part)
        return None if not parts else parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self) -> Node | None:
        token = self.here
        self.at += 1
        if token.kind in {"-", "("}:
            return self.nested(token)
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise _error(f"more than {MAX_TERMS} words and fields", token, "split the query in two")
        if token.kind == "field":
            return self.field(token)
        return _words(token)

    def nested(self, token: Token) -> Node | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _error(f"more than {MAX_DEPTH} brackets and minus signs inside each other", token, "simplify it")
        if token.kind == "-":
            if self.here.kind in _ENDS | {"AND"}:
                raise _error(f"nothing follows this {token.text}", token, "write what to leave out, as in -apple")
            part = self.one()
            node: Node | None = None if part is None else Not(part)
        else:
            if self.here.kind == ")":
                raise _error("there is nothing in these brackets", token, "remove them")
            node = self.either()
            if not self.take(")"):
                raise _error("this bracket is never closed", token, "close it with )")
        self.depth -= 1
        return node

    def field(self, token: Token) -> Node:
        try:
            if token.text == "pay":
                return self.pay(token)
            if token.text == "after":
                return Dated(since=read_instant(token.value, now=self.now))
            if token.text == "before":
                return Dated(until=read_instant(token.value, now=self.now))
            return FIELDS[token.text].tagged(token.value)
        except ValueError as error:
            raise _error(f"{token.text}: {token.value!r} {error}", token, f"example: {example(token.text)}") from None

    def pay(self, token: Token) -> Node:
        amount, currency = read_amount(token.value)
        if self.here.kind == "word" and self.here.text in rates():
            currency = self.here.text
            self.at += 1
        return Pays(_COMPARISONS[token.sign], amount, currency or "CNY")


def _words(token: Token) -> Words | None:
    """What to search for; None for punctuation alone. A star after a word of letters asks for words that begin so."""
    typed = token.text
    sought = phrase(re.sub(r"^\++(?=\w)", "", typed) if token.kind == "word" else typed)
    if sought is None:
        return None
    if token.kind == "word" and typed.endswith("*") and sought.words[-1].isascii():
        sought = replace(sought, is_prefix=True)
    return Words(typed, sought)


def _error(message: str, token: Token, remedy: str) -> QueryError:
    return QueryError(f"{message} (at character {token.position + 1})", position=token.position, remedy=remedy)
