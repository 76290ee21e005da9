"""A crawl of loopback sites, ready to be disturbed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crawler.spiders.run import crawl
from tests.loopback import Clock, Site, SmallDesk, SmallStore, discover, extract, serving, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crawler.spiders.outcome import SourceOutcome


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def other() -> Iterator[Site]:
    """A site on another host."""
    with serving("127.0.0.2") as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SmallStore]:
    opened = SmallStore(f"sqlite:///{tmp_path}/crawl.db")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def go(store: SmallStore, tmp_path: Path, clock: Clock) -> Callable[..., dict[str, SourceOutcome]]:
    """Crawl sources; outcomes by source."""

    def run(*sources: Any, allow: str = "127.0.0.0/8", **more: Any) -> dict[str, SourceOutcome]:
        parts: dict[str, Any] = {"now": clock, "extract": extract, "discover": discover} | more
        desk = parts.pop("desk", None) or SmallDesk()
        outcomes = crawl(sources, store, desk, settings(tmp_path, allow), **parts)
        return {outcome.source: outcome for outcome in outcomes}

    return run
