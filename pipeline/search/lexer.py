"""Cuts a typed query into tokens that know where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.errors import QueryError
from pipeline.search.fields import FIELDS
from pipeline.search.segments import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["(", ")", "-", "OR", "AND", "word", "quoted", "field", "end"]

# Opening quotation marks and what closes them.
QUOTES = {'"': '"＂', "＂": '"＂', "“": '”"', "„": "“”", "«": "»", "「": "」", "『": "』"}
BRACKETS: dict[str, Kind] = {"(": "(", "（": "(", ")": ")", "）": ")"}
DASHES = "-－"
OPERATORS: dict[str, Kind] = {"OR": "OR", "AND": "AND", "NOT": "-"}
DATES = ("after", "before")
_SPACE = re.compile(r"[\s\x00-\x1f]+")
_PART = re.compile(rf"[^\s\x00-\x1f()（）{''.join(QUOTES)}]+")
_FIELD = re.compile(r"([A-Za-z_]{2,20})([:：]|>=|<=|[≥≤<>=＝])")
_COMPARISON = re.compile(r">=|<=|[≥≤<>=＝]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query; of a field, `text` is its name, `sign` what follows the name, `value` what follows that."""

    kind: Kind
    text: str
    position: int
    sign: str = ""
    value: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens, last one of kind `end`.

    Raises:
        QueryError: a quotation mark is not closed, or a field is unknown or without value.
    """
    at = 0
    while at < len(text):
        token, at = _token(text, at)
        if token is not None:
            yield token
    yield Token("end", "", len(text))


def _token(text: str, at: int) -> tuple[Token | None, int]:
    if space := _SPACE.match(text, at):
        return None, space.end()
    char = text[at]
    if char in BRACKETS:
        return Token(BRACKETS[char], char, at), at + 1
    if char in QUOTES:
        inside, end = _quoted(text, at)
        return Token("quoted", inside, at), end
    if char in DASHES:
        dashes = re.compile(f"[{DASHES}]+").match(text, at)
        assert dashes
        is_sign = dashes.end() == at + 1 < len(text) and not _SPACE.match(text, at + 1)
        return (Token("-", char, at) if is_sign else None), dashes.end()
    if (field := _FIELD.match(text, at)) and (found := _field(text, at, field)):
        return found
    part = _PART.match(text, at)
    assert part, "every other character begins a word"
    word = part.group()
    return Token(OPERATORS.get(word, "word"), word, at), part.end()


def _quoted(text: str, at: int) -> tuple[str, int]:
    for end in range(at + 1, len(text)):
        if text[end] in QUOTES[text[at]]:
            return text[at + 1 : end], end + 1
    raise QueryError(
        f"the quotation mark {text[at]} at character {at + 1} is never closed",
        position=at,
        remedy='close it, as in "large model"',
    )


def _field(text: str, at: int, match: re.Match[str]) -> tuple[Token, int] | None:
    """The field that begins here; None where this is no field but words, such as a web address or a time."""
    name, sign, value_at = match[1].lower(), match[2], match.end()
    if name != "pay" and sign not in ":：":
        return None
    is_known = name in FIELDS or name in DATES or name == "pay"
    if not is_known:
        word = _PART.match(text, value_at)
        if word is None or word.group().startswith("/"):
            return None
        raise QueryError(
            f"there is no field {name} (at character {at + 1})",
            position=at,
            remedy=f'fields: {", ".join((*FIELDS, "pay", *DATES))}; to search for the text, write "{match[1]} {word.group()}"',
        )
    if name == "pay" and sign in ":：" and (comparison := _COMPARISON.match(text, value_at)):
        sign, value_at = comparison.group(), comparison.end()
    if space := _SPACE.match(text, value_at):
        value_at = space.end()
    if value_at < len(text) and text[value_at] in QUOTES:
        value, end = _quoted(text, value_at)
    else:
        part = _PART.match(text, value_at)
        value, end = (part.group(), part.end()) if part else ("", value_at)
    if not plain(value).strip():
        raise QueryError(
            f"{name} at character {at + 1} has no value", position=value_at, remedy=f"write one, as in {example(name)}"
        )
    return Token("field", name, at, sign, value), end


def example(name: str) -> str:
    """How the field is written, for messages."""
    given = {"pay": "pay>=500000 or pay>=200000 USD", "after": "after:2026-11-01", "before": "before:2026-11-20"}
    return FIELDS[name].example if name in FIELDS else given[name]
