"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from crawler.discovery.addresses import absolute_url, without_repeats
from crawler.discovery.dates import UNKNOWN, read_date
from crawler.discovery.records import Discovery
from crawler.discovery.wording import plain_summary, plain_title
from crawler.page import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.discovery.dates import Clock, Dated
    from crawler.discovery.records import Answer

_MOST_AUTHORS = 10
_DECODER = json.JSONDecoder()
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_NEXT_ITEM = re.compile(r"[\s,]*\{")
_PLAIN = re.compile(r'("(?:title|language|home_page_url|next_url)")\s*:\s*("(?:[^"\\]|\\.)*")')


def read_json_feed(answer: Answer) -> Discovery:
    """The links of a JSON Feed; `not-a-feed` for any other JSON."""
    is_partial = False
    try:
        data = json.loads(answer.text)
    except (ValueError, RecursionError):
        if "jsonfeed.org/version" not in answer.text:
            return Discovery(problem="not-a-feed")
        data, is_partial = _cut_off(answer.text), True
        if not data["items"]:
            return Discovery(problem="bad-feed", is_partial=True)
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return Discovery(problem="not-a-feed")
    if "jsonfeed.org/version" not in str(data.get("version", "")):
        return Discovery(problem="not-a-feed")
    url, limits = answer.url, answer.limits
    items = [item for item in data["items"] if isinstance(item, dict)]
    language = _text(data, "language") or None
    links = sorted(_links(items, url, answer.clock, language), key=_age)
    return Discovery(
        format="json-feed",
        links=without_repeats(links[: limits.links]),
        next_url=absolute_url(_text(data, "next_url"), url),
        is_partial=is_partial,
        homepage=absolute_url(_text(data, "home_page_url"), url),
        hub=_hub(data, url),
        language=language,
        title=plain_title(_text(data, "title")),
        problem="bad-feed" if data["items"] and not links else "",
        dropped=max(len(links) - limits.links, 0),
        unusable=len(data["items"]) - len(links),
    )


def _cut_off(text: str) -> dict[str, Any]:
    """What is whole in a JSON Feed that breaks off: the plain values before its items, and the items up to the break."""
    found: dict[str, Any] = {}
    opening = _ITEMS.search(text)
    for name, value in _PLAIN.findall(text[: opening.start()] if opening else text):
        with suppress(ValueError):
            found.setdefault(json.loads(name), json.loads(value))
    items: list[Any] = []
    found["items"] = items
    position = opening.end() if opening else len(text)
    while start := _NEXT_ITEM.match(text, position):
        try:
            item, position = _DECODER.raw_decode(text, start.end() - 1)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return found | {"version": "jsonfeed.org/version"}


def _age(link: Link) -> float:
    """Newest first; undated items after the dated ones, in their order."""
    return -link.published_at.timestamp() if link.published_at else 0.0


def _links(items: list[dict[str, Any]], base: str, clock: Clock, language: str | None) -> Iterator[Link]:
    for item in items:
        guid = _text(item, "id")
        url = absolute_url(_text(item, "url"), base) or absolute_url(_text(item, "external_url"), base)
        if not url and guid.startswith(("http://", "https://")):
            url = absolute_url(guid, base)
        if not url:
            continue
        published_at, precision = _date(item, clock)
        yield Link(
            url=url,
            title=plain_title(_text(item, "title")),
            published_at=published_at,
            published_precision=precision,
            guid=guid[:500],
            language=_text(item, "language") or language,
            authors=_authors(item),
            summary=plain_summary(_text(item, "summary") or _text(item, "content_text")),
        )


def _date(item: dict[str, Any], clock: Clock) -> Dated:
    for key in ("date_published", "date_modified"):
        dated = read_date(_text(item, key), clock)
        if dated != UNKNOWN:
            return dated
    return UNKNOWN


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    names = [plain_title(_text(person, "name")) for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_AUTHORS]


def _hub(data: dict[str, Any], base: str) -> str:
    hubs = data.get("hubs")
    for hub in hubs if isinstance(hubs, list) else []:
        if isinstance(hub, dict) and _text(hub, "type").lower() == "websub":
            return absolute_url(_text(hub, "url"), base)
    return ""


def _text(table: dict[str, Any], key: str) -> str:
    """A value as text: numbers too (feeds have numeric ids and dates), but no lists, tables or truth values."""
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()
