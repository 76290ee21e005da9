"""Whether two texts of one script are copies: the same text, or one with cuts, wraps and some words changed.

Jaccard alone cannot tell a revision from the next of a templated series (deal lists, earnings notes, case studies): both
lie between .45 and .85. What tells them is *which* words differ: a copy keeps the names, numbers and rare words, a
template changes just these. So both texts are laid beside each other, and what stands in the gaps is looked at. Title,
outlet and slug move the bars: another outlet under the same headline syndicates, one outlet under two headlines has a
series. Of what is longer than the kept row of tokens, MinHash tells the wording, and rare words and anchors the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from struct import unpack
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.knowledge.words import frequency, number_bits, word_bits
from pipeline.sequence import MOST_TOKENS, RARE
from pipeline.stages.duplicates.alignment import align, share_wording

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.document import Fingerprint
    from pipeline.memory import Trace
    from pipeline.stages.duplicates.alignment import Alignment

PERMUTATIONS = 128
# A text of fewer tokens is a headline or a stub. Stubs of one site are all alike: the words must be nearly all the same,
# among them two specific ones, and none exchanged.
_STUB_TOKENS, _LEAST_STUB_TOKENS, _LEAST_STUB_KEPT, _LEAST_STUB_COVER = 24, 10, 2, 0.7
# The bars, by what title, outlet and slug say: against a copy, nothing, for it. Rewording one word in twenty exchanges up
# to .1 of the specific words; the next of a series exchanges .3 and more.
_LEAST_COVER, _MOST_CHANGED = (0.7, 0.55, 0.5), (0.12, 0.2, 0.28)
# No revision exchanges so many of its numbers; each text of a series does.
_LEAST_OTHER_NUMBERS, _OTHER_NUMBERS_SHARE = 3, 0.4
_EXCHANGED_PLAYERS = 2
# What a part must share besides its wording: a rare name, or two players, or a player and a number.
_LEAST_ANCHOR_BITS, _TAG_BITS = 8.0, 4.0
# Other words between the same ones: rewording gives up to .15, two texts in one frame .3 and more.
_MOST_INNER, _WIDEST = 0.25, 0.15
# What has all the words under other leading names is a copy with another headline and head.
_UNCHANGED_COVER = 0.9
# A smaller part must have its share of what is specific and not only be the end of both: else it is a lead or a notice
# that many texts have.
_MOSTLY, _LEAST_KEPT_SHARE, _MOST_HEAD = 0.75, 0.3, 0.3
# A teaser in another outlet's frame has this share of the original, from its beginning and in one piece.
_TEASER_COVER, _TEASER_RUN, _TEASER_HEAD, _TEASER_INNER, _TEASER_CHANGED = 0.38, 12, 0.08, 0.12, 0.1
# Long texts: the share of the shorter one's shingles found in the longer; the estimate errs by .04 to .08, and below a
# Jaccard of .12 it has no footing.
_LEAST_CONTAINMENT, _LEAST_JACCARD = 0.52, 0.12
_LEAST_RARE, _LEAST_SPECIFIC = 0.8, 0.75
# A text that was reworded all over has new rare words, but its wording is all there.
_REWORDED_CONTAINMENT, _LEAST_RARE_REWORDED = 0.68, 0.6
_LEAST_SLUG_WORDS, _LEAST_TITLE_CHARS = 3, 8
# Bands seldom miss longer texts; of a shorter one a teaser in a frame, reworded, has this share of its shingles.
_SHORT, _LEAST_SHARED = 200, 0.25
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """What speaks for and against a copy.

    Both texts laid beside each other; resemblance and containment of their shingles; what share of the shorter text's rare
    words and anchors the longer has; which way title, outlet and slug lean (-1 against a copy, 1 for it).
    """

    is_same_text: bool
    alignment: Alignment
    length: int  # of the shorter, in tokens
    is_long: bool
    leaning: int
    are_strangers: bool  # each is led by names that the other has not
    players_changed: bool  # each names players that the other has not, and not one of many
    is_anchored: bool  # a name or numbers are shared that few texts have
    jaccard: float
    containment: float
    rare: float
    specific: float

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other."""
        if self.is_same_text:
            return True
        if self.players_changed or self._has_other_numbers or (self.are_strangers and not self._is_unchanged):
            return False
        return self._is_laid_over or self._is_teaser or (self.is_long and self._is_contained)

    @property
    def _is_unchanged(self) -> bool:
        return self.alignment.cover >= _UNCHANGED_COVER and self.alignment.changed_share <= _TEASER_CHANGED

    @property
    def _has_other_numbers(self) -> bool:
        laid = self.alignment
        least = _OTHER_NUMBERS_SHARE * (laid.numbers_kept + laid.numbers_changed)
        return laid.numbers_changed >= max(_LEAST_OTHER_NUMBERS, least)

    @property
    def _is_laid_over(self) -> bool:
        laid = self.alignment
        if self.length < _STUB_TOKENS:
            is_whole = laid.cover >= _UNCHANGED_COVER and laid.kept > 0
            is_most = laid.cover >= _LEAST_STUB_COVER and laid.kept >= _LEAST_STUB_KEPT
            return self.length >= _LEAST_STUB_TOKENS and not laid.changed and (is_whole or is_most)
        bar = self.leaning + 1
        return (
            laid.cover >= _LEAST_COVER[bar]
            and laid.changed_share <= _MOST_CHANGED[bar]
            and laid.inner <= _MOST_INNER
            and laid.widest <= _WIDEST
            and (laid.cover >= _MOSTLY or self._is_a_part)
        )

    @property
    def _is_a_part(self) -> bool:
        laid = self.alignment
        return self.is_anchored and laid.kept_share >= _LEAST_KEPT_SHARE and laid.head <= _MOST_HEAD

    @property
    def _is_teaser(self) -> bool:
        laid = self.alignment
        return (
            self.leaning >= 0
            and (self.is_anchored or self.leaning > 0)
            and laid.cover >= _TEASER_COVER
            and laid.longest >= _TEASER_RUN
            and laid.head <= _TEASER_HEAD
            and laid.inner <= _TEASER_INNER
            and laid.changed_share <= _TEASER_CHANGED
            and laid.kept >= _LEAST_STUB_KEPT
            and laid.kept_share >= _LEAST_KEPT_SHARE
        )

    @property
    def _is_contained(self) -> bool:
        return (
            self.jaccard >= _LEAST_JACCARD
            and self.containment >= _LEAST_CONTAINMENT
            and self.rare >= (_LEAST_RARE_REWORDED if self.containment >= _REWORDED_CONTAINMENT else _LEAST_RARE)
            and self.specific >= _LEAST_SPECIFIC
        )

    @property
    def score(self) -> float:
        """1 for the same text, else the share of the shorter text's wording that the longer has."""
        if self.is_same_text:
            return 1.0
        return max(self.alignment.cover, self.containment) if self.is_long else self.alignment.cover


