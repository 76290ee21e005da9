"""Text to tree: one parse per page, also for markup that libxml2's defaults drop in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html
from lxml.etree import ElementDefaultClassLookup, HTMLParser, ParserError, XMLSyntaxError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# libxml2 drops everything deeper than 256 levels and text nodes above 10 MB, without an error, unless `huge_tree`;
# with it the limit is 2,048 levels.
_PARSER = HTMLParser(
    remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True, no_network=True, encoding="utf-8"
)
# lxml.html asks a Python function for the class of each element met, to tell forms from inputs; here all are alike.
_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=html.HtmlElement))
_WRAPPERS = re.compile(
    r"</?(?:div|span|section|font|center|blockquote|table|tbody|tr|td|ul|ol|li|b|i|em|strong)\b[^>]*>", re.IGNORECASE
)
_UNPARSABLE = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})  # control characters, which lxml refuses
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>|<!doctype[^>]*>", re.IGNORECASE)
_MARKUP_SIGN = re.compile(
    r"<(?:!doctype|html|head|body|p|div|article|main|table|section|h[1-6]|meta|span)\b", re.IGNORECASE
)


def looks_like_html(text: str) -> bool:
    """Whether the text is markup rather than plain text or Markdown; looks at the beginning."""
    return bool(_MARKUP_SIGN.search(text[:100_000]))


def parse(text: str) -> HtmlElement | None:
    """The tree of a page without comments; None where there is nothing to parse.

    Nesting beyond 2,048 levels is flattened: the wrappers go, the text stays.
    """
    start = _DECLARATION.sub("", text[:1_000], count=2)
    text = start + text[1_000:]
    tree = _parse(text)
    if tree is None or _is_cut_short() or not _has_text(tree):
        tree = _parse(_WRAPPERS.sub("\n", text)) if _has_letters(text) else tree
    return tree


def _is_cut_short() -> bool:
    """Whether the parser gave up in the depth of the page: what it had read by then is no page."""
    error = _PARSER.error_log.last_error
    return error is not None and error.type_name == "ERR_RESOURCE_LIMIT"


def _parse(text: str) -> HtmlElement | None:
    try:
        return html.document_fromstring(text.encode("utf-8", "ignore").translate(None, _UNPARSABLE), parser=_PARSER)
    except (ParserError, XMLSyntaxError, ValueError):
        return None


def _has_text(tree: HtmlElement) -> bool:
    body = tree.find("body")
    return body is not None and any(piece.strip() for piece in body.itertext())


def _has_letters(text: str) -> bool:
    return bool(re.search(r"\w", re.sub(r"<[^>]*>", "", text[:2_000_000])))
