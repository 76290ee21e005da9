"""What can be read of an article's JSON-LD that is no JSON: quotes in a headline, commas lost, a script cut off."""

from __future__ import annotations

import html
import json
import re
from typing import Any

_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w*(?:Article|Posting|Report)\w*)"')
_PLAIN = ("headline", "datePublished", "dateModified", "articleSection", "url")
_FIELD = r'"{}"\s*:\s*"(.{{1,500}}?)"\s*(?:,\s*["}}\]]|[}}\]]|\n|$)'
_FIELDS = {name: re.compile(_FIELD.format(name), re.DOTALL) for name in _PLAIN}
_AUTHOR = re.compile(r'"author"\s*:(.{1,1500}?)(?:"publisher"|"image"|"date\w+"|"mainEntityOfPage"|$)', re.DOTALL)
_NAME = re.compile(r'"name"\s*:\s*"([^"]{2,120})"')
_STRING = re.compile(r'\s*"([^"]{2,120})"')


def salvaged(text: str) -> dict[str, Any] | None:
    """A node with the fields that can be told apart; None where the script speaks of no article."""
    if "&quot;" in text:
        text = html.unescape(text)
    kind = _TYPE.search(text)
    if kind is None:
        return None
    node: dict[str, Any] = {"@type": kind[1]}
    for name, pattern in _FIELDS.items():
        if match := pattern.search(text):
            node[name] = _decoded(match[1])
    if match := _AUTHOR.search(text):
        names = _NAME.findall(match[1]) or _STRING.findall(match[1])[:1]
        node["author"] = [{"@type": "Person", "name": _decoded(name)} for name in names]
    return node


def _decoded(text: str) -> str:
    """JSON's escapes undone, where they are whole."""
    try:
        return str(json.loads('"' + re.sub(r'(?<!\\)"', r"\"", text) + '"', strict=False))
    except ValueError:
        return text
