"""The part of a title that is the headline, where the page shows it alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.declared import squeezed
from crawler.extraction.site_names import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def lines_in(segments: Sequence[Segment], titles: str) -> dict[str, bool]:
    """The page's lines that may be a part of these titles, and whether each is a heading."""
    seen: dict[str, bool] = {}
    for i, item in enumerate(segments):
        is_heading = item.kind == "heading"
        if (i < _TOP or is_heading) and len(item.text) < MAX_TITLE and item.zone not in FOREIGN_ZONES:
            if item.text[:3].casefold() not in titles:
                continue
            key = squeezed(item.text)
            seen[key] = seen.get(key, False) or is_heading
    return seen


def shown_part(title: str, seen: dict[str, bool], *, is_named: bool) -> str:
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
