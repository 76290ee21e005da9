"""What the crawler must remember over a crash: the frontier, feeds, hosts, robots.txt, source state, runs, leases."""

from __future__ import annotations

import sqlalchemy as sa

from pipeline.store.database import CleanText, UtcDateTime, metadata

# A URL longer than this is no key for PostgreSQL's index and no page worth having (Scrapy's URLLENGTH_LIMIT).
MAX_URL = 2083

# One row a page; `key` is the SHA-256 of the URL's identity. `next_at` is when the row may be claimed: the due time while
# `due`, the end of the lease while `leased`. `visits` counts settlements; `fate` and `detail` are of the last one.
frontier = sa.Table(
    "frontier",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("url", CleanText, nullable=False),
    sa.Column("source", CleanText, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),  # due, leased, done, quarantined
    sa.Column("next_at", UtcDateTime, nullable=False),
    sa.Column("lease_owner", CleanText),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("visits", sa.Integer, nullable=False, default=0),
    sa.Column("found_at", UtcDateTime, nullable=False),
    sa.Column("settled_at", UtcDateTime),
    sa.Column("fate", sa.String(12)),
    sa.Column("detail", CleanText, nullable=False, default=""),
    sa.Column("article_id", sa.String(16)),
    sa.Column("title", CleanText, nullable=False, default=""),
    sa.Column("summary", CleanText, nullable=False, default=""),
    sa.Column("published_at", UtcDateTime),
    sa.Column("published_precision", sa.String(8), nullable=False, default="unknown"),
    sa.Column("guid", CleanText, nullable=False, default=""),
    sa.Column("link_language", CleanText),
    sa.Column("authors", CleanText, nullable=False, default="[]"),
    sa.Column("archive_file", CleanText),
    sa.Column("archive_offset", sa.BigInteger),
    sa.Index("ix_frontier_claim", "source", "state", "next_at"),
    sa.Index("ix_frontier_newest", "source", "published_at"),
    sa.Index("ix_frontier_article_id", "article_id"),
)

# One row a feed, sitemap or listing. `full_at` is when the body last came whole: an unconditional GET follows a day later.
feed_state = sa.Table(
    "feed_state",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("url", CleanText, nullable=False),
    sa.Column("source", CleanText, nullable=False, index=True),
    sa.Column(
        "answered_by", CleanText, nullable=False, default=""
    ),  # the address after redirects, which the validators are of
    sa.Column("etag", CleanText),
    sa.Column("last_modified", CleanText),
    sa.Column("fetched_at", UtcDateTime),
    sa.Column("full_at", UtcDateTime),
    sa.Column("unchanged_count", sa.Integer, nullable=False, default=0),
    sa.Column("is_partial", sa.Boolean, nullable=False, default=False),
    sa.Column("ttl_seconds", sa.Integer),
    sa.Column("links", sa.Integer, nullable=False, default=0),
    sa.Column("new_links", sa.Integer, nullable=False, default=0),
    sa.Column("problem", CleanText, nullable=False, default=""),
    sa.Column("format", CleanText, nullable=False, default=""),
    sa.Column("hub", CleanText, nullable=False, default=""),  # WebSub, where the feed names one
)

# One row an origin (scheme://host:port). `verdict` is `rules`, `allow` (4xx) or `unavailable` (5xx, timeout, no answer).
robots = sa.Table(
    "robots",
    metadata,
    sa.Column("origin", CleanText, primary_key=True),
    sa.Column("verdict", sa.String(12), nullable=False),
    sa.Column("reason", CleanText, nullable=False, default=""),
    sa.Column("body", CleanText, nullable=False, default=""),
    sa.Column("fetched_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

# One row a host that asked to be left alone: no request before `not_before`.
hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("host", CleanText, primary_key=True),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("strikes", sa.Integer, nullable=False, default=0),
    sa.Column("reason", CleanText, nullable=False, default=""),
)

# One row a source. `next_at` is when it is due; `health` its named state since `since_at`, with evidence and remedy.
source_state = sa.Table(
    "source_state",
    metadata,
    sa.Column("source", CleanText, primary_key=True),
    sa.Column("next_at", UtcDateTime, nullable=False),
    sa.Column("interval_seconds", sa.Integer),
    sa.Column("last_run_at", UtcDateTime),
    sa.Column("last_good_at", UtcDateTime),
    sa.Column("outcome", CleanText, nullable=False, default=""),
    sa.Column("health", CleanText, nullable=False, default="ok"),
    sa.Column("since_at", UtcDateTime),
    sa.Column("evidence", CleanText, nullable=False, default=""),
    sa.Column("remedy", CleanText, nullable=False, default=""),
    sa.Column("failures", sa.Float, nullable=False, default=0.0),  # weighted; a pause follows at 30
    sa.Column("rights", CleanText, nullable=False, default="[]"),  # crawler.manners.reservations
)

# One row a visit of a source. A run without `finished_at` whose owner is gone was interrupted.
crawl_runs = sa.Table(
    "crawl_runs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("source", CleanText, nullable=False),
    sa.Column("owner", CleanText, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("outcome", CleanText, nullable=False, default=""),
    sa.Column("evidence", CleanText, nullable=False, default=""),
    sa.Index("ix_crawl_runs_source_started_at", "source", "started_at"),
)

# What happened in a run, counted in the same transaction in which it happened: (run, name, detail) -> n.
crawl_counts = sa.Table(
    "crawl_counts",
    metadata,
    sa.Column("run", sa.ForeignKey("crawl_runs.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.String(16), primary_key=True),
    sa.Column("detail", CleanText, primary_key=True, default=""),
    sa.Column("n", sa.Integer, nullable=False, default=0),
)

# One row a slot of a scheduled job; a slot is the wall-clock time it was due. Errors outside any slot stand under `at ...`.
job_runs = sa.Table(
    "job_runs",
    metadata,
    sa.Column("name", CleanText, primary_key=True),
    sa.Column("slot", CleanText, primary_key=True),
    sa.Column("owner", CleanText, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("error", CleanText, nullable=False, default=""),
)

# Who alone may do a named thing (`scheduler`, `source:ID`) until when.
leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", CleanText, primary_key=True),
    sa.Column("owner", CleanText, nullable=False),
    sa.Column("until_at", UtcDateTime, nullable=False),
)
