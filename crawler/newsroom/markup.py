"""The marks of an item's body, made into blocks.

Blocks are parted by blank lines. A block is a paragraph, or begins with a mark: `## ` heading, `- ` list items (one a
line), `^ ` picture with caption, `~ ` page junk that stands inside the body and is no part of the article.
`**words**` are set in bold with no space around, which is how machine-translated pages come to have glued words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

Kind = Literal["paragraph", "heading", "list-item", "caption", "junk"]
_MARKS: dict[str, Kind] = {"## ": "heading", "- ": "list-item", "^ ": "caption", "~ ": "junk"}
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of a body; `plain` is what a reader reads, `html` the same with its bold words."""

    kind: Kind
    source: str

    @property
    def plain(self) -> str:
        """The words alone."""
        return _BOLD.sub(r"\1", self.source)

    @property
    def html(self) -> Markup:
        """The words escaped, with `<strong>` where the source has bold."""
        return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(self.source))))  # noqa: S704 - escaped one line above


def stretches(body: str) -> tuple[Stretch, ...]:
    """The blocks of a body, in order."""
    found: list[Stretch] = []
    for block in body.strip().split("\n\n"):
        if block[:2] in {"- ", "~ "}:
            found.extend(_stretch(line) for line in block.splitlines())
        elif block:
            found.append(_stretch(block))
    return tuple(found)


def _stretch(block: str) -> Stretch:
    for mark, kind in _MARKS.items():
        if block.startswith(mark):
            return Stretch(kind, block.removeprefix(mark))
    return Stretch("paragraph", block)


def story_lines(body: str) -> tuple[str, ...]:
    """The lines that belong to the article itself: no captions, no junk."""
    return tuple(stretch.plain for stretch in stretches(body) if stretch.kind not in {"caption", "junk"})


def junk_lines(body: str) -> tuple[str, ...]:
    """The lines in the body that are page junk."""
    return tuple(stretch.plain for stretch in stretches(body) if stretch.kind == "junk")