def jaccard(one: Fingerprint, other: Fingerprint) -> float:
    """Estimated resemblance of two sets of shingles (standard error .04); 0 for signatures of different versions."""
    if one.version != other.version or not one.size or not other.size:
        return 0.0
    pairs = zip(unpack(f"<{PERMUTATIONS}I", one.signature), unpack(f"<{PERMUTATIONS}I", other.signature), strict=True)
    equal: int = sum(here == there for here, there in pairs)
    return equal / PERMUTATIONS


def copy_evidence(one: Trace, other: Trace) -> CopyEvidence:
    """Compare two traces of one script."""
    short, long = sorted((one.fingerprint, other.fingerprint), key=lambda each: (each.length, each.text_hash))
    is_stub = short.length < _STUB_TOKENS
    resemblance = jaccard(short, long)
    overlap = resemblance / (1 + resemblance) * (short.size + long.size)
    return CopyEvidence(
        is_same_text=short.text_hash == long.text_hash
        and short.length > 0
        and (not is_stub or title_key(one.title) == title_key(other.title)),
        alignment=align(short.sequence, long.sequence),
        length=short.length,
        is_long=long.length > MOST_TOKENS,
        leaning=leaning(one, other),
        are_strangers=_lacks(one.fingerprint.lead, other) and _lacks(other.fingerprint.lead, one),
        players_changed=_are_exchanged(one.players, other.players),
        is_anchored=sum(map(_bits, _specific(short) & _specific(long))) >= _LEAST_ANCHOR_BITS,
        jaccard=0.0 if is_stub else resemblance,
        containment=min(1.0, overlap / max(1, min(short.size, long.size))),
        rare=_share({word for word in short.words if frequency(word) < RARE}, set(long.words)),
        specific=_share(_specific(short), _specific(long)),
    )


def may_be_copies(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two fingerprints share their text, a band or much wording: what copies are looked for by, and cheap to ask."""
    return (
        one.text_hash == other.text_hash
        or not set(one.bands).isdisjoint(other.bands)
        or (min(one.length, other.length) <= _SHORT and share_wording(one.sequence, other.sequence, _LEAST_SHARED))
    )


def leaning(one: Trace, other: Trace) -> int:
    """Which way title, outlet and slug lean: -1 against a copy, 1 for one, 0 where they say nothing."""
    titles = title_key(one.title), title_key(other.title)
    slugs = slug_words(one.url), slug_words(other.url)
    is_one_title = titles[0] == titles[1] and len(titles[0]) >= _LEAST_TITLE_CHARS
    is_one_slug = slugs[0] == slugs[1] and len(slugs[0]) >= _LEAST_SLUG_WORDS
    if one.family != other.family:
        return int(is_one_title or is_one_slug)
    return -1 if all(titles) and titles[0] != titles[1] and not is_one_slug else 0


@lru_cache(maxsize=512)
def slug_words(url: str) -> tuple[str, ...]:
    """The words of the last part of an address that has some; no numbers, which are ids and days."""
    parts = unquote(urlsplit(url).path).casefold().rsplit(".", 1)[0].split("/")
    return next((tuple(words) for part in reversed(parts) if (words := _SLUG_WORD.findall(part))), ())


def title_key(title: str) -> str:
    """A title without case, spaces and punctuation."""
    return "".join(char for char in title.casefold() if char.isalnum())


def _lacks(names: tuple[str, ...], other: Trace) -> bool:
    """Whether there are names and the other article has none of them."""
    if not names:
        return False
    known = {anchor.partition(":")[2] for anchor in other.fingerprint.anchors}.union(other.fingerprint.words)
    return known.isdisjoint(names)


def _are_exchanged(players: Collection[str], others: Collection[str]) -> bool:
    """Whether one's players stand in place of the other's; a frame adds some and a cut loses some, but seldom both."""
    here, there = set(players) - set(others), set(others) - set(players)
    least = min(len(here), len(there))
    return least >= _EXCHANGED_PLAYERS or (least > 0 and set(players).isdisjoint(others))


def _specific(fingerprint: Fingerprint) -> set[str]:
    return {anchor for anchor in fingerprint.anchors if anchor.startswith(("number:", "player:", "model:", "latin:"))}


def _bits(anchor: str) -> float:
    kind, _, value = anchor.partition(":")
    if kind == "number":
        return number_bits(value)
    return word_bits(value) if kind == "latin" else _TAG_BITS


def _share(part: set[str], whole: set[str]) -> float:
    """Share of the part that the whole has; a few words missing from a small part weigh less."""
    return (len(part & whole) + 1) / (len(part) + 1)
