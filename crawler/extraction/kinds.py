"""What a page is when it is no article: bot walls, consent and login pages, paywall stubs, errors, home pages.

Such pages come with status 200, and extractors return text for them. Two mistakes are possible, and the worse one is to
refuse an article: one about CAPTCHAs, one with a cookie banner, a flash of two lines. So a page is refused for what its
title or text says of itself only where hardly anything else is said (see `notices`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from crawler.extraction.notices import Notice, ends_sentence, formula_in, kinds, read_notice
from crawler.extraction.offers import NO_OFFER, Offer
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.segments import Segment

MIN_ARTICLE = 160  # weighted characters from which any text passes
MIN_FLASH = 53  # of whole sentences under a headline: one short sentence, 22 Chinese characters with a full stop
_ADVICE = 100  # of sentences to the reader, without a word that walls use
MIN_GIVEN = (
    30  # of a text that somebody handed in on purpose, or of a sentence on a page with a date: a headline's length
)
_HEADLINE = 17  # weighted characters of a title that says something: three words, seven Chinese characters
# Weighted characters said besides a notice: no sentence, two sentences (whatever the title), a flash with banners around
# it, a page's teasers. Text that speaks to its reader alone is a notice up to a length that no wall exceeds.
_NOTHING_ELSE, _LITTLE_ELSE, _MUCH_ELSE, _TEASERS, _LONGEST_WALL = 25, 160, 300, 1_500, 1_000
_WINDOW = 6_000  # characters of a page's prose: menus and teasers are left out of it already
_VAGUE = frozenset({"error-page"})  # "Error" stands above anything: the text knows better
# What stands before a paywall: four sentences; a paragraph more on a page that calls itself not free, and shows an offer;
# a sentence or two on one that calls itself so and shows none.
_LEAD, _LOCKED_LEAD, _UNOFFERED_LEAD = 600, 1_200, 160
LONGEST_LEAD = _LONG = 1_800  # whoever says so much has an article, unless the title denies it
_PART = re.compile(r"\s*[|｜·•»«_]\s*|\s+[-–—:]\s+|(?<=[\u3040-\u9fff\uac00-\ud7af])\s*[-–—]+\s*")
_ARTICLE_PATH = re.compile(
    r"/[^/]*\d{5,}[^/]*$|/(?:[^/_-]+[-_]){3,}[^/]+$"
)  # a long number or a slug of four words ends it
_HOME_PATHS = re.compile(
    r"^/?(?:index\.(?:html?|php|jsp|aspx?)|home|default\.aspx?|[a-z]{2}(?:[-_][a-z]{2})?)?/?$", re.IGNORECASE
)
_LIST_PATHS = re.compile(
    r"^/(?:category|categories|tags?|topics?|authors?|search|archives?|section)(?:/[^/]*)?/?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows: `text` is its body as extracted, `page_text` all its prose outside menus and lists of links.

    `titles` are the page's title and its first-level headings, `title` is the headline as extracted. `markup` is looked
    at only where hardly any text is shown. `offer` is what the page offers behind a short text. `is_declared` says that
    the page calls itself an article to machines or shows a date, `is_locked` that it calls itself not free to read, `is_withheld` that
    the part it calls so is missing.
    """

    titles: Sequence[str]
    title: str
    text: str
    page_text: str
    markup: str = ""
    is_declared: bool = False
    is_locked: bool = False
    is_withheld: bool = False
    offer: Offer = NO_OFFER


def refusal(shown: Shown, status: int, *, least: int = MIN_ARTICLE) -> tuple[str, str] | None:
    """The kind and the reason if a page is none to keep; None for an article.

    Args:
        shown: what the page shows.
        status: of the HTTP answer.
        least: weighted characters from which any text passes.
    """
    if status >= 400:
        return (
            ("soft-404", f"HTTP status {status}") if status in {404, 410} else ("error-page", f"HTTP status {status}")
        )
    size, titled = weight(shown.text), _titled(shown.titles)
    if size > _LONG and not titled:
        return None
    body = read_notice(shown.text)
    around = Around(shown.page_text)
    by_title = _by_title(titled, body, around) if titled else None
    by_text = _by_text(body, around, shown) if by_title is None or by_title[0] in _VAGUE else None
    return by_text or by_title or _by_size(size, body, shown, least)


