"""One crawl of 300 due sources without delay, against bare trafilatura over the same pages in one process.

Each source lists four new pages, as much as a news site publishes in a few hours, and its robots.txt and feed are asked for,
too. Pages are as large and as furnished as real ones (`news_pages`): on smaller ones the crawl's own work would be measured
against next to nothing, on copies of one another the comparison of articles. The publishers run on the same processors.
"""

from __future__ import annotations

import asyncio
import resource
import time
from typing import TYPE_CHECKING

import pytest
import trafilatura

from crawler.sources import load_sources
from crawler.spiders import run
from pipeline.run import Newsdesk
from pipeline.settings import load_settings
from pipeline.store import Store
from tests.benchmarks.news_pages import article
from tests.benchmarks.test_crawl_soak import publishing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

pytestmark = pytest.mark.benchmark

PUBLISHERS, ARTICLES = 300, 4
COMPARED = 400  # pages for the bare side, half before the crawl and half after: the machine's mood changes


def bare_seconds(numbers: range) -> tuple[float, float]:
    """Trafilatura alone, as its documentation calls it; on the wall, and of the processor."""
    pages = [article(n // ARTICLES, n % ARTICLES).decode() for n in numbers]
    started, used = time.perf_counter(), time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, include_comments=False, favor_precision=True)
    return time.perf_counter() - started, time.process_time() - used


async def watch(lags: list[float]) -> None:
    """Note how late a task is that wants to run every ten milliseconds."""
    while True:
        started = time.perf_counter()
        await asyncio.sleep(0.01)
        lags.append(time.perf_counter() - started - 0.01)


def processor_seconds() -> float:
    """Of this process and of children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def crawl_all(environ: Mapping[str, str]) -> tuple[int, float, float, list[float]]:
    """Pages, wall seconds, processor seconds, and the event loop's lags."""
    settings = load_settings({name: value for name, value in environ.items() if name.startswith("HIREWIRE_")})
    registry = load_sources(settings.sources)
    store, desk, lags = Store.open(settings), Newsdesk(clock=run.utc_now), list[float]()
    watching = run.running_loop().create_task(watch(lags))
    used, started = processor_seconds(), time.perf_counter()
    outcomes = run.crawl(registry.enabled, store, desk, settings)
    seconds = time.perf_counter() - started
    run.shared_workshop().close()
    watching.cancel()
    store.close()
    return sum(outcome.fetched for outcome in outcomes), seconds, processor_seconds() - used, lags


def test_throughput(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    bare_seconds(range(1))  # loads it
    before = bare_seconds(range(COMPARED // 2))
    with publishing(tmp_path, PUBLISHERS, ARTICLES, faulty=False, delay=0.0, pages="news") as environ:
        pages, seconds, used, lags = crawl_all(environ)
    after = bare_seconds(range(COMPARED // 2, COMPARED))
    bare = COMPARED / (before[0] + after[0])
    figures = {
        "pages": pages,
        "pages_per_second": round(pages / seconds, 1),
        "bare_pages_per_second": round(bare, 1),
        "ratio": round(pages / seconds / bare, 2),
        "processor_ms_a_page": round(used / pages * 1000, 1),
        "bare_processor_ms_a_page": round((before[1] + after[1]) / COMPARED * 1000, 1),
        "lag_p99_ms": round(sorted(lags)[int(len(lags) * 0.99)] * 1000, 1),
        "lag_max_ms": round(max(lags) * 1000, 1),
    }
    for name, value in figures.items():
        record_property(name, value)
    print(figures)
    assert pages == PUBLISHERS * ARTICLES
