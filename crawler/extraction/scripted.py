"""The article out of script data, for pages whose HTML shows none: JSON-LD, `__NEXT_DATA__`, `window.DATA = {...}`.

Among all strings of the data, the body is the longest one (or list of them) under a key that means a body, and reads
like prose. Values may be HTML, plain paragraphs, or trees of blocks with a text in each.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from crawler.extraction.declared import load_json
from crawler.extraction.lines import Line, clean_line
from crawler.extraction.markup import parse
from crawler.extraction.segments import segment
from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared

_ASSIGNMENT = re.compile(r"(?:window\.|var |let |const |self\.)?[\w.$\[\]'\"]{2,60}\s*=\s*(?=[{\[])")
_PARSED_STRING = re.compile(r"""JSON\.parse\(\s*("(?:[^"\\]|\\.)*")\s*\)""")
_BODY_KEYS = re.compile(
    r"^(?:article)?_?(?:body|content|text|html|story|main)_?(?:text|html|content|body|raw|value)?$|^(?:paragraphs|blocks|sections|components|elements|contents?|children)$|正文",
    re.IGNORECASE,
)
_NOT_BODY = re.compile(
    r"comment|related|recommend|footer|header|legal|cookie|privacy|translation|i18n|locale|config|css|script|sidebar|menu|nav|ads?$",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|section|span|a|strong|em|img|blockquote)\b[^>]*>", re.IGNORECASE)
_MIN_SCRIPT, _MAX_SCRIPT = 300, 5_000_000  # characters
_MIN_BODY = 200  # weighted characters
_MAX_DEPTH = 30


def script_texts(tree: HtmlElement) -> list[str]:
    """The scripts that may hold data; taken before the tree is lightened."""
    return [
        script.text
        for script in tree.iter("script")
        if script.text
        and _MIN_SCRIPT < len(script.text) < _MAX_SCRIPT
        and "ld+json" not in (script.get("type") or "")
        and "{" in script.text[:2_000]
    ]


def scripted_lines(scripts: Sequence[str], declared: Declared) -> list[Line]:
    """The article's lines from the data that holds the most prose; empty where none does."""
    stated = declared.article_text("articleBody")
    best = _lines_of(stated) if stated else []
    for script in scripts:
        for value in _values(script):
            for candidate in _bodies(value):
                lines = _lines_of(candidate)
                if _mass(lines) > _mass(best):
                    best = lines
    return best if _mass(best) >= _MIN_BODY else []


def _mass(lines: Sequence[Line]) -> float:
    return sum(weight(line.text) for line in lines)


def _values(script: str) -> Iterator[Any]:
    stripped = script.strip()
    if stripped[:1] in "{[":
        yield load_json(stripped)
        return
    for match in _PARSED_STRING.finditer(script):
        inner = load_json(match[1])
        if isinstance(inner, str):
            yield load_json(inner)
    for match in list(_ASSIGNMENT.finditer(script))[:20]:
        yield load_json(script[match.end() :])


def _bodies(value: Any, key: str = "", depth: int = 0) -> Iterator[str]:
    """Texts below a value that stand under a key which means a body."""
    if depth > _MAX_DEPTH or _NOT_BODY.search(key):
        return
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _bodies(below, str(name), depth + 1)
    elif isinstance(value, list):
        if _BODY_KEYS.match(key):
            texts = list(_texts(value, 0))
            if sum(map(len, texts)) >= _MIN_BODY / 3:
                yield "\n".join(texts)
        for below in value:
            if isinstance(below, (dict, list)):
                yield from _bodies(below, key, depth + 1)
    elif isinstance(value, str) and _BODY_KEYS.match(key) and len(value) >= _MIN_BODY / 3:
        yield value


def _texts(value: Any, depth: int) -> Iterator[str]:
    """The texts of a list of blocks, in order."""
    if depth > _MAX_DEPTH:
        return
    for item in value:
        if isinstance(item, str):
            if len(item) > 20 or _TAG.search(item):
                yield item
        elif isinstance(item, list):
            yield from _texts(item, depth + 1)
        elif isinstance(item, dict):
            said = next(
                (
                    item[name]
                    for name in ("text", "html", "content", "value", "body", "children", "model", "blocks")
                    if item.get(name)
                ),
                None,
            )
            if isinstance(said, str):
                yield said
            elif isinstance(said, dict):
                yield from _texts([said], depth + 1)
            elif isinstance(said, list):
                inline = list(_texts(said, depth + 1))
                yield from (
                    [" ".join(inline)]
                    if inline
                    and all(len(piece) < 400 and not _TAG.search(piece) for piece in inline)
                    and item.get("type") in {"p", "paragraph"}
                    else inline
                )


def _lines_of(text: str) -> list[Line]:
    if "&lt;" in text or "&#" in text:
        text = html.unescape(text)
    if _TAG.search(text):
        tree = parse(f"<html><body><div>{text}</div></body></html>")
        if tree is not None:
            return [
                Line(item.kind, clean_line(item.text), item.level, item.links)
                for item in segment(tree)
                if item.zone != "hidden"
            ]
    lines = [clean_line(line) for line in re.split(r"\n+|\\n", text)]
    return [Line("paragraph", line) for line in lines if line]
