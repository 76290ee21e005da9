"""OPML in and out: the lists of feeds that feed readers exchange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import listparser
from lxml import etree

from crawler.discovery.addresses import absolute_url
from crawler.discovery.mending import mended
from crawler.discovery.origins import free_id, language_of, origin_of, slug
from crawler.discovery.unpacking import TooLargeError, decode, unpack, without_controls
from crawler.discovery.wording import plain_title
from crawler.sources import Source
from pipeline.errors import InputError
from pipeline.urls import identity_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.sources import Registry

_LARGEST = 10_000_000  # bytes; the largest lists of readers have some thousand feeds, under 2 MB
_ATTRIBUTES = ("homepage", "language", "country", "timezone", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an OPML file holds for the registry: new sources, feeds that are known already, addresses that are unusable."""

    sources: tuple[Source, ...]
    known: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()


def read_opml(body: bytes, registry: Registry) -> Import:
    """New sources of an OPML file of any reader; what it does not say is guessed from the addresses.

    Feeds of one home page become one source. A feed that the registry watches already is not taken again.

    Raises:
        InputError: the bytes are no OPML.
    """
    text = _text(body)
    attributes = _attributes(text)
    taken = {source.id for source in registry}
    watched = {identity_key(feed) for source in registry for feed in source.feeds}
    known: list[str] = []
    unusable: list[str] = []
    found: dict[str, list[tuple[str, str]]] = {}
    # listparser reads text without a declaration as Latin-1.
    for outline in listparser.parse(b'<?xml version="1.0" encoding="utf-8"?>' + text.encode())["feeds"]:
        url = absolute_url(_web(str(outline.get("url", ""))), "")
        if not url:
            unusable.append(str(outline.get("url", ""))[:200])
        elif identity_key(url) in watched:
            known.append(url)
        else:
            watched.add(identity_key(url))
            home = attributes.get(url, {}).get("homepage") or url
            title = plain_title(str(outline.get("title") or "")) or urlsplit(url).hostname or url
            found.setdefault(home, []).append((url, title))
    sources = []
    for home, feeds in found.items():
        source = _source(home, feeds, attributes.get(feeds[0][0], {}), taken)
        taken.add(source.id)
        sources.append(source)
    return Import(sources=tuple(sources), known=tuple(known), unusable=tuple(unusable))


def _text(body: bytes) -> str:
    try:
        unpacked, _ = unpack(body, _LARGEST)
    except TooLargeError as error:
        raise InputError("the OPML file is larger than 10 MB", kind="too-large") from error
    text = without_controls(decode(unpacked)).lstrip("\ufeff \t\r\n")
    start = text.lower().find("<opml")
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


def _source(home: str, feeds: list[tuple[str, str]], said: Mapping[str, str], taken: set[str]) -> Source:
    parts = urlsplit(home)
    guess = origin_of(home)
    title = feeds[0][1]
    base = slug(title, parts.hostname or "")
    values = {
        "name": title,
        "homepage": f"{parts.scheme}://{parts.netloc}/" if home == feeds[0][0] else home,
        "language": language_of(said.get("language")) or guess.language,
        "country": said.get("country") or guess.country,
        "timezone": said.get("timezone") or guess.timezone,
        "kind": said.get("kind") or "news",
        "feeds": tuple(url for url, _ in feeds),
    }
    source_id = free_id(base, taken)
    try:
        return Source.model_validate({"id": source_id, **values})
    except ValueError:  # another program's words in attributes of ours
        values |= {"country": guess.country, "timezone": guess.timezone, "kind": "news"}
        return Source.model_validate({"id": source_id, **values})


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
            )
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document
