"""The links of a feed on their way into the frontier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.store.crawling import links as found_links
from pipeline.store.crawling import runs
from pipeline.store.crawling.links import Found
from pipeline.store.crawling.tables import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.page import Link


def add_links(
    connection: sa.Connection,
    links: Iterable[Link],
    *,
    source: str,
    run: str,
    now: datetime,
    keep: Collection[str] = (),
    drop: Collection[str] = (),
) -> int:
    """Remember links of a source, counting the new ones in the run; those that can be no page become rejected rows.

    Returns:
        How many pages are due that were not before.
    """
    listed, refused = [], 0
    for link in links:
        kind, key = _identify(link.url, keep, drop)
        if not kind:
            listed.append(_found(link, key))
        elif found_links.refuse(connection, _found(link, key), source=source, kind=kind, now=now):
            runs.count(connection, run, "rejected", kind)
            refused += 1
    added = found_links.add_all(connection, listed, source=source, now=now)
    fresh = sum(each != "known" for each in added)
    if fresh + refused:
        runs.count(connection, run, "discovered", n=fresh + refused)
    return fresh


def _found(link: Link, key: str) -> Found:
    return Found(
        key=key,
        url=link.url[:MAX_URL],
        title=link.title,
        summary=link.summary,
        published_at=link.published_at,
        published_precision=link.published_precision,
        guid=link.guid[:MAX_URL],
        language=link.language,
        authors=link.authors,
    )


def _identify(url: str, keep: Collection[str], drop: Collection[str]) -> tuple[str, str]:
    if len(url) > MAX_URL:
        return "url-too-long", found_links.hash_of(url)
    try:
        return "", found_links.page_key(url, keep=keep, drop=drop)
    except ValueError:
        return "bad-url", found_links.hash_of(url)
