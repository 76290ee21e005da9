"""The full-text index, which no autogenerate can write: FTS5 with triggers on SQLite, a stored tsvector on PostgreSQL.

The text in `article_search.seg` is cut into words by the program (`pipeline.search.segments`), one space between two.
Both databases only split it at the spaces again, so both find the same: FTS5's `ascii` tokenizer takes every character
above 127 and the named signs as part of a word, and `array_to_tsvector` is no parser at all.
"""

from __future__ import annotations

from alembic import op

SQLITE_UP = (
    """CREATE VIRTUAL TABLE article_fts USING fts5(
    seg, content='article_search', content_rowid='seq', tokenize="ascii tokenchars '+#$'")""",
    """CREATE TRIGGER article_search_ai AFTER INSERT ON article_search BEGIN
    INSERT INTO article_fts(rowid, seg) VALUES (new.seq, new.seg); END""",
    """CREATE TRIGGER article_search_ad AFTER DELETE ON article_search BEGIN
    INSERT INTO article_fts(article_fts, rowid, seg) VALUES ('delete', old.seq, old.seg); END""",
    """CREATE TRIGGER article_search_au AFTER UPDATE OF seg ON article_search BEGIN
    INSERT INTO article_fts(article_fts, rowid, seg) VALUES ('delete', old.seq, old.seg);
    INSERT INTO article_fts(rowid, seg) VALUES (new.seq, new.seg); END""",
)
POSTGRESQL_UP = (
    """ALTER TABLE article_search ADD COLUMN fts tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(seg), ' '))) STORED""",
    "CREATE INDEX ix_article_search_fts ON article_search USING gin (fts)",
)


def create() -> None:
    """Make the index, after the table `article_search`."""
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP:
        op.execute(statement)


def drop() -> None:
    """Take the index away, before the table; PostgreSQL drops column and index with the table."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE article_fts")
