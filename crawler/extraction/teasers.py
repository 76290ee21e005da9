"""Teasers of other articles below an article: a linked title with a sentence or two under it, several in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment

_EXCERPT = range(20, 320)  # weighted characters
_TITLE = range(12, 201)  # characters
_LABEL = 60  # weighted characters: a date, a section's name, a counter of comments
_MAIN_SHARE = 0.25  # of the article's text, from which a container is not a card
# A page that is made of linked titles with a few lines each is a round-up, whose own form this is.
_MAX_SHARE = 0.45


def without_teasers(items: Sequence[Segment], segments: Sequence[Segment]) -> list[Segment]:
    """The article's segments without the teasers at their end.

    Args:
        items: the segments kept, in order.
        segments: all of the page: a teaser's title is often dropped already, being a link.
    """
    teasers = _teasers(items, segments)
    cut, found = len(items), 0
    for i in range(len(items) - 1, -1, -1):
        if id(items[i]) in teasers:
            cut, found = i, found + (items[i].kind != "heading")
        elif items[i].prose_mass > _LABEL and items[i].kind != "heading":
            break
    lost, total = sum(item.mass for item in items[cut:]), sum(item.mass for item in items)
    return list(items[:cut] if found >= 2 and lost <= _MAX_SHARE * total else items)


def _teasers(items: Sequence[Segment], segments: Sequence[Segment]) -> set[int]:
    """Identities of the excerpts and of their titles."""
    at = {id(item): i for i, item in enumerate(segments)}
    main = _main_containers(items)
    found: set[int] = set()
    for item in items:
        if int(item.mass) not in _EXCERPT or item.kind == "heading" or item.link_share >= 0.4 or item.homes[0] in main:
            continue
        position = at[id(item)]
        title = next((above for above in segments[max(0, position - 3) : position][::-1] if not _is_label(above)), None)
        if title is not None and _entitles(title, item) and not _goes_on(segments, position):
            found |= {id(item), id(title)}
    return found


def _main_containers(items: Sequence[Segment]) -> AbstractSet[HtmlElement]:
    """The containers that hold much of the article themselves."""
    prose: dict[HtmlElement, float] = {}
    for item in items:
        if item.kind != "heading" and item.mass > 90:
            prose[item.homes[0]] = prose.get(item.homes[0], 0) + item.mass
    least = _MAIN_SHARE * sum(item.mass for item in items)
    return {home for home, mass in prose.items() if mass > least}


def _is_label(item: Segment) -> bool:
    return item.kind != "heading" and item.mass < _LABEL and item.link_share < 0.5


def _entitles(title: Segment, item: Segment) -> bool:
    """Whether a segment is the linked title of the excerpt below it; a link into the page itself is none."""
    return (
        title.link_share > 0.85
        and len(title.text) in _TITLE
        and title.kind in {"heading", item.kind}
        and not any("#" in link for link in title.links)
        and (title.homes[0] in item.homes or item.homes[0] in title.homes)
    )


def _goes_on(segments: Sequence[Segment], at: int) -> bool:
    """Whether more prose follows in the same container: a section of an article, not a card."""
    if at + 1 == len(segments):
        return False
    following = segments[at + 1]
    is_prose = following.link_share < 0.5 and following.kind != "heading" and following.mass > _LABEL
    return is_prose and following.homes[0] is segments[at].homes[0]
