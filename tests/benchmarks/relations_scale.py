"""What relating an article costs as the archive grows: `python -m tests.benchmarks.relations_scale --sizes 10000 100000 1000000`.

Generated articles fill the archive, untimed: their index rows are drawn from the keys of a pool of fingerprinted texts, so
that keys are as common as among real ones. At each size some hundred articles, 8% of them duplicates of all kinds, are
then fingerprinted and filed for real, each in a transaction of its own, and timed. Prints one JSON line a size; with
`--plot` writes an SVG of processor time, which other work on the machine disturbs least.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.document import Article, Document, Language
from pipeline.memory import COPY_WINDOW, REPORT_WINDOW, trace
from pipeline.run import relate_article
from pipeline.stages.fingerprint import FingerprintStage
from pipeline.store.database import metadata, open_engine, writing
from pipeline.store.relation_search import bucket
from pipeline.store.relation_tables import (
    anchors,
    bands,
    relations,
    story_changes,
    story_constraints,
    story_marks,
    traces,
)
from pipeline.store.relations import SqlMemory
from pipeline.store.traces import encode
from tests.benchmarks.generated_news import KINDS, Event, text, translated, variant

if TYPE_CHECKING:
    import sqlalchemy as sa

START = datetime(2024, 1, 1, tzinfo=UTC)
PER_DAY = 1400  # a million articles in two years
POOL = 1500
WARM, TIMED = 150, 400
DUPLICATES = 0.08
TABLES = [traces, bands, anchors, relations, story_changes, story_constraints, story_marks]
STAGE = FingerprintStage()


def article(name: str, body: str, at: datetime, language: str) -> Article:
    """An article before its fingerprint."""
    url = f"https://site{sum(map(ord, name)) % 200}.example/{name}"
    document = Document(
        id=name.rjust(16, "0"), url=url, canonical_url=url, title="", text=body, fetched_at=at, published_at=at
    )
    return Article(document=document, language=Language(tag=language, method="script", confidence=1.0))


def pool() -> list[Article]:
    """Fingerprinted articles, half of them Chinese, that the filling is drawn from."""
    return [
        STAGE(article(f"pool{at}", text(Event(at), "en" if at % 2 else "zh", at), START, "en" if at % 2 else "zh-Hans"))
        for at in range(POOL)
    ]


class Filler:
    """Writes index rows and traces of articles that resemble nothing but have realistic keys."""

    def __init__(self, engine: sa.Engine, drawn_from: list[Article]) -> None:
        self.engine, self.dice, self.count = engine, random.Random(1), 0
        prints = [each.fingerprint for each in drawn_from if each.fingerprint]
        self.shelves = {
            0: [key for each in prints if each.script == "latin" for key in each.keys],
            1: [key for each in prints if each.script == "han" for key in each.keys],
            2: [key for each in prints if each.script == "han" for key in each.bridge_keys],
        }
        self.bodies = [zlib.decompress(encode(trace(each))).decode() for each in drawn_from]

    def fill_to(self, size: int) -> None:
        """Write until there are `size` articles."""
        while self.count < size:
            block = range(self.count, min(self.count + 5000, size))
            with writing(self.engine) as connection:
                cursor = connection.connection.cursor()
                rows = [(n + 1, f"f{n}", f"h{n}", self._body(n)) for n in block]
                cursor.executemany(
                    "INSERT INTO relation_traces (num, article_id, text_hash, body) VALUES (?, ?, ?, ?)", rows
                )
                for table, index in (("relation_bands", self._bands(block)), ("relation_anchors", self._keys(block))):
                    cursor.executemany(f"INSERT OR IGNORE INTO {table} (bucket, key, num) VALUES (?, ?, ?)", index)
                marks = [(f"f{n}", f"f{n}") for n in block]
                cursor.executemany("INSERT INTO story_marks (article_id, story_id) VALUES (?, ?)", marks)
            self.count = block.stop

    def _body(self, n: int) -> bytes:
        """A trace of the pool under another id and date."""
        body = self.bodies[n % POOL].replace(f"pool{n % POOL}".rjust(16, "0"), f"f{n}")
        return zlib.compress(body.replace(START.isoformat(), day(n).isoformat()).encode(), 1)

    def _bands(self, block: range) -> list[tuple[int, int, int]]:
        draw = self.dice.getrandbits
        return sorted((bucket(day(n), COPY_WINDOW), draw(63), (n + 1) * 4 + 2) for n in block for _ in range(24))

    def _keys(self, block: range) -> list[tuple[int, int, int]]:
        rows = []
        for n in block:
            for shelf, size in ((0, 40),) if n % 2 else ((1, 40), (2, 64)):
                at = bucket(day(n), REPORT_WINDOW, shelf)
                rows += [(at, key, (n + 1) * 4 + 2) for key in self.dice.choices(self.shelves[shelf], k=size)]
        return sorted(rows)


def day(count: int) -> datetime:
    """When the count-th article came."""
    return START + timedelta(days=count / PER_DAY)


def trial(size: int, dice: random.Random) -> list[tuple[Article, str | None]]:
    """Articles to file, with the id of what each repeats or reports."""
    made: list[tuple[Article, str | None]] = []
    bases: list[tuple[int, str, str]] = []
    for at in range(WARM + TIMED):
        seed, when = size + at, day(size + at)
        if at >= WARM and dice.random() < DUPLICATES:
            kind = dice.choice(KINDS)
            base, name, body = dice.choice(bases)
            if kind == "translation":
                made.append(
                    (article(f"t{size}x{at}", translated(Event(base), base)[1], when, "en"), f"z{size}x{base - size}")
                )
            elif kind == "report":
                made.append((article(f"r{size}x{at}", text(Event(base), "en", -seed), when, "en"), name))
            else:
                made.append((article(f"d{size}x{at}", variant(kind, body, seed), when, "en"), name))
        elif at % 2:
            body = text(Event(seed), "en", seed)
            bases.append((seed, f"e{size}x{at}", body))
            made.append((article(f"e{size}x{at}", body, when, "en"), None))
        else:
            made.append((article(f"z{size}x{at}", translated(Event(seed), seed)[0], when, "zh-Hans"), None))
    return made


def measure(engine: sa.Engine, path: Path, size: int) -> dict[str, Any]:
    """File the trial's articles at the present size."""
    printing, wall, found, wanted, wrong = [], [], 0, 0, 0
    articles = trial(size, random.Random(size))
    names = {each.document.id for each, _ in articles}
    cpu = time.process_time()
    for at, (each, base) in enumerate(articles):
        if at == WARM:
            cpu = time.process_time()
        start = time.perf_counter()
        printed = STAGE(each)
        middle = time.perf_counter()
        with writing(engine) as connection:
            memory = SqlMemory(connection, each.document.fetched_at)
            memory.begin()
            related = relate_article(memory, printed)
        end = time.perf_counter()
        if at >= WARM:
            printing.append((middle - start) * 1000)
            wall.append((end - start) * 1000)
        ends = {end for edge in related.relations for end in (edge.a, edge.b)} - {each.document.id}
        if base and base.rjust(16, "0") in names:
            wanted += 1
            found += base.rjust(16, "0") in ends
        elif not base:
            wrong += bool(ends)
    return {
        "articles": size,
        "ms_median": round(statistics.median(wall), 2),
        "ms_mean": round(statistics.mean(wall), 2),
        "ms_p95": round(statistics.quantiles(wall, n=20)[-1], 2),
        "cpu_ms_mean": round((time.process_time() - cpu) * 1000 / TIMED, 2),
        "fingerprint_ms_median": round(statistics.median(printing), 2),
        "bytes_per_article": round(path.stat().st_size / max(1, size)),
        "related_found": found,
        "related_wanted": wanted,
        "unrelated_marked": wrong,
    }


def main() -> None:
    """Fill, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--plot", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="hirewire-scale-") as folder:
        path = Path(folder, "scale.db")
        engine = open_engine(f"sqlite:///{path}")
        metadata.create_all(engine, tables=TABLES)
        filler, rows = Filler(engine, pool()), []
        for size in sorted(chosen.sizes):
            filler.fill_to(size)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            rows.append(measure(engine, path, size))
            # The trial's articles took numbers after the filling's: leave them out of the next filling's way.
            with writing(engine) as connection:
                for table in (bands, anchors):
                    connection.execute(table.delete().where(table.c.num >= 4 * (size + 1)))
                connection.execute(traces.delete().where(traces.c.num > size))
            print(json.dumps(rows[-1]), flush=True)
        engine.dispose()
    if chosen.plot:
        from tests.benchmarks.scale_plot import draw

        chosen.plot.write_text(draw(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
