"""Looking a site over from its home page: what to fetch next, and when enough is known.

The fetching is the caller's: with robots.txt, delays and the guard of every other visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.discovery.discover import discover
from crawler.discovery.homepage import candidates, linked_feeds
from crawler.discovery.proposing import Trial, working
from crawler.discovery.records import PROBLEMS

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
    """What a look at a site found.

    `home` may be an error page: then nothing else was asked for. `missed` names what the site declares and does not give,
    with the reason. `requests` counts what was asked of it.
    """

    home: Page
    trials: tuple[Trial, ...]
    requests: int
    missed: tuple[str, ...] = ()


async def explore(url: str, fetch: Fetch, *, now: datetime) -> Exploration | None:
    """Fetch the home page, robots.txt, and the likely feeds and sitemaps, as few as will do.

    Args:
        url: the home page, or a section's page; may be a feed itself.
        fetch: gets a page; None where it could not or may not be had.
        now: for relative dates.

    Returns:
        What was found; None where there was no answer at all.
    """
    home = await fetch(url)
    if home is None:
        return None
    if home.status >= _REFUSED:
        return Exploration(home=home, trials=(), requests=1)
    itself = Trial(url=url, discovery=discover(home, now=now))
    if working([itself]):
        return Exploration(home=home, trials=(itself,), requests=1)
    robots = await fetch(urljoin(home.url, "/robots.txt"))
    where = candidates(home, robots)
    tries = _Tries(fetch, now)
    await tries.look_at(where.declared_feeds[:DECLARED])
    await tries.look_through_overviews()
    if not working(tries.trials):
        await tries.look_at(where.guessed_feeds[:GUESSES], is_first_enough=True)
        await tries.look_through_overviews()
    await tries.look_at(where.declared_sitemaps[:DECLARED])
    if not working(tries.trials):
        await tries.look_at(where.guessed_sitemaps[:GUESSES], is_first_enough=True)
    declared = {*where.declared_feeds, *where.declared_sitemaps}
    missed = tuple(f"{url}: {why}" for url, why in tries.missed.items() if url in declared)
    return Exploration(home=home, trials=tuple(tries.trials), requests=tries.requests + 2, missed=missed)


class _Tries:
    def __init__(self, fetch: Fetch, now: datetime) -> None:
        self._fetch = fetch
        self._now = now
        self.trials: list[Trial] = []
        self.missed: dict[str, str] = {}
        self.requests = 0
        self._asked: set[str] = set()
        self._pages: list[Page] = []  # that came in place of a feed

    async def look_at(self, urls: Iterable[str], *, is_first_enough: bool = False) -> None:
        for url in urls:
            if url in self._asked:
                continue
            self._asked.add(url)
            self.requests += 1
            page = await self._fetch(url)
            if page is None or page.status >= _REFUSED:
                self.missed[url] = f"answers {page.status}" if page else "could not be had"
                continue
            trial = Trial(url=url, discovery=discover(page, now=self._now))
            self.trials.append(trial)
            if trial.discovery.problem:
                self.missed[url] = PROBLEMS[trial.discovery.problem]
            if trial.discovery.problem == "not-a-feed":
                self._pages.append(page)
            if is_first_enough and working([trial]):
                return

    async def look_through_overviews(self) -> None:
        """Where no feed was found: the feeds that pages at the supposed addresses list, as publishers with many have them."""
        pages, self._pages = self._pages, []
        if not working(self.trials):
            await self.look_at([url for page in pages for url in linked_feeds(page)][:DECLARED])
            self._pages = []  # one page deep, no further
