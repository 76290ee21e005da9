"""The body that a page states in its metadata (`articleBody`), as a witness of which segments are the article.

Outlets fill it from their own editing system: it holds no boxes, captions and pointers. It is not taken as it stands,
for it has no structure, is often cut short, and sometimes holds another text than the page; it is laid beside the
page's segments, and counts where they hold nearly all of it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.lines import compact
from crawler.extraction.zones import BOXES
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.segments import Segment

_TAG = re.compile(r"<[^<>]{1,400}>")
_MIN_STATED = 400  # weighted characters; a shorter text is a summary
_COVERED = 0.8  # share of the stated text that the segments must hold
_CUT_SHORT = 0.25  # prose behind the stated end, as a share of the stated prose, that shows a stated text cut short
_ASIDE = 160  # weighted characters; a longer paragraph between stated ones is the article's own (a quote, an addition)
_KEY = 8  # compact characters; shorter segments are found in any text


@dataclass(frozen=True, slots=True)
class Stated:
    """Which segments the stated body holds, and whether it says where the article ends."""

    holds: Sequence[bool]
    first: int
    last: int
    is_whole: bool


def align(text: str, segments: Sequence[Segment]) -> Stated | None:
    """Lay the stated body beside the segments; None where it is no witness."""
    if weight(text) < _MIN_STATED:
        return None
    run = compact(html.unescape(_TAG.sub("", html.unescape(text))))
    keys = [compact(item.text) for item in segments]
    holds = [len(key) > _KEY and key in run for key in keys]
    if len("".join({key for key, held in zip(keys, holds, strict=True) if held})) < _COVERED * len(run):
        return None
    long = [i for i, held in enumerate(holds) if held and segments[i].mass > _ASIDE / 2]
    if not long:
        return None
    return Stated(holds, long[0], long[-1], run.endswith(keys[long[-1]][-30:]))


def agree(stated: Stated, segments: Sequence[Segment], kept: Sequence[bool]) -> list[bool]:
    """The kept segments corrected by the stated body: what it holds comes in, asides that it lacks go out."""
    prose = sum(item.mass for item, held in zip(segments, stated.holds, strict=True) if held)
    behind = sum(
        item.mass for item, keep in zip(segments[stated.last + 1 :], kept[stated.last + 1 :], strict=True) if keep
    )
    ends = stated.is_whole and behind < _CUT_SHORT * prose
    agreed = []
    for i, (item, held, keep) in enumerate(zip(segments, stated.holds, kept, strict=True)):
        if held and stated.first <= i <= stated.last:
            agreed.append(keep or item.zone not in BOXES)
        elif i < stated.first:
            agreed.append(keep and held)
        elif i > stated.last:
            agreed.append(keep and not ends)
        else:
            agreed.append(keep and (item.kind != "paragraph" or item.mass > _ASIDE))
    return agreed
