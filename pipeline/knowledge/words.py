"""How common a word is, and its stem: the static weights that make a shared word worth much or little.

The table never learns from what was seen, so two articles weigh the same whenever they arrive. It is condensed from
wordfreq 3.1.1 (Robyn Speer; data CC BY-SA 4.0): `words.tsv` holds stems of English words and Chinese dictionary words by
their frequency in tenths of a power of ten below one. `beat.toml` corrects it for words of this beat.
"""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

# Unlisted words are rarer than the table's floor (about one in a million).
UNLISTED_FREQUENCY = 5e-7
# Running words of a typical article; turns the share of articles that use a word into a share of words.
TYPICAL_WORDS = 300
# No single word or number is worth more than this many bits: one article in 16,000.
MAX_BITS = 14
_SMALL, _HUNDRED, _THOUSAND = 12, 100, 1000
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNLISTED_HAN_BITS = 9  # a pair of characters may be a name, or the end of one word and the start of the next
_MIN_STEM = 3
_DOUBLED_KEPT = "lsz"  # "tell", "press", "buzz" keep both letters
# Longest first where one ends in another; British and American spellings end alike.
_SUFFIXES = tuple(
    "ization isation ational ations ation ingly edly ement ment ness ising izing ised ized ition tion sion ing ely ily "
    "ally ly ise ize ive ed er or ist ity al e y ion".split()
)
_ENGLISH_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*")
STOP_WORDS = frozenset(
    "a an the to of in on at by for with and or as is be are was were been it its that this from into up out off one "
    "one's sb sth etc also esp usu lit fig cl variant see abbr old tw taiwan pr used not no have has had do does so if "
    "but than then he she they his her their you your we our i who which what when where how all about after over will "
    "would can could may more most said say says".split()
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem of a lower-case English word: forms of one word and their derivations come out alike."""
    if len(word) <= _MIN_STEM:
        return word
    word = word.removesuffix("'s").removesuffix("’s")
    if word.endswith("ies") and len(word) > _MIN_STEM + 1:
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith(_SUFFIXES):
        fitting = (suffix for suffix in _SUFFIXES if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM)
        word = word.removesuffix(next(fitting, ""))
    if len(word) > _MIN_STEM and word[-1] == word[-2] and word[-1] not in _DOUBLED_KEPT:
        word = word[:-1]
    return word[:-1] if len(word) > _MIN_STEM and word[-1] in "iye" else word


def latin_words(text: str) -> list[str]:
    """The words in Latin letters, as written."""
    words: list[str] = _ENGLISH_WORD.findall(text)
    return [word.rstrip("'’") for word in words] if "'" in text or "’" in text else words


def stems(text: str) -> list[str]:
    """Stems of the words in Latin letters, in order, stop words left out."""
    return [stem(word) for found in latin_words(text) if (word := found.lower()) not in STOP_WORDS]


def stem_set(folded: str) -> set[str]:
    """The distinct stems of a text in small letters: each word is looked at once, however often it stands there."""
    return {stem(word) for word in set(latin_words(folded)) if word not in STOP_WORDS}


@cache
def frequencies() -> dict[str, float]:
    """Relative frequency of stems and Chinese words, where common enough to be listed."""
    table: dict[str, float] = {}
    for line in (files("pipeline.knowledge") / "words.tsv").read_text(encoding="utf-8").splitlines():
        tenths, tab, words = line.partition("\t")
        if tab:
            table |= dict.fromkeys(words.split(), 10 ** (-int(tenths) / 10))
    beat = tomllib.loads((files("pipeline.knowledge") / "beat.toml").read_text(encoding="utf-8"))
    for group in beat["common"]:
        for word in group["words"].split():
            key = stem(word) if word.isascii() else word
            table[key] = max(table.get(key, 0), -math.log(1 - group["share"]) / TYPICAL_WORDS)
    return table


def frequency(word: str) -> float:
    """Share of running words that are this stem or Chinese word."""
    return frequencies().get(word, UNLISTED_FREQUENCY)


@lru_cache(maxsize=131072)
def word_bits(word: str) -> float:
    """What sharing a stem or Chinese word is worth: minus the binary logarithm of the share of articles that have it."""
    most = MAX_BITS if word.isascii() or word in frequencies() else _UNLISTED_HAN_BITS
    return min(most, -math.log2(1 - math.exp(-TYPICAL_WORDS * frequency(word))))


def number_bits(number: str) -> float:
    """What sharing a number is worth: little for 3 or 2023, much for 8,451."""
    value = float(number)
    if value <= _SMALL or _YEAR.fullmatch(number):
        return 1.5
    if value < _HUNDRED:
        return 3.5
    significant = len(number.replace(".", "").strip("0"))
    if significant == 1:
        return 5.0
    return 6.0 if value < _THOUSAND else min(MAX_BITS, 5.0 + 1.5 * significant)
