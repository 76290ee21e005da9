"""Consent banners without a telling name: known by their words, so that no engine takes one for the body of a flash.

A banner of five sentences outweighs an article of two. What asks the reader for consent is put into the zone of consent
boxes, with what stands beside it in the same box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.notices import formula_in, kinds, sentences, unquoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment

ZONE = "consent"
_WORDS = ("cookie", "consent", "partner", "クッキー", "쿠키", "einwilligung", "zustimm")
_SHORTEST = 30  # weighted characters of a sentence that asks
_BOX_SHARE = 0.4  # of a box's text that asks for consent, from which all of it belongs to the banner
_NO_BOX = frozenset({"html", "body", "main", "article"})


def mark_banners(segments: Sequence[Segment]) -> None:
    """Move banners into their zone; a page that is nothing but a wall of consent is left to the judgement of its kind."""
    asking = [item for item in segments if _asks(item)]
    if not asking or len(asking) == sum(item.mass >= _SHORTEST for item in segments):
        return
    boxes: dict[HtmlElement, float] = {}
    for item in asking:
        item.zone, item.opener = ZONE, item.element
        if len(item.path) > 1 and item.path[-2].tag not in _NO_BOX:
            boxes[item.path[-2]] = boxes.get(item.path[-2], 0.0) + item.mass
    for box, asked in boxes.items():
        inside = [item for item in segments if box in item.path]
        if asked >= _BOX_SHARE * sum(item.mass for item in inside):
            for item in inside:
                item.zone, item.opener = ZONE, box


def _asks(item: Segment) -> bool:
    if item.zone or item.mass < _SHORTEST or not any(word in item.text.lower() for word in _WORDS):
        return False
    consent = next(kind for kind in kinds() if kind.name == ZONE)
    return any(formula_in(consent, unquoted(sentence)) for sentence in sentences(item.text))
