"""How autogenerate sees the schema: what it leaves alone, and which types it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pipeline.store.database import CleanJson, CleanText, UtcDateTime

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave out what `migrations.fulltext` makes by hand: FTS5 with its shadow tables, the tsvector column and index."""
    if kind == "table":
        return not (name or "").startswith("article_fts")
    return not (parents.get("table_name") == "article_search" and name in {"fts", "ix_article_search_fts"})


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write plain types into migrations, so that they stand still when the program's own types change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, CleanText):
        return "sa.Text()"
    if kind == "type" and isinstance(item, CleanJson):
        return "sa.JSON()"
    return False
