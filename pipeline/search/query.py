"""A question to the store: what matches, how many, and from where on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.search.fields import FIELDS
from pipeline.search.parser import parse
from pipeline.search.tree import And, Dated, Node, Or, Tagged
from pipeline.search.values import read_instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PAGE_LIMIT = 200
EXPORT_LIMIT = 1_000_000
_MAX_SEQ = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Query:
    """What to read, newest first.

    `before` is a cursor: only articles whose `seq` is smaller (the last seq of the page before). `after` is one for those
    who read on, such as digests: only articles whose `seq` is greater.
    """

    tree: Node = field(default_factory=And)
    limit: int = 50
    before: int | None = None
    after: int | None = None

    @classmethod
    def of(
        cls,
        text: str = "",
        *,
        players: Sequence[str] = (),
        language: str | None = None,
        source: str | None = None,
        hiring: bool | None = None,
        since: str | datetime | None = None,
        until: str | datetime | None = None,
        limit: int = 50,
        max_limit: int = PAGE_LIMIT,
        before: int | None = None,
        after: int | None = None,
        now: datetime | None = None,
    ) -> Query:
        """A query from what was typed and from separate filters; all must match.

        Args:
            text: in the query language.
            players: any of these is named.
            language: a tag; `zh` is both scripts.
            source: id of the source.
            hiring: only LLM-hiring news, or only other.
            since: from this date on.
            until: up to and with this date (an instant is not included).
            limit: at most so many rows.
            max_limit: what this caller allows: `PAGE_LIMIT` for the web, `EXPORT_LIMIT` for the command.
            before: cursor; see the class.
            after: cursor; see the class.
            now: what `today` and `7d` are counted from.

        Raises:
            QueryError: the text cannot be understood.
            UsageError: a filter cannot be; names it.
        """
        parts = [parse(text, now=now)]
        if players:
            parts.append(Or(tuple(_tagged("player", player) for player in players)))
        given = (
            ("lang", language),
            ("source", source),
            ("hiring", None if hiring is None else "yes" if hiring else "no"),
        )
        parts += [_tagged(name, value) for name, value in given if value]
        if since:
            parts.append(Dated(since=_instant("since", since, now=now)))
        if until:
            parts.append(Dated(until=_instant("until", until, now=now, is_end=True)))
        kept = tuple(part for part in parts if part != And())
        return cls(
            tree=kept[0] if len(kept) == 1 else And(kept),
            limit=_bounded("limit", limit, 1, max_limit),
            before=None if before is None else _bounded("before", before, 0, _MAX_SEQ),
            after=None if after is None else _bounded("after", after, 0, _MAX_SEQ),
        )

    def page(self, limit: int, before: int | None) -> Query:
        """The same question for another stretch of its rows."""
        return replace(self, limit=limit, before=self.before if before is None else before)


def _tagged(name: str, value: str) -> Tagged:
    try:
        return FIELDS[name].tagged(value)
    except ValueError as error:
        raise UsageError(f"{name}: {value!r} {error}", remedy=f"example: {FIELDS[name].example}") from None


def _instant(name: str, value: str | datetime, **options: Any) -> datetime:
    if not isinstance(value, str):
        return value
    try:
        return read_instant(value, **options)
    except ValueError as error:
        raise UsageError(f"{name}: {value!r} {error}", remedy=f"example: {name} 2026-11-01") from None


def _bounded(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise UsageError(f"{name} is {value}; it must lie between {least:,} and {most:,}")
    return value
