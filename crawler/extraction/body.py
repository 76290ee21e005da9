"""Which segments of a page are the article.

Three witnesses: the engine (trafilatura), the page's own structure (the container that holds nearly all prose), and the
names of zones. What the engine keeps inside the container is kept; what it skips between kept prose is taken back, for
it stops at the first of several containers; where it keeps hardly anything, the prose of the container is the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.boundaries import (
    LINKED,
    PROSE,
    TRUSTED_ZONES,
    is_prose,
    leads,
    one_article,
    within,
    without_title,
)
from crawler.extraction.engine import engine_text, lighten
from crawler.extraction.lines import Line, clean_line, compact, without_trailing_headings
from crawler.extraction.stated import agree, align
from crawler.extraction.tails import opens_other_things, points_elsewhere, without_page_junk
from crawler.extraction.teasers import without_teasers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment
    from crawler.extraction.stated import Stated

# Sites fold long texts away and show them at a click: the engine's word saves what is hidden.
_FOLDED = "hidden"
_SUBSTRING_FROM = 8  # compact characters; a shorter segment must be a whole line of the engine's text
# Measured on halves of 220 English pages: flat between .75 and .92.
_CONTAINER_SHARE = 0.85
_UNKEPT_WEIGHT = 0.2  # of prose the engine skipped, when the container is looked for
_LONG = 60
_SENTENCE = 90
_CODE = frozenset({"pre", "code"})  # a listing comes whole or not at all, as the engine says
_POINTER = 250  # weighted characters; a headline and its label are no longer
_ENGINE_FAILED = 0.25  # share of the container's prose
# Beyond these the page's structure decides alone; real pages have a few thousand segments and some dozen levels.
_MAX_ELEMENTS, _MAX_DEPTH = 20_000, 500


def find_body(tree: HtmlElement, segments: Sequence[Segment], title: str, stated: str = "") -> list[Line]:
    """The article's lines, without title and page junk; empty where the page shows none.

    Args:
        tree: the page; it is taken apart.
        segments: of the page.
        title: the article's.
        stated: the body as the page's metadata give it, if they do.
    """
    lighten(tree, {item.opener for item in segments if item.opener is not None and not _may_hold_body(item)})
    verdicts = _verdicts(engine_text(tree), segments) if _is_within_reach(segments) else [False] * len(segments)
    kept = _choose(segments, verdicts, title, align(stated, segments))
    lines = [Line(item.kind, clean_line(item.text), item.level, item.links) for item in without_title(kept, title)]
    return without_trailing_headings(without_page_junk(lines))


def _is_within_reach(segments: Sequence[Segment]) -> bool:
    """Whether the engine can be asked; its time grows with the square of length and depth."""
    return len(segments) < _MAX_ELEMENTS and max((len(item.path) for item in segments), default=0) < _MAX_DEPTH


def _verdicts(text: str, segments: Sequence[Segment]) -> list[bool]:
    run = compact(text)
    lines = {compact(line.strip("-|# ")) for line in text.split("\n")}
    verdicts = []
    for item in segments:
        key = compact(item.text) if _may_hold_body(item) else ""  # nothing asks for a verdict on others
        verdicts.append(bool(key) and (key in lines or (len(key) > _SUBSTRING_FROM and key in run)))
    return verdicts


def _choose(segments: Sequence[Segment], verdicts: Sequence[bool], title: str, stated: Stated | None) -> list[Segment]:
    container = _container(segments, verdicts)
    inside = within(one_article(segments, container, title), segments, title)
    prose = [here and is_prose(item) for item, here in zip(segments, inside, strict=True)]
    kept = [
        here
        and said
        and (item.zone in TRUSTED_ZONES or (item.zone == _FOLDED and item.mass > _LONG and item.link_share < LINKED))
        for item, here, said in zip(segments, inside, verdicts, strict=True)
    ]
    anchors = [i for i, keep in enumerate(kept) if keep and segments[i].mass > _LONG]
    total = sum(item.mass for item, holds in zip(segments, prose, strict=True) if holds)
    found = sum(item.mass for item, holds, keep in zip(segments, prose, kept, strict=True) if holds and keep)
    if found < _ENGINE_FAILED * total:
        anchors = [i for i, holds in enumerate(prose) if holds]
    if anchors:
        homes = {home for i in anchors for home in segments[i].homes[:1]}
        first, last = _widened(segments, prose, inside, anchors)
        for i in range(first, last + 1):
            kept[i] = kept[i] or (inside[i] and _fits_between(segments[i], homes))
    for i in leads(segments, inside, title):
        kept[i] = verdicts[i] and segments[i].kind == "paragraph" and is_prose(segments[i]) and segments[i].mass > _LONG
    if stated is not None:
        kept = agree(stated, segments, kept)
    items = [item for item, keep in zip(segments, kept, strict=True) if keep and not _is_pointer(item)]
    return _once(_without_lists(without_teasers(items, segments)))


def _may_hold_body(item: Segment) -> bool:
    return item.zone in TRUSTED_ZONES or item.zone == _FOLDED


def _is_pointer(item: Segment) -> bool:
    """Whether a segment sends the reader to another article ("See also: ..."), whatever stands around it."""
    return item.link_share > 0.5 and item.mass < _POINTER and item.kind != "table-row" and points_elsewhere(item.text)


def _fits_between(item: Segment, homes: AbstractSet[HtmlElement] = frozenset()) -> bool:
    """Whether a segment between kept prose belongs to it though the engine skipped it.

    Short paragraphs do where they stand in the very container (`homes`) of kept prose: bold ones serve as headings.
    """
    if item.zone not in TRUSTED_ZONES or item.link_share >= LINKED or item.element.tag in _CODE:
        return False
    return item.prose_mass > PROSE or item.kind != "paragraph" or item.homes[0] in homes


def _container(segments: Sequence[Segment], verdicts: Sequence[bool]) -> HtmlElement | None:
    """The deepest element that holds nearly all prose; None where there is no prose."""
    mass: dict[HtmlElement, float] = {}
    depth: dict[HtmlElement, int] = {}
    total = 0.0
    for item, said in zip(segments, verdicts, strict=True):
        if item.link_share >= 0.5 or item.zone not in TRUSTED_ZONES or item.prose_mass <= PROSE:
            continue
        size = min(item.prose_mass, 1_000) * (1 if said else _UNKEPT_WEIGHT)
        total += size
        for level, element in enumerate(item.path):
            mass[element] = mass.get(element, 0) + size
            depth[element] = level
    holders = [element for element, size in mass.items() if size >= _CONTAINER_SHARE * total]
    return max(holders, key=depth.__getitem__) if holders else None


def _widened(
    segments: Sequence[Segment], prose: Sequence[bool], inside: Sequence[bool], anchors: Sequence[int]
) -> tuple[int, int]:
    """First and last of the kept stretch.

    It reaches to the last prose of the container that is built like kept prose (bodies come in several containers of
    one class), and on either side over what stands beside it in the same parents: lists, headings, more prose.
    """
    built = {_signature(segments[i]) for i in anchors} - {None}
    alike = [i for i, holds in enumerate(prose) if holds and _signature(segments[i]) in built]
    limit = _limit(segments, sorted({*anchors, *alike}))
    alike = [i for i in alike if i < limit]
    homes = {home for i in (*anchors, *alike) for home in segments[i].homes}

    def belongs(i: int) -> bool:
        return inside[i] and (prose[i] or _fits_between(segments[i])) and segments[i].homes[0] in homes

    first, last = min(anchors[0], *alike, anchors[0]), max(anchors[-1], *alike, anchors[-1])
    while last + 1 < limit and belongs(last + 1):
        last += 1
    while first > 0 and belongs(first - 1):
        first -= 1
    return first, last


def _limit(segments: Sequence[Segment], anchors: Sequence[int]) -> int:
    """Where the stretch must end: at a heading over other articles, once most of what is kept lies before it."""
    total = sum(segments[i].mass for i in anchors)
    before = 0.0
    wanted = set(anchors)
    for i in range(anchors[0], len(segments)):
        before += segments[i].mass if i in wanted else 0
        if before >= 0.6 * total and opens_other_things(segments[i].text):
            return i
    return len(segments)


def _signature(item: Segment) -> tuple[str, str] | None:
    """How the segment's container is called; None for one without a name."""
    home = item.homes[0]
    names = home.get("class") or ""
    return (item.element.tag, names) if names else None


def _without_lists(items: list[Segment]) -> list[Segment]:
    """Without links in containers that hold no prose, and without the bits that trail after the last prose."""
    homes = {item.homes[0] for item in items if item.prose_mass > _SENTENCE and item.link_share < LINKED}
    kept = [item for item in items if item.link_share < 0.8 or item.homes[0] in homes]
    around = {home for item in items if item.homes[0] in homes for home in item.homes}
    while around and kept and kept[-1].homes[0] not in around:
        kept.pop()
    return kept


def _once(items: list[Segment]) -> list[Segment]:
    """Each long text once: pages repeat blocks for print, phones and pull quotes."""
    seen: set[str] = set()
    kept = []
    for item in items:
        if len(item.text) >= 40:
            if item.text in seen:
                continue
            seen.add(item.text)
        kept.append(item)
    return kept
