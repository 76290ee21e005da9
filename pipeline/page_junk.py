"""Page junk a source repeats: which lines count as such, learned from the source's own pages.

A site says the same things around every article: "Copyright © 2024 X", "责任编辑：张三", a box for its newsletter. A line
that stood on at least two other pages of a source, at an edge of the text or as a whole sentence of some length, is
junk there. Numbers and what follows a label are folded, so that the templated ones are found too. What is decided here
is pure; counts live in a memory, in a database (`pipeline.store.junk`) or in this process (`JunkCounts`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

MIN_PAGES = 2  # other pages: a site loses its junk from its third page on
MIN_SHARE = 0.2  # of the pages fetched since the line was first seen: an occasional repetition is no furniture
FORGET_AFTER = 40  # pages of the source without the line: the site was redesigned
EDGE_HEAD, EDGE_TAIL = 4, 12  # lines at either end where short lines count
LONG_LINE = 40  # weighted characters from which a line counts wherever it stands
TEMPLATED = 80  # weighted characters up to which numbers are folded
MAX_LINE = 600  # characters; a longer line is an article's own
SAME_ARTICLE = 0.5  # share of a page's text known from before: a republication, of which nothing is learned or taken

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_SPACE = re.compile(r"\s+")
_LABEL = re.compile(r"^(.{2,16}?)\s*[:：|｜／]\s*(\S.{0,40})$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class JunkCount:
    """How often a folded line was seen: on `pages` pages, first as the source's page number `first`, last as `last`."""

    sample: str
    pages: int
    first: int
    last: int
    last_seen_at: datetime | None = None


def weight(text: str) -> float:
    """Length in Latin characters that would say as much; a CJK character says two and a half."""
    return len(text) if text.isascii() else len(text) + 1.5 * len(_CJK.findall(text))


def fold(line: str) -> str:
    """The line as it is compared: case folded, white space joined; in short lines numbers are one sign, labels bare.

    Numbers of longer lines count: market reports repeat whole sentences with other figures.
    """
    text = _SPACE.sub(" ", line.casefold()).strip()
    if weight(text) <= TEMPLATED:
        text = _NUMBER.sub("0", text)
    match = _LABEL.match(text)
    return f"{match[1]}:*" if match else text


@lru_cache(maxsize=1024)  # a page's lines are asked for several times while it is filed
def key_of(line: str) -> str:
    """A short key of the folded line; 16 hex digits."""
    return hashlib.blake2b(fold(line).encode("utf-8", "ignore"), digest_size=8).hexdigest()


def keys_of(lines: Sequence[str]) -> list[str | None]:
    """The key of each line; None where it is too long to be junk."""
    return [key_of(line) if 0 < len(line) <= MAX_LINE else None for line in lines]


def is_junk(count: JunkCount, total: int) -> bool:
    """Whether a line seen so often is junk on a source of which `total` pages were learned."""
    since = total - count.first + 1
    return count.pages >= MIN_PAGES and count.pages >= MIN_SHARE * since and total - count.last < FORGET_AFTER


def junk_positions(lines: Sequence[str], counts: Mapping[str, JunkCount], total: int) -> list[int]:
    """Positions of the lines that are junk by these counts; none where they would be most of the page."""
    found = []
    for i, (line, key) in enumerate(zip(lines, keys_of(lines), strict=True)):
        count = counts.get(key) if key else None
        if count is None or not is_junk(count, total):
            continue
        is_edge = i < EDGE_HEAD or i >= len(lines) - EDGE_TAIL
        if is_edge or weight(line) >= LONG_LINE:
            found.append(i)
    return [] if is_republished(lines, counts, at_least=MIN_PAGES) else found


def is_republished(lines: Sequence[str], counts: Mapping[str, JunkCount], *, at_least: int = 1) -> bool:
    """Whether most of the page's text was seen before: the same article under another address."""
    total = sum(weight(line) for line in lines)
    seen = 0.0
    for line, key in zip(lines, keys_of(lines), strict=True):
        count = counts.get(key) if key else None
        if count is not None and count.pages >= at_least:
            seen += weight(line)
    return seen > SAME_ARTICLE * total


class JunkCounts:
    """A memory of page junk in this process, also used to carry one source's counts into a worker."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, JunkCount]] = {}
        self.pages: dict[str, dict[str, None]] = {}

    def known(self, source: str, lines: Sequence[str]) -> Collection[int]:
        """Positions of those lines that are the source's page junk."""
        return junk_positions(lines, self.counts.get(source, {}), len(self.pages.get(source, {})))

    def learn(self, source: str, url: str, lines: Sequence[str], *, at: datetime) -> None:
        """Take note of the lines of one more page; a page counts once, a republication not at all."""
        pages, counts = self.pages.setdefault(source, {}), self.counts.setdefault(source, {})
        if url in pages or is_republished(lines, counts):
            return
        pages[url] = None
        number = len(pages)
        for line, key in zip(lines, keys_of(lines), strict=True):
            if key:
                counts[key] = counted(counts.get(key), line, number, at)
        for key in [key for key, count in counts.items() if number - count.last >= FORGET_AFTER]:
            del counts[key]


def counted(count: JunkCount | None, line: str, number: int, at: datetime) -> JunkCount:
    """The count after page `number` showed the line (once more)."""
    if count is None:
        return JunkCount(line[:200], 1, number, number, at)
    if count.last == number:
        return count
    return replace(count, pages=count.pages + 1, last=number, last_seen_at=at)
