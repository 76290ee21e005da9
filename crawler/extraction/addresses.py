"""The address an article is known by, and the addresses its body links to."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.extraction.kinds import is_homepage, led_astray, names_article
from pipeline.urls import article_id, canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.sources import Source

_MAX_LINKS = 200
_HEADS = frozenset({"head", "html", "body"})  # a parser that meets a stray tag ends the head and goes on in the body
_RENDERING = re.compile(r"amp|print|mobile|m|\d{1,2}|page/\d+|index\.\w+", re.IGNORECASE)
_ID = re.compile(r"(?:^|&)(?:\w*id|p|a|no|idxno|num|article|news|story|key)=|=\d+(?:&|$)", re.IGNORECASE)
_SECTION = re.compile(r"(?:/[a-z]+){1,2}", re.IGNORECASE)


def find_canonical(tree: HtmlElement, declared: Declared, url: str, source: Source | None) -> str:
    """The canonical URL: what the page names as such, where that can be true, else its own.

    Templates name the front page, the section, the login page or another site for every article. Of several named
    addresses the page's own counts, else the first that can be true. A page that came from no web address (a file) is
    believed whatever site it names.
    """
    named = dict.fromkeys(resolved for link in _named(tree, declared) if (resolved := _resolve(url, link)))
    believed = [address for address in named if _is_believable(address, url)]
    own = identity(normal_url(url, source))
    same = [address for address in believed if identity(normal_url(address, source)) == own]
    return normal_url((same or believed or [url])[0], source)


def _named(tree: HtmlElement, declared: Declared) -> Iterator[str]:
    """Addresses of canonical links, og:url last. Links within the page's content may be its readers' or another page's."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            above = link.getparent()
            if above is None or above.tag in _HEADS:
                yield link.get("href") or ""
    yield declared.first("og:url")


def _is_believable(address: str, url: str) -> bool:
    """Whether an address may be the one of the article at `url`."""
    if urlsplit(url).scheme not in {"http", "https"}:
        return not is_homepage(address, address)
    is_other = not _is_same_site(url, address) or is_homepage(address, address) or led_astray(address, url) is not None
    return not is_other and not _loses_article(address, url)


def _loses_article(address: str, url: str) -> bool:
    """Whether an address lacks what told this article from others: its last names, or the parameter that held its id."""
    named, own = urlsplit(normal_url(address, None)), urlsplit(normal_url(url, None))
    if names_article(named.path):
        return False
    above, below = named.path.rstrip("/"), own.path.rstrip("/")
    if above == below:
        return not named.query and _ID.search(own.query) is not None
    if below.startswith(above + "/"):
        return not _RENDERING.fullmatch(below[len(above) + 1 :])
    return not named.query and names_article(own.path) and _SECTION.fullmatch(above) is not None


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
