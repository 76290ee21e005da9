"""The headline without the site's name: what most of the page's own statements of it agree on."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from crawler.extraction.declared import squeezed
from crawler.extraction.site_names import SEPARATOR, without_site
from crawler.extraction.title_parts import MAX_TITLE, headings_in, lines_in, shown_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment
    from crawler.extraction.title_parts import Heading

_MAX_HEADING = 220  # characters; longer "headings" are introductions
# og:title, twitter:title and the like are often one field of the editor's form: together they count little more than one.
_META_TITLES = (
    ("og:title", 1.0), ("twitter:title", 0.3), ("dc.title", 0.3), ("headline", 0.5), ("parsely-title", 0.4), ("sailthru.title", 0.3),
    ("title", 0.3), ("articletitle", 0.5), ("citation_title", 0.5),
)  # fmt: skip
_TAG, _STRUCTURED, _FEED = 0.8, 1.0, 1.0
# A heading that speaks of the same thing as the rest of the page is what readers see: it outweighs any two variants written for
# search engines or social networks, but not JSON-LD, og:title and <title> where all three are of one mind. A heading that shares
# no words with them may be a section's or a box's.
_SEEN, _STRANGE, _FURTHER = 2.5, 1.4, 0.3
_ALIKE = 0.4  # share of the smaller set of words
# A statement inside a longer one: the longer has a kicker, a subtitle or a site's name in addition.
_FOR_SHORTER, _FOR_LONGER = 0.5, 0.3
_HEADLINE_ZONES = frozenset({"", "meta", "caption"})
_HOME_LINK = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
_MARKS = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_CUT_FROM = 60  # characters; templates cut headlines at 60 to 110
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")


class _Statement(NamedTuple):
    title: str
    votes: float
    key: str


def find_title(
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    names: Sequence[str] = (),
    *,
    from_feed: str = "",
    url: str = "",
) -> str:
    """The headline; '' where the page states none.

    Args:
        tree: the page.
        declared: its JSON-LD and meta tags.
        segments: its text, for the visible headings.
        names: names of the outlet, which are cut off either end.
        from_feed: what the feed calls the article, if it came by one.
        url: the page's address, whose folders name sections.
    """
    sections = _sections(declared, url)
    machine = list(_machine(tree, declared, from_feed, names, sections, segments))
    statements = [*_headings(segments, names, sections, machine), *machine]
    if not statements:
        return next(
            (_clean(item.text) for item in segments if item.kind == "heading" and len(item.text) < MAX_TITLE), ""
        )
    best = max(statements, key=lambda statement: _support(statement, statements))
    return _best_written([statement.title for statement in statements if statement.key == best.key])


def _statement(title: str, votes: float) -> Iterator[_Statement]:
    if key := squeezed(title):
        yield _Statement(title, votes, key)


def _sections(declared: Declared, url: str) -> tuple[str, ...]:
    folders = urlsplit(url).path.split("/")[1:-1]
    named = declared.first("article:section", "og:article:section", "section")
    return declared.article_text("articleSection"), named, *folders


def _machine(  # noqa: PLR0917 - one call
    tree: HtmlElement,
    declared: Declared,
    from_feed: str,
    names: Sequence[str],
    sections: Sequence[str],
    segments: Sequence[Segment],
) -> Iterator[_Statement]:
    """What is said of the headline outside the visible page."""
    is_named = len(names) > 1  # by more than its address
    yield from _statement(without_site(_clean(declared.article_text("headline", "name")), names, sections), _STRUCTURED)
    yield from _statement(without_site(_clean(from_feed), names, sections), _FEED)
    tag = _clean(tree.findtext(".//head/title") or tree.findtext(".//title") or "")
    tags = [(tag, _TAG), *((_clean(declared.first(name)), votes) for name, votes in _META_TITLES)]
    seen = lines_in(segments, " ".join(title for title, _ in tags).casefold())
    for title, votes in tags:
        yield from _statement(shown_part(without_site(title, names, sections), seen, is_named=is_named), votes)


def _headings(
    segments: Sequence[Segment], names: Sequence[str], sections: Sequence[str], machine: Sequence[_Statement]
) -> Iterator[_Statement]:
    """The page's own first-level headings: the one that speaks of the same thing as the rest counts most."""
    site = {squeezed(name) for name in names}
    found = [
        heading
        for heading in headings_in(segments)
        if heading.level == 1
        and len(heading.text) <= _MAX_HEADING
        and squeezed(heading.text) not in site
        and not any(_HOME_LINK.fullmatch(link) for link in heading.links)
    ]
    titles = [without_site(_without_kicker(item, machine), names, sections) for item in found]
    likeness = [max((_likeness(title, said.title) for said in machine), default=0.0) for title in titles]
    in_place = [item.zone in _HEADLINE_ZONES for item in found]
    best = max(range(len(titles)), key=lambda i: (likeness[i], in_place[i]), default=0)
    for i, title in enumerate(titles):
        if i == best and likeness[i] >= (_ALIKE if in_place[i] else 0.8) and not _is_section(title, machine):
            yield from _statement(title, _SEEN)
        elif in_place[i]:
            is_alone = sum(in_place) == 1 or i == in_place.index(True)
            yield from _statement(title, _STRANGE if is_alone and not _is_section(title, machine) else _FURTHER)


