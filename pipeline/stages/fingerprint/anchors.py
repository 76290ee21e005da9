"""What an article can be recognised by in any language, and what sharing each of it is worth.

An anchor is a player, model, number, day, name in Latin letters, the spelling there of another name, or a link. Its worth is how unlikely two unrelated articles
are to share it, in bits, from static tables only: what was seen before never changes it.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.knowledge.dictionary import glosses
from pipeline.knowledge.words import MAX_BITS, STOP_WORDS, frequency, latin_words, number_bits, stem, word_bits
from pipeline.stages.fingerprint.numbers import days, numbers
from pipeline.stages.fingerprint.shingles import key64
from pipeline.urls import identity_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pipeline.document import Article

# A key is kept if at most one article in 2^5 has it: commoner ones find too many and say too little.
_MIN_KEY_BITS = 5
_MAX_KEYS, _MAX_BRIDGE_KEYS, _MAX_TITLE_KEYS = 40, 64, 12
# A short text may have hardly any: it keeps so many, with commoner ones, of which two must share several. Long texts, whose
# rarer keys suffice, are not searched by these.
_COMMON_KEY_BITS, _FEW_KEYS, _FEW_BRIDGE_KEYS = 3, 16, 56
_KEY_WEIGHT_BITS = 5
_NAME_BONUS = 4
_OPENING_BONUS = 5  # what a summary repeats stands in the title or the first sentences
_COMMON_NAME = 1e-4  # words commoner than this are capitalised for their place, not as names
# Words with a capital, or a small letter first and a capital or digit behind, that begin no sentence.
_CAPITALISED = re.compile(r" (?<=[^.!?:\n\s\"“”‘'] )([A-Z][A-Za-z0-9À-ɏ]+|[a-z]++[A-Z0-9][A-Za-z0-9]*)")
# Letters with digits: digits are few, so they are found first.
_FROM_DIGIT = re.compile(r"[0-9][A-Za-z0-9.-]*")
_TO_DIGIT = re.compile(r"[A-Za-z.-]*\Z")
_HAS_LETTER = re.compile(r"[A-Za-z]")
_LONGEST_WORD = 60  # characters before a word's first digit that are looked at
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]>]+")


def names(title: str, text: str, *, is_latin: bool) -> set[str]:
    """Stems of the names in Latin letters: all Latin words of a CJK text, capitalised uncommon ones of a Latin text."""
    mixed = set(_mixed(title + "\n" + text))
    if not is_latin:
        words = {word.lower() for word in latin_words(title + "\n" + text) if len(word) > 1}
        return mixed | {stem(word) for word in words if word not in STOP_WORDS}
    found = {stem(word.lower()) for word in _CAPITALISED.findall(text)}
    # Every word of a headline may be capitalised, so its words count only where they are rare.
    found |= {stem(word.lower()) for word in latin_words(title) if word[0].isupper()}
    return mixed | {word for word in found if frequency(word) < _COMMON_NAME}


def _mixed(text: str) -> Iterator[str]:
    """Words of Latin letters and digits, such as `gpt-5`, in small letters."""
    for match in _FROM_DIGIT.finditer(text):
        start = match.start()
        before = _TO_DIGIT.search(text[max(0, start - _LONGEST_WORD) : start])
        word = ((before[0] if before else "") + match[0]).strip(".-")
        if _HAS_LETTER.search(word):
            yield word.lower()


def link_key(link: str) -> str | None:
    """Host and path of an outbound link; None for a bare host, which many share."""
    try:
        parts = urlsplit(identity_key(link))
    except ValueError:
        return None
    return parts.netloc + parts.path if parts.path.strip("/") else None


def anchors(article: Article, folded: str, named: Iterable[str], spoken: Iterable[str] = ()) -> tuple[str, ...]:
    """All anchors of an article with its names in Latin letters and the spellings of Chinese names, sorted."""
    document = article.document
    found = {f"player:{tag.id}" for tag in article.players} | {f"model:{tag.id}" for tag in article.models}
    found |= {f"number:{number}" for number in numbers(folded)} | {f"date:{day}" for day in days(folded)}
    found |= {f"latin:{name}" for name in named} | {f"spoken:{name}" for name in spoken}
    found |= {f"link:{key}" for link in document.links if (key := link_key(link))}
    return tuple(sorted(found))


def _weighed(anchor: str) -> tuple[str, float] | None:
    kind, _, value = anchor.partition(":")
    if kind == "number":
        return anchor, number_bits(value)
    if kind in {"latin", "spoken"}:
        return f"word:{value}", word_bits(value)
    if kind == "link":
        return anchor, MAX_BITS
    return None  # players, models and days are too common to search by; they count when two articles are compared


def search_keys(
    anchored: Iterable[str],
    words: Iterable[str],
    title: Sequence[str],
    facts: Mapping[str, float],
    *,
    opening: Collection[str],
    is_han: bool,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The rarest keys by which reports of one event find each other: within a language, and across languages.

    Across languages a Chinese word stands under the stems of its English, other words under themselves. `title` are the
    words of the title in order: two that follow each other find headlines whose single words are all common. `facts` are
    keys of hiring facts, which every language shares. Of equally rare words those of the `opening` come first.
    """
    shared = tuple(_pack(key, bits) for key, bits in facts.items())
    bridging = dict(filter(None, (_weighed(anchor) for anchor in anchored)))
    named = dict(filter(None, (_weighed(anchor) for anchor in anchored if not anchor.startswith("spoken:"))))
    native = named | {key: word_bits(word) for word in words if (key := f"word:{word}") not in named}
    # Names and numbers are what other languages keep: of equally rare keys they come first.
    opened = {f"word:{word}" for word in opening}
    ranks = {
        key: bits + _NAME_BONUS * (key in named) + _OPENING_BONUS * (key in opened) for key, bits in native.items()
    }
    if not is_han:  # Japanese and Korean texts are searched for by the spellings themselves
        native |= bridging
        ranks |= {key: bits + _NAME_BONUS for key, bits in bridging.items()}
    keys = _packed(native, ranks, _MAX_KEYS, _FEW_KEYS) + _title_keys(title) + shared
    if not is_han:
        return keys, keys
    bridged = dict(bridging)
    ranks = {key: bits + _NAME_BONUS for key, bits in bridging.items()}
    for word in words:
        bonus = _OPENING_BONUS * (word in opening)
        for key, bits, rank in _english_keys(word):
            bridged.setdefault(key, bits)
            ranks[key] = max(ranks.get(key, 0), rank + bonus)
    return keys, _packed(bridged, ranks, _MAX_BRIDGE_KEYS, _FEW_BRIDGE_KEYS) + shared


