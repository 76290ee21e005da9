"""The headline without the site's name: what most of the page's own statements of it agree on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.declared import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment

_SEPARATOR = re.compile(
    r"\s+[-–—|·•:»«›_/~]+\s+|\s*[|｜]\s*|_{1,2}(?=[^\s_])|(?<=[\u3040-\u9fff])\s*[-–—]+\s*(?=[\u3040-\u9fff])|\s+[-–—]\s*(?=[\u3040-\u9fff])"
)
# A section after a bar ("... | Opinion"): headlines hardly ever end so.
_BAR_END = re.compile(r"\s[|｜]\s[^|｜]{2,24}$")
_HOME_LINK = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
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
    ballots = [ballot for ballot in _ballots(tag, declared, segments, names, from_feed) if squeezed(ballot.title)]
    if not ballots:
        return next(
            (_clean(item.text) for item in segments if item.kind == "heading" and len(item.text) < _MAX_TITLE), ""
        )
    return max(ballots, key=lambda ballot: _support(ballot.title, ballots)).title


class _Ballot(NamedTuple):
    title: str
    votes: float


def _ballots(
    tag: str, declared: Declared, segments: Sequence[Segment], names: Sequence[str], from_feed: str
) -> Iterator[_Ballot]:
    """Each statement of the headline with its weight; a lone visible <h1> weighs as much as two others."""
    site = {squeezed(name) for name in names if name}
    headings = [
        _clean(item.text)
        for item in segments
        if item.kind == "heading"
        and item.level == 1
        and item.zone in {"", "meta", "caption"}
        and squeezed(item.text) not in site
        and not any(_HOME_LINK.fullmatch(link) for link in item.links)
    ]
    for i, heading in enumerate(headings[:3]):
        yield _Ballot(without_site(heading, names), 2.0 if len(headings) == 1 else 1.0 if i == 0 else 0.3)
    yield _Ballot(without_site(_clean(declared.article_text("headline", "name")), names), 1.0)
    yield _Ballot(without_site(_clean(from_feed), names), 1.0)
    yield _Ballot(without_site(tag, names), 0.8)
    for name in _META_TITLES:
        yield _Ballot(without_site(_clean(declared.first(name)), names), 1.0 if name == "og:title" else 0.5)


def _support(title: str, ballots: Sequence[_Ballot]) -> float:
    """The votes of equal statements in full, of those that contain it or are contained in part."""
    key = squeezed(title)
    total = 0.0
    for other in ballots:
        other_key = squeezed(other.title)
        if other_key == key:
            total += other.votes
        elif len(key) > 8 and len(other_key) > 8 and (key in other_key or other_key in key):
            total += 0.4 * other.votes
    return total


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
    if len(parts) > 1 and (not known or _BAR_END.search(title)):
        return _by_shape(title, parts)
    return title


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