def _without_kicker(heading: Heading, machine: Sequence[_Statement]) -> str:
    """A heading without the element before or after the headline in it, where the rest is what another statement says."""
    title = _clean(heading.text)
    key = squeezed(title)
    for child in heading.element.iterdescendants():
        extra = squeezed(child.text_content() or "") if isinstance(child.tag, str) else ""
        if not extra or len(extra) > 0.5 * len(key):
            continue
        for said in machine:
            if key in {extra + said.key, said.key + extra}:
                return said.title
    return title


def _is_section(title: str, machine: Sequence[_Statement]) -> bool:
    """Whether a short heading is but the last part of a longer statement: "Headline - Politics"."""
    key = squeezed(title)
    return len(title.split()) <= 3 and any(
        said.key.endswith(key) and len(said.key) > 2 * len(key) and len(SEPARATOR.split(said.title)) > 1
        for said in machine
    )


def _likeness(one: str, other: str) -> float:
    """Share of the smaller title's words that the other has too; characters count as words in CJK."""
    if squeezed(one) in map(squeezed, SEPARATOR.split(other)):
        return 1.0
    first, second = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    common = len(first & second)
    return common / min(len(first), len(second)) if common > 1 or first == second else 0.0


def _support(statement: _Statement, statements: Sequence[_Statement]) -> float:
    """The votes of equal statements in full, of those that contain it or are contained in part."""
    total = 0.0
    for other in statements:
        if other.key == statement.key or _is_cut_off(other, statement):
            total += other.votes
        elif _is_cut_off(statement, other):
            total -= statement.votes
        elif _is_part(statement.key, other.key):
            total += _FOR_SHORTER * other.votes
        elif _is_part(other.key, statement.key):
            total += _FOR_LONGER * other.votes
    return total


def _is_part(short: str, long: str) -> bool:
    return len(short) > (8 if short.isascii() else 4) and short in long


def _is_cut_off(short: _Statement, long: _Statement) -> bool:
    """Whether the one is the other's beginning, cut by a template."""
    if len(short.key) >= len(long.key) or not long.key.startswith(short.key):
        return False
    if _CUT_OFF.search(short.title):
        # Else the longer one is cut off as well, with a site's name behind.
        return not long.title.startswith(short.title)
    rest = long.title[len(short.title) :]
    return len(short.title) >= _CUT_FROM and long.title.startswith(short.title) and rest[:1].isalnum()


def _best_written(titles: Sequence[str]) -> str:
    """Of equal statements the first that is not shouted; style sheets shout, editors seldom do."""
    return next((title for title in titles if not title.isupper()), titles[0])


def _clean(text: str) -> str:
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "</" in text:  # markup in a machine's field; a headline may well speak of <br>
        text = _MARKUP.sub("", text)
    text = " ".join(_MARKS.sub("", text).split())
    return text if len(text) <= MAX_TITLE else ""
