"""The headline without the site's name: what most of the page's own statements of it agree on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.declared import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment

_SEPARATOR = re.compile(
    r"\s+[-–—|·•:»«›_/~]+\s+|\s*[|｜]\s*|_{1,2}(?=[^\s_])|(?<=[\u3040-\u9fff])\s*[-–—]+\s*(?=[\u3040-\u9fff])|\s+[-–—]\s*(?=[\u3040-\u9fff])"
)
_MAX_TITLE = 300
_META_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "title",
    "articletitle",
    "citation_title",
)


def find_title(
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    site_names: Sequence[str] = (),
    from_feed: str = "",
) -> str:
    """The headline; '' where the page states none.

    Args:
        tree: the page.
        declared: its JSON-LD and meta tags.
        segments: its text, for the visible headings.
        site_names: names of the outlet, which are cut off either end.
        from_feed: what the feed calls the article, if it came by one.
    """
    tag = _clean(tree.findtext(".//head/title") or tree.findtext(".//title") or "")
    names = [*site_names, declared.first("og:site_name"), declared.first("application-name")]
    headings = [
        _clean(item.text)
        for item in segments
        if item.kind == "heading" and item.level == 1 and item.zone in {"", "meta", "caption"}
    ]
    stated = [_clean(declared.article_text("headline", "name"))]
    stated += [without_site(_clean(declared.first(name)), names) for name in _META_TITLES]
    stated.append(without_site(_clean(from_feed), names))
    short_tag = without_site(tag, names)
    candidates = [title for title in [*headings[:3], *stated, short_tag] if title and squeezed(title)]
    if not candidates:
        return next(
            (_clean(item.text) for item in segments if item.kind == "heading" and len(item.text) < _MAX_TITLE), ""
        )
    return max(candidates, key=lambda title: (_support(title, candidates, tag), -candidates.index(title)))


def _support(title: str, candidates: list[str], tag: str) -> float:
    """How many statements agree: equal ones fully, those that contain it or are contained in part."""
    key = squeezed(title)
    total = 0.0
    for other in candidates:
        other_key = squeezed(other)
        if other_key == key:
            total += 1
        elif len(key) > 8 and (key in other_key or other_key in key) and len(other_key) > 8:
            total += 0.4
    return total + (0.5 if key and key in squeezed(tag) else 0)


def _clean(text: str) -> str:
    text = " ".join(text.replace("\u200b", "").replace("\xad", "").split())
    return text if len(text) <= _MAX_TITLE else ""


def without_site(title: str, names: Sequence[str]) -> str:
    """The title without a site's name at either end, by the known names, else by a short last part after a bar."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    known = {squeezed(name) for name in names if name}
    while len(parts) > 1 and _names_site(parts[-1], known):
        title = title[: title.rindex(parts.pop())].rstrip(" -–—|·•:»«›_/~｜")
    while len(parts) > 1 and _names_site(parts[0], known):
        title = title[len(parts.pop(0)) :].lstrip(" -–—|·•:»«›_/~｜")
    return (
        title
        if known & set(map(squeezed, _SEPARATOR.split(title))) or len(parts) < 2 or known
        else _by_shape(title, parts)
    )


def _names_site(part: str, known: set[str]) -> bool:
    key = squeezed(part)
    return bool(key) and (
        key in known
        or any(
            len(name) > 3 and ((name in key and len(key) < len(name) + 8) or (key in name and len(key) > 3))
            for name in known
        )
    )


def _by_shape(title: str, parts: list[str]) -> str:
    last = parts[-1]
    if len(last) < 0.4 * len(title) and len(last.split()) <= 5:
        return title[: title.rindex(last)].rstrip(" -–—|·•:»«›_/~｜")
    return title
