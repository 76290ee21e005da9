"""What a page declares of itself to machines: JSON-LD, meta tags, link relations."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.extraction.salvage import salvaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

Node = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:article|posting|report|review|story|newsitem|analysis|liveblog)$", re.IGNORECASE)
_NOT_ARTICLE = re.compile(r"^(?:job|discussionforum|socialmedia)posting$|^(?:aggregate|user)review$", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?://\s*)?<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*)?\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_NOT_WORDS = re.compile(r"\W+")
# The same for ASCII: titles are compared with every line of a page, and a table is ten times as fast as the pattern.
_NOT_ASCII_WORDS = bytes(code for code in range(0x80) if not (chr(code).isalnum() or chr(code) == "_"))
_MAX_SCRIPT = 2_000_000  # characters; JSON-LD beyond this is not read
_MAX_DEPTH = 12
# The usual faults of hand-written templates: first none, then a comma too many, a comma missing at a line's end.
_FAULTS = (
    (re.compile(r"(?!)"), ""),
    (re.compile(r",\s*(?=[}\]])"), ""),
    (re.compile(r'([}\]"])([^\S\n]*\n\s*)(?=")'), r"\1,\2"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """`articles` are JSON-LD nodes of article types, `nodes` all of them; `meta` maps lower-case names to contents."""

    articles: tuple[Node, ...] = ()
    nodes: tuple[Node, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first non-empty content of the first of these meta names that has one."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return ""

    def article_text(self, *names: str) -> str:
        """The first non-empty plain string under one of these keys of the article nodes."""
        for name in names:
            for node in self.articles:
                value = node.get(name)
                if isinstance(value, list) and value:
                    value = value[0]
                if isinstance(value, str) and value.strip():
                    return html.unescape(value).strip()
        return ""


def read_declared(tree: HtmlElement) -> Declared:
    """Read all of it once; broken scripts are left out."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) < _MAX_SCRIPT:
            value = load_json(script.text)
            nodes.extend(_flatten(salvaged(script.text) if value is None else value))
    return Declared(articles=tuple(_main_first(nodes, tree)), nodes=tuple(nodes), meta=_meta(tree))


def load_json(text: str) -> Any:
    """The first JSON value of a script, read leniently (comments around it, raw line breaks, a tail); None if none."""
    text = _WRAPPING.sub("", text).strip()
    for pattern, mended in _FAULTS:
        text = pattern.sub(mended, text)
        try:
            return json.JSONDecoder(strict=False).raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _flatten(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed", "subjectOf"):
            if isinstance(value.get(key), (dict, list)):
                yield from _flatten(value[key], depth + 1)


def types_of(node: Node) -> list[str]:
    """The schema.org types of a node, without prefix."""
    kinds = node.get("@type")
    return [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def _main_first(nodes: list[Node], tree: HtmlElement) -> list[Node]:
    """Article nodes: those that speak of this page by address or headline; without any such, all as they stand."""
    articles = [
        node
        for node in nodes
        if any(_ARTICLE_TYPE.search(kind) and not _NOT_ARTICLE.match(kind) for kind in types_of(node))
    ]
    if len(articles) < 2:  # nothing to order
        return articles
    here, title = _addresses_of(tree), squeezed(tree.findtext(".//title") or "")
    by_address = [node for node in articles if here & set(_addresses_in(node))]
    by_headline = [node for node in articles if title and (key := _headline_key(node)) and key[:40] in title]
    main = by_address + [node for node in by_headline if not any(node is other for other in by_address)]
    # A node without a headline or with the main one's adds to it; one with another headline is a teaser's.
    headlines = {_headline_key(node) for node in main} | {""}
    more = (node for node in articles if not any(node is other for other in main))
    return [*main, *(node for node in more if _headline_key(node) in headlines)] if main else articles


def _headline_key(node: Node) -> str:
    return squeezed(html.unescape(str(node.get("headline") or "")))


def _addresses_of(tree: HtmlElement) -> set[str]:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    named = [meta.get("content") for meta in tree.iter("meta") if (meta.get("property") or "").lower() == "og:url"]
    return {_address(url) for url in (*links, *named) if url} - {""}


def _addresses_in(node: Node) -> Iterator[str]:
    main = node.get("mainEntityOfPage")
    inner = (main.get("@id"), main.get("url")) if isinstance(main, dict) else (main,)
    for url in (node.get("url"), node.get("@id"), *inner):
        if isinstance(url, str) and (address := _address(url)):
            yield address


def _address(url: str) -> str:
    """Host and path alone; '' for a front page, which every page of a site names."""
    address = re.sub(r"^(?:https?:)?//(?:www\.)?", "", url.strip()).partition("#")[0].partition("?")[0].rstrip("/")
    return address if "/" in address else ""


def squeezed(text: str) -> str:
    """Letters and digits alone, case folded: what two renderings of one title share."""
    if text.isascii():
        return text.lower().encode().translate(None, _NOT_ASCII_WORDS).decode()
    return _NOT_WORDS.sub("", text.casefold())


def _meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if not content or not content.strip():
            continue
        content = html.unescape(content).strip() if "&" in content else content.strip()
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def declared_language(tree: HtmlElement, declared: Declared) -> str | None:
    """The language the page declares: `<html lang>`, JSON-LD, og:locale, content-language."""
    root = tree if tree.tag == "html" else tree.find(".//html")
    lang = (
        (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or "")
        if root is not None
        else ""
    )
    lang = (
        lang
        or declared.article_text("inLanguage")
        or declared.first("og:locale", "content-language", "language", "dc.language")
    )
    lang = lang.split(",")[0].strip().replace("_", "-")
    return lang if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) else None


def tags_of(declared: Declared) -> tuple[str, ...]:
    """The article's tags or keywords, each once."""
    found = list(declared.meta.get("article:tag", ()))
    for node in declared.articles:
        keywords = node.get("keywords")
        found += (
            keywords.split(",")
            if isinstance(keywords, str)
            else [str(word) for word in keywords or [] if isinstance(word, str)]
        )
    if not found:
        found = [
            word for name in ("news_keywords", "keywords") for word in re.split(r"[,，;；、|]", declared.first(name))
        ]
    return tuple(dict.fromkeys(word.strip() for word in found if 1 < len(word.strip()) <= 60))[:20]


def is_paid(node: Node) -> bool:
    """Whether a node is declared not to be free to read."""
    return str(node.get("isAccessibleForFree", "")).rpartition("/")[2].lower() in {"false", "no"}


def is_paywalled(declared: Declared) -> bool:
    """Whether the page says that it is not free to read."""
    for node in declared.articles:
        if is_paid(node):
            return True
    return declared.first("article:content_tier").lower() in {"locked", "metered", "paid", "premium"}
