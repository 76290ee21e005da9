"""Lines that are page junk on any site: share rows, newsletter boxes, editors' credits, notices, follow-us lines.

Only whole lines go, and only those whose every word belongs to the formula: a sentence that mentions a newsletter or a
copyright stays. Some formulas count only in an article's last lines, where notices stand.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.lines import Line

_TAIL_SHARE = 0.7  # a notice stands in the last third of an article
_EDGES = " -–—|·•*_#>→»▲▼【】[]（）()"
_MARKS = " -–—|·•*_#>:：»"
_SENTENCE_ENDS = frozenset(".!。！")
_SAYS_SOMETHING = re.compile(
    r"\d|[^\W\d_a-z]|[a-z]{2}|[a-z]\W*[a-z]", re.IGNORECASE
)  # more than a sign or a lone letter
_CAPITALS = re.compile(r"[A-Z][A-Z ’']{2,28}:\s\S")
_SHORT_NAME = 3  # characters
_BIO_LINES = 5
_BIO_SHARE = 0.3  # of the article; a page that is mostly about its author is a portrait
_MAX_FORMULA = 400  # characters; a longer line is prose


class _Formulas(NamedTuple):
    anywhere: re.Pattern[str]
    caption: re.Pattern[str]
    tail: re.Pattern[str]
    cut: re.Pattern[str]
    end: re.Pattern[str]
    strip: re.Pattern[str]
    plea: re.Pattern[str]
    pointer: re.Pattern[str]


class Told(NamedTuple):
    """A formula that only lines with one of these words can match."""

    kind: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("crawler.extraction").joinpath("page_junk.toml").read_text("utf-8"))


@cache
def _formulas() -> _Formulas:
    return _Formulas(
        *(
            re.compile("|".join(f"(?:{pattern})" for pattern in _table()[name]["patterns"]), re.IGNORECASE)
            for name in _Formulas._fields
        )
    )


@cache
def told_formulas() -> tuple[Told, ...]:
    """The formulas that are told by words within the line."""
    return tuple(
        Told(entry["kind"], tuple(entry["words"]), re.compile(entry["pattern"], re.IGNORECASE))
        for entry in _table()["within"]
    )


@cache
def _words_within() -> tuple[AhoCorasick, list[int]]:
    """The words of those formulas, and the formula of each."""
    words = [(word, i) for i, formula in enumerate(told_formulas()) for word in formula.words]
    return AhoCorasick([word for word, _ in words]), [i for _, i in words]


def is_junk_line(text: str, *, in_tail: bool, is_caption: bool = False) -> bool:
    """Whether a line is a formula of page junk.

    Args:
        text: the line.
        in_tail: whether it stands in the article's last third.
        is_caption: whether it is marked as a caption, and may read like one.
    """
    if len(text) > _MAX_FORMULA:
        return False
    formulas = _formulas()
    bare = text.strip(_EDGES)
    return (
        not _SAYS_SOMETHING.search(bare)
        or bool(formulas.anywhere.fullmatch(bare) or (in_tail and formulas.tail.fullmatch(bare)))
        or (not is_caption and bool(formulas.caption.fullmatch(bare)))
        or _is_told(bare, is_caption=is_caption)
    )


def _is_told(bare: str, *, is_caption: bool) -> bool:
    automaton, owners = _words_within()
    told = {owners[word] for word, _, _ in automaton.find_matches_as_indexes(bare.lower(), overlapping=True)}
    formulas = (told_formulas()[i] for i in told)
    return any(
        formula.pattern.fullmatch(bare) for formula in formulas if not (is_caption and formula.kind == "caption")
    )


def without_page_junk(lines: Sequence[Line], *, is_page: bool = True) -> list[Line]:
    """The lines without page junk; from a line that opens a list of other articles, the rest goes if little is left.

    Args:
        lines: of the body.
        is_page: whether they come from a web page, whose last paragraphs may ask readers to follow and subscribe; in
            plain text no sentence is taken out of a paragraph.
    """
    lines = _cut(list(lines))
    total = sum(weight(line.text) for line in lines) or 1
    kept, offset = [], 0.0
    for line in lines:
        in_tail = offset > total * _TAIL_SHARE or total - offset < 600
        offset += weight(line.text)
        if not is_junk_line(line.text, in_tail=in_tail, is_caption=line.kind == "caption"):
            text = line.text if line.text.isascii() else _formulas().strip.sub("", line.text).strip()
            if is_page and in_tail:
                text = _formulas().plea.sub("", text).strip()
            kept.append(line if text == line.text else type(line)(line.kind, text, line.level, line.links))
    return kept


def without_bios(lines: Sequence[Line], authors: Sequence[str]) -> list[Line]:
    """The lines without what the last of them say of the author: an article does not tell of its own writer.

    A paragraph among the last ones that begins with an author's full name opens it.
    """
    names = [name.casefold() for name in authors if len(name) > _SHORT_NAME and (" " in name or not name.isascii())]
    for i in range(max(1, len(lines) - _BIO_LINES), len(lines)):
        text = lines[i].text.casefold()
        said = next((name for name in names if text.startswith(name)), None)
        # "Jane Doe: What did you find?" is a turn of an interview.
        if said and text[len(said) :].strip()[:1] not in {":", "："} and lines[i].kind != "heading":
            rest = sum(weight(line.text) for line in lines[i:])
            is_bio = rest < _BIO_SHARE * sum(weight(line.text) for line in lines)
            return list(lines[:i] if is_bio else lines)
    return list(lines)


def opens_other_things(text: str) -> bool:
    """Whether a line is a heading over a list of other articles, comments or the like."""
    return len(text) < 80 and text[-1:] not in _SENTENCE_ENDS and bool(_formulas().cut.fullmatch(text.strip(_MARKS)))


def points_elsewhere(text: str) -> bool:
    """Whether a line that is mostly a link has the form of a pointer to another article: a label and its title.

    Outlets also write the label in capitals: "IN TEXAS: Family moves on".
    """
    text = text.strip(_MARKS + "()[]（）【】")
    return bool(_formulas().pointer.fullmatch(text) or _CAPITALS.match(text))


def _cut(lines: list[Line]) -> list[Line]:
    total = sum(weight(line.text) for line in lines) or 1
    offset = 0.0
    for i, line in enumerate(lines):
        is_credit = offset > total * 0.2 and weight(line.text) < 160 and _formulas().end.fullmatch(line.text)
        if is_credit and _is_thin(lines[i + 1 :], beside=lines[:i]):
            return lines[:i]
        if offset > total * 0.25 and opens_other_things(line.text):
            rest = lines[i + 1 :]
            is_list = not any(map(_is_prose, rest[:6]))
            if is_list and (offset > total * 0.5 or _is_thin(rest, beside=lines[:i])):
                return lines[:i]
        offset += weight(line.text)
    return lines


def _is_thin(rest: list[Line], *, beside: list[Line]) -> bool:
    """Whether lines are few or much shorter than those before them: headlines, dates, names."""
    if not rest:
        return False
    mean = sum(weight(line.text) for line in rest) / len(rest)
    return len(rest) <= 3 or mean < 0.5 * sum(weight(line.text) for line in beside) / len(beside)


def _is_prose(line: Line) -> bool:
    size = weight(line.text)
    return line.kind == "paragraph" and (size >= 160 or (size > 70 and line.text[-1] in ".!?。！？”」』"))
