"""Writes `versions/0001_first_schema.py` anew from all tables: `python -m migrations.regenerate`.

For use before the first release only, while one migration stands for the whole schema. After it, changes are written
with `alembic revision --autogenerate --rev-id NNNN -m "what changes"`.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import DowngradeOps, UpgradeOps

from migrations.rendering import render_item
from pipeline.store.schema import FOLDER, complete_metadata

if TYPE_CHECKING:
    from pathlib import Path

FIRST = FOLDER / "versions" / "0001_first_schema.py"
TEMPLATE = '''"""The first schema: every table, and the full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations import fulltext

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
{upgrades}
    fulltext.create()


def downgrade() -> None:
    fulltext.drop()
{downgrades}
'''


def code() -> str:
    """The migration's source; the same tables give the same text."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_item": render_item})
        script = produce_migrations(context, complete_metadata())
    engine.dispose()  # Python 3.13 warns of connections that nobody closed
    assert isinstance(script.upgrade_ops, UpgradeOps)
    assert isinstance(script.downgrade_ops, DowngradeOps)
    source = TEMPLATE.format(
        upgrades=_indented(render_python_code(script.upgrade_ops, render_item=render_item)),
        downgrades=_indented(render_python_code(script.downgrade_ops, render_item=render_item)),
    )
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(FIRST), "-"]
    return subprocess.run(command, input=source, capture_output=True, check=True, encoding="utf-8").stdout  # noqa: S603


def regenerate() -> Path:
    """Rewrite the file."""
    FIRST.write_text(code(), "utf-8")
    return FIRST


def _indented(code: str) -> str:
    lines = [line for line in code.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines) if lines[0].startswith("    ") else "\n".join("    " + line for line in lines)


if __name__ == "__main__":
    print(regenerate())  # noqa: T201
