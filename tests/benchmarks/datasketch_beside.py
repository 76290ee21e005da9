"""datasketch's in-memory LSH beside ours: `python -m tests.benchmarks.datasketch_beside --articles 100000`.

datasketch is no dependency; install it where this runs. Prints memory, seconds to build, and how many changed copies of
generated articles each finds, with how many wrong ones. Ours counts a pair that `relate` calls exact or near.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from pipeline.document import Article, Document, Language
from pipeline.folding import fold_key
from pipeline.memory import Trace, trace
from pipeline.stages.duplicates import relate
from pipeline.stages.fingerprint import FingerprintStage
from pipeline.stages.fingerprint.shingles import shingles, tokens
from tests.benchmarks.generated_news import Event, text, variant

AT = datetime(2026, 1, 1, tzinfo=UTC)
PROBES = 200
KINDS = ("exact", "truncated", "reworded", "wrapped")
STAGE = FingerprintStage()


def probe(name: str, body: str) -> Trace:
    """The trace of a text."""
    document = Document(id=name, url="https://x.example/" + name, canonical_url="", title="", text=body, fetched_at=AT)
    return trace(STAGE(Article(document=document, language=Language(tag="en", method="declared", confidence=1.0))))


def body_of(at: int) -> str:
    """A generated article of 120 words."""
    return text(Event(at), "en", at, 120)


def main() -> None:
    """Build, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=100_000)
    size = options.parse_args().articles
    sketches: Any = import_module("datasketch")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def sketch(body: str) -> Any:
        made = sketches.MinHash(num_perm=128)
        made.update_batch([shingle.encode() for shingle in shingles(tokens(fold_key(body)))])
        return made

    index, start = sketches.MinHashLSH(threshold=0.5, num_perm=128), time.perf_counter()
    for at in range(size):
        index.insert(str(at), sketch(body_of(at)))
    seconds = time.perf_counter() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    dice, theirs, ours, wrong = random.Random(5), dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0), 0
    for turn in range(PROBES):
        base, kind = dice.randrange(size), KINDS[turn % len(KINDS)]
        changed = variant(kind, body_of(base), turn)
        found = set(index.query(sketch(changed)))
        theirs[kind] += str(base) in found
        wrong += len(found - {str(base)})
        edge = relate(probe("base", body_of(base)), probe("changed", changed))
        ours[kind] += edge is not None and edge.kind in {"exact", "near"}
    each = PROBES // len(KINDS)
    row = {
        "articles": size,
        "datasketch_memory_mb": memory,
        "datasketch_ms_per_article": round(seconds / size * 1000, 2),
        "datasketch_recall": {kind: theirs[kind] / each for kind in KINDS},
        "datasketch_wrong": wrong,
        "relate_recall": {kind: ours[kind] / each for kind in KINDS},
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
