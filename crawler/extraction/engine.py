"""The engine: trafilatura's verdict on a tree, as the text it would keep.

Comments off, tables on; `deduplicate` stays off, for it keeps state between pages. The tree is handed over parsed.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lxml.etree import strip_elements
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# The engine logs every page it finds thin; what becomes of a page is said by our own rejection.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


_DEAD = ("script", "style", "svg", "noscript", "iframe", "template", "select", "head", "nav", "footer")


def lighten(tree: HtmlElement, boxes: Iterable[HtmlElement]) -> None:
    """Take out, in place, what no engine keeps: the engine copies and searches the tree many times over."""
    strip_elements(tree, *_DEAD, with_tail=False)
    for box in boxes:
        if box.getparent() is not None:
            box.drop_tree()


def engine_text(tree: HtmlElement, *, is_fast: bool = True) -> str:
    """What trafilatura takes for the body; '' where it finds none. The tree is left as it was."""
    options = Extractor(output_format="python", comments=False, fast=is_fast, with_metadata=False, source=None)
    try:
        document = bare_extraction(tree, options=options)
    except (RecursionError, AssertionError, AttributeError, IndexError, KeyError):
        return ""  # markup it cannot digest: the structural candidate decides alone
    return (document.text or "") if document is not None else ""  # type: ignore[union-attr]
