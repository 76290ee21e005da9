"""The names of people in a byline such as "By A. Smith and B. Jones, Staff Writers"."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from crawler.extraction.author_words import (
    COMMA,
    DOUBLE_SURNAMES,
    HONORIFIC,
    NO_PERSON,
    NOBODY,
    PREFIX,
    SPLIT,
    SUFFIX,
    SURNAMES,
    TAIL,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_NAME = 60
_EDGES = ' .:：-–—|"“”„»«*'
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_EAST = re.compile(
    # 欧阳菲菲, 史蒂夫·乔布斯, 山田 太郎, 佐々木, 홍길동
    r"^[\u4e00-\u9fff]{2,4}$|^(?=.*[·・])[\u4e00-\u9fff\u30a0-\u30ff·・]{4,14}$|^[\u4e00-\u9fff々]{1,3}[ 　][\u4e00-\u9fff々\u3040-\u30ff]{1,4}$"
    r"|^(?=.*[\u3040-\u309f々])[\u3040-\u309f\u4e00-\u9fff々]{3,7}$|^[가-힣]{2,4}$"
)
_CHINESE_LEAD = re.compile(r"(?:本报|本刊|见习)?记者|作者|文[/:：]")
_HAS_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DOMAIN = re.compile(r"\w\.[a-z]{2,6}$", re.IGNORECASE)
_MAX_WORDS = 5
_PARTICLES = frozenset(
    "de del della der den des di da das do dos du la le las los el al van von ver vom zu zum zur ten ter af av y e i bin ibn ben bint abu st".split()
)
_LAST_FIRST = re.compile(r"^([^\W\d_][\w'’-]+),\s+([^\W\d_][\w'’.-]*(?:\s[^\W\d_]\.?)?)$")


def split_names(text: str, *, is_person: bool = False) -> Iterator[str]:
    """The names in it, each apart, without titles, places, agencies and addresses.

    Args:
        text: a byline or a field for authors.
        is_person: whether the page says that it is one person's name, so that no surname must prove it.
    """
    if "://" in text or text.startswith("@"):
        return
    whole = " ".join(text.split())
    text = PREFIX.sub("", whole)
    if _are_two_chinese(text, is_led=bool(_CHINESE_LEAD.match(whole))):
        text = text.replace(" ", "、")
    if match := _LAST_FIRST.match(text):
        text = f"{match[2]} {match[1]}"
    parts = SPLIT.split(text)
    if any(_is_prose(part) for part in parts[1:]):  # "Courts and crime": a section
        return
    for part in parts:
        names = [
            name for piece in COMMA.split(part) if (name := _bare(piece)) and _is_person(name, is_person=is_person)
        ]
        # "Mara Lind, Oslo": beside a full name a single word is a place or a role.
        is_full = any(" " in name for name in names)
        yield from (name for name in names if " " in name or not is_full or _HAS_EAST.search(name))


def _is_prose(part: str) -> bool:
    first = part.split(" ", 1)[0]
    return first[:1].islower() and first not in _PARTICLES and not NO_PERSON.search(first) and not NOBODY.match(part)


def _are_two_chinese(text: str, *, is_led: bool) -> bool:
    """林小燕 王磊 are two people, 山田 太郎 is one: by surnames at both heads and a length that one name seldom has."""
    pieces = text.split(" ")
    return (
        len(pieces) == 2
        and all(_HAN.fullmatch(piece) and piece[0] in SURNAMES for piece in pieces)
        and (is_led or len(text) > 5)
    )


def _bare(text: str) -> str:
    text = HONORIFIC.sub("", PREFIX.sub("", TAIL.sub(" ", text).strip(_EDGES)))
    return " ".join(SUFFIX.sub("", text).split()).strip(_EDGES)


def _is_person(name: str, *, is_person: bool) -> bool:
    if not 2 <= len(name) <= _MAX_NAME or NOBODY.match(name) or NO_PERSON.search(name) or _DOMAIN.search(name):
        return False
    if _HAS_EAST.search(name):
        if not _EAST.match(name):
            return False
        # Two to four characters are a Chinese name only with a surname in front; longer ones are Japanese or transcribed.
        return is_person or not _HAN.fullmatch(name) or name[0] in SURNAMES or name[:2] in DOUBLE_SURNAMES
    return _is_written_like_one(name)


def _is_written_like_one(name: str) -> bool:
    """Up to five words of letters; with a capital where the script has capitals, else at least two words."""
    words = name.split()
    if len(words) > _MAX_WORDS or not all(_is_word(word) for word in words):
        return False
    if name.casefold() == name and name.upper() == name:  # Arabic, Hindi, Thai ...
        return len(words) > 1
    if len(words) == 1 and name.isupper():  # an agency's letters
        return False
    # A word without a capital that is no "de" or "von" makes prose of it.
    is_named = [any(char.isupper() for char in word) for word in words]
    return any(is_named) and all(capital or word in _PARTICLES for capital, word in zip(is_named, words, strict=True))


def _is_word(word: str) -> bool:
    return word[0].isalpha() and all(unicodedata.category(char)[0] in "LM" or char in ".’'`-‘" for char in word)
