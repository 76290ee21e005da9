"""Whether a name that may mean something else counts here, and why."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pipeline.stages.players.boundaries import Surroundings, is_east_asian, is_word

if TYPE_CHECKING:
    from pipeline.stages.players.lexicon import Lexicon, Rule

# How far a word of context is felt, within its line: about two sentences on either side.
WINDOW = 160
_NEIGHBOUR = 24
# Three digits at most: four are a year.
VERSION = re.compile(r"[ -]?(?:v|r|k|m|x)?\d{1,3}+(?:\.\d+)*+[a-z]{0,2}+(?![a-z0-9月年日])")
CODE = re.compile(r"(?:-[a-z]{1,12}){0,4}-v?\d[a-z0-9.]*(?![^\W_])")
_SURNAME = re.compile(r"[ \u00a0]([A-ZÀ-Þ][a-zà-ÿ'’-]+)")
_TITLE_CASE = 0.7
SURNAME = "a surname follows"
NOT_WRITTEN = "it is not written as a name"
# Capitalised words that follow a product rather than a given name.
_PRODUCT_WORDS = frozenset(
    "AI Code Pro Max Opus Sonnet Haiku Instant Ultra Nano Flash Mini Chat Cowork Desktop Design API Labs Agent Agents Live "
    "Advanced Plus Enterprise Team For In On And The To Is Can Will Has For Gets Now With Linear Researcher App Work Mythos".split()
)


class Context:
    """The words of context around the names of one field, found once for all of them."""

    def __init__(self, around: Surroundings, lexicon: Lexicon) -> None:
        self.around = around
        self.words = lexicon.cue_words
        # In the order of their ends; whether one is a whole word is looked at when it matters.
        self.hits = lexicon.cues.find_matches_as_indexes(around.text, overlapping=True)
        self.ends = [hit[2] for hit in self.hits]

    def window(self, start: int, end: int) -> tuple[int, int]:
        """The stretch in which words are near the span: its line, as far as they are felt."""
        text = self.around.text
        low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
        line_start, line_end = text.rfind("\n", low, start), text.find("\n", end, high)
        return (low if line_start < 0 else line_start + 1), (high if line_end < 0 else line_end)

    def near(self, start: int, end: int, words: frozenset[int]) -> str | None:
        """The first of the words that stands whole near the span and not in it."""
        if not words:
            return None
        low, high = self.window(start, end)
        for number, cue_start, cue_end in self.hits[bisect_left(self.ends, low) : bisect_right(self.ends, high)]:
            if (
                number in words
                and cue_start >= low
                and (cue_end <= start or cue_start >= end)
                and _is_whole(self.around.text, cue_start, cue_end)
            ):
                return self.words[number]
        return None

    def is_spelled(self, start: int, end: int, rule: Rule) -> bool:
        """Whether the name is written as listed, or in a line in capitals."""
        # Japanese newspapers write Latin names in full width.
        written = unicodedata.normalize("NFKC", self._written(start, end))
        if written in rule.spellings:
            return True
        return written.isupper() and self._line(start, end).isupper()

    def is_latin_amid_han(self, start: int, end: int) -> bool:
        """Whether a name of an alphabet stands amid Chinese, Japanese or Korean and no other word of an alphabet beside it."""
        text = self.around.text
        if not text[start].isascii():
            return False
        before, after = start - 1, end
        while before >= 0 and text[before] == " ":
            before -= 1
        while after < len(text) and text[after] == " ":
            after += 1
        around = text[max(before, 0) : start].strip(" ")[:1] + text[after : after + 1]
        return any(map(is_east_asian, around)) and not any(map(is_word, around))

    def is_person(self, start: int, end: int) -> bool:
        """Whether a surname follows in a line that is not in title case."""
        _, original_end = self.around.folded.span(start, end)
        following = _SURNAME.match(self.around.original, original_end)
        if not following or following[1] in _PRODUCT_WORDS:
            return False
        words: list[str] = [word for word in re.findall(r"[^\W\d_]+", self._line(start, end)) if len(word) > 3]  # noqa: PLR2004
        capitals = sum(word[0].isupper() for word in words)
        return capitals < _TITLE_CASE * len(words)

    def touches(self, start: int, end: int, rule: Rule) -> str | None:
        """The word of `before` or `after` that touches the name."""
        text = self.around.text
        if rule.after and (match := rule.after.match(text, end)):
            return match[0].strip()
        if rule.before and (match := rule.before.search(text[max(0, start - _NEIGHBOUR) : start])):
            return match[0].strip()
        return None

    def _written(self, start: int, end: int) -> str:
        original_start, original_end = self.around.folded.span(start, end)
        return self.around.original[original_start:original_end]

    def _line(self, start: int, end: int) -> str:
        low, high = self.window(start, end)
        return self._written(low, high)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a word of context is no part of a longer word; a plural is."""
    if is_word(text[start]) and start and is_word(text[start - 1]):
        return False
    if not is_word(text[end - 1]) or end == len(text) or not is_word(text[end]):
        return True
    return text[end] == "s" and (end + 1 == len(text) or not is_word(text[end + 1]))


def decide(context: Context, start: int, end: int, rule: Rule) -> tuple[bool | None, str]:
    """Whether the name counts by what stands around it, with the reason; None where its surroundings say nothing."""
    if against := _speaks_against(context, start, end, rule):
        return False, against
    text = context.around.text
    if rule.doubt.version and (match := VERSION.match(text, end) or CODE.match(text, end)):
        return True, f"the version “{match[0].strip()}” follows"
    if word := context.touches(start, end, rule):
        return True, f"“{word}” stands beside it"
    if word := context.near(start, end, rule.needs):
        return True, f"“{word}” stands near"
    if rule.doubt.latin and context.is_latin_amid_han(start, end):
        return True, "it is in letters amid another script"
    return None, "nothing near it speaks for the name"


def _is_written_as_name(context: Context, start: int, end: int, rule: Rule) -> bool:
    if context.is_spelled(start, end, rule) or _is_code(context, end, rule):
        return True
    # "加入meta" with a word that speaks for it; "meta标签" is none.
    return context.is_latin_amid_han(start, end) and bool(context.near(start, end, rule.needs))


def _is_code(context: Context, end: int, rule: Rule) -> bool:
    """Whether it is a model's technical name: `claude-3.5-sonnet`, `grok-voice-fast-1.0`, in small letters with a number."""
    return rule.doubt.version and CODE.match(context.around.text, end) is not None


def _speaks_against(context: Context, start: int, end: int, rule: Rule) -> str | None:
    if rule.doubt.case and not _is_written_as_name(context, start, end, rule):
        return NOT_WRITTEN
    if rule.doubt.person and context.is_person(start, end):
        return SURNAME
    word = context.near(start, end, rule.against)
    return f"“{word}” stands near" if word else None
