"""Whether any page, also one that is no article, is a wall: for home pages, which would be refused as articles anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.charset import read_bytes
from crawler.extraction.kinds import Shown, refusal
from crawler.extraction.markup import parse
from crawler.extraction.segments import segment

if TYPE_CHECKING:
    from crawler.page import Page

WALLS = frozenset({"bot-wall", "consent", "login", "soft-404", "error-page"})


def wall_on(page: Page) -> tuple[str, str] | None:
    """The kind of wall and the reason; None where the page shows what was asked for."""
    text, _ = read_bytes(page.body, page.headers.get("content-type"))
    tree = parse(text)
    if tree is None:
        return None
    body = tree.find("body")
    segments = segment(tree if body is None else body)
    prose = "\n".join(item.text for item in segments if item.zone not in {"footer", "hidden"})
    title = tree.findtext(".//title") or ""
    found = refusal(Shown(titles=(title,), title=title, text=prose, page_text=prose, markup=text), page.status, least=0)
    return found if found is not None and found[0] in WALLS else None
