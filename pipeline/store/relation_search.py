"""The index that candidates are found by: LSH bands and search keys, clustered by stretches of time.

A new article reads and writes the pages of its own weeks, however large the archive is, and what is old is never searched;
`age_out` drops it from the index, not from the archive.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.memory import COPY_WINDOW, LEAST_BITS, MOST_CANDIDATES, REPORT_WINDOW, key_class, searches, shelves
from pipeline.store.relation_tables import anchors, bands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    import sqlalchemy as sa

    from pipeline.memory import Trace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_WEIGHT_MASK = 31  # low bits of a search key: what sharing it is worth


# The last two bits of an index row's `num` are the article's key class: what it must share is known without its trace.
_CLASSES = 4
_LEAST = f"CASE num & {_CLASSES - 1} WHEN 0 THEN {{0}} WHEN 1 THEN {{0}} ELSE {{0}} END"


@lru_cache(maxsize=512)
def _search(table: str, keys: int, worth: str, least: str, mark: str) -> str:
    """The search for rows with one of so many keys in one of three buckets; in SQL, whose text costs more than its run."""
    listed = ", ".join([mark] * keys)
    return (  # of names and numbers of this module alone; every value is bound
        f"SELECT num FROM {table} WHERE bucket IN ({mark}, {mark}, {mark}) AND key IN ({listed}) "  # noqa: S608
        f"GROUP BY num HAVING {worth} >= {least.format(mark)} ORDER BY {worth} DESC, num LIMIT {MOST_CANDIDATES}"
    )


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
    mark = placeholder(connection)
    if shelf is None:
        query, least = _search(bands.name, len(keys), "count(*)", "1", mark), []
    else:
        mine = key_class(trace.fingerprint)
        least = [LEAST_BITS[min(mine, other)] for other in range(len(LEAST_BITS))]
        query = _search(anchors.name, len(keys), f"sum(key & {_KEY_WEIGHT_MASK})", _LEAST, mark)
    rows = connection.exec_driver_sql(query, (*buckets, *keys, *least)).all()
    return {row[0] // _CLASSES for row in rows}


def placeholder(connection: sa.Connection) -> str:
    """What stands for a value in SQL that is written by hand: the two drivers differ."""
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def insert_index(connection: sa.Connection, trace: Trace, num: int) -> None:
    """Write a trace's index rows."""
    ref, mark = reference(num, trace), placeholder(connection)
    for table, at, keys in index_rows(trace):
        if keys:
            rows = [(at, key, ref) for key in dict.fromkeys(keys)]
            columns = f"(bucket, key, num) VALUES ({mark}, {mark}, {mark})"
            connection.exec_driver_sql(f"INSERT INTO {table.name} {columns}", rows)


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
