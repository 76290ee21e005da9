"""Digests and the facts of ledger lines as values for the store, and back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from pipeline.digest.records import Digest, ToldFact

if TYPE_CHECKING:
    from collections.abc import Iterable


def digest_row(digest: Digest) -> dict[str, Any]:
    """The whole digest as JSON values, so that it can be rendered and sent again word for word."""
    row: dict[str, Any] = _digests().dump_python(digest, mode="json")
    return row


def digest_from_row(row: dict[str, Any]) -> Digest:
    """The digest that `digest_row` wrote.

    Raises:
        ValueError: the value is none.
    """
    return _digests().validate_python(row)


def facts_to_texts(facts: Iterable[ToldFact]) -> tuple[str, ...]:
    """The facts of a ledger line, each as JSON."""
    return tuple(_facts().dump_json(fact).decode() for fact in facts)


def facts_from_texts(texts: Iterable[str]) -> tuple[ToldFact, ...]:
    """The facts that `facts_to_texts` wrote.

    Raises:
        ValueError: a text is none.
    """
    return tuple(_facts().validate_json(text) for text in texts)


@cache
def _digests() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)


@cache
def _facts() -> TypeAdapter[ToldFact]:
    return TypeAdapter(ToldFact)
