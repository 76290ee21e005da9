"""Whether what was fetched is another wording than what is stored, as far as the source's page junk is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.rewording import Wording, is_reworded
from pipeline.store.junk import SqlJunkMemory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import sqlalchemy as sa


def is_revision(connection: sa.Connection, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether the columns of an article as fetched say something else than its stored row.

    Args:
        connection: inside the transaction that writes.
        old: the stored row.
        new: the columns to be written.
    """
    if old["content_hash"] == new["content_hash"]:
        return False
    before, after = (Wording(row["title"], row["text"]) for row in (old, new))
    if not is_reworded(before, after):
        return False
    junk = frozenset(line for text in (before.text, after.text) for line in _junk_of(connection, new, text))
    return not junk or is_reworded(before, after, junk)


def _junk_of(connection: sa.Connection, new: Mapping[str, Any], text: str) -> Iterator[str]:
    if not new["source"]:
        return
    lines = text.split("\n")
    for position in SqlJunkMemory(connection).known_elsewhere(new["source"], new["url"], lines):
        yield lines[position]
