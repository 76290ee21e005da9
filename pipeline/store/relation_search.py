"""The index that candidates are found by: LSH bands and search keys, clustered by stretches of time.

A new article reads and writes the pages of its own weeks, however large the archive is, and what is old is never searched;
`age_out` drops it from the index, not from the archive.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from pipeline.memory import COPY_WINDOW, LEAST_BITS, MOST_CANDIDATES, REPORT_WINDOW, key_class, searches, shelves
from pipeline.store.relation_tables import anchors, bands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from pipeline.memory import Trace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_WEIGHT_MASK = 31  # low bits of a search key: what sharing it is worth


def _search(table: sa.Table, worth: sa.ColumnElement[int], least: sa.ColumnElement[int] | int) -> sa.Select[Any]:
    return (
        sa.select(table.c.num)
        .where(table.c.bucket.in_(bindparam("buckets", expanding=True)))
        .where(table.c.key.in_(bindparam("keys", expanding=True)))
        .group_by(table.c.num)
        .having(worth >= least)
        .order_by(worth.desc(), table.c.num)
        .limit(MOST_CANDIDATES)
    )


_COPIES = _search(bands, sa.func.count(), 1)
# The last two bits of an index row's `num` are the article's key class: what it must share is known without its trace.
_CLASSES = 4
_CLASS = anchors.c.num.bitwise_and(_CLASSES - 1)
_LEAST = sa.case((_CLASS == 0, bindparam("least0")), (_CLASS == 1, bindparam("least1")), else_=bindparam("least2"))
_REPORTS = _search(anchors, sa.func.sum(anchors.c.key.bitwise_and(_KEY_WEIGHT_MASK)), _LEAST)


def bucket(at: datetime, window: timedelta, shelf: int = 0) -> int:
    """First column of an index row: the stretch of time, as long as the window, and the shelf within it.

    Articles no further apart than the window lie in the same stretch or in neighbouring ones.
    """
    return (at - _EPOCH) // window * 4 + shelf


def numbers_of_copies(connection: sa.Connection, trace: Trace) -> set[int]:
    """`num` of the traces that share a band within `COPY_WINDOW`."""
    return _found(connection, trace, trace.fingerprint.bands, window=COPY_WINDOW)


def numbers_of_reports(connection: sa.Connection, trace: Trace) -> set[int]:
    """`num` of the traces that share search keys worth enough within `REPORT_WINDOW`, and some beyond it."""
    nums: set[int] = set()
    for shelf, keys in searches(trace.fingerprint):
        nums |= _found(connection, trace, keys, window=REPORT_WINDOW, shelf=shelf)
    return nums


def _found(
    connection: sa.Connection, trace: Trace, keys: Sequence[int], *, window: timedelta, shelf: int | None = None
) -> set[int]:
    if not keys:
        return set()
    buckets = [bucket(moment, window, shelf or 0) for moment in (trace.at - window, trace.at, trace.at + window)]
    asked: dict[str, Any] = {"buckets": buckets, "keys": keys}
    if shelf is not None:
        mine = key_class(trace.fingerprint)
        asked |= {f"least{other}": LEAST_BITS[min(mine, other)] for other in range(len(LEAST_BITS))}
    rows = connection.execute(_COPIES if shelf is None else _REPORTS, asked).all()
    return {row.num // _CLASSES for row in rows}


def reference(num: int, trace: Trace) -> int:
    """What stands for a trace in the index: its `num` and key class."""
    return num * _CLASSES + key_class(trace.fingerprint)


def index_rows(trace: Trace) -> list[tuple[sa.Table, int, tuple[int, ...]]]:
    """Where in the index, under which keys, a trace stands: table, bucket, keys."""
    printed = trace.fingerprint
    shelved = [(anchors, bucket(trace.at, REPORT_WINDOW, shelf), keys) for shelf, keys in shelves(printed)]
    return [(bands, bucket(trace.at, COPY_WINDOW), printed.bands), *shelved]


def age_out(connection: sa.Connection, before: datetime) -> int:
    """Drop index rows of articles that no article dated `before` or later can be compared with; returns their number."""
    dropped = 0
    for table, window in ((bands, COPY_WINDOW), (anchors, REPORT_WINDOW)):
        dropped += connection.execute(table.delete().where(table.c.bucket < bucket(before - window, window))).rowcount
    return dropped
