"""The newsroom's publishers as a registry of sources."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.newsroom.site import FEED_PATHS
from crawler.sources import Source
from crawler.sources.records import Listing
from crawler.sources.writing import registry_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.newsroom.content import Publisher
    from crawler.newsroom.site import Site

LISTING_LINKS = "ul.news-list a"  # the list on a publisher's front page, see themes/front.html.j2
EVERY = timedelta(minutes=30)
DELAY_SECONDS = (
    0.1  # between requests to one host: these hosts are this machine, and someone waits for the demonstration
)


def sources_toml(sites: Iterable[Site]) -> str:
    """One `[[source]]` table a publisher."""
    return registry_toml((source_of(site.publisher, site.base) for site in sites), heading="The demonstration newsroom")


def source_of(publisher: Publisher, base: str) -> Source:
    """The publisher at this address as a source to watch."""
    urls = {channel: base + FEED_PATHS[channel] for channel in publisher.channels}
    return Source.model_validate(
        {
            "id": publisher.id,
            "name": publisher.name,
            "homepage": f"{base}/",
            "language": publisher.language,
            "country": publisher.country,
            "kind": publisher.kind,
            "timezone": publisher.timezone,
            "feeds": tuple(url for channel, url in urls.items() if channel in {"rss", "rdf", "atom", "jsonfeed"}),
            "sitemaps": tuple(url for channel, url in urls.items() if "sitemap" in channel),
            "listing": Listing(url=urls["listing"], links=LISTING_LINKS) if "listing" in urls else Listing(),
            "every": EVERY,
            "delay_seconds": DELAY_SECONDS,
        }
    )
