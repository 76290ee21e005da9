"""Where an article begins and ends on its page: whole articles one below another, headlines, datelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.declared import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.segments import Segment

TRUSTED_ZONES = frozenset({"", "meta", "toc"})
PROSE = 40  # characters outside links
LINKED = 0.4  # share of characters in links from which a segment is a list of links
_ARTICLE_SHARE = 0.15
_DATE_LINE = re.compile(r"\b\d{1,2}:\d{2}\b|^by\s|\bago\b|[前전]$|作者|记者|編輯|编辑", re.IGNORECASE)
# A dateline above the body: "12 May 2026", "2026年5月12日 10:00 来源".
_FULL_DATE = re.compile(r"\b(?:19|20)\d{2}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]|\b\d{1,2}\b.{1,14}\b(?:19|20)\d{2}\b")


def is_prose(item: Segment) -> bool:
    """Whether a segment is running text rather than a label or links."""
    return item.zone in TRUSTED_ZONES and item.link_share < LINKED and item.prose_mass > PROSE


def one_article(segments: Sequence[Segment], container: HtmlElement | None, title: str) -> HtmlElement | None:
    """The container, or the first of several whole articles in it (pages that go on with the next article)."""
    inside = [item for item, here in zip(segments, within(container, segments, title), strict=True) if here]
    total = sum(item.mass for item in inside if is_prose(item)) or 1
    parts: dict[HtmlElement, list[Segment]] = {}
    for item in inside:
        article = next(
            (element for element in item.path if element.tag == "article" and element is not container), None
        )
        if article is not None:
            parts.setdefault(article, []).append(item)
    whole = {
        article: items
        for article, items in parts.items()
        if sum(item.mass for item in items if is_prose(item)) > _ARTICLE_SHARE * total and _has_headline(items)
    }
    if len(whole) < 2:
        return container
    key = squeezed(title)
    named = (
        article
        for article, items in whole.items()
        if any(item.kind == "heading" and squeezed(item.text) == key for item in items)
    )
    return next(named, next(iter(whole)))


def _has_headline(items: Sequence[Segment]) -> bool:
    opening = items[:4]
    return any(item.kind == "heading" and item.level <= 2 for item in opening) and any(
        _is_dateline(item.text) for item in items[:8]
    )


def within(container: HtmlElement | None, segments: Sequence[Segment], title: str) -> list[bool]:
    """Which segments stand in the container, from the article's own headline to that of a next article in it."""
    inside = [container is None or container in item.path for item in segments]
    start = headline(segments, title)
    if start is not None:
        prose_above = sum(
            item.mass for item, here in zip(segments[:start], inside, strict=False) if here and is_prose(item)
        )
        prose_below = sum(
            item.mass for item, here in zip(segments[start:], inside[start:], strict=True) if here and is_prose(item)
        )
        if prose_above < prose_below:
            inside[:start] = [False] * start
    prose = 0.0
    for i, item in enumerate(segments):
        if not inside[i] or i == start:
            continue
        if item.kind == "heading" and item.level == 1 and prose > 400 and _opens_article(segments, i):
            return inside[:i] + [False] * (len(inside) - i)
        prose += item.mass if is_prose(item) else 0
    return inside


def headline(segments: Sequence[Segment], title: str) -> int | None:
    """Where the article's headline stands: the highest heading that says the title, the last of several.

    A page with one first-level heading has its headline there, however its title is worded.
    """
    key = squeezed(title)
    headings = [i for i, item in enumerate(segments) if item.kind == "heading"]
    said = [i for i in headings if key and squeezed(segments[i].text) == key]
    if said:
        return min(said, key=lambda i: (segments[i].level, -i))
    first_level = [i for i in headings if segments[i].level == 1]
    return first_level[0] if len(first_level) == 1 else None


def leads(segments: Sequence[Segment], inside: Sequence[bool], title: str) -> range:
    """The segments between the headline and the container, where first paragraphs stand in a box of their own."""
    start = headline(segments, title)
    first = next((i for i, here in enumerate(inside) if here), len(segments))
    return range(0) if start is None else range(start + 1, first)


def shows_date(text: str) -> bool:
    """Whether a short line holds a whole date, as it stands under headlines."""
    return len(text) < 100 and _FULL_DATE.search(text) is not None


def _is_dateline(text: str) -> bool:
    """Whether a short line holds a date, a time or a byline."""
    return len(text) < 100 and bool(_DATE_LINE.search(text) or _FULL_DATE.search(text))


def _opens_article(segments: Sequence[Segment], at: int) -> bool:
    """Whether a first-level heading in mid page is another article's headline: linked, or with a date or byline below."""
    return segments[at].link_share > 0.8 or any(_is_dateline(item.text) for item in segments[at + 1 : at + 4])


def without_title(items: list[Segment], title: str) -> list[Segment]:
    """Without the headline: headings that say the title, and first-level headings above the first prose."""
    key = squeezed(title)
    start = next((i for i, item in enumerate(items) if item.prose_mass > 90 and item.kind != "heading"), len(items))
    kept = []
    for i, item in enumerate(items):
        said = squeezed(item.text)
        is_title = said == key or (
            item.kind == "heading" and key and (said in key or key in said) and len(said) > 0.5 * len(key)
        )
        is_above = i < start and (
            (item.kind == "heading" and item.level == 1) or (len(item.text) <= 60 and _FULL_DATE.search(item.text))
        )
        if not (i < start + 2 and is_title) and not is_above:
            kept.append(item)
    return kept
