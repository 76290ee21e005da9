"""From what was found on a site to the table of a new source, for a person to look over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.discovery.homepage import is_of_comments, tree_of
from crawler.discovery.origins import free_id, language_of, origin_of, slug
from crawler.discovery.wording import plain_title
from crawler.sources import Listing, Source
from pipeline.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import html

    from crawler.discovery.records import Discovery
    from crawler.page import Page

_SEPARATORS = re.compile(r"\s+[|–—·_-]\s+|\s*_\s*")
_MOST_FEEDS = 3
FEEDS = frozenset({"rss", "atom", "json-feed"})
_TITLES = 30  # headlines that a site's language is told by
_SURE = 0.9  # scripts of their own are told with .99, languages of one alphabet by statistics


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A candidate that was fetched, and what discovery made of it."""

    url: str
    discovery: Discovery


def working(trials: Iterable[Trial]) -> tuple[Trial, ...]:
    """The trials that gave links or children, the freshest first.

    One whose links another has as well is left out (a site offers RSS and Atom of the same), and so are feeds of comments
    where there are others.
    """
    good = [trial for trial in trials if not trial.discovery.problem and _found(trial)]
    good = [trial for trial in good if not is_of_comments(trial.discovery.title)] or good
    kept: list[Trial] = []
    for trial in good:
        if any(_is_covered(trial, other) for other in kept):
            continue
        kept = [other for other in kept if not _is_covered(other, trial)]
        kept.append(trial)
    return tuple(sorted(kept, key=_newest, reverse=True))


def _is_covered(trial: Trial, other: Trial) -> bool:
    """Whether a feed has all the links of a feed, or a sitemap of a sitemap."""
    are_alike = (trial.discovery.format in FEEDS) == (other.discovery.format in FEEDS)
    return are_alike and _found(trial) <= _found(other)


def _found(trial: Trial) -> frozenset[str]:
    return frozenset([*(link.url for link in trial.discovery.links), *trial.discovery.children])


def _newest(trial: Trial) -> float:
    return max((link.published_at.timestamp() for link in trial.discovery.links if link.published_at), default=0.0)


def proposed_source(home: Page, trials: Sequence[Trial], *, taken: Iterable[str] = ()) -> Source:
    """The table of a new source, for a person to look over: guesses are noted in `notes`.

    Args:
        home: the home page.
        trials: the candidates that were fetched.
        taken: ids that are in use.

    Feeds are preferred; sitemaps are watched where no feed works, news sitemaps in any case. Where neither works, the page
    itself is the listing.
    """
    found = working(trials)
    feeds = tuple(trial.url for trial in found if trial.discovery.format in FEEDS)
    news = tuple(trial.url for trial in found if trial.discovery.format == "news-sitemap")
    maps = tuple(trial.url for trial in found if trial.discovery.format in {"sitemap", "sitemap-index"})
    homepage, tree = _homepage(home, found), tree_of(home)
    declared = [trial.discovery.language for trial in found] + [tree.get("lang") if tree is not None else None]
    language = next((tag for tag in map(language_of, declared) if tag), "") or _spoken(home, found)
    guess = origin_of(homepage, language)
    host = urlsplit(homepage).hostname or homepage
    name = _name(tree, found) or host
    is_listing = not (feeds or news or maps)
    return Source(
        id=free_id(slug(name, host), set(taken)),
        name=name,
        homepage=homepage,
        language=language or guess.language,
        country=guess.country,
        timezone=guess.timezone,
        feeds=feeds[:_MOST_FEEDS],
        sitemaps=news[:1] or (() if feeds else maps[:1]),
        listing=Listing(url=home.url if is_listing else ""),
        notes=" ".join(_notes(found, is_listing=is_listing)),
    )


def _homepage(home: Page, found: Iterable[Trial]) -> str:
    """The page that was looked at; where that is a feed itself, the site it names, else the site's root."""
    for trial in found:
        if trial.url in {home.url, home.requested_url}:
            return trial.discovery.homepage or urljoin(home.url, "/")
    return home.url


def _notes(found: Iterable[Trial], *, is_listing: bool) -> list[str]:
    hubs = dict.fromkeys(trial.discovery.hub for trial in found if trial.discovery.hub)
    return [
        *(["Neither feed nor sitemap was found: the page itself is read as a listing."] if is_listing else []),
        "Country and time zone are guesses from the address.",
        *(f"WebSub hub: {hub}." for hub in hubs),
    ]


def _spoken(home: Page, found: Iterable[Trial]) -> str:
    """The language of the headlines, or of the page's words where there is no feed; empty where that is not plain."""
    from pipeline.stages.language import detect_language  # noqa: PLC0415 - its statistics take a moment to load

    titles = [link.title for trial in found for link in trial.discovery.links[:_TITLES]]
    if not any(titles):
        tree = tree_of(home)
        anchors = (anchor.text_content() for anchor in tree.iter("title", "a")) if tree is not None else ()
        titles = [title for text in islice(anchors, 10 * _TITLES) if (title := plain_title(text))]
    text = "\n".join(titles)
    document = Document(id="", url=home.url, canonical_url=home.url, title="", text=text, fetched_at=home.fetched_at)
    language = detect_language(document)
    return language_of(language.tag) if text and language.confidence >= _SURE else ""


def _name(tree: html.HtmlElement | None, trials: Sequence[Trial]) -> str:
    """What the site calls itself; else the feed's title; else the first part of the page's title."""
    if tree is not None:
        own = plain_title(str(tree.xpath("string(//meta[@property='og:site_name']/@content)")))
        if own:
            return own[:80]
    for trial in trials:
        if trial.discovery.title:
            return trial.discovery.title[:80]
    title = plain_title(tree.findtext(".//title") or "") if tree is not None else ""
    return _SEPARATORS.split(title)[0][:80]
