"""The tables of articles and digests; `seq` grows with every article, so it orders by arrival and is the cursor of pages.

`articles` and the side tables hold what queries ask for, `article_bodies` what is only shown. Deleting an article deletes
its rows everywhere.
"""

from __future__ import annotations

import sqlalchemy as sa

from pipeline.store.database import CleanJson, CleanText, UtcDateTime, metadata


def _seq(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column("seq", sa.ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=primary_key, nullable=False)


articles = sa.Table(
    "articles",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(16), nullable=False, unique=True),
    sa.Column("source", CleanText),
    sa.Column("country", sa.String(2)),  # of the source
    sa.Column("language", CleanText, nullable=False),
    sa.Column("language_method", CleanText),
    sa.Column("language_confidence", sa.Float, nullable=False),
    sa.Column("is_hiring", sa.Boolean, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("published_at", UtcDateTime),
    sa.Column("published_precision", CleanText, nullable=False),
    sa.Column("published_method", CleanText, nullable=False),
    sa.Column("modified_at", UtcDateTime),
    sa.Column("first_seen_at", UtcDateTime, nullable=False),
    sa.Column("dated_at", UtcDateTime, nullable=False),  # published_at, else first_seen_at: what after: and before: ask
    sa.Column("fetched_at", UtcDateTime, nullable=False),
    sa.Column("revised_at", UtcDateTime),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
    # Given by the relations: the story's id is that of an article of it; an article alone is its own story.
    sa.Column("story_id", sa.String(16), nullable=False),
    sa.Column("duplicate_of", sa.String(16)),
    sa.Column("duplicate_kind", CleanText),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("text_hash", CleanText),
    sa.Column("paywalled", sa.Boolean, nullable=False),
    sa.Column("title", CleanText, nullable=False),
    sa.Column("url", CleanText, nullable=False),
    sa.Index(None, "source", "seq"),
    sa.Index(None, "language", "seq"),
    sa.Index(None, "country", "seq"),
    sa.Index(None, "is_hiring", "seq"),
    sa.Index(None, "dated_at"),
    sa.Index(None, "first_seen_at"),
    sa.Index(None, "revised_at"),
    sa.Index(None, "story_id", "seq"),
    sa.Index(None, "duplicate_of"),
    sa.Index(None, "content_hash"),
    sqlite_autoincrement=True,  # a deleted article's seq is never given again: cursors stay true
)

# What is only shown, never asked for: apart, so that a search that must look at many articles reads few pages.
article_bodies = sa.Table(
    "article_bodies",
    metadata,
    _seq(primary_key=True),
    sa.Column("canonical_url", CleanText, nullable=False),
    sa.Column("image_url", CleanText),
    sa.Column("section", CleanText),
    sa.Column("declared_language", CleanText),
    sa.Column("source_language", CleanText),
    sa.Column("authors", CleanJson, nullable=False),
    sa.Column("tags", CleanJson, nullable=False),
    sa.Column("flags", CleanJson, nullable=False),
    sa.Column("players", CleanJson, nullable=False),
    sa.Column("models", CleanJson, nullable=False),
    sa.Column("hiring", CleanJson, nullable=False),
    sa.Column("text", CleanText, nullable=False),
    sa.Column("blocks", CleanJson, nullable=False),
    sa.Column("links", CleanJson, nullable=False),
)
# Every column of an article, and where they are read from. An outer join, so that SQLite looks at `articles` first.
WHOLE = (*articles.c, *(column for column in article_bodies.c if column.name != "seq"))
whole = articles.outerjoin(article_bodies, article_bodies.c.seq == articles.c.seq)

article_search = sa.Table(
    "article_search",
    metadata,
    _seq(primary_key=True),
    sa.Column("seg", CleanText, nullable=False),  # pipeline.search.segments.index_text of title and text
)

article_players = sa.Table(
    "article_players",
    metadata,
    _seq(primary_key=True),
    sa.Column("player", CleanText, primary_key=True),
    sa.Index(None, "player", "seq"),
)

article_models = sa.Table(
    "article_models",
    metadata,
    _seq(primary_key=True),
    sa.Column("model", CleanText, primary_key=True),
    sa.Column("player", CleanText, nullable=False),
    sa.Index(None, "model", "seq"),
)

article_facts = sa.Table(
    "article_facts",
    metadata,
    _seq(primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "kind", CleanText, nullable=False
    ),  # action, employer, losing, platform, person, team, role, place, start, headcount, pay
    sa.Column("value", CleanText, nullable=False),  # id, or the folded words where there is none
    sa.Column("label", CleanText, nullable=False),  # index_text of the words, for role:engineer
    sa.Column("country", sa.String(2)),  # of places
    sa.Column("currency", CleanText),  # of pay, as the two bounds a year in it; None where the text gives none
    sa.Column("annual_low", sa.Float),
    sa.Column("annual_high", sa.Float),
    sa.Index(None, "kind", "value", "seq"),
    sa.Index(None, "kind", "seq"),
)

revisions = sa.Table(
    "article_revisions",
    metadata,
    _seq(primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("replaced_at", UtcDateTime, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("title", CleanText, nullable=False),
    sa.Column("text", CleanText, nullable=False),
)

# A taken-down article stays away: under its URL, and under any URL with the same words.
tombstones = sa.Table(
    "tombstones",
    metadata,
    sa.Column("article_id", sa.String(16), primary_key=True),
    sa.Column("content_hash", sa.String(64)),
    sa.Column("deleted_at", UtcDateTime, nullable=False),
    sa.Column("reason", CleanText, nullable=False),
    sa.Index(None, "content_hash"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", CleanText, primary_key=True),
    sa.Column("query", CleanText, nullable=False),
    sa.Column("is_enabled", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column(
        "options", CleanJson, nullable=False
    ),  # title, schedule, time zone, channels ...: as pipeline.digest reads them
)

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("id", CleanText, primary_key=True),
    sa.Column("subscription", CleanText, nullable=False),
    sa.Column("period", CleanText, nullable=False),  # names the run it is for, such as a local date: made once
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("stories", sa.Integer, nullable=False),
    sa.Column("body", CleanJson, nullable=False),
    sa.UniqueConstraint("subscription", "period"),
)

# The outbox: one row a channel, written in the digest's transaction, before anything is sent. `next_at` is when a row may
# be claimed: the due time while `due`, the end of the lease while `sending`; None once `sent` or `dead`.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("digest_id", sa.ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("channel", CleanText, primary_key=True),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_at", UtcDateTime),
    sa.Column("sent_at", UtcDateTime),
    sa.Column("detail", CleanText, nullable=False),
    sa.Index(None, "next_at"),
)

# What each subscriber has been told: one line a story and digest, with the keys of the facts it showed.
ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("digest_id", sa.ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story_id", sa.String(16), primary_key=True),
    sa.Column("subscription", CleanText, nullable=False),
    sa.Column("facts", CleanJson, nullable=False),
    sa.Column("told_at", UtcDateTime, nullable=False),
    sa.Index(None, "subscription", "told_at"),
)

# Stories are joined and renamed, articles are not: they tell which stories were told of.
ledger_articles = sa.Table(
    "ledger_articles",
    metadata,
    sa.Column("digest_id", sa.ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("article_id", sa.String(16), primary_key=True),
    sa.Column("story_id", sa.String(16), nullable=False),
    sa.Index(None, "article_id"),
)
