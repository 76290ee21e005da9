"""What a careful reader finds at each address of the newsroom, for tests to hold the pipeline against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsel import Selector

from crawler.newsroom.markup import junk_lines, story_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crawler.newsroom.content import Expected, Item
    from crawler.newsroom.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One page and what is true of it.

    `lines` are the article's own lines, in order. `junk` are lines of the page that belong to no article: the theme's
    furniture, tails, a doubled title. `copy_of` is the URL of what it copies or translates.
    """

    key: str
    url: str
    publisher: str
    language: str
    title: str
    published_at: datetime
    lines: tuple[str, ...]
    junk: tuple[str, ...]
    expected: Expected
    copy_of: str | None = None


def truth_of(item: Item, site: Site, urls: Mapping[str, str]) -> Truth:
    """The truth of an item as its site prints it; `urls` are the addresses of all items by key."""
    lines = story_lines(item.body)
    return Truth(
        key=item.key,
        url=site.url(item),
        publisher=item.publisher,
        language=site.publisher.language,
        title=item.title,
        published_at=item.published_at(site.now),
        lines=lines,
        junk=_furniture(item, site, lines) if item.expected.kind == "article" else (),
        expected=item.expected,
        copy_of=urls[item.copy_of] if item.copy_of else None,
    )


def _furniture(item: Item, site: Site, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Every text node of the printed page that is neither the article's nor a caption; the title is one of them."""
    page = site.answer(site.path(item)).body.decode(site.publisher.encoding)
    own = " ".join(lines)
    shown = Selector(page).xpath("//text()[not(ancestor::script or ancestor::style or ancestor::figcaption)]")
    nodes = {" ".join(node.split()) for node in shown.getall()}
    return tuple(sorted({node for node in nodes if node and node not in own} | set(junk_lines(item.body))))
