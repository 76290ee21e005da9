"""Plain text and Markdown to lines: headings, lists and captions known by their marks, page junk left out.

The title line is told from prose by its shape. A text without one keeps an empty title: its first sentence belongs to
the body, and a headline that nobody wrote would be a guess.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.declared import squeezed
from crawler.extraction.lines import Line, clean_line
from crawler.extraction.names import split_names
from crawler.extraction.tails import is_junk_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

IMAGE = re.compile(r"!\[[^\]]*\]\(\s*(?:[^()]|\([^()]*\))*\)", re.DOTALL)
_LINK = re.compile(r"\[([^\]\n]+)\]\(\s*(https?://[^)\s]+)[^)]*\)")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_LIST = re.compile(r"^(?:[-*+•]|\d{1,2}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"^>\s?")
_RULE = re.compile(r"^[\s*_=~·.—-]{3,}$")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<![\w*\\])([*_])(?=\S)([^*_\n]+?)(?<=\S)\3(?![\w*])"
)
_WHOLE_BOLD = re.compile(r"^(\*\*|__)(?=\S)([^*_]+?)\1$")
_TABLE_ROW = re.compile(r"^\|(.+)\|$")
_TABLE_RULE = re.compile(r"^\|?[\s:|-]+\|[\s:|-]*$")
_CAPTION = re.compile(
    r"^(?:图注|图说|圖說|图源|caption|图片说明|▲|△|↑|图[:：]|（图|写真[:：]|사진[=:：]|bildunterschrift)\s*[:：]?.{0,200}$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:文|图|撰文|作者|封面来源|封面|图片|图片来源|编辑|出品|策划|来源)\s*[|｜丨/／:：]+\s*\|?.{1,40}$"
)
_WRITER = re.compile(r"^(?:文|撰文|作者)\s*[|｜丨/／:：]+\s*\|?\s*(.{2,30})$")
_SENTENCE_END = re.compile(r"[.!?。！？…”\"'’」』;；:：,，]$")
_MAX_TITLE, _MAX_LABEL = 150, 40


def read_plain(text: str, title: str | None) -> tuple[str, list[Line], tuple[str, ...]]:
    """The title, the lines of the body, and the writers that a credit line names.

    Args:
        text: plain text or Markdown.
        title: the title where the sender gives it; its repetition in the text is removed.
    """
    text = IMAGE.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line for raw in text.split("\n") if (line := _line(raw))]
    found, lines = _split_title(lines, clean_line(title or ""))
    credits_ = [line for line in lines if _CREDIT.match(line.text) and line.kind == "paragraph"]
    return found, [line for line in lines if line not in credits_], tuple(_writers(credits_))


def _writers(lines: Sequence[Line]) -> Iterator[str]:
    """The people of lines such as "文｜林晓燕"."""
    for line in lines:
        if match := _WRITER.match(line.text):
            yield from split_names(match[1])


def _line(raw: str) -> Line | None:
    text = clean_line(raw)
    if not text or _RULE.match(text) or _TABLE_RULE.match(text):
        return None
    if match := _HEADING.match(text):
        return Line("heading", _inline(match[2]), len(match[1]))
    if match := _WHOLE_BOLD.match(text):
        # A paragraph that is bold as a whole is how Markdown exports write a heading between paragraphs.
        is_heading = len(match[2]) <= _MAX_TITLE and not re.search(r"[.。！!?？]$", match[2])
        return Line("heading", _inline(match[2]), 3) if is_heading else Line("paragraph", _inline(match[2]))
    if match := _TABLE_ROW.match(text):
        return Line("table-row", " | ".join(_inline(cell.strip()) for cell in match[1].split("|") if cell.strip()))
    links = tuple(url for _, url in _LINK.findall(text))
    kind = "paragraph"
    if _QUOTE.match(text):
        kind, text = "quote", _QUOTE.sub("", text)
    elif match := _LIST.match(text):
        kind = "list-item"
        text = text[match.end() :] if not match.group()[0].isdigit() else text
    text = _inline(text)
    if not text:
        return None
    if _CAPTION.match(text):
        kind = "caption"
    return Line(kind, text, 0, links)  # type: ignore[arg-type]


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # bold around italics
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    return " ".join(text.replace("**", "").split())


def _split_title(lines: list[Line], given: str) -> tuple[str, list[Line]]:
    """The title and the lines without it, without a doubled title and without the labels above it."""
    start, title = 0, given
    if not title:
        start, title = _title_line(lines)
    key = squeezed(title)
    head = lines[:start] if given else []
    rest = [line for i, line in enumerate(lines[start:]) if not (key and i < 6 and squeezed(line.text) == key)]
    if given:
        # What stands above the repeated title is a section label or a menu.
        at = next((i for i, line in enumerate(lines[:6]) if squeezed(line.text) == key and key), 0)
        labels = {id(line) for line in lines[:at] if len(line.text) <= _MAX_LABEL}
        rest = [line for line in rest if id(line) not in labels]
    return title, head + rest


def _title_line(lines: Sequence[Line]) -> tuple[int, str]:
    """Where the title stands and what it is: a first-level heading, else the last short line before the prose."""
    for i, line in enumerate(lines[:6]):
        if line.kind == "heading" and line.level == 1:
            return i, line.text
    prose = next((i for i, line in enumerate(lines[:8]) if line.kind != "heading" and _is_prose(line.text)), None)
    if prose is None:
        return (
            (0, lines[0].text)
            if len(lines) > 1 and len(lines[0].text) <= _MAX_TITLE and lines[0].kind in {"heading", "paragraph"}
            else (0, "")
        )
    above = [
        (i, line.text)
        for i, line in enumerate(lines[:prose])
        if not is_junk_line(line.text, in_tail=False)
        and not _CREDIT.match(line.text)
        and line.kind != "caption"
        and len(line.text) <= _MAX_TITLE
    ]
    if not above:
        return 0, ""
    # A section label is shorter than the headline under it.
    return max(above[:4], key=lambda entry: (min(len(entry[1]), 30), -entry[0]))


def _is_prose(text: str) -> bool:
    return (
        len(text) > _MAX_TITLE
        or bool(_SENTENCE_END.search(text) and len(text) > 60)
        or bool(re.search(r"[。！？]", text) and len(text) > 30)
    )
