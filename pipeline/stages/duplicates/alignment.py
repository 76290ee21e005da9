"""Two texts laid beside each other: what of the shorter is in the longer, in runs, and what stands in the gaps.

A copy has long runs; where its words differ, few of them are names or numbers. A template has runs too, but in its gaps
stand other names and numbers. A frame around a copy is at the ends, where the other text has nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from struct import unpack

from pipeline.sequence import NUMBER, SPECIFIC

_SHINGLE = 3
# Of unrelated long texts the many shared phrases of three words need no ordering; a copy has fewer and longer runs.
_MOST_RUNS = 120
# What begins or ends a text with so few tokens on the shorter side is a slot of a template; more is another text.
_SLOT_TOKENS = 12
# A text that was cut off ends in part of a word.
_LEAST_TAIL = 2
_PRIOR = 2  # as if there were two more specific tokens: one of three exchanged is no proof

Run = tuple[int, int, int]  # where in the shorter, where in the longer, how many tokens


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a pair of texts has in common and what stands where they differ.

    `cover`: share of the shorter text that the longer has in runs; `longest` run in tokens; of the `specific` tokens of the
    shorter `kept` stand in runs, `changed` ones have another in their place, and so for numbers; `head`, `inner` and
    `widest` are shares of the shorter text: what is other at the beginning, in all gaps between runs, and in the widest
    if that is no slot.
    """

    cover: float
    longest: int
    specific: int
    kept: int
    changed: int
    numbers_kept: int
    numbers_changed: int
    head: float
    inner: float
    widest: float

    @property
    def changed_share(self) -> float:
        """Of the specific tokens that have a counterpart, the share that is another one; of few, it weighs less."""
        return self.changed / (self.kept + self.changed + _PRIOR)

    @property
    def kept_share(self) -> float:
        """Of the shorter text's specific tokens, the share that stands in runs; of few, it weighs less."""
        return self.kept / (self.specific + _PRIOR)


@lru_cache(maxsize=256)
def _laid_out(packed: bytes) -> tuple[tuple[int, ...], list[int], dict[int, int]]:
    """Tokens, shingles in order, and the first place of each shingle."""
    tokens = unpack(f"<{len(packed) // 2}H", packed)
    shingled = [
        (one << 32) | (two << 16) | three for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False)
    ]
    places: dict[int, int] = {}
    for at, shingle in enumerate(shingled):
        places.setdefault(shingle, at)
    return tokens, shingled, places


def share_wording(one: bytes, other: bytes, least: float) -> bool:
    """Whether the longer text has at least this share of the shorter one's shingles: cheap to ask."""
    (_, _, here), (_, _, there) = _laid_out(one), _laid_out(other)
    return len(here.keys() & there.keys()) >= least * max(1, min(len(here), len(there)))


def align(short: bytes, long: bytes) -> Alignment:
    """Lay two texts beside each other; the shorter first."""
    tokens, _, _ = _laid_out(short)
    other, _, _ = _laid_out(long)
    runs = _in_order(_runs(short, long))
    if not runs:
        return Alignment(0.0, 0, 0, 0, 0, 0, 0, 1.0, 0.0, 0.0)
    size = len(tokens)
    matched = sum(run[2] for run in runs)
    in_runs = [token for at, _, count in runs for token in tokens[at : at + count] if token >= SPECIFIC]
    gaps = [
        (tokens[at + count : following], other[there + count : following_there])
        for (at, there, count), (following, following_there, _) in pairwise(runs)
    ]
    widths = [min(map(len, gap)) for gap in gaps]
    first, last = runs[0], runs[-1]
    head = (tokens[: first[0]], other[: first[1]])
    tail = (tokens[last[0] + last[2] :], other[last[1] + last[2] :])
    gaps += [head] if min(map(len, head)) <= _SLOT_TOKENS else []
    gaps += [tail] if _LEAST_TAIL <= min(map(len, tail)) <= _SLOT_TOKENS else []
    return Alignment(
        cover=matched / size,
        longest=max(run[2] for run in runs),
        specific=sum(token >= SPECIFIC for token in tokens),
        kept=len(in_runs),
        changed=sum(_exchanged(*gap, SPECIFIC) for gap in gaps),
        numbers_kept=sum(token & NUMBER > 0 for token in in_runs),
        numbers_changed=sum(_exchanged(*gap, NUMBER) for gap in gaps),
        head=min(map(len, head)) / size,
        inner=sum(widths) / size,
        widest=max((width for width in widths if width > _SLOT_TOKENS), default=0) / size,
    )


def _exchanged(gap: tuple[int, ...], other: tuple[int, ...], kind: int) -> int:
    """How many tokens of a kind have another of it in their place."""
    here, there = ({token for token in each if token & kind} for each in (gap, other))
    return min(len(here - there), len(there - here))


def _runs(short: bytes, long: bytes) -> list[Run]:
    """Runs of equal tokens, in the order of the longer text; each goes as far as it can."""
    tokens, shingled, places = _laid_out(short)
    other, other_shingled, _ = _laid_out(long)
    found: list[Run] = []
    at, expected = 0, -1
    while at < len(other_shingled):
        shingle = other_shingled[at]
        # A phrase that the text has twice is taken where the run before leads to.
        if 0 <= expected < len(shingled) and shingled[expected] == shingle:
            place: int | None = expected
        else:
            place = places.get(shingle)
        if place is None:
            at, expected = at + 1, expected + 1 if expected >= 0 else -1
            continue
        count = _SHINGLE
        while place + count < len(tokens) and at + count < len(other) and tokens[place + count] == other[at + count]:
            count += 1
        found.append((place, at, count))
        at, expected = at + count, place + count
    return found


def _in_order(runs: list[Run]) -> list[Run]:
    """The heaviest chain of runs that stand in the same order in both texts and do not overlap."""
    if len(runs) > _MOST_RUNS:
        longest = sorted(runs, key=lambda run: (-run[2], run[1]))[:_MOST_RUNS]
        runs = sorted(longest, key=lambda run: run[1])
    best: list[tuple[int, int]] = []  # weight of the heaviest chain that ends with a run, and its last but one
    for index, (place, _, count) in enumerate(runs):
        weight, before = 0, -1
        for earlier in range(index):
            if runs[earlier][0] + runs[earlier][2] <= place and best[earlier][0] > weight:
                weight, before = best[earlier][0], earlier
        best.append((weight + count, before))
    chain: list[Run] = []
    at = max(range(len(best)), key=lambda index: (best[index][0], -index), default=-1)
    while at >= 0:
        chain.append(runs[at])
        at = best[at][1]
    return chain[::-1]
