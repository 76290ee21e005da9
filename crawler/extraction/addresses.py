"""The address an article is known by, and the addresses its body links to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.extraction.kinds import is_homepage
from pipeline.urls import article_id, canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.sources import Source

_MAX_LINKS = 200


def find_canonical(tree: HtmlElement, declared: Declared, url: str, source: Source | None) -> str:
    """The canonical URL: what the page names as such, if it lies on the same site and is no front page, else its own.

    A page that came from no web address (a file) is believed whatever site it names.
    """
    named = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    named += [declared.first("og:url")]
    for candidate in named:
        resolved = _resolve(url, candidate)
        if resolved and _is_same_site(url, resolved) and not is_homepage(resolved, resolved):
            return normal_url(resolved, source)
    return normal_url(url, source)


def normal_url(url: str, source: Source | None) -> str:
    """The URL without trackers, by the source's rules; a non-web address as it is."""
    try:
        if source is None:
            return canonical_url(url)
        return canonical_url(url, keep=source.keep_params, drop=source.drop_params)
    except ValueError:
        return url


def identity(url: str) -> str:
    """`pipeline.urls.article_id`, or a hash of an address outside the web."""
    try:
        return article_id(url)
    except ValueError:
        return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def absolute_links(links: Iterable[str], url: str) -> tuple[str, ...]:
    """Web addresses, absolute, each once, in order."""
    found: dict[str, None] = {}
    for link in links:
        if (resolved := _resolve(url, link)) and not resolved.startswith(url + "#"):
            found.setdefault(resolved)
        if len(found) >= _MAX_LINKS:
            break
    return tuple(found)


def _resolve(base: str, link: str) -> str:
    link = link.strip()
    if not link or link.startswith(("#", "javascript:", "mailto:", "tel:", "data:")) or len(link) > 2_000:
        return ""
    try:
        resolved = urljoin(base, link)
        parts = urlsplit(resolved)
    except ValueError:
        return ""
    return resolved if parts.scheme in {"http", "https"} and parts.hostname else ""


def _is_same_site(url: str, other: str) -> bool:
    first, second = urlsplit(url), urlsplit(other)
    if first.scheme not in {"http", "https"}:
        return True
    return registrable(first.hostname or "") == registrable(second.hostname or "")


_SECOND_LEVEL = frozenset("co com net org gov edu ac or ne go".split())


def registrable(host: str) -> str:
    """The domain a site owns, roughly: two labels, or three under such as .co.uk and .com.cn."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])
