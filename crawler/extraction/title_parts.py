"""The part of a title that is the headline, where the page shows it alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.declared import squeezed
from crawler.extraction.site_names import SEPARATOR
from crawler.extraction.zones import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment

FOREIGN_ZONES = frozenset({"hidden", "related", "comments", "footer", "ad", "newsletter", "consent", "dialog"})
MAX_TITLE = 300
# A section after a bar ("... | Opinion"): headlines hardly ever end so.
_BAR_END = re.compile(r"\s[|｜]\s[^|｜]{2,24}$")
# Where a headline may begin or end inside a title, if that part stands alone on the page.
_ANY_CUT = re.compile(r"\s*[:：,，–—-]+\s*|(?<=[\u3040-\u9fff！？])\s+(?=\S)")
# Share of a title below which a part of it is a section or a kicker, if it has fewer words than headlines have.
_MIN_PART, _WORDS = 0.35, 4
_TOP = 120  # segments from the top among which a headline is looked for


class Heading(NamedTuple):
    """A heading as a whole, however many lines its breaks and boxes make of it."""

    element: HtmlElement
    level: int
    lines: tuple[str, ...]
    zone: str
    links: tuple[str, ...]

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)


def headings_in(segments: Sequence[Segment]) -> Iterator[Heading]:
    """The page's headings outside boxes that speak of something else."""
    lines: dict[HtmlElement, list[Segment]] = {}
    for item in segments:
        if item.kind == "heading" and item.zone not in FOREIGN_ZONES:
            element = next((above for above in reversed(item.path) if above.tag in HEADINGS), item.element)
            lines.setdefault(element, []).append(item)
    for element, items in lines.items():
        links = tuple(link for item in items for link in item.links)
        yield Heading(element, items[0].level, tuple(item.text for item in items), items[0].zone, links)


def lines_in(segments: Sequence[Segment], titles: str) -> dict[str, int]:
    """The page's lines that may be a part of these titles: 2 for a first-level heading, 1 for another, 0 for a line."""
    seen = {
        squeezed(item.text): 0
        for item in segments[:_TOP]
        if item.kind != "heading" and item.zone not in FOREIGN_ZONES and _may_be_part(item.text, titles)
    }
    said = squeezed(titles)
    for heading in headings_in(segments):
        # A kicker in a box of its own is a line the titles do not have; a break in a headline parts what they have as one.
        for text in (heading.text,) if squeezed(heading.text) in said else heading.lines:
            if _may_be_part(text, titles):
                key = squeezed(text)
                seen[key] = max(seen.get(key, 0), 2 if heading.level == 1 else 1)
    return seen


def _may_be_part(text: str, titles: str) -> bool:
    return len(text) < MAX_TITLE and text[:3].casefold() in titles


def shown_part(title: str, seen: dict[str, int], *, is_named: bool) -> str:
    """The part of a title that stands alone on the page, best as a heading; without such a part, a title less a short end."""
    if not title or squeezed(title) in seen:
        return title
    cuts = [*SEPARATOR.finditer(title), *_ANY_CUT.finditer(title)]
    parts = [part for cut in cuts for part in (title[: cut.start()], title[cut.end() :])]
    shown = [part for part in parts if squeezed(part) in seen and not _is_scrap(part, title)]
    if shown:
        return max(shown, key=lambda part: (seen[squeezed(part)], len(part))).strip()
    return title if is_named and not _BAR_END.search(title) else _without_short_end(title)


def _is_scrap(part: str, title: str) -> bool:
    return len(part) < _MIN_PART * len(title) and len(part.split()) < _WORDS


def _without_short_end(title: str) -> str:
    for _ in range(2):  # a section, a site
        bounds = list(SEPARATOR.finditer(title))
        last = title[bounds[-1].end() :] if bounds else title
        if len(last) > 0.4 * len(title) or len(last.split()) > 5:
            break
        title = title[: bounds[-1].start()].strip()
    return title
