"""Whether two texts of one script are copies: the same text, or one with cuts, wraps and some words changed.

Jaccard alone cannot tell a revision from the next of a templated series (deal lists, earnings notes, case studies): both
lie between .45 and .85. What tells them is *which* words differ: a copy keeps the names, numbers and rare words of the
shorter text, a template changes just these. So the shingles say that the wording is shared, and the rare words and
anchors must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack
from typing import TYPE_CHECKING

from pipeline.knowledge.words import frequency

if TYPE_CHECKING:
    from pipeline.document import Fingerprint
    from pipeline.memory import Trace

PERMUTATIONS = 128
# A text of fewer tokens is a headline or a stub; stubs of one site are all alike, so the titles must agree too.
_STUB_TOKENS = 24
# Wording: the share of the shorter text's shingles found in the longer. Rewording one word in twenty leaves .85 of
# three-word shingles; the estimate itself errs by .04 to .08.
_LEAST_CONTAINMENT = 0.52
# Below this Jaccard the estimate of containment has no footing.
_LEAST_JACCARD = 0.12
_LEAST_RARE, _LEAST_SPECIFIC = 0.8, 0.75
# A text that was reworded all over has new rare words, but its wording is all there.
_REWORDED_CONTAINMENT, _LEAST_RARE_REWORDED = 0.68, 0.6
_RARE = 3e-5  # rarer words are specific to the event more often than not


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """Resemblance and containment of the shingles, and what share of the shorter text's rare words and anchors the longer has."""

    is_same_text: bool
    are_titles_alike: bool
    jaccard: float
    containment: float
    rare: float
    specific: float

    @property
    def is_copy(self) -> bool:
        """Whether one is a copy of the other."""
        return self.is_same_text or (
            self.jaccard >= _LEAST_JACCARD
            and self.containment >= _LEAST_CONTAINMENT
            and self.rare >= (_LEAST_RARE_REWORDED if self.containment >= _REWORDED_CONTAINMENT else _LEAST_RARE)
            and self.specific >= _LEAST_SPECIFIC
        )

    @property
    def score(self) -> float:
        """1 for the same text, else the share of the shorter text's wording that the longer has."""
        return 1.0 if self.is_same_text else self.containment


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
    alike = title_key(one.title) == title_key(other.title)
    is_stub = short.length < _STUB_TOKENS
    resemblance = jaccard(short, long)
    overlap = resemblance / (1 + resemblance) * (short.size + long.size)
    return CopyEvidence(
        is_same_text=short.text_hash == long.text_hash and short.length > 0 and (not is_stub or alike),
        are_titles_alike=alike,
        jaccard=0.0 if is_stub else resemblance,
        containment=min(1.0, overlap / max(1, min(short.size, long.size))),
        rare=_share({word for word in short.words if frequency(word) < _RARE}, set(long.words)),
        specific=_share(_specific(short), _specific(long)),
    )


def may_be_copies(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two fingerprints share their text or a band: what copies are looked for by, and cheap to ask."""
    return one.text_hash == other.text_hash or not set(one.bands).isdisjoint(other.bands)


def title_key(title: str) -> str:
    """A title without case, spaces and punctuation."""
    return "".join(char for char in title.casefold() if char.isalnum())


def _specific(fingerprint: Fingerprint) -> set[str]:
    return {anchor for anchor in fingerprint.anchors if anchor.startswith(("number:", "player:", "model:", "latin:"))}


def _share(part: set[str], whole: set[str]) -> float:
    """Share of the part that the whole has; a few words missing from a small part weigh less."""
    return (len(part & whole) + 1) / (len(part) + 1)
