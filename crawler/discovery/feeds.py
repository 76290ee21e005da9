"""RSS 0.9x, 1.0, 2.0 and Atom, read by feedparser after we decoded, bounded and lightened them."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser

from crawler.discovery.addresses import absolute_url, without_repeats
from crawler.discovery.dates import UNKNOWN, read_date
from crawler.discovery.mending import ITEM, lightened, mended, newest_items, summarised
from crawler.discovery.records import Discovery
from crawler.discovery.wording import plain_summary, plain_title
from crawler.page import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawler.discovery.dates import Clock, Dated
    from crawler.discovery.records import Answer

_DATE_KEYS = ("published", "updated", "created", "issued", "modified", "date")
# Opening and closing tags in 200 items: a rich feed has 20,000; feedparser takes about 2 s for 100,000.
_MOST_TAGS = 100_000
_TAIL = 100_000  # characters at the end in which the closing tag is looked for
_MOST_AUTHORS = 10
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_LONGEST_TTL = 7 * 86400
_MINUTES = re.compile(r"([0-9]{1,9})(?:\.[0-9]*)?(?![0-9])")
# What feedparser has been seen to raise on broken input, instead of setting its own flag.
_PARSER_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read_feed(answer: Answer) -> Discovery:
    """The links of an RSS or Atom feed."""
    # Whatever a server appends after the end, the end is there.
    is_partial = not re.search(rf"</(?:\w+:)?{answer.root}\s*>", answer.text[-_TAIL:], re.IGNORECASE)
    text, dropped = newest_items(lightened(answer.text), answer)
    text = mended(summarised(text))
    if text.count("<") > _MOST_TAGS:
        return Discovery(problem="too-large")
    has_items = bool(ITEM.search(text))
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _PARSER_ERRORS:
        return Discovery(problem="bad-feed")
    # Plain dicts: feedparser's own warn of renamed keys on lookup.
    entries: Sequence[Mapping[str, Any]] = [dict(entry) for entry in parsed["entries"]]
    if not parsed.get("version") or (has_items and not entries):
        return Discovery(problem="bad-feed", is_partial=is_partial)
    channel: Mapping[str, Any] = dict(parsed["feed"])
    links = tuple(_links(entries, channel, answer))
    unusable = len(entries) - len(links)
    return Discovery(
        format="atom" if str(parsed["version"]).startswith("atom") else "rss",
        links=without_repeats(links),
        next_url=_related(channel, "next", answer.url),
        is_partial=is_partial,
        ttl_seconds=_ttl(channel),
        hub=_related(channel, "hub", answer.url),
        language=_language(channel),
        title=plain_title(str(channel.get("title", ""))),
        homepage=_related(channel, "alternate", answer.url),
        problem="bad-feed" if entries and not links else "",
        dropped=dropped,
        unusable=unusable,
    )


def _links(entries: Sequence[Mapping[str, Any]], channel: Mapping[str, Any], answer: Answer) -> Iterator[Link]:
    guids = Counter(str(entry.get("id", "")) for entry in entries)
    addresses = [_address(entry, answer.url, _language(channel)) for entry in entries]
    shared = {url for url, count in Counter(addresses).items() if count > 1}
    for entry, link in zip(entries, addresses, strict=True):
        guid = str(entry.get("id", "")).strip()
        if guids[str(entry.get("id", ""))] > 1:
            guid = ""  # one guid for several items identifies none of them
        # Where all items link to one page (the home page, a comment list), a guid that is an address is the better link.
        is_better = link in shared and guid.startswith(("http://", "https://"))
        address = (is_better and absolute_url(guid, answer.url)) or link
        if not address:
            continue
        published_at, precision = _date(entry, answer.clock)
        yield Link(
            url=address,
            title=plain_title(str(entry.get("title", ""))),
            published_at=published_at,
            published_precision=precision,
            guid=guid[:500],
            language=_tag(entry.get("language")) or _language(channel),
            authors=_authors(entry),
            summary=plain_summary(str(entry.get("summary", ""))),
        )


def _address(entry: Mapping[str, Any], base: str, language: str | None) -> str:
    """The article's address: the publisher's own behind a feed service first, then the link, then a guid that is one."""
    links = [link for link in entry.get("links", []) if link.get("href")]
    candidates = [entry.get("feedburner_origlink"), entry.get("pheedo_origlink")]
    candidates += [link["href"] for link in sorted(_alternates(links), key=lambda link: _strangeness(link, language))]
    candidates.append(entry.get("link"))
    guid = str(entry.get("id", ""))
    if guid.startswith(("http://", "https://")):
        candidates.append(guid)
    candidates += [link["href"] for link in links if link.get("rel") in {"self", "via", "related"}]
    for candidate in candidates:
        if candidate and (url := absolute_url(str(candidate), base)):
            return url
    return ""


def _alternates(links: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The links to the article itself; Atom allows their relation to be written as an address."""
    return [link for link in links if str(link.get("rel", "alternate")).rpartition("/")[2] == "alternate"]


def _strangeness(link: Mapping[str, Any], language: str | None) -> tuple[bool, bool]:
    """Sorts alternate links: a page in the feed's own language comes before translations, a page before data."""
    spoken = str(link.get("hreflang", "")).lower().partition("-")[0]
    is_foreign = bool(spoken and language) and spoken != str(language).lower().partition("-")[0]
    kind = str(link.get("type", "")).lower()
    return bool(kind) and "html" not in kind, is_foreign


def _date(entry: Mapping[str, Any], clock: Clock) -> Dated:
    for key in _DATE_KEYS:
        raw = entry.get(key)
        if isinstance(raw, str) and raw.strip():
            dated = read_date(raw, clock)
            if dated != UNKNOWN:
                return dated
    return UNKNOWN


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    people = entry.get("authors") or [{"name": entry.get("author", "")}]
    names = [_person(plain_title(str(person.get("name", ""))), has_mail="email" in person) for person in people]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_AUTHORS]


def _person(name: str, *, has_mail: bool) -> str:
    """The name in `mail@host (Name)` and `Name <mail@host>`; the parser cuts addresses of newer domains in two."""
    if has_mail:
        inner = name.partition("(")[2].rstrip(") ")
        name = inner or name.partition("<")[0].strip()
        if name.isascii() and name.islower() and " " not in name:
            return ""  # what is left of an address
    return "" if "@" in name else name


def _related(channel: Mapping[str, Any], relation: str, base: str) -> str:
    for link in channel.get("links", []):
        if link.get("rel") == relation and link.get("href"):
            return absolute_url(urljoin(base, str(link["href"])), base)
    return ""


def _language(channel: Mapping[str, Any]) -> str | None:
    return _tag(channel.get("language"))


def _tag(raw: object) -> str | None:
    text = str(raw or "").strip().replace("_", "-")
    return text if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", text) else None


def _ttl(channel: Mapping[str, Any]) -> int | None:
    """The feed's wish for the gap between visits: `ttl` in minutes, or the syndication module's period."""
    ttl = str(channel.get("ttl", "")).strip()
    if (minutes := _MINUTES.match(ttl)) and int(minutes[1]) > 0:
        return min(int(minutes[1]) * 60, _LONGEST_TTL)
    period = _PERIODS.get(str(channel.get("sy_updateperiod", "")).strip().lower())
    if period is None:
        return None
    frequency = str(channel.get("sy_updatefrequency", "1")).strip()
    times = int(frequency[:6]) if frequency.isascii() and frequency.isdigit() else 1
    return min(max(period // max(times, 1), 60), _LONGEST_TTL)