class Around:
    """The prose of the whole page, read only where the body does not decide."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def notice(self) -> Notice:
        """What it says; of a page with much to say, its beginning, where notices stand."""
        return read_notice(self._text[:_WINDOW])


class _Titled(NamedTuple):
    """The kind that a title names in the words `part`; `most` is what may be said besides."""

    kind: str
    part: str
    most: float


def _titled(titles: Sequence[str]) -> _Titled | None:
    """A whole part of a title that names a kind, or a formula that makes up most of it.

    A film may be called "Forbidden", but no headline says "Subscribe to unlock this article" to its reader.
    """
    for title in (" ".join(title.split()) for title in titles):
        for kind in kinds():
            for part in (title, *_PART.split(title)):
                if kind.title.fullmatch(part):
                    return _Titled(kind.name, part[:80], _LITTLE_ELSE)
                if 2 * len(formula_in(kind, part, opening=0)) > len(part):
                    return _Titled(kind.name, part[:80], _MUCH_ELSE)
    return None


def _by_title(titled: _Titled, body: Notice, around: Around) -> tuple[str, str] | None:
    """A title counts where little else is said, or where the text says the same."""
    is_alone = body.rest < titled.most
    if is_alone or (body.rest < _TEASERS and (titled.kind in body.said or titled.kind in around.notice.said)):
        return titled.kind, f"title: {titled.part}"
    return None


def _by_text(body: Notice, around: Around, shown: Shown) -> tuple[str, str] | None:
    # Half of all pages have a cookie banner: what stands around a body that says something does not count.
    seen = body if body.said or body.rest or body.addressed else around.notice
    main = seen.main
    if main and main != "paywall-stub":
        is_most = seen is body and sum(seen.said.values()) >= 2 * seen.rest and seen.rest < _MUCH_ELSE
        if seen.rest < MIN_FLASH or is_most:
            return main, _says(seen.formula[main])
    if body.rest < _LEAD and (wall := body.formula.get("paywall-stub") or around.notice.formula.get("paywall-stub")):
        return "paywall-stub", _says(wall)
    if (walled := _walled(body, shown)) is not None:
        return "paywall-stub", walled
    if body.rest < _NOTHING_ELSE and MIN_FLASH <= body.addressed < _LONGEST_WALL and not shown.is_declared:
        return _by_words(shown)
    return None


def _walled(body: Notice, shown: Shown) -> str | None:
    """What tells that the text is a lead: an offer behind it, or the page's word that the rest is paid for."""
    if shown.offer.wall and body.rest < (_LOCKED_LEAD if shown.is_locked else _LEAD):
        return f"offers: {' '.join(shown.offer.wall.split())[:80]}"
    if not shown.is_locked:
        return None
    if shown.is_withheld:
        return "calls a part not free to read, and does not show it"
    if body.rest < (_LEAD if shown.offer.terms else _UNOFFERED_LEAD):
        return "calls itself not free to read, and shows a lead"
    return None


def _by_words(shown: Shown) -> tuple[str, str] | None:
    """Of a page that has nothing to say but to its reader: the first kind whose words it uses."""
    own = "\n".join((*shown.titles, shown.text or shown.page_text))
    for kind in kinds():
        if match := kind.words.search(own if kind.name == "consent" else f"{own}\n{shown.page_text}"):
            return kind.name, _says(match.group())
    return None


def _by_size(size: float, body: Notice, shown: Shown, least: int) -> tuple[str, str] | None:
    is_told = shown.is_declared and body.rest >= MIN_GIVEN and any(map(ends_sentence, shown.text.split("\n")))
    if size >= least or is_told:
        return None
    # Walls speak to their reader alone; in news, what speaks to the reader stands beside news of others.
    prose = body.rest + min(body.addressed, math.inf if shown.is_declared else body.rest)
    has_headline = weight(shown.title) >= _HEADLINE
    if has_headline and prose >= MIN_FLASH:
        return None
    for kind in kinds():
        if kind.markers is not None and (match := kind.markers.search(shown.markup)):
            return kind.name, f"markup: {match.group()[:60]}"
    if (named := _by_words(shown)) is not None:
        return named
    if has_headline and body.rest + body.addressed >= _ADVICE:
        return None
    return "too-short", f"{len(shown.text)} characters of text"


def _says(formula: str) -> str:
    return f"says: {' '.join(formula.split())[:80]}"


def is_homepage(url: str, requested_url: str) -> bool:
    """Whether a link to an article ended on a site's front page, or the address is one."""
    final, asked = urlsplit(url), urlsplit(requested_url)
    if final.scheme not in {"http", "https"} or final.query:
        return False
    if _HOME_PATHS.match(final.path):
        return True
    return bool(_LIST_PATHS.match(final.path)) and final.path != asked.path


def names_article(path: str) -> bool:
    """Whether a path ends as those of articles do: in a long number, or in the words of a headline."""
    return _ARTICLE_PATH.search(path) is not None


def led_astray(url: str, requested_url: str) -> tuple[str, str] | None:
    """The kind of page a link to an article was led to, where the address names it: /login?next=..., consent.site.com."""
    final, asked = urlsplit(url), urlsplit(requested_url)
    if (final.netloc, final.path) == (asked.netloc, asked.path) or names_article(final.path):
        return None
    names = {*final.path.split("/"), *(final.hostname or "").split(".")[:-2]}
    news = names - {*asked.path.split("/"), *(asked.hostname or "").split(".")[:-2]}
    for kind in kinds():
        if name := next((name for name in sorted(news) if kind.address.fullmatch(name)), ""):
            return kind.name, f"leads to {name}"
    return None


def is_listing(segments: Sequence[Segment], text: str) -> bool:
    """Whether the page is a list of links to articles rather than one: mostly links, hardly a paragraph."""
    chars = sum(len(item.text) for item in segments) or 1
    links = sum(item.link_chars for item in segments)
    prose = sum(
        len(item.text)
        for item in segments
        if item.kind == "paragraph" and item.link_share < 0.3 and weight(item.text) > 120
    )
    return links / chars > 0.75 and weight(text) < 200 and prose < 200
