"""Where a feed was answered from and its hub, an index for page junk, and reservations with the days they were seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADDED = ("answered_by", "hub")


def upgrade() -> None:
    """Reservations were names without days: they are noted anew as they are seen."""
    for name in ADDED:
        op.add_column("feed_state", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_junk_pages_source_number", "junk_pages", ["source", "number"], unique=False)
    op.execute("UPDATE source_state SET rights = '[]'")


def downgrade() -> None:
    """Reservations are forgotten: the older program reads another shape of them."""
    op.execute("UPDATE source_state SET rights = '[]'")
    op.drop_index("ix_junk_pages_source_number", table_name="junk_pages")
    for name in reversed(ADDED):
        op.drop_column("feed_state", name)
