"""The first schema: every table, and the full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import fulltext

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("language_method", sa.Text(), nullable=True),
        sa.Column("language_confidence", sa.Float(), nullable=False),
        sa.Column("is_hiring", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=False),
        sa.Column("published_method", sa.Text(), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("story_id", sa.String(length=16), nullable=False),
        sa.Column("duplicate_of", sa.String(length=16), nullable=True),
        sa.Column("duplicate_kind", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=True),
        sa.Column("paywalled", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_articles")),
        sa.UniqueConstraint("id", name=op.f("uq_articles_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_articles_content_hash"), "articles", ["content_hash"], unique=False)
    op.create_index(op.f("ix_articles_country_seq"), "articles", ["country", "seq"], unique=False)
    op.create_index(op.f("ix_articles_dated_at"), "articles", ["dated_at"], unique=False)
    op.create_index(op.f("ix_articles_duplicate_of"), "articles", ["duplicate_of"], unique=False)
    op.create_index(op.f("ix_articles_first_seen_at"), "articles", ["first_seen_at"], unique=False)
    op.create_index(op.f("ix_articles_is_hiring_seq"), "articles", ["is_hiring", "seq"], unique=False)
    op.create_index(op.f("ix_articles_language_seq"), "articles", ["language", "seq"], unique=False)
    op.create_index(op.f("ix_articles_revised_at"), "articles", ["revised_at"], unique=False)
    op.create_index(op.f("ix_articles_source_seq"), "articles", ["source", "seq"], unique=False)
    op.create_index(op.f("ix_articles_story_id_seq"), "articles", ["story_id", "seq"], unique=False)
    op.create_table(
        "crawl_runs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl_runs")),
    )
    op.create_index("ix_crawl_runs_source_started_at", "crawl_runs", ["source", "started_at"], unique=False)
    op.create_table(
        "digests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subscription", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("subscription", "period", name=op.f("uq_digests_subscription_period")),
    )
    op.create_table(
        "feed_state",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("full_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unchanged_count", sa.Integer(), nullable=False),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("ttl_seconds", sa.Integer(), nullable=True),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("new_links", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_feed_state")),
    )
    op.create_index(op.f("ix_feed_state_source"), "feed_state", ["source"], unique=False)
    op.create_table(
        "frontier",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fate", sa.String(length=12), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_precision", sa.String(length=8), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("link_language", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("archive_file", sa.Text(), nullable=True),
        sa.Column("archive_offset", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_frontier")),
    )
    op.create_index("ix_frontier_article_id", "frontier", ["article_id"], unique=False)
    op.create_index("ix_frontier_claim", "frontier", ["source", "state", "next_at"], unique=False)
    op.create_index("ix_frontier_newest", "frontier", ["source", "published_at"], unique=False)
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )
    op.create_table(
        "job_runs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "slot", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "junk_lines",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "key", name=op.f("pk_junk_lines")),
    )
    op.create_table(
        "junk_pages",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("page", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "page", name=op.f("pk_junk_pages")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "relation_anchors",
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("bucket", "key", "num", name=op.f("pk_relation_anchors")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relation_bands",
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("bucket", "key", "num", name=op.f("pk_relation_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relation_traces",
        sa.Column("num", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("text_hash", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("num", name=op.f("pk_relation_traces")),
        sa.UniqueConstraint("article_id", name=op.f("uq_relation_traces_article_id")),
    )
    op.create_index(op.f("ix_relation_traces_text_hash"), "relation_traces", ["text_hash"], unique=False)
    op.create_table(
        "relations",
        sa.Column("a", sa.String(length=16), nullable=False),
        sa.Column("b", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_relations")),
    )
    op.create_index(op.f("ix_relations_b"), "relations", ["b"], unique=False)
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_robots")),
    )
    op.create_table(
        "source_state",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=True),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_good_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("failures", sa.Float(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_state")),
    )
    op.create_table(
        "story_changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("story_id", sa.String(length=16), nullable=False),
        sa.Column("into", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_changes")),
    )
    op.create_index(op.f("ix_story_changes_into"), "story_changes", ["into"], unique=False)
    op.create_index(op.f("ix_story_changes_story_id"), "story_changes", ["story_id"], unique=False)
    op.create_table(
        "story_constraints",
        sa.Column("a", sa.String(length=16), nullable=False),
        sa.Column("b", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_story_constraints")),
    )
    op.create_index(op.f("ix_story_constraints_b"), "story_constraints", ["b"], unique=False)
    op.create_table(
        "story_marks",
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("story_id", sa.String(length=16), nullable=False),
        sa.Column("duplicate_of", sa.String(length=16), nullable=True),
        sa.Column("duplicate_kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_story_marks")),
    )
    op.create_index(op.f("ix_story_marks_story_id"), "story_marks", ["story_id"], unique=False)
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
    )
    op.create_table(
        "tombstones",
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_tombstones")),
    )
    op.create_index(op.f("ix_tombstones_content_hash"), "tombstones", ["content_hash"], unique=False)
    op.create_table(
        "article_bodies",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("declared_language", sa.Text(), nullable=True),
        sa.Column("source_language", sa.Text(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("players", sa.JSON(), nullable=False),
        sa.Column("models", sa.JSON(), nullable=False),
        sa.Column("hiring", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["articles.seq"], name=op.f("fk_article_bodies_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_article_bodies")),
    )
    op.create_table(
        "article_facts",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("annual_low", sa.Float(), nullable=True),
        sa.Column("annual_high", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["articles.seq"], name=op.f("fk_article_facts_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", "ordinal", name=op.f("pk_article_facts")),
    )
    op.create_index(op.f("ix_article_facts_kind_seq"), "article_facts", ["kind", "seq"], unique=False)
    op.create_index(op.f("ix_article_facts_kind_value_seq"), "article_facts", ["kind", "value", "seq"], unique=False)
    op.create_table(
        "article_models",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("player", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["articles.seq"], name=op.f("fk_article_models_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", "model", name=op.f("pk_article_models")),
    )
    op.create_index(op.f("ix_article_models_model_seq"), "article_models", ["model", "seq"], unique=False)
    op.create_table(
        "article_players",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("player", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["articles.seq"], name=op.f("fk_article_players_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", "player", name=op.f("pk_article_players")),
    )
    op.create_index(op.f("ix_article_players_player_seq"), "article_players", ["player", "seq"], unique=False)
    op.create_table(
        "article_revisions",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["articles.seq"], name=op.f("fk_article_revisions_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", "revision", name=op.f("pk_article_revisions")),
    )
    op.create_table(
        "article_search",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seg", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["articles.seq"], name=op.f("fk_article_search_seq"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_article_search")),
    )
    op.create_table(
        "crawl_counts",
        sa.Column("run", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["crawl_runs.id"], name=op.f("fk_crawl_counts_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "name", "detail", name=op.f("pk_crawl_counts")),
    )
    op.create_table(
        "deliveries",
        sa.Column("digest_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.id"], name=op.f("fk_deliveries_digest_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest_id", "channel", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_next_at"), "deliveries", ["next_at"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("digest_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.String(length=16), nullable=False),
        sa.Column("subscription", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_ledger_digest_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest_id", "story_id", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_subscription_told_at"), "ledger", ["subscription", "told_at"], unique=False)
    op.create_table(
        "ledger_articles",
        sa.Column("digest_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(length=16), nullable=False),
        sa.Column("story_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.id"], name=op.f("fk_ledger_articles_digest_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest_id", "article_id", name=op.f("pk_ledger_articles")),
    )
    op.create_index(op.f("ix_ledger_articles_article_id"), "ledger_articles", ["article_id"], unique=False)
    fulltext.create()


def downgrade() -> None:
    fulltext.drop()
    op.drop_index(op.f("ix_ledger_articles_article_id"), table_name="ledger_articles")
    op.drop_table("ledger_articles")
    op.drop_index(op.f("ix_ledger_subscription_told_at"), table_name="ledger")
    op.drop_table("ledger")
    op.drop_index(op.f("ix_deliveries_next_at"), table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_table("crawl_counts")
    op.drop_table("article_search")
    op.drop_table("article_revisions")
    op.drop_index(op.f("ix_article_players_player_seq"), table_name="article_players")
    op.drop_table("article_players")
    op.drop_index(op.f("ix_article_models_model_seq"), table_name="article_models")
    op.drop_table("article_models")
    op.drop_index(op.f("ix_article_facts_kind_value_seq"), table_name="article_facts")
    op.drop_index(op.f("ix_article_facts_kind_seq"), table_name="article_facts")
    op.drop_table("article_facts")
    op.drop_table("article_bodies")
    op.drop_index(op.f("ix_tombstones_content_hash"), table_name="tombstones")
    op.drop_table("tombstones")
    op.drop_table("subscriptions")
    op.drop_index(op.f("ix_story_marks_story_id"), table_name="story_marks")
    op.drop_table("story_marks")
    op.drop_index(op.f("ix_story_constraints_b"), table_name="story_constraints")
    op.drop_table("story_constraints")
    op.drop_index(op.f("ix_story_changes_story_id"), table_name="story_changes")
    op.drop_index(op.f("ix_story_changes_into"), table_name="story_changes")
    op.drop_table("story_changes")
    op.drop_table("source_state")
    op.drop_table("robots")
    op.drop_index(op.f("ix_relations_b"), table_name="relations")
    op.drop_table("relations")
    op.drop_index(op.f("ix_relation_traces_text_hash"), table_name="relation_traces")
    op.drop_table("relation_traces")
    op.drop_table("relation_bands")
    op.drop_table("relation_anchors")
    op.drop_table("leases")
    op.drop_table("junk_pages")
    op.drop_table("junk_lines")
    op.drop_table("job_runs")
    op.drop_table("hosts")
    op.drop_index("ix_frontier_newest", table_name="frontier")
    op.drop_index("ix_frontier_claim", table_name="frontier")
    op.drop_index("ix_frontier_article_id", table_name="frontier")
    op.drop_table("frontier")
    op.drop_index(op.f("ix_feed_state_source"), table_name="feed_state")
    op.drop_table("feed_state")
    op.drop_table("digests")
    op.drop_index("ix_crawl_runs_source_started_at", table_name="crawl_runs")
    op.drop_table("crawl_runs")
    op.drop_index(op.f("ix_articles_story_id_seq"), table_name="articles")
    op.drop_index(op.f("ix_articles_source_seq"), table_name="articles")
    op.drop_index(op.f("ix_articles_revised_at"), table_name="articles")
    op.drop_index(op.f("ix_articles_language_seq"), table_name="articles")
    op.drop_index(op.f("ix_articles_is_hiring_seq"), table_name="articles")
    op.drop_index(op.f("ix_articles_first_seen_at"), table_name="articles")
    op.drop_index(op.f("ix_articles_duplicate_of"), table_name="articles")
    op.drop_index(op.f("ix_articles_dated_at"), table_name="articles")
    op.drop_index(op.f("ix_articles_country_seq"), table_name="articles")
    op.drop_index(op.f("ix_articles_content_hash"), table_name="articles")
    op.drop_table("articles")
