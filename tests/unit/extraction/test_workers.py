from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.extraction import extract
from crawler.extraction.workers import ExtractionPool
from crawler.page import Page
from pipeline.document import Document, Rejected
from pipeline.errors import InputError

if TYPE_CHECKING:
    from crawler.sources import Source

BODY = "".join(
    f"<p>Sentence number {i} of an article that is long enough to be kept as one, and says so.</p>" for i in range(6)
)


def page(name: str, body: str = BODY) -> Page:
    url = f"https://news.example/{name}.html"
    html = f"<html><head><title>Page {name}</title></head><body>{body}</body></html>"
    return Page(
        url=url, requested_url=url, status=200, body=html.encode(), fetched_at=datetime(2026, 11, 20, tzinfo=UTC)
    )


def marked_work(page: Page, source: Source | None = None) -> Document | Rejected:
    """Extraction with pages that kill, stall or fail their worker."""
    if "crash" in page.url:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "stall" in page.url:
        time.sleep(60)
    if "fail" in page.url:
        raise ValueError("odd markup")
    return extract(page, source)


def test_poison_pages_are_parked_and_the_pool_goes_on() -> None:
    with ExtractionPool(1, deadline_seconds=2, work=marked_work) as pool:
        for name, kind in (("crash", "extract-crash"), ("fail", "extract-error")):
            with pytest.raises(InputError) as caught:
                pool.extract(page(name))
            assert caught.value.kind == kind
        start = time.monotonic()
        with pytest.raises(InputError) as caught:
            pool.extract(page("stall"))
        assert caught.value.kind == "extract-timeout"
        assert time.monotonic() - start < 6
        assert isinstance(pool.extract(page("good")), Document)
        with pytest.raises(InputError, match="worker died"):
            pool.extract(page("crash"))
        assert pool.is_parked(page("crash").url)
        with pytest.raises(InputError) as caught:
            pool.extract(page("crash"))
        assert caught.value.kind == "parked"
        assert isinstance(pool.extract(page("good2")), Document)


def test_a_worker_is_replaced_after_its_share_of_pages() -> None:
    with ExtractionPool(1, pages_per_worker=2) as pool:
        outcomes = [pool.extract(page(str(number))) for number in range(3)]
    assert [outcome.title for outcome in outcomes if isinstance(outcome, Document)] == ["Page 0", "Page 1", "Page 2"]


def test_a_hundred_thousand_paragraphs_end_by_the_deadline() -> None:
    many = "".join(f"<p>Line {i} says little.</p>" for i in range(100_000))
    start = time.monotonic()
    with ExtractionPool(1, deadline_seconds=20) as pool:
        try:
            outcome: object = pool.extract(page("many", many))
        except InputError as error:
            outcome = error.kind
        assert isinstance(outcome, (Document, Rejected)) or outcome == "extract-timeout"
        assert time.monotonic() - start < 40
        assert isinstance(pool.extract(page("good")), Document)
