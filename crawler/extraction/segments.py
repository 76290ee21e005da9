"""A tree as a flat list of segments: the stretches of text between block boundaries, each with what stands around it.

This is the ground all body decisions are made on: a segment is kept or dropped as a whole, keeps its kind (heading,
list item, table row ...), its links, and the zone it stands in (navigation, comments, related articles ...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml.etree import iterwalk

from crawler.extraction.zones import HEADINGS, own_zone
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from pipeline.document import BlockKind

SKIPPED = frozenset(
    "script style noscript template svg iframe button select input textarea option optgroup datalist object embed applet "
    "canvas map audio video head meta link math dialog menu frame frameset noindex progress output rp rt rtc base title "
    "picture source track param area".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby s samp small span strike "
    "strong sub sup time tt u var wbr img hl x-span tref mip-span amp-link".split()
)
_KINDS: dict[str, tuple[BlockKind, int]] = {
    **{tag: ("heading", int(tag[1])) for tag in HEADINGS},
    **dict.fromkeys(("li", "dd", "dt"), ("list-item", 0)),
    "blockquote": ("quote", 0), "figcaption": ("caption", 0), "tr": ("table-row", 0),
}  # fmt: skip
_LEAVES = frozenset("p li ul ol dl dt dd h1 h2 h3 h4 h5 h6 blockquote table tbody thead tr td th figure".split())
_BLOCKS_IN_CELL = "p|div|ul|ol|table|h1|h2|h3|h4|h5|h6|section|article|blockquote".split("|")
_PROSE = 40  # characters outside links from which a segment counts as prose
_WIDE_ZONE = 0.34  # share of the page's prose
_WIDE_COMMENTS = 0.85  # readers may well write more than the author
_ROW_LIMIT = 1_200  # characters; a longer "row" is a layout cell holding the page


# "exclusive|Learned", "end.|Next": a whole lower-case word or a sentence's end; "i|Phone", "Deep|Mind" are one word.
_GLUED = re.compile(r"(?:^|[\s(])[a-zß-ÿ]{3,}$|[a-zß-ÿ]{2}[.!?;:,]$")


@dataclass(slots=True)
class Segment:
    """A stretch of text between two block boundaries. `path` are its block ancestors, outermost first."""

    kind: BlockKind
    text: str
    level: int
    zone: str
    opener: HtmlElement | None  # the element that opened the zone
    element: HtmlElement
    path: tuple[HtmlElement, ...]
    link_chars: int = 0
    link_count: int = 0
    links: tuple[str, ...] = ()
    bold_chars: int = 0
    zones: tuple[tuple[str, HtmlElement], ...] = ()  # all that surround it with what opened them, outermost first
    homes: tuple[HtmlElement, ...] = ()  # the container it stands in, and the one around that
    # What follows from the rest; asked for some ten times of each segment.
    mass: float = field(init=False)  # weighted length: a CJK character says two and a half Latin ones
    link_share: float = field(init=False)  # of its characters
    prose_mass: float = field(init=False)  # weighted length outside links

    def __post_init__(self) -> None:
        self.mass = weight(self.text)
        self.link_share = self.link_chars / len(self.text) if self.text else 0.0
        self.prose_mass = self.mass * (1 - self.link_share)


class _Walk:
    """The state of one walk: the text since the last boundary and the open blocks."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.pieces: list[str] = []
        self.link_chars = self.bold_chars = 0
        self.hrefs: list[str] = []
        self.link_depth = self.bold_depth = 0
        self.path: list[HtmlElement] = []
        self.zones: list[tuple[tuple[str, HtmlElement], ...]] = [()]
        self.homes: list[tuple[HtmlElement, ...]] = [()]

    def enter(self, element: HtmlElement, tag: str) -> None:
        """A block begins."""
        zones, homes = self.zones[-1], self.homes[-1]
        self.path.append(element)
        self.zones.append((*zones, (name, element)) if (name := own_zone(element)) else zones)
        self.homes.append(homes if tag in _LEAVES else (element, *homes[:1]))

    def leave(self) -> None:
        """The innermost block ends."""
        self.path.pop()
        self.zones.pop()
        self.homes.pop()

    def add(self, text: str) -> None:
        self.pieces.append(text)
        if self.link_depth or self.bold_depth:
            size = len(" ".join(text.split()))
            self.link_chars += size * bool(self.link_depth)
            self.bold_chars += size * bool(self.bold_depth)

    def join(self, text: str) -> None:
        """Text behind an inline element's edge: words that only styling kept apart get a space."""
        if self.pieces and text[0].isupper() and _GLUED.search(self.pieces[-1]):
            self.pieces.append(" ")
        self.add(text)

    def flush(self) -> None:
        if not self.pieces:
            return
        # Most of what stands between two blocks is the line break of the markup.
        text = " ".join("".join(self.pieces).split()) if len(self.pieces) > 1 or not self.pieces[0].isspace() else ""
        self.pieces = []
        if text and self.path:
            kind, level = _kind(self.path)
            self.segments.append(
                Segment(
                    kind, text, level, "", None, self.path[-1], tuple(self.path), min(self.link_chars, len(text)),
                    len(self.hrefs), tuple(self.hrefs), self.bold_chars, self.zones[-1], self.homes[-1] or (self.path[0],),
                )
            )  # fmt: skip
        self.link_chars = self.bold_chars = 0
        self.hrefs = []


