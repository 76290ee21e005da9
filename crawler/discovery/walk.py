"""Walking a tree of sitemaps: each file once, to a depth, within a budget; newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.discovery.records import Discovery

MAX_DEPTH = 3  # an index of indexes of sitemaps; the protocol itself allows no nesting at all
FILES = 20  # a visit: the newest matter, and a host sees one request at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapWalk:
    """How far a walk is: files met (also those not yet fetched) and how many more may be fetched.

    A value: each step returns the changed walk, so that a crawl may keep it, log it or start again from it.
    """

    seen: frozenset[str] = frozenset()
    files_left: int = FILES
    max_depth: int = MAX_DEPTH
    skipped: int = 0

    def enter(self, urls: Iterable[str], *, depth: int = 0) -> tuple[SitemapWalk, tuple[str, ...]]:
        """The sitemaps of `urls` to fetch now, in their order; those met before, too deep or beyond the budget are not."""
        wanted: list[str] = []
        seen = set(self.seen)
        skipped = 0
        for url in urls:
            key = _key(url)
            if key in seen:
                continue
            if depth > self.max_depth or len(wanted) >= self.files_left:
                skipped += 1
                continue
            seen.add(key)
            wanted.append(url)
        changed = replace(
            self, seen=frozenset(seen), files_left=self.files_left - len(wanted), skipped=self.skipped + skipped
        )
        return changed, tuple(wanted)

    def follow(self, discovery: Discovery, *, depth: int) -> tuple[SitemapWalk, tuple[str, ...]]:
        """The children to fetch of an index that was fetched at `depth` (0 = named by the source)."""
        return self.enter(discovery.children, depth=depth + 1)


def _key(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:
        return url
