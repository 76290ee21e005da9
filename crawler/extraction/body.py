"""Which segments of a page are the article: the engine's verdict, corrected by where each segment stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.declared import squeezed
from crawler.extraction.engine import engine_text
from crawler.extraction.lines import Line, clean_line, without_trailing_headings
from crawler.extraction.tails import without_page_junk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment

_TRUSTED_ZONES = frozenset({"", "caption", "meta", "toc"})
_SUBSTRING_FROM = 8  # compact characters; a shorter segment must be a whole line of the engine's text


def compact(text: str) -> str:
    """The text without white space: the ground on which two renderings of one page are compared."""
    return "".join(text.split())


def find_body(tree: HtmlElement, segments: Sequence[Segment], title: str) -> list[Line]:
    """The article's lines, without title and page junk; empty where the page shows none."""
    kept = _engine_choice(tree, segments)
    key = squeezed(title)
    lines = [
        Line(item.kind, clean_line(item.text), item.level, item.links) for item in kept if squeezed(item.text) != key
    ]
    return without_trailing_headings(without_page_junk(lines))


def _engine_choice(tree: HtmlElement, segments: Sequence[Segment]) -> list[Segment]:
    text = engine_text(tree)
    run = compact(text)
    lines = {compact(line.strip("-|# ")) for line in text.split("\n")}
    kept = []
    for item in segments:
        key = compact(item.text)
        if item.zone in _TRUSTED_ZONES and (key in lines or (len(key) > _SUBSTRING_FROM and key in run)):
            kept.append(item)
    return kept
