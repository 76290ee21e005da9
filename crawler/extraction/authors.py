"""Who wrote it: people, not desks, outlets, agencies' handles or "admin"."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml.etree import XPath

from crawler.extraction.declared import squeezed, types_of
from crawler.extraction.names import split_names
from crawler.extraction.site_names import host_labels, outlet_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment

_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "citation_author",
    "cxenseparse:author", "article.author", "article:author_name", "og:article:author", "og:author", "authors", "byline", "creator", "twitter:data1",
)  # fmt: skip
# Where a byline's links lead.
_PROFILE = re.compile(
    r"author|autor|auteur|people|person|staff|profil|journalist|redakt|redact|reporter|writer|contributor|columnist|team|yazar|penulis|/by/|@",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(r"bio|box|about|desc|card|info|image|photo|avatar|social|title|role|date", re.IGNORECASE)
_OTHER_ZONES = frozenset({"related", "comments", "sidebar", "nav", "footer", "ad"})
_BYLINE_NAMES = re.compile(r"author|byline|writer|zuozhe|reporter|journalist|contributor", re.IGNORECASE)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|text(?:e|o)?:|autor(?:in)?:|автор:|oleh:?|penulis:|yazar:|haber:|tekst:|szerző:|γράφει(?: ο| η)?|מאת|بقلم|كتب:?)\s+(?P<names>[^\d|•·]{3,80}?)(?:\s*[|•·,–—-]\s*.*|\s+(?:on|in|at)\s.*|\s*\d.*|)$",
    re.IGNORECASE,
)
_BYLINE_INSIDE = re.compile(
    r"\b(?:By|Von|Par|Por)\s+(?P<names>[A-ZÄÖÜÉÁ][\w.'’-]+(?:\s+[A-ZÄÖÜÉÁ][\w.'’-]*){1,3})(?=$|\s*[|•·,–—\d])"
)
_HAN_BYLINE = re.compile(
    r"(?:^|[\s　（(|｜/])(?:文|撰文|作者|记者|記者|采写|撰稿|文字)\s*[:：/／|｜丨]\s*"
    r"(?P<names>[\u4e00-\u9fff々]{1,3}[ 　][\u4e00-\u9fff々\u3040-\u30ff]{1,4}(?=$)|[\u4e00-\u9fff·、，,\s]{2,24}?)"
    r"(?=$|[\s　）)|｜/]|编辑|責任|责任|来源|發|发|摄|图)"
    r"|(?:本报|本報)?(?:记者|記者)\s+(?P<reporter>[\u4e00-\u9fff]{2,4})(?=[\s）)／/]|$)(?!\s*[摄攝])"
    r"|(?<![가-힣])(?P<korean>[가-힣]{2,4})\s?(?:기자|특파원)(?![가-힣])"
)
_BYLINE_TAGS = frozenset("a span div p address li ul h4 h5 strong cite em b".split())
_RELATED, _NAMED = XPath("descendant-or-self::*[@rel or @itemprop]"), XPath("descendant-or-self::*[@class]")
_MAX_MARKED, _NEAR = 8, 12  # bylines above which a page lists articles; segments behind the headline
_MAX_PART, _MAX_LINE = 90, 200  # characters; longer ones are biographies, longer bylines none
# A dozen names near a headline are a list of columnists, not a byline; what the page's head says is surer.
_MAX_SHOWN, _MAX_STATED = 6, 15


def find_authors(
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    site_names: Iterable[str] = (),
    from_feed: Iterable[str] = (),
) -> tuple[str, ...]:
    """The people named as authors, in the page's order; empty where none is.

    The first statement that names a person wins: JSON-LD, meta tags, marked-up bylines, lines such as "By A and B" or
    "文｜某某", what the feed says.
    """
    outlets = {squeezed(name) for name in outlet_names(declared, site_names)}
    labels = {squeezed(label) for label in host_labels(declared.first("og:url"))}
    for statement, limit in (
        (_structured(declared), _MAX_STATED),
        (((content, False) for name in _META for content in declared.meta.get(name, ())), _MAX_STATED),
        (_marked(tree, segments, _RELATED, _is_author), _MAX_SHOWN),
        (_marked(tree, segments, _NAMED, _is_byline), _MAX_SHOWN),
        (_lines(segments), _MAX_SHOWN),
        (((name, False) for name in from_feed), _MAX_STATED),
    ):
        people = _people(statement, outlets, labels, limit)
        if len(people) > limit:
            continue
        if limit == _MAX_SHOWN:
            people = _without_readers(people)
        if people:
            return people
    return ()


def _without_readers(people: tuple[str, ...]) -> tuple[str, ...]:
    """Names on the page without those of one word beside others: readers who comment, sections, places."""
    full = tuple(name for name in people if " " in name or not name.isascii())
    return full or (people if len(people) == 1 else ())


def _structured(declared: Declared) -> Iterator[tuple[str, bool]]:
    """The names in JSON-LD, and whether each is said to be a person's; a reference is looked up in the graph."""
    people = {str(node.get("@id")): node for node in declared.nodes if node.get("@id") and "Person" in types_of(node)}
    for node in declared.articles:
        values = node.get("author") or node.get("creator")
        for item in values if isinstance(values, list) else [values]:
            if isinstance(item, str):
                yield item, False
            if not isinstance(item, dict) or {"Organization", "NewsMediaOrganization"} & set(types_of(item)):
                continue
            known = item if item.get("name") else people.get(str(item.get("@id")), {})
            names = known.get("name")
            for name in names if isinstance(names, list) else [names]:
                if name:
                    yield str(name), "Person" in types_of(known)


