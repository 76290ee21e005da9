"""Digests and ledger lines as JSON values for the store, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pipeline.digest.records import Digest, Told


def digest_row(digest: Digest) -> dict[str, Any]:
    """The whole digest, so that it can be rendered and sent again word for word."""
    row: dict[str, Any] = _digests().dump_python(digest, mode="json")
    return row


def digest_from_row(row: dict[str, Any]) -> Digest:
    """The digest that `digest_row` wrote.

    Raises:
        ValueError: the value is none.
    """
    return _digests().validate_python(row)


def told_row(told: Told) -> dict[str, Any]:
    """One line of the ledger."""
    row: dict[str, Any] = _ledger_lines().dump_python(told, mode="json")
    return row


def told_from_row(row: dict[str, Any]) -> Told:
    """The line that `told_row` wrote.

    Raises:
        ValueError: the value is none.
    """
    return _ledger_lines().validate_python(row)


@cache
def _digests() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)


@cache
def _ledger_lines() -> TypeAdapter[Told]:
    return TypeAdapter(Told)
