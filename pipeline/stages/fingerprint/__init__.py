"""The stage that computes from an article alone what copies, translations and reports of it are found by."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pipeline.document import Article, Fingerprint
from pipeline.folding import fold_key
from pipeline.knowledge.dictionary import dictionary
from pipeline.knowledge.spoken import given_names, well_known
from pipeline.knowledge.words import frequency, stem_set, stems, word_bits
from pipeline.sequence import sequence
from pipeline.stages.fingerprint import shingles
from pipeline.stages.fingerprint.anchors import ADDRESS, anchors, names, search_keys
from pipeline.stages.fingerprint.fact_keys import fact_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

Script = Literal["latin", "han", "other"]
_KATAKANA, _KANJI, _HANGUL = (re.compile(f"[{chars}]{{2,}}") for chars in ("ァ-ヺー", "\u3400-\u9fff", "가-힣"))
# Whom or what a report is about is named in its title or first sentence, by a name that few articles have.
_LEAD_CHARS, _LEAD_BITS = 160, 8
# The first two or three sentences, which summaries repeat.
_OPENING_CHARS: dict[Script, int] = {"latin": 320, "han": 120, "other": 160}
_TITLE_PART = re.compile(r"[a-z0-9.+-]+|[\u3400-\u9fff]+")
_NAME_CHARS = 2
_PARTICLE = 1e-3  # commoner characters are particles and pronouns, not parts of names


class FingerprintStage:
    """Assigns `fingerprint`; pure, so it may run in any process."""

    name = "fingerprint"
    requires = frozenset({"document", "language", "players", "models", "hiring"})
    assigns = frozenset({"fingerprint"})

    def __call__(self, article: Article) -> Article:
        """Fingerprint the title and text."""
        return replace(article, fingerprint=fingerprint(article))


def fingerprint(article: Article) -> Fingerprint:
    """The fingerprint of an article; takes 1 to 3 ms."""
    document = article.document
    written = ADDRESS.sub(" ", document.text)
    title, text = fold_key(document.title), fold_key(written)
    body = shingles.tokens(text)
    script = _script(body, article.language.tag if article.language else "und")
    terms = dictionary().terms(title + "\n" + text) if script == "han" else []
    words = _words(title + "\n" + text, script, terms)
    is_latin = script == "latin"
    named = names(document.title, written, is_latin=is_latin)
    spoken = set() if is_latin else given_names(terms) | well_known(title + "\n" + text)
    found = anchors(article, title + "\n" + text, named, spoken)
    lead = names(document.title, written[:_LEAD_CHARS], is_latin=is_latin) & named
    shingled = shingles.shingles(body)
    packed = shingles.signature(shingled)
    keys, bridge_keys = search_keys(
        found,
        words,
        _title_words(title, script),
        fact_keys(article),
        opening=_opening(title, text, script),
        is_han=script == "han",
    )
    return Fingerprint(
        version=shingles.VERSION,
        text_hash=shingles.text_hash(body),
        signature=packed,
        bands=shingles.bands(packed, body) if body else (),
        anchors=found,
        script=script,
        size=len(shingled),
        length=len(body),
        words=words,
        lead=tuple(sorted(name for name in lead if word_bits(name) >= _LEAD_BITS)),
        keys=keys,
        bridge_keys=bridge_keys,
        sequence=sequence(body, words),
    )


def _script(body: Sequence[str], tag: str) -> Script:
    if shingles.is_cjk(body):
        return "other" if tag == "ja" else "han"
    hangul = sum("\uac00" <= word[0] <= "\ud7af" for word in body)
    return "other" if hangul * 2 > len(body) else "latin"


def _title_words(folded: str, script: Script) -> list[str]:
    """The words of a title in order; Latin names and numbers among Chinese words keep their place."""
    if script != "han":
        return stems(folded)
    return [
        word for part in _TITLE_PART.findall(folded) for word in (stems(part) or dictionary().terms(part) or [part])
    ]


def _opening(title: str, folded: str, script: Script) -> frozenset[str]:
    """The words of the title and of the first sentences."""
    opened = title + "\n" + folded[: _OPENING_CHARS[script]]
    return frozenset(_words(opened, script, dictionary().terms(opened) if script == "han" else []))


def _is_name_like(pair: str) -> bool:
    return len(pair) == _NAME_CHARS and all(frequency(char) < _PARTICLE for char in pair)


def _words(folded: str, script: Script, terms: Sequence[str]) -> tuple[str, ...]:
    """Distinct words, sorted: stems, Chinese dictionary words, katakana words, pairs of kanji, heads of Korean words."""
    if script == "latin":
        found = stem_set(folded)
    elif script == "han":
        found = set(terms)
        # Two single characters in a row are often a name that no dictionary has.
        found |= {one + two for one, two in pairwise(terms) if _is_name_like(one + two)}
    else:
        found = set(_KATAKANA.findall(folded))
        found |= {run[at : at + 2] for run in _KANJI.findall(folded) for at in range(len(run) - 1)}
        # Korean puts particles behind the word: its head is what stays the same.
        found |= {run[:size] for run in _HANGUL.findall(folded) for size in (2, 3) if len(run) >= size}
    return tuple(sorted(found))