def _marked(
    tree: HtmlElement,
    segments: Sequence[Segment],
    candidates: Callable[[HtmlElement], Iterable[HtmlElement]],
    is_sign: Callable[[HtmlElement], bool],
) -> Iterator[tuple[str, bool]]:
    """What is marked up as a byline; of many on a page, which are teasers' and columnists', those by the headline."""
    elsewhere = {item.opener for item in segments if item.opener is not None and item.zone in _OTHER_ZONES}
    found: list[tuple[HtmlElement, str]] = []
    for element in candidates(tree):
        if element.tag not in _BYLINE_TAGS or not is_sign(element):
            continue
        if element in elsewhere or any(above in elsewhere for above in element.iterancestors()):
            continue
        found += [(element, text) for text in _texts(element)]
    if len({text for _, text in found}) > _MAX_MARKED:
        start = _headline(segments)
        near = {item.element for item in segments[max(0, start - 2) : start + _NEAR]}
        found = [(element, text) for element, text in found if any(block in near for block in _around(element))]
    yield from ((text, False) for _, text in found)


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    yield from element.iter()
    yield from itertools.islice(element.iterancestors(), 2)


def _headline(segments: Sequence[Segment]) -> int:
    return next((i for i, item in enumerate(segments) if item.kind == "heading" and item.level == 1), 0)


def _texts(element: HtmlElement) -> list[str]:
    """What a byline says: as a whole where all whom it links to are named in it, else part by part."""
    parts = element.findall(".//*[@itemprop='name']") or [
        link for link in element.iter("a") if _PROFILE.search(f"{link.get('href')} {link.get('rel')}")
    ]
    whole = " ".join(" ".join(element.itertext()).split())
    texts = [" ".join(" ".join(part.itertext()).split()) for part in parts]
    if texts and not {name for text in texts for name in split_names(text)} <= set(split_names(whole)):
        return [text for text in texts if 2 <= len(text) <= _MAX_PART]
    return [whole] if 2 <= len(whole) <= (_MAX_LINE if texts else _MAX_PART) else []


def _is_author(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").split() or element.get("itemprop") in {"author", "name author"}


def _is_byline(element: HtmlElement) -> bool:
    return _names_byline(element.get("class") or "")


@lru_cache(maxsize=4096)  # a page calls hundreds of elements by a few dozen names
def _names_byline(names: str) -> bool:
    return 0 < len(names) < 200 and bool(_BYLINE_NAMES.search(names)) and not _BIOGRAPHY.search(names)


def _lines(segments: Sequence[Segment]) -> Iterator[tuple[str, bool]]:
    start = _headline(segments)
    near = [item.text for item in segments[start : start + 20]] + [item.text for item in segments[-12:]]
    for text in near:
        if len(text) <= 120 and (match := _BYLINE.match(text) or _BYLINE_INSIDE.search(text)):
            yield match["names"], False
    for item in segments[start:]:
        if len(item.text) > 80 or item.text.isascii():
            continue
        if match := _HAN_BYLINE.search(item.text):
            yield match["names"] or match["reporter"] or match["korean"], False


def _people(statement: Iterable[tuple[str, bool]], outlets: set[str], labels: set[str], limit: int) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text, is_person in statement:
        for name in split_names(text, is_person=is_person):
            key = squeezed(name)
            if key and key not in outlets and not any(len(outlet) > 4 and outlet in key for outlet in outlets):
                found.setdefault(key, name)
        if len(found) > limit:
            break
    for label in labels & found.keys():  # "Mara Lind, HARBOUR POST"; alone, two words may be a blogger's own domain
        if len(found) > 1 or " " not in found[label]:
            del found[label]
    return tuple(found.values())
