"""A feed's text made fit for the parser: without full texts, with entities that XML knows, and with bounded items."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from crawler.discovery.dates import Clock, read_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.discovery.records import Answer

ITEM = re.compile(r"<(?:\w+:)?(item|entry)(?=[\s>/])")

# Elements with an article's full text: not needed for links, and where deep nesting and megabytes hide.
_HEAVY = ("content:encoded", "content", "body", "xhtml:body", "itunes:summary", "media:description")
_LONG_DESCRIPTION = 20_000  # characters; a summary is shorter
_MUCH_MARKUP = 50_000  # tags
_DATE_ELEMENT = re.compile(
    r"<(?:\w+:)?(?:pubDate|published|updated|date|created|issued|modified)(?:\s[^<>]*)?>([^<]{4,100})<"
)
_AMPERSAND = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_NUMBER = re.compile(r"&#(\d{1,20}|[xX][0-9a-fA-F]{1,20});")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def lightened(text: str) -> str:
    """The feed without its full texts."""
    for name in _HEAVY:
        text = _without(text, name, 0)
    return text


def summarised(text: str) -> str:
    """The feed without overlong descriptions, and without any where there is too much markup still."""
    text = _without(text, "description", _LONG_DESCRIPTION)
    return _without(_without(text, "description", 0), "summary", 0) if text.count("<") > _MUCH_MARKUP else text


def _without(text: str, name: str, shortest: int) -> str:
    """The text without the elements of that name whose content is longer than `shortest` characters."""
    opening, closing = re.compile(rf"<{name}(?=[\s>])[^<>]*>"), f"</{name}>"
    kept: list[str] = []
    position = 0
    while match := opening.search(text, position):
        end = text.find(closing, match.end())
        if end < 0:
            if len(text) - match.end() > shortest and not ITEM.search(text, match.end()):
                text = text[: match.start()]  # cut off in the middle of a long one
            break
        is_long = end - match.end() > shortest and not match.group().endswith("/>")
        kept.append(text[position : match.start() if is_long else end])
        position = end + len(closing) if is_long else end
    kept.append(text[position:])
    return "".join(kept)


def mended(text: str) -> str:
    """The feed with bare ampersands escaped and HTML's named entities replaced, outside CDATA: XML knows neither.

    References to characters that do not exist go everywhere: the parser stumbles over them.
    """
    text = _NUMBER.sub(_existing, text)
    return "".join(_AMPERSAND.sub(_known, part) if is_markup else part for is_markup, part in _sections(text))


def _sections(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts: markup, and CDATA sections as they are."""
    position = 0
    while (opening := text.find("<![CDATA[", position)) >= 0:
        yield True, text[position:opening]
        closing = text.find("]]>", opening)
        position = closing + 3 if closing >= 0 else len(text)
        yield False, text[opening:position]
    yield True, text[position:]


def _existing(match: re.Match[str]) -> str:
    digits = match[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_character = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000  # noqa: PLR2004 - XML's own table
    return match[0] if is_character else ""


def _known(match: re.Match[str]) -> str:
    name = match[1] or ""
    if name in _XML_ENTITIES or name.startswith("#"):
        return match[0]
    character = html.unescape(match[0])
    return character if name and character != match[0] else "&amp;" + name


def newest_items(text: str, answer: Answer) -> tuple[str, int]:
    """The feed cut down to its newest items by date, in their order, and how many were left out."""
    starts = [match.start() for match in ITEM.finditer(text)]
    surplus = len(starts) - answer.limits.links
    if surplus <= 0:
        return text, 0
    spans = list(zip(starts, [*starts[1:], len(text)], strict=True))
    dates = [_cheap_date(text[start:end], answer.clock) for start, end in spans]
    # Undated items go first; where none has a date, the first ones stay, as feeds are newest first as a rule.
    order = sorted(range(len(spans)), key=lambda index: (dates[index] is not None, dates[index] or 0.0), reverse=True)
    if not any(dates):
        order = list(range(len(spans)))
    kept = sorted(order[: answer.limits.links])
    tail = re.search(rf"</(?:\w+:)?(?:channel|{answer.root})\s*>.*\Z", text[spans[-1][0] :], re.DOTALL)
    items = "".join(text[slice(*spans[index])] for index in kept)
    return text[: starts[0]] + items + (tail[0] if tail else ""), surplus


def _cheap_date(item: str, clock: Clock) -> float | None:
    for raw in _DATE_ELEMENT.findall(item):
        moment: datetime | None = read_date(raw, clock)[0]
        if moment:
            return moment.timestamp()
    return None
