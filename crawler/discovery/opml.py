"""OPML in and out: the lists of feeds that feed readers exchange."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import listparser
from lxml import etree

from crawler.discovery.addresses import absolute_url
from crawler.discovery.mending import mended
from crawler.discovery.origins import free_id, language_of, origin_of, slug
from crawler.discovery.unpacking import TooLargeError, decode, unpack, without_controls
from crawler.discovery.wording import plain_title
from crawler.sources import Listing, Source
from pipeline.errors import InputError
from pipeline.urls import identity_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_LARGEST = 10_000_000  # bytes; the largest lists of readers have some thousand feeds, under 2 MB
_ATTRIBUTES = ("type", "homepage", "language", "country", "timezone", "kind", "sourceid", "sourcename")
_PASSWORD = re.compile(r"(?<=//)[^/@\s]*@")
# FreshRSS reads other things than feeds, by rules of its own: a page of HTML can be a listing here, the rest cannot be read.
_PAGE_TYPE, _FOREIGN_TYPES = "html+", ("json+", "xml+")
_NOT_READ = "is read by rules that only its reader knows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an OPML file holds for the registry.

    `known` are feeds that are watched already. `unusable` names what cannot be watched, each with its address and the reason.
    """

    sources: tuple[Source, ...]
    known: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()


def read_opml(body: bytes, known_sources: Collection[Source]) -> Import:
    """New sources of an OPML file of any reader; what it does not say is guessed from the addresses.

    Feeds of one home page become one source. A feed that is watched already is not taken again.

    Args:
        body: the file.
        known_sources: those whose ids are taken and whose feeds are watched.

    Raises:
        InputError: the bytes are no OPML.
    """
    text = _text(body)
    attributes = _attributes(text)
    taken = {source.id for source in known_sources}
    watched = {identity_key(url) for source in known_sources for url in (*source.feeds, source.listing.url) if url}
    known: list[str] = []
    unusable: list[str] = []
    found: dict[str, list[_Feed]] = {}
    # listparser reads text without a declaration as Latin-1.
    for outline in listparser.parse(b'<?xml version="1.0" encoding="utf-8"?>' + text.encode())["feeds"]:
        given = str(outline.get("url", ""))
        url = absolute_url(_web(given), "")
        said = attributes.get(url, {})
        if not url:
            unusable.append(f"{_PASSWORD.sub('***@', given)[:200]} is no web address, or holds a password")
        elif said.get("type", "").lower().startswith(_FOREIGN_TYPES):
            unusable.append(f"{url} {_NOT_READ}")
        elif identity_key(url) in watched:
            known.append(url)
        else:
            watched.add(identity_key(url))
            title = plain_title(str(outline.get("title") or "")) or urlsplit(url).hostname or url
            home = said.get("homepage") or url
            found.setdefault(said.get("sourceid") or identity_key(home), []).append(_Feed(url, title, home, said))
    sources = []
    for feeds in found.values():
        sources.append(_source(feeds, taken))
        taken.add(sources[-1].id)
    return Import(sources=tuple(sources), known=tuple(known), unusable=tuple(unusable))


class _Feed(NamedTuple):
    url: str
    title: str
    home: str
    said: Mapping[str, str]


def _text(body: bytes) -> str:
    try:
        unpacked, _ = unpack(body, _LARGEST)
    except TooLargeError as error:
        raise InputError("the OPML file is larger than 10 MB", kind="too-large") from error
    text = without_controls(decode(unpacked)).lstrip("\ufeff \t\r\n")
    opening = re.search(r"<opml(?=[\s>/])", text, re.IGNORECASE)
    start = opening.start() if opening else -1
    if start < 0 or "<!ENTITY" in text[:start]:
        raise InputError("the file is no OPML", kind="not-opml", remedy="export the feeds of your reader as OPML")
    return mended(text[start:])


def _web(url: str) -> str:
    """`feed://host/x` and `feed:https://host/x`, which some readers write, as the web address they mean."""
    if url.lower().startswith("feed:"):
        rest = url[5:]
        return "https:" + rest if rest.startswith("//") else rest
    return url


def _attributes(text: str) -> dict[str, dict[str, str]]:
    """What outlines say besides title and address, by the feed's address; listparser does not keep it."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(text.encode(), parser=parser)
    found: dict[str, dict[str, str]] = {}
    for outline in root.iter("{*}outline") if root is not None else ():
        values = {name.rpartition("}")[2].lower(): value.strip() for name, value in outline.attrib.items()}
        url = absolute_url(_web(values.get("xmlurl", "")), "")
        values["homepage"] = absolute_url(values.get("htmlurl", ""), "")
        if url:
            found.setdefault(url, {name: values.get(name, "") for name in _ATTRIBUTES})
    return found


def _source(feeds: list[_Feed], taken: set[str]) -> Source:
    first = feeds[0]
    said, parts = first.said, urlsplit(first.home)
    guess = origin_of(first.home)
    name = said.get("sourcename") or first.title
    pages = [feed.url for feed in feeds if _is_page(feed)]
    is_said = said.get("language") and said.get("country") and said.get("timezone")
    values = {
        "name": name,
        "homepage": f"{parts.scheme}://{parts.netloc}/" if first.home == first.url else first.home,
        "language": language_of(said.get("language")) or guess.language,
        "country": said.get("country") or guess.country,
        "timezone": said.get("timezone") or guess.timezone,
        "kind": said.get("kind") or "news",
        "feeds": tuple(feed.url for feed in feeds if not _is_page(feed)),
        "listing": Listing(url=pages[0] if pages else ""),
        "notes": "" if is_said else "Language, country and time zone are guesses from the address.",
    }
    source_id = free_id(slug(said.get("sourceid", ""), name, parts.hostname or ""), taken)
    try:
        return Source.model_validate({"id": source_id, **values})
    except ValueError:  # another program's words in attributes of ours
        values |= {"country": guess.country, "timezone": guess.timezone, "kind": "news"}
        return Source.model_validate({"id": source_id, **values})


def _is_page(feed: _Feed) -> bool:
    return feed.said.get("type", "").lower().startswith(_PAGE_TYPE)


def write_opml(sources: Iterable[Source], *, title: str = "hirewire sources") -> bytes:
    """The feeds of the sources as OPML 2.0 in a folder for each country, which any reader can import."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for source in sorted(sources, key=lambda source: (source.country, source.id)):
        for number, feed in enumerate(source.feeds, 1):
            if source.country not in folders:
                folders[source.country] = etree.SubElement(body, "outline", text=source.country)
            name = without_controls(source.name if len(source.feeds) == 1 else f"{source.name} ({number})")
            etree.SubElement(
                folders[source.country],
                "outline",
                type="rss",
                text=name,
                title=name,
                xmlUrl=feed,
                htmlUrl=source.homepage,
                language=source.language,
                country=source.country,
                timezone=source.timezone,
                kind=source.kind,
                sourceId=source.id,
                sourceName=without_controls(source.name),
            )
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document
