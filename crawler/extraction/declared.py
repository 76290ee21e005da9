"""What a page declares of itself to machines: JSON-LD, meta tags, link relations."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

Node = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:article|posting|report|review|story|newsitem|analysis|liveblog)$", re.IGNORECASE)
_NOT_ARTICLE = re.compile(r"^(?:job|discussionforum|socialmedia)posting$|^(?:aggregate|user)review$", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_NOT_WORDS = re.compile(r"\W+")
_MAX_SCRIPT = 2_000_000  # characters; JSON-LD beyond this is not read
_MAX_DEPTH = 12


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
            nodes.extend(_flatten(load_json(script.text)))
    return Declared(articles=tuple(_main_first(nodes, tree)), nodes=tuple(nodes), meta=_meta(tree))


def load_json(text: str) -> Any:
    """The first JSON value of a script, read leniently (comments around it, raw line breaks, a tail); None if none."""
    text = _WRAPPING.sub("", text).strip()
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        pass
    try:
        # Trailing commas are the usual fault of hand-written templates.
        return json.JSONDecoder(strict=False).raw_decode(re.sub(r",\s*(?=[}\]])", "", text))[0]
    except (ValueError, RecursionError):
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
    """Article nodes, those that speak of this page before those that speak of teasers."""
    articles = [
        node
        for node in nodes
        if any(_ARTICLE_TYPE.search(kind) and not _NOT_ARTICLE.match(kind) for kind in types_of(node))
    ]
    if len(articles) < 2:  # nothing to order
        return articles
    title = squeezed(tree.findtext(".//title") or "")
    matching = [
        node
        for node in articles
        if title
        and squeezed(str(node.get("headline") or ""))
        and squeezed(html.unescape(str(node.get("headline"))))[:40] in title
    ]
    return (
        matching + [node for node in articles if not any(node is other for other in matching)] if matching else articles
    )


def squeezed(text: str) -> str:
    """Letters and digits alone, case folded: what two renderings of one title share."""
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


def is_paywalled(declared: Declared) -> bool:
    """Whether the page says that it is not free to read."""
    for node in declared.articles:
        if str(node.get("isAccessibleForFree", "")).lower() in {"false", "no"}:
            return True
    return declared.first("article:content_tier").lower() in {"locked", "metered", "paid", "premium"}