def _kind(path: list[HtmlElement]) -> tuple[BlockKind, int]:
    """By the nearest of the innermost elements that says it, with the level of a heading."""
    return next((_KINDS[element.tag] for element in path[:-5:-1] if element.tag in _KINDS), ("paragraph", 0))


def segment(body: HtmlElement) -> list[Segment]:
    """All segments below an element, in document order."""
    walk = _Walk()
    walker = iterwalk(body, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end" and (text := element.tail):
                walk.add(text)
            continue
        if event == "start":
            _start(walk, walker, element, tag)
        else:
            _end(walk, element, tag, is_root=element is body)
    walk.flush()
    _settle_zones(walk.segments)
    return walk.segments


def _settle_zones(segments: list[Segment]) -> None:
    """Give each segment the outermost of its zones that is one.

    A "sidebar" that holds a third of the page's prose is a wrapper with an unlucky name, not a sidebar. What it holds
    may still stand in a zone of another name; of the same name it may not, for the site calls its own building blocks so.
    """
    prose: dict[HtmlElement, float] = {}
    total = 0.0
    for item in segments:
        size = item.prose_mass
        if size > _PROSE:
            total += size
            for _, opener in item.zones:
                prose[opener] = prose.get(opener, 0) + size
    for item in segments:
        wrappers: set[str] = set()
        for zone, opener in item.zones:
            if prose.get(opener, 0) > total * (_WIDE_COMMENTS if zone == "comments" else _WIDE_ZONE):
                wrappers.add(zone)
            elif zone not in wrappers:
                item.zone, item.opener = zone, opener
                break


def _start(walk: _Walk, walker: iterwalk, element: HtmlElement, tag: str) -> None:
    if tag in SKIPPED and not _swallowed_page(element, tag):
        walker.skip_subtree()
        return
    if tag in INLINE:
        if tag == "a":
            walk.link_depth += 1
            if href := element.get("href"):
                walk.hrefs.append(href)
        elif tag in {"b", "strong"}:
            walk.bold_depth += 1
        if text := element.text:
            walk.join(text)
        return
    walk.flush()
    if tag == "br":
        return
    walk.enter(element, tag)
    if tag == "tr" and (row := _row(element)):
        walk.add(row)
        walk.hrefs = [link.get("href") or "" for link in element.iter("a")]
        walk.link_chars = sum(len(" ".join((link.text_content() or "").split())) for link in element.iter("a"))
        walk.flush()
        walker.skip_subtree()
        return
    if text := element.text:
        walk.add(text)


def _end(walk: _Walk, element: HtmlElement, tag: str, *, is_root: bool) -> None:
    if walk.path and element is walk.path[-1]:
        walk.flush()
        walk.leave()
    elif tag in SKIPPED:
        pass
    elif tag in INLINE:
        if tag == "a":
            walk.link_depth -= 1
        elif tag in {"b", "strong"}:
            walk.bold_depth -= 1
    if not is_root and (text := element.tail):
        walk.join(text)


def _swallowed_page(element: HtmlElement, tag: str) -> bool:
    """An unclosed <button>, <svg> or <menu> in a page's head may hold the whole page."""
    return tag in {"button", "svg", "menu", "dialog", "progress"} and len(element.findall(".//p")) > 2


def _row(row: HtmlElement) -> str:
    """The cells of a data table's row on one line; '' for a row of a layout table."""
    blocks = 0
    for block in row.iter(*_BLOCKS_IN_CELL):
        if (block.text_content() or "").strip():
            blocks += 1
            if block.tag not in {"p", "div"} or blocks > len(row):
                return ""
    cells = [" ".join((cell.text_content() or "").split()) for cell in row]
    line = " | ".join(cell for cell in cells if cell)
    return line if len(line) <= _ROW_LIMIT and len(cells) > 1 else ""
