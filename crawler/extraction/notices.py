"""What a text says in the words of notices (walls, errors, consent and login pages), and what it says besides.

A notice speaks to its reader ("please confirm that you are human"), in formulas that open a sentence; news speaks of
others, and puts such formulas into quotes or behind "the page told visitors that". So each sentence is a formula, a
button's label, a word to the reader, or the rest; and it is the rest that an article is made of.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from pipeline.page_junk import weight

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = 30  # weighted characters before a formula: "Dear reader, " but no "Visitors of the site saw that "
_LABEL = 40  # weighted characters up to which a line without a full stop is a button or a caption
_LABELS_OF_A_NOTICE = 2
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»」』)）]*$")
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|\"[^\"]*\"|‘[^’]*’")
_TO_THE_READER = re.compile(
    r"\b(?:you|your|yours|you[’']re|please|click|tap here|try again)\b|\bour (?:site|website|partners|services|systems|terms)\b"
    r"|[您你]|(?<![申邀聘提])[请請](?![求假教辞辭客愿願])|点击|點擊"
    r"|ください|お客様|当サイト|いただけます"
    r"|주세요|하십시오|바랍니다|귀하|하실 수"
    r"|(?-i:(?<=[\w,] )Sie\b|\bIhre[rnms]?\b)|\b(?:bitte|du|dich|dir|dein\w{0,2})\b"
    r"|\b(?:vous|votre|vos|veuillez)\b"
    r"|\b(?:usted|tus?|haz|haga|pulse|por favor)\b",
    re.IGNORECASE,
)


class Kind(NamedTuple):
    """One table of page_kinds.toml."""

    name: str
    title: re.Pattern[str]
    text: re.Pattern[str]
    labels: re.Pattern[str]
    words: re.Pattern[str]
    markers: re.Pattern[str] | None
    address: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """A text by its sentences: weighted characters of each kind's notices, the first formula of each, and what is left.

    `addressed` are the other sentences that speak to the reader, `rest` those that speak of others.
    """

    said: Counter[str] = field(default_factory=Counter)
    formula: dict[str, str] = field(default_factory=dict)
    addressed: float = 0.0
    rest: float = 0.0

    @property
    def main(self) -> str:
        """The kind that says most; '' where none says anything."""
        return max(self.said, key=lambda kind: self.said[kind], default="")


@cache
def kinds() -> tuple[Kind, ...]:
    """All tables, compiled once."""
    table = tomllib.loads(files("crawler.extraction").joinpath("page_kinds.toml").read_text("utf-8"))
    return tuple(
        Kind(
            name=name,
            title=_any_of(entry["title"]),
            text=_any_of(entry["text"]),
            labels=_any_of(entry["labels"]),
            words=_any_of(entry["words"]),
            markers=_any_of(entry["markers"]) if entry["markers"] else None,
            address=_any_of(entry["address"]),
        )
        for name, entry in table.items()
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def read_notice(text: str) -> Notice:
    """Sort the sentences of a text."""
    said: Counter[str] = Counter()
    formula: dict[str, str] = {}
    labels: dict[str, set[str]] = {}
    addressed = rest = 0.0
    for sentence in sentences(text):
        size, bare = weight(sentence), unquoted(sentence)
        found = {kind.name: match for kind in kinds() if (match := formula_in(kind, bare))}
        for name, match in found.items():
            said[name] += int(size)
            formula.setdefault(name, match)
        if found:
            continue
        if size <= _LABEL and not ends_sentence(sentence):
            for kind in kinds():
                if kind.labels.fullmatch(sentence):
                    labels.setdefault(kind.name, set()).add(sentence)
        elif speaks_to_the_reader(bare):
            addressed += size
        else:
            rest += size
    for name, found_labels in labels.items():
        if name in said or len(found_labels) >= _LABELS_OF_A_NOTICE:
            said[name] += int(sum(weight(label) for label in found_labels))
            formula.setdefault(name, ", ".join(sorted(found_labels)))
    return Notice(said, formula, addressed, rest)


def ends_sentence(text: str) -> bool:
    """Whether a text closes as sentences do; labels and captions do not."""
    return _SENTENCE_END.search(text) is not None


def speaks_to_the_reader(sentence: str) -> bool:
    """Whether a sentence says "you" or bids its reader do something."""
    return _TO_THE_READER.search(sentence) is not None


def sentences(text: str) -> Iterator[str]:
    """The sentences of all lines."""
    for sentence in _SENTENCE.split(text):
        if shown := sentence.strip():
            yield shown


def unquoted(sentence: str) -> str:
    """The sentence without what stands in quotes: what others are told to have said."""
    return _QUOTED.sub("", sentence)


def formula_in(kind: Kind, sentence: str, *, opening: int = _OPENING) -> str:
    """The formula that opens the sentence; '' where there is none. Prose that reports one names who said it first."""
    for start in range(min(opening, len(sentence) - 1) + 1):
        if start and weight(sentence[:start]) > opening:
            break
        if (start == 0 or not sentence[start - 1].isascii() or not sentence[start - 1].isalnum()) and (
            match := kind.text.match(sentence, start)
        ):
            return match.group()
    return ""
