"""The tables of what relates articles: traces, their index, relations, marks, changes of stories, people's decisions."""

from __future__ import annotations

import sqlalchemy as sa

from pipeline.store.database import CleanText, UtcDateTime, metadata

traces = sa.Table(
    "relation_traces",
    metadata,
    sa.Column("num", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("article_id", sa.String(16), nullable=False, unique=True),
    sa.Column("text_hash", sa.String(32), nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)


def _index_table(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("bucket", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("num", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


bands = _index_table("relation_bands")
anchors = _index_table("relation_anchors")

relations = sa.Table(
    "relations",
    metadata,
    sa.Column("a", sa.String(16), primary_key=True),
    sa.Column("b", sa.String(16), primary_key=True, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
)

story_marks = sa.Table(
    "story_marks",
    metadata,
    sa.Column("article_id", sa.String(16), primary_key=True),
    sa.Column("story_id", sa.String(16), nullable=False, index=True),
    sa.Column("duplicate_of", sa.String(16)),
    sa.Column("duplicate_kind", CleanText),
)

story_changes = sa.Table(
    "story_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("story_id", sa.String(16), nullable=False, index=True),
    sa.Column("into", sa.String(16), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
)

story_constraints = sa.Table(
    "story_constraints",
    metadata,
    sa.Column("a", sa.String(16), primary_key=True),
    sa.Column("b", sa.String(16), primary_key=True, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("decided_at", UtcDateTime, nullable=False),
)