def _title_keys(title: Sequence[str]) -> tuple[int, ...]:
    pairs = {f"title:{one} {two}": word_bits(one) + word_bits(two) for one, two in pairwise(title)}
    kept = sorted(key for key, bits in pairs.items() if bits >= _MIN_KEY_BITS)[:_MAX_TITLE_KEYS]
    return tuple(_pack(key, min(MAX_BITS, pairs[key])) for key in kept)


def _packed(weighed: dict[str, float], ranks: dict[str, float], most: int, few: int) -> tuple[int, ...]:
    """The best keys: at most `most` rare ones, filled up to `few` with commoner ones."""
    best = nsmallest(most, [(-rank, key) for key, rank in ranks.items() if weighed[key] >= _MIN_KEY_BITS])
    if len(best) < few:
        common = [(-rank, key) for key, rank in ranks.items() if _COMMON_KEY_BITS <= weighed[key] < _MIN_KEY_BITS]
        best += nsmallest(few - len(best), common)
    return tuple(_pack(key, weighed[key]) for _, key in best)


@lru_cache(maxsize=131072)
def _english_keys(word: str) -> tuple[tuple[str, float, float], ...]:
    """Keys of the English of a Chinese word, with their worth and rank: the more alternatives, the less likely is each."""
    english = {each for gloss in glosses(word) for each in gloss}
    return tuple(
        (f"word:{each}", bits, bits - 2 * math.log2(len(english)))
        for each in sorted(english)
        if (bits := word_bits(each)) >= _COMMON_KEY_BITS
    )


@lru_cache(maxsize=131072)
def _pack(key: str, bits: float) -> int:
    # A common key is never rounded up to a rare one.
    weight = round(bits) if bits >= _MIN_KEY_BITS else int(bits)
    return (key64(key) >> _KEY_WEIGHT_BITS << _KEY_WEIGHT_BITS) | weight


def key_bits(key: int) -> int:
    """What sharing a search key is worth, in bits."""
    return key & ((1 << _KEY_WEIGHT_BITS) - 1)
