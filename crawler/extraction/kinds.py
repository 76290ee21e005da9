"""What a page is when it is no article: bot walls, consent and login pages, paywall stubs, errors, home pages.

Such pages come with status 200, and extractors return text for them. A page is refused only where its title says
nothing else, or where a formula stands in a text so short that nothing else is said: an article about CAPTCHAs passes.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.segments import Segment

MIN_ARTICLE = 160  # weighted characters; a flash news of two sentences passes
MIN_GIVEN = 30  # of a text that somebody handed in on purpose: a headline
_TITLED = 400  # weighted characters: with more to say below it, a title is no proof
_LINE_OPENING = 30
_CHARS_PER_FORMULA = 500  # weighted characters: a notice says hardly more around its formula
_HOME_PATHS = re.compile(
    r"^/?(?:index\.(?:html?|php|jsp|aspx?)|home|default\.aspx?|[a-z]{2}(?:[-_][a-z]{2})?)?/?$", re.IGNORECASE
)
_LIST_PATHS = re.compile(
    r"^/(?:category|categories|tags?|topics?|authors?|search|archives?|section)(?:/[^/]*)?/?$", re.IGNORECASE
)


class _Kind(NamedTuple):
    name: str
    title: re.Pattern[str]
    text: re.Pattern[str]
    max_chars: int


@cache
def _kinds() -> tuple[_Kind, ...]:
    table = tomllib.loads(files("crawler.extraction").joinpath("page_kinds.toml").read_text("utf-8"))
    return tuple(
        _Kind(
            name,
            re.compile("|".join(f"(?:{pattern})" for pattern in entry["title"]), re.IGNORECASE),
            re.compile("|".join(f"(?:{pattern})" for pattern in entry["text"]), re.IGNORECASE | re.DOTALL),
            entry["max_chars"],
        )
        for name, entry in table.items()
    )


def refusal(title: str, text: str, page_text: str, status: int, *, least: int = MIN_ARTICLE) -> tuple[str, str] | None:
    """The kind and the reason if a page is none to keep; None for an article.

    Args:
        title: the page's title.
        text: its body as extracted.
        page_text: all its visible text outside navigation.
        status: of the HTTP answer.
        least: weighted characters an article has.
    """
    if status >= 400:
        return (
            ("soft-404", f"HTTP status {status}") if status in {404, 410} else ("error-page", f"HTTP status {status}")
        )
    size, page_size = weight(text), weight(page_text)
    for kind in _kinds():
        if size <= min(kind.max_chars, _TITLED) and kind.title.fullmatch(title.strip()):
            return kind.name, f"title: {title.strip()[:80]}"
        if size <= kind.max_chars and page_size <= 3 * kind.max_chars:
            said = text if size >= MIN_ARTICLE else page_text
            if match := _formula(kind, title, said):
                return kind.name, f"says: {' '.join(match.split())[:80]}"
    if size < least:
        return "too-short", f"{len(text)} characters of text"
    return None


def _formula(kind: _Kind, title: str, said: str) -> str:
    """The formula, where it opens a line and what else is said is little beside it."""
    matches = [match for match in kind.text.finditer(said) if _opens_line(match, said)]
    if not matches:
        return ""
    is_dense = weight(said) <= min(kind.max_chars, _CHARS_PER_FORMULA * len(matches))
    return matches[0].group() if is_dense or kind.title.fullmatch(title.strip()) else ""


def _opens_line(match: re.Match[str], said: str) -> bool:
    """Prose that reports such a wall names who asked whom first."""
    return weight(said[said.rfind("\n", 0, match.start()) + 1 : match.start()]) <= _LINE_OPENING


def is_homepage(url: str, requested_url: str) -> bool:
    """Whether a link to an article ended on a site's front page, or the address is one."""
    final, asked = urlsplit(url), urlsplit(requested_url)
    if final.scheme not in {"http", "https"} or final.query:
        return False
    if _HOME_PATHS.match(final.path):
        return True
    return bool(_LIST_PATHS.match(final.path)) and final.path != asked.path


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
