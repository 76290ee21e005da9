"""The newsroom's publishers as a registry of sources, in the TOML that the built-in registry has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crawler.newsroom.site import FEED_PATHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.newsroom.site import Site

LISTING_LINKS = "ul.news-list a"  # the CSS class of the list on a publisher's front page


def sources_toml(sites: Iterable[Site]) -> str:
    """One `[[source]]` table a publisher."""
    return "\n".join(_table(site) for site in sites)


def _table(site: Site) -> str:
    publisher = site.publisher
    urls = {channel: site.base + FEED_PATHS[channel] for channel in publisher.channels}
    listing = urls.get("listing", "")
    fields = {
        "id": publisher.id,
        "name": publisher.name,
        "homepage": site.base + "/",
        "language": publisher.language,
        "country": publisher.country,
        "kind": publisher.kind,
        "timezone": publisher.timezone,
        "feeds": [url for channel, url in urls.items() if channel in {"rss", "rdf", "atom", "jsonfeed"}],
        "sitemaps": [url for channel, url in urls.items() if "sitemap" in channel],
        "every": "30m",
        "enabled": True,
    }
    # A JSON string, list of strings or boolean is the same in TOML.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    if listing:
        lines.append(f'listing = {{ url = "{listing}", links = "{LISTING_LINKS}" }}')
    return "\n".join(["[[source]]", *lines, ""])
