"""One crawl of 300 due sources without delay, against bare trafilatura over the same pages in one process."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
import trafilatura

from crawler.sources import load_sources
from crawler.spiders import run
from pipeline.run import Newsdesk
from pipeline.settings import load_settings
from pipeline.store import Store
from tests.benchmarks.publishers import article
from tests.benchmarks.test_crawl_soak import publishing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.benchmark

PUBLISHERS, ARTICLES, COMPARED = 300, 4, 200


def bare_pages_per_second() -> float:
    """Trafilatura alone, as its documentation calls it, after a first call that loads it."""
    pages = [article(n // ARTICLES, n % ARTICLES).decode() for n in range(COMPARED)]
    trafilatura.bare_extraction(pages[0])
    started = time.perf_counter()
    for page in pages:
        trafilatura.bare_extraction(page, include_comments=False, favor_precision=True)
    return COMPARED / (time.perf_counter() - started)


async def watch(lags: list[float]) -> None:
    """Note how late a task is that wants to run every ten milliseconds."""
    while True:
        started = time.perf_counter()
        await asyncio.sleep(0.01)
        lags.append(time.perf_counter() - started - 0.01)


def test_throughput(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    with publishing(tmp_path, PUBLISHERS, ARTICLES, faulty=False, delay=0.0) as environ:
        settings = load_settings({name: value for name, value in environ.items() if name.startswith("HIREWIRE_")})
        registry = load_sources(settings.sources)
        store, desk, lags = Store.open(settings), Newsdesk(clock=run.utc_now), list[float]()
        watching = run.running_loop().create_task(watch(lags))
        started = time.perf_counter()
        outcomes = run.crawl(registry.enabled, store, desk, settings)
        seconds = time.perf_counter() - started
        watching.cancel()
        store.close()
    fetched = sum(outcome.fetched for outcome in outcomes)
    bare = bare_pages_per_second()
    figures = {
        "pages": fetched,
        "pages_per_second": round(fetched / seconds, 1),
        "bare_pages_per_second": round(bare, 1),
        "ratio": round(fetched / seconds / bare, 2),
        "lag_p99_ms": round(sorted(lags)[int(len(lags) * 0.99)] * 1000, 1),
    }
    for name, value in figures.items():
        record_property(name, value)
    print(figures)
    assert fetched == PUBLISHERS * ARTICLES
