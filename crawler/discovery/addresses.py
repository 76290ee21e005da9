"""Links of feeds, sitemaps and pages made absolute and fit to be fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.discovery.unpacking import without_controls
from pipeline.urls import check_url, identity_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.page import Link

_BREAKS = re.compile(r"[\t\r\n]+\s*")
_LONGEST = 2_000  # beyond it, browsers and servers disagree; no article address is that long


def absolute_url(raw: str, base: str) -> str:
    """The http(s) URL a reader would get by following `raw` on the page `base`; empty if there is none."""
    text = _BREAKS.sub("", without_controls(raw).strip())
    if not text or len(text) > _LONGEST:
        return ""
    try:
        url = safe_url_string(urljoin(base, text)).partition("#")[0]
        if not urlsplit(url).hostname:
            return ""
        return check_url(url)
    except ValueError:
        return ""


def site_of(host: str) -> str:
    """The last two labels, or three where the second is a registry's own (co.uk, com.cn)."""
    labels = host.split(".")
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2  # noqa: PLR2004
    return ".".join(labels[-size:])


def without_repeats(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links, each article once (http/https, `www.` and tracker variants are one); the first stays."""
    kept: dict[str, Link] = {}
    for link in links:
        kept.setdefault(identity_key(link.url), link)
    return tuple(kept.values())
