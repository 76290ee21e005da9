"""What stands behind the lead of an article that is not free to read: an offer to read on.

The lead is the true beginning of a true article, so its own words tell nothing. What tells is the box behind it: that
there is more, next to what it costs; a box that the site calls its paywall, with terms in it; or a part that the page
declares as paid and does not deliver.
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from crawler.extraction.declared import is_paid
from crawler.extraction.notices import ends_sentence, speaks_to_the_reader
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment

_BEHIND = 30  # lines behind the article's last within which its offer begins
_NEIGHBOURS = 4  # lines of one offer: heading, price, button, the door for those who have an account
_LINE = 160  # weighted characters of the longest line of an offer that stands among the lines of the article
_LONGEST = 600  # of one that stands outside it: a box in one paragraph
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")
_UNSEEN = frozenset({"hidden", "nav", "footer"})  # where a box of any name is no wall
_BRACKETS = " [(（【—–-*«“"
_SIMPLE = re.compile(r"[.#][\w-]+")


class _Words(NamedTuple):
    more: re.Pattern[str]
    terms: re.Pattern[str]
    this: re.Pattern[str]
    harmless: re.Pattern[str]
    boxes: re.Pattern[str]
    calls: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(files("crawler.extraction").joinpath("offers.toml").read_text("utf-8"))
    return _Words(**{name: re.compile("|".join(table[name]), re.IGNORECASE) for name in _Words._fields})


class OfferLine(NamedTuple):
    """A line of the page; `is_body` says that it was taken for the article's, `box` is how the site calls its box."""

    text: str
    is_body: bool
    box: str = ""


class Offer(NamedTuple):
    """The words in which reading on is offered: with what proves a wall, and terms alone; '' where there are none."""

    wall: str = ""
    terms: str = ""


NO_OFFER = Offer()
_NOTHING = ("", "")


def find_offer(lines: Sequence[OfferLine]) -> Offer:
    """The offer behind the first line of the article, among the lines of a page in their order."""
    body = [i for i, line in enumerate(lines) if line.is_body]
    if not body:
        return NO_OFFER
    words, terms, last = _words(), "", lines[body[0]]
    near: deque[tuple[str, str]] = deque(maxlen=_NEIGHBOURS)  # the terms in each line, and that there is more
    for line in lines[body[0] : body[-1] + _BEHIND]:
        before, last = last, line
        if not _may_offer(line):
            near.append(_NOTHING)
            continue
        near.append((_found(words.terms, line.text), _found(words.more, line.text)))
        named = next((terms_said for terms_said, _ in near if terms_said), "")
        if named and (more := next((more_said for _, more_said in near if more_said), "")):
            return Offer(f"{more}, {named}")
        if (here := near[-1][0]) and (line.box or (sold := _found(words.this, line.text))):
            return Offer(f"{here} in a box called {line.box}" if line.box else f"{sold}, {here}")
        if here and before.is_body and not line.is_body and _CUT.search(before.text):
            return Offer(f"{before.text[-20:]} {here}")
        terms = terms or ("" if line.is_body else here)
    return Offer("", terms)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


def _may_offer(line: OfferLine) -> bool:
    """Whether a line may belong to an offer: any outside the article; within, what is short and speaks to its reader."""
    words, size = _words(), weight(line.text)
    if size > _LONGEST or words.harmless.search(line.text):
        return False
    if not line.is_body:
        return True
    if size > _LINE:
        return False
    is_said = (
        line.box
        or words.calls.match(line.text.lstrip(_BRACKETS))
        or words.this.search(line.text)
        or speaks_to_the_reader(line.text)
    )
    return bool(is_said or not ends_sentence(line.text))


def lines_of(segments: Sequence[Segment], body: Collection[str], around: Collection[str]) -> list[OfferLine]:
    """The lines of a page.

    Args:
        segments: of the page.
        body: the lines of the article.
        around: zones that no offer stands in.
    """
    lead = next((item for item in segments if item.text in body), None)
    holding = lead.path if lead is not None else ()
    lines = ((item.zone, OfferLine(item.text, item.text in body, _box_of(item, holding))) for item in segments)
    return [line for zone, line in lines if zone not in around or (line.box and zone not in _UNSEEN)]


def _box_of(item: Segment, holding: Collection[HtmlElement]) -> str:
    """How the innermost box that is called a wall, and does not hold the lead, is called."""
    for element in reversed(item.path):
        if element in holding:
            return ""
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if found := _words().boxes.search(names[:400]):
            return found.group().strip(" -_")
    return ""


def is_withheld(declared: Declared, segments: Sequence[Segment], body: Collection[str]) -> bool:
    """Whether the page names a part that is not free, by a class or an id, and nothing of the article stands in it."""
    named = [name for node in declared.nodes if is_paid(node) for name in _selected(node.get("cssSelector"))]
    if not named:
        return False
    classes = {
        f"{sign}{name}"
        for item in segments
        if item.text in body
        for element in item.path
        for sign, names in ((".", element.get("class", "")), ("#", element.get("id", "")))
        for name in names.split()
    }
    return classes.isdisjoint(named)


def _selected(selector: object) -> Iterator[str]:
    if isinstance(selector, list):
        for each in selector:
            yield from _selected(each)
    elif isinstance(selector, str):
        for each in selector.split(","):
            if _SIMPLE.fullmatch(each.strip()):
                yield each.strip()
