"""What `hirewire sources add` and `check` make of the address of a site: a source, and what the user should know of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.cli.context import now
from crawler.cli.output import progress, stderr
from pipeline.errors import FetchError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.cli.context import Context
    from crawler.discovery.exploring import Exploration
    from crawler.sources import Source
    from crawler.spiders.fetch import Trouble

# `example.org/tech`, `127.0.0.1:8000`; ids of sources have neither dot nor colon nor slash.
_SCHEMELESS = re.compile(r"[^\s/:?#@]+(?:\.[^\s/:?#@]+|:\d+)+(?:[/?#]\S*)?")
_REMEDIES = {
    "robots": "robots.txt is obeyed; ask the publisher, or look for a feed on another host",
    "robots-unavailable": "while robots.txt cannot be had, nothing may be fetched: try again later",
    "rate-limited": "try again later",
    "refused-address": "only public addresses are fetched; HIREWIRE_ALLOW_PRIVATE_NETWORKS permits others",
    "certificate": "wait for its renewal, or check the host's name",
}
_FORBIDDEN = 403
_EXAMPLE = "example: hirewire sources add https://www.example.org/"
_IS_IT = "is this the site's own address?"
# Troubles that are the same without https, or no reason to do without.
_NOT_OF_HTTPS = frozenset({"robots", "rate-limited", "dns", "refused-address", "certificate"})
_WALLS = frozenset({"bot-wall", "consent", "login"})


def is_address(text: str) -> bool:
    """Whether this is the address of a site, with or without scheme, and not a source's id."""
    return "://" in text or bool(_SCHEMELESS.fullmatch(text))


def proposed(context: Context, url: str, said: Mapping[str, str], known: Iterable[Source]) -> Source:
    """The source that a site makes, with what the user said of it.

    Args:
        context: of the call.
        url: a home page, a section's page or a feed; without scheme, https and then http are tried.
        said: fields of the source to take instead of what is found.
        known: the sources whose ids are taken.

    Raises:
        FetchError: the site could not be had, or has nothing to watch.
        UsageError: the address cannot be used.
    """
    from crawler.discovery.proposing import proposed_source  # noqa: PLC0415 - start-up time of --help
    from crawler.sources import Source  # noqa: PLC0415

    found = _looked_at(context, url)
    _refuse_walls(url, found)
    source = proposed_source(found.home, found.trials, taken=[each.id for each in known])
    for each in () if source.feeds else found.missed:  # of no interest to who has a feed
        stderr().print(f"named by the site, but of no use: {each}", markup=False, soft_wrap=True)
    if source.listing.url:
        _look_for_articles(url, found, source)
    publisher = {"publisher": said.get("id", source.id)}
    return Source.model_validate(source.model_dump() | publisher | dict(said)) if said else source


def _looked_at(context: Context, url: str) -> Exploration:
    from crawler.manners.failures import MEANINGS  # noqa: PLC0415
    from crawler.spiders.look import look  # noqa: PLC0415
    from pipeline.urls import check_url  # noqa: PLC0415

    if not is_address(url):
        raise UsageError(f"{url!r} is no address of a site", remedy=_EXAMPLE)
    trouble: Trouble | None = None
    for address in (url,) if "://" in url else (f"https://{url}", f"http://{url}"):
        try:
            check_url(address)
        except ValueError as error:
            raise UsageError(str(error), remedy=_EXAMPLE) from error
        with progress(f"looking at {address}"):
            found, trouble = look(address, context.settings)
        if found is not None:
            return found
        if trouble is None or trouble.kind in _NOT_OF_HTTPS:
            break
    if trouble is None:
        raise FetchError(f"{url} does not answer", url=url, remedy=_IS_IT)
    meaning = MEANINGS.get(trouble.kind, trouble.kind)
    raise FetchError(f"{url}: {meaning} ({trouble.evidence})", url=url, remedy=_REMEDIES.get(trouble.kind, _IS_IT))


def _refuse_walls(url: str, found: Exploration) -> None:
    from crawler.extraction.walls import wall_on  # noqa: PLC0415

    kind, reason = wall_on(found.home) or ("", "")
    if kind in _WALLS:
        raise FetchError(
            f"{url} answers with a {kind} page ({reason})",
            url=url,
            remedy="such a page is not got around; look for the site's feed, and give its address",
        )
    if found.home.status >= 400:  # noqa: PLR2004 - the class of errors
        refused = (
            "it may refuse programs: look for its feed, and give its address"
            if found.home.status == _FORBIDDEN
            else _IS_IT
        )
        raise FetchError(f"{url} answers {found.home.status}", url=url, remedy=refused)


def _look_for_articles(url: str, found: Exploration, source: Source) -> None:
    """Say what the page itself has to offer, where it is all there is to watch.

    Raises:
        FetchError: nothing.
    """
    from crawler.discovery import discover  # noqa: PLC0415

    listed = discover(found.home, source, now=now())
    if not listed.links:
        raise FetchError(
            f"{url} has no feed, no sitemap and no links to articles in its HTML",
            url=url,
            remedy="give the address of a feed or of a section's page; a page that scripts fill cannot be watched",
        )
    told = (
        f"no feed and no sitemap found; the page itself is watched: {len(listed.links)} of its links look like articles"
    )
    stderr().print(told, markup=False, soft_wrap=True)
