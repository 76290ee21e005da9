"""The names a site gives itself, and a headline without them at either end."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.addresses import registrable
from crawler.extraction.declared import squeezed, types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extraction.declared import Declared

_META = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "al:android:app_name",
         "dc.publisher", "publisher")  # fmt: skip
_SITES = frozenset({"WebSite", "Organization", "NewsMediaOrganization"})
_MAX_NAME = 60  # a longer "name" is a slogan or the page's own title
# What parts a headline from a site's name: a sign between spaces, a bar, an underscore, a dash that touches CJK.
SEPARATOR = re.compile(
    r"\s+(?:[-–—|·•:»«›‹_/~@]+|::)\s+|\s*[|｜»›]\s*|_{1,2}(?=[^\s_])|(?<=[\u3040-\u9fff])\s*(?:[-–—]+|--)\s*(?=[\u3040-\u9fff])"
    r"|\s+[-–—]\s*(?=[\u3040-\u9fff])|(?<=[\u3040-\u9fff？！。」』])\s*[-–—]+\s*(?=\w)"
)
_BEFORE_NAME = re.compile(r"\s*[：－ー]\s*(?=[^：－ー]+$)")
_IN_BRACKETS = re.compile(
    r"\s*[(（【\[](?P<end>[^()（）【】\[\]]{2,40})[)）】\]]$|^[【\[](?P<start>[^【】\[\]]{2,40})[】\]]\s*"
)
_DOMAIN = re.compile(r"^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}$", re.IGNORECASE)
DATE_PART = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\s*")  # templates put the day behind the headline
_EDGES = " \t-–—|·•:»«›‹_/~｜"


def outlet_names(declared: Declared, given: Iterable[str] = (), url: str = "") -> tuple[str, ...]:
    """What the source is called by those who know it, by the page, and, where `url` is given, by its handle and address."""
    handle = declared.first("twitter:site").lstrip("@") if url else ""
    found = [*given, *(declared.first(name) for name in _META), *_structured(declared), handle, *host_labels(url)]
    short = (name.strip() for name in found if "/" not in name and 1 < len(name.strip()) <= _MAX_NAME)
    # Some templates put the headline into every field they have.
    titles = {_key(declared.first("og:title")), _key(declared.article_text("headline"))}
    return tuple(dict.fromkeys(name for name in short if _key(name) and _key(name) not in titles))


def _structured(declared: Declared) -> Iterator[str]:
    for node in declared.articles:
        publishers = node.get("publisher")
        for publisher in publishers if isinstance(publishers, list) else [publishers]:
            # One who publishes alone is an author too.
            if isinstance(publisher, dict) and "Person" not in types_of(publisher):
                yield str(publisher.get("name") or "")
    for node in declared.nodes:
        types = set(types_of(node))
        if _SITES & types and "Person" not in types:
            yield str(node.get("name") or "")


def host_labels(url: str) -> Iterator[str]:
    """`thedaily` of www.thedaily.example."""
    host = urlsplit(url).hostname or ""
    if "." in host:
        yield registrable(host).partition(".")[0]


def without_site(title: str, names: Iterable[str], sections: Iterable[str] = ()) -> str:
    """The title without a known site's name or a domain at either end, and without one of `sections` at its end."""
    known = {_key(name) for name in names} - {""}
    exact = known | {_key(section) for section in sections} - {""}
    for _ in range(4):  # "Headline - Section - Site | Group" is the longest chain seen
        shorter = _without_end(title, known, exact) or _without_start(title, known)
        if not shorter:
            return title
        title = shorter
    return title


def _without_end(title: str, known: set[str], exact: set[str]) -> str:
    cuts = list(SEPARATOR.finditer(title))
    for cut in cuts:
        if _key(title[cut.end() :]) in exact or DATE_PART.fullmatch(title[cut.end() :]):
            return title[: cut.start()].strip(_EDGES)
    if cuts and is_site(title[cuts[-1].end() :], known):
        return title[: cuts[-1].start()].strip(_EDGES)
    colon = _BEFORE_NAME.search(title)
    if colon and _key(title[colon.end() :]) in known:
        return title[: colon.start()]
    match = _IN_BRACKETS.search(title)
    if match and match["end"] and _key(match["end"]) in known:
        return title[: match.start()]
    return ""


def _without_start(title: str, known: set[str]) -> str:
    cut = SEPARATOR.search(title)
    if cut and is_site(title[: cut.start()], known):
        return title[cut.end() :].strip(_EDGES)
    match = _IN_BRACKETS.match(title)
    if match and match["start"] and _key(match["start"]) in known:
        return title[match.end() :]
    return ""


def is_site(part: str, known: set[str]) -> bool:
    """Whether a part of a title is a site's name: as known, abridged ("Guardian"), with a little more ("BBC Sport"), a domain."""
    key = _key(part)
    if not key:
        return False
    return key in known or bool(_DOMAIN.match(part.strip())) or any(_are_alike(key, name) for name in known)


def _key(name: str) -> str:
    """Letters and digits without their accents: addresses have none."""
    return "".join(char for char in unicodedata.normalize("NFKD", squeezed(name)) if not unicodedata.combining(char))


def _are_alike(key: str, name: str) -> bool:
    if len(name) > 3:
        return (name in key and len(key) < len(name) + 8) or (key in name and len(key) > 3)
    return len(name) == 3 and key.startswith(name) and len(key) < len(name) + 6
