"""A sentence with amounts: the words that decide what they are, and how near they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import local
from pipeline.stages.hiring.currency_sharing import LISTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.knowledge.pay import Cue, PayWords
    from pipeline.stages.hiring.amounts import Amount

FAR = 10_000.0
_LONG = 250  # nobody refers further than this
SHORT = 60  # characters of a sentence that only continues the one before
STRUCTURE = re.compile(r"[,,、;;:—]|\s-\s")
EQUITY = re.compile(
    r"stock|equity|shares|rsus?\b|options|期权|股票|股权|股份|ストックオプション|株式|스톡옵션|주식|aktien|actions|acciones"
)
BONUS = re.compile(
    r"bonus|signing|sign-on|\bprimes?\b|\bbonos?\b|\bprimas?\b|prämie|antrittsgeld|handgeld|奖金|签约|签字费|ボーナス|契約金|一時金|보너스|계약금"
)
_NAMED_IN_LIST = re.compile(r"[、;,]\s?(?=[^\d]*[\u3040-\u9fff\uac00-\ud7af])[^\d,、;。:]{2,14}")
PERIODS = {"year", "month", "day", "hour", "total", "base", "none"}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a word may stand from its amount, in characters: Chinese says in ten what English says in thirty."""

    word: float
    clause: float  # added for each comma or dash between
    other: float  # added where another amount stands between
    period: float
    beside: float  # what is said of the amount itself


REACH = {True: Reach(45, 8, 6, 42, 5), False: Reach(110, 18, 25, 60, 16)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A sentence with its amounts and the words that decide, found once."""

    text: str
    language: str
    words: PayWords
    reach: Reach
    amounts: Sequence[Amount]
    cues: Sequence[Cue]
    listed: dict[int, tuple[int, int]]  # by the core of each amount: the span of the list it stands in

    def span(self, amount: Amount) -> tuple[int, int]:
        """Where the amount, or the list of amounts it belongs to, begins and ends: what is said of one is said of all."""
        return self.listed[amount.core]

    def of(self, kind: str) -> list[Cue]:
        """The cues of one kind."""
        return [cue for cue in self.cues if cue.kind == kind]

    @property
    def home(self) -> str | None:
        """The currency of a bare figure beside a word for pay."""
        return local(self.words.bare, self.language)

    @property
    def is_short(self) -> bool:
        """Whether the sentence is short enough to only continue the one before."""
        return len(self.text) <= SHORT

    @property
    def times(self) -> list[Cue]:
        """The cues of periods."""
        return [cue for cue in self.cues if cue.kind in PERIODS]


def lists_of(text: str, amounts: list[Amount], cues: Sequence[Cue]) -> dict[int, tuple[int, int]]:
    """By the core of each amount, the span of the list it stands in (its own where it stands alone).

    Also a list of things with their amounts is one: 数据科学家122万元、算法工程师88万元.
    """
    spans: dict[int, tuple[int, int]] = {}
    group: list[Amount] = []
    for amount in [*amounts, None]:
        if amount and (not group or _in_one_list(text, group[-1], amount, cues)):
            group.append(amount)
            continue
        spans |= {one.core: (group[0].start, group[-1].end) for one in group}
        group = [amount] if amount else []
    return spans


def _in_one_list(text: str, left: Amount, right: Amount, cues: Sequence[Cue]) -> bool:
    if LISTED.fullmatch(text, left.end, right.start):
        return True
    return (
        left.currency == right.currency
        and bool(_NAMED_IN_LIST.fullmatch(text, left.end, right.start))
        and not any(left.end <= cue.start < right.start for cue in cues)
    )


def nearest(amount: Amount, context: Context, cues: Iterable[Cue]) -> float:
    """Distance to the nearest cue, with clause breaks and other amounts between counted on top."""
    best = FAR
    first, last = context.span(amount)
    for cue in cues:
        low, high = (cue.end, first) if cue.start < amount.start else (last, cue.start)
        if high - low >= min(best, _LONG):
            continue
        best = min(best, max(0, high - low) + _penalty(context, low, high))
    return best


def _penalty(context: Context, low: int, high: int) -> float:
    """What clause breaks and other amounts between two places count on top of the distance."""
    if low >= high:
        return 0.0
    crossed = sum(low <= other.core < high and not other.is_vague for other in context.amounts)
    return context.reach.clause * len(STRUCTURE.findall(context.text, low, high)) + context.reach.other * crossed
