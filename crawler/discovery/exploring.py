"""Looking a site over from its home page: what to fetch next, and when enough is known.

The fetching is the caller's: with robots.txt, delays and the guard of every other visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.discovery.discover import discover
from crawler.discovery.homepage import Trial, candidates, working

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime

    from crawler.page import Page

    Fetch = Callable[[str], Awaitable[Page | None]]

DECLARED = 5  # declared feeds and sitemaps that are looked at, each
GUESSES = 6  # addresses tried by habit where none is declared, each: a site without feed is not asked twenty times
_REFUSED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What a look at a site found; `requests` counts what was asked of it."""

    home: Page
    trials: tuple[Trial, ...]
    requests: int


async def explore(url: str, fetch: Fetch, *, now: datetime) -> Exploration | None:
    """Fetch the home page, robots.txt, and the likely feeds and sitemaps, as few as will do.

    Args:
        url: the home page, or a section's page; may be a feed itself.
        fetch: gets a page; None where it could not or may not be had.
        now: for relative dates.

    Returns:
        What was found; None where the home page could not be had.
    """
    home = await fetch(url)
    if home is None or home.status >= _REFUSED:
        return None
    itself = Trial(url=url, discovery=discover(home, now=now))
    if working([itself]):
        return Exploration(home=home, trials=(itself,), requests=1)
    robots = await fetch(urljoin(home.url, "/robots.txt"))
    where = candidates(home, robots)
    tries = _Tries(fetch, now)
    await tries.look_at(where.declared_feeds[:DECLARED])
    if not working(tries.trials):
        await tries.look_at(where.guessed_feeds[:GUESSES], is_first_enough=True)
    await tries.look_at(where.declared_sitemaps[:DECLARED])
    if not working(tries.trials):
        await tries.look_at(where.guessed_sitemaps[:GUESSES], is_first_enough=True)
    return Exploration(home=home, trials=tuple(tries.trials), requests=tries.requests + 2)


class _Tries:
    def __init__(self, fetch: Fetch, now: datetime) -> None:
        self._fetch = fetch
        self._now = now
        self.trials: list[Trial] = []
        self.requests = 0

    async def look_at(self, urls: Iterable[str], *, is_first_enough: bool = False) -> None:
        for url in urls:
            self.requests += 1
            page = await self._fetch(url)
            if page is None or page.status >= _REFUSED:
                continue
            trial = Trial(url=url, discovery=discover(page, now=self._now))
            self.trials.append(trial)
            if is_first_enough and working([trial]):
                return
