"""Names found in a field before it is decided which of them count."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.document import Mention
from pipeline.folding import fold
from pipeline.stages.players.boundaries import Surroundings
from pipeline.stages.players.decision import SURNAME, VERSION, Context
from pipeline.stages.players.lexicon import Owner
from pipeline.stages.players.masks import find_masks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.facts import Field
    from pipeline.stages.players.lexicon import Lexicon


@dataclass(slots=True, eq=False)
class Candidate:
    """A name found in a field, by folded offsets; `counts` is None until decided."""

    text: FieldText
    start: int
    end: int
    owner: Owner
    counts: bool | None
    why: str


class FieldText:
    """One field of a document with everything that is looked up in it."""

    def __init__(self, field: Field, original: str, lexicon: Lexicon, language: str) -> None:
        self.field = field
        self.original = original
        self.folded = fold(original)
        self.around = Surroundings(original, self.folded, is_german=language == "de")
        self.lexicon = lexicon

    @cached_property
    def context(self) -> Context:
        """The words of context of this field, found when the first doubtful name asks for them."""
        return Context(self.around, self.lexicon)

    def candidates(self) -> list[Candidate]:
        """Names that stand for themselves, outside addresses and outside phrases that only contain them."""
        found: list[Candidate] = []
        phrases: list[tuple[int, int]] = find_masks(self.original)
        for index, start, end in self.lexicon.names.find_matches_as_indexes(self.folded.text, overlapping=True):
            owners = self.lexicon.owners[index]
            if not owners and self.around.stands_alone(start, end, is_sure=True, numbered=False):
                phrases.append(self.folded.span(start, end))
            found.extend(self._owned(start, end, owners))
        found.extend(self._misspelt({one.start for one in found}))
        if not phrases:
            return found
        is_inside = _insides(phrases)
        return [
            one for one in found if not is_inside(self.folded.span(one.start, one.end)) or self._is_listed_person(one)
        ]

    def _is_listed_person(self, one: Candidate) -> bool:
        """Refuse a name in a phrase that is a person: "Kimi Antonelli" tells who "Kimi" is further on."""
        if one.owner.rule and one.owner.rule.doubt.person and self.context.is_person(one.start, one.end):
            one.counts, one.why = False, SURNAME
        return one.counts is False

    def _owned(self, start: int, end: int, owners: Sequence[Owner]) -> Iterable[Candidate]:
        for owner in owners:
            is_sure = owner.rule is None
            numbered = owner.model is not None or (owner.rule is not None and owner.rule.doubt.version)
            if not self.around.stands_alone(start, end, is_sure=is_sure, numbered=numbered):
                continue
            if owner.is_phrase and not self._has_capitals(start, end, owner.name):
                continue
            yield Candidate(self, start, end, owner, True if is_sure else None, "")

    def _misspelt(self, taken: set[int]) -> Iterator[Candidate]:
        """All but names; where a name itself begins ("PinduoduoA group"), the word is glued, not misspelt."""
        if self.folded.starts is None:
            for start, end, name, player in self.lexicon.misspellings.find(self.original):
                if start in taken:
                    continue
                owner = Owner(player=player, model=None, name=name, is_unit=False, rule=None)
                yield Candidate(self, start, end, owner, counts=True, why="misspelt")

    def _has_capitals(self, start: int, end: int, name: str) -> bool:
        """Whether the first word has a capital, and the last where the name's has one: "Robert Walters plc"."""
        original_start, original_end = self.folded.span(start, end)
        words = self.original[original_start:original_end].split()
        return words[0][:1].isupper() and (not words[-1][:1].islower() or name.rsplit(maxsplit=1)[-1][:1].islower())

    def mention(self, one: Candidate, reason: str) -> Mention:
        """The mention of a candidate in the original; a model's takes its version number along."""
        end = one.end
        if one.counts and one.owner.model and (version := VERSION.match(self.folded.text, end)):
            end = version.end()
        start, end = self.folded.span(one.start, end)
        return Mention(text=self.original[start:end], field=self.field, start=start, end=end, reason=reason)


def _insides(phrases: list[tuple[int, int]]) -> Callable[[tuple[int, int]], bool]:
    """A test whether a span lies inside one of the phrases; logarithmic in their number."""
    phrases.sort()
    starts = [start for start, _ in phrases]
    furthest = list(accumulate((end for _, end in phrases), max))

    def is_inside(span: tuple[int, int]) -> bool:
        before = bisect_right(starts, span[0])
        return before > 0 and furthest[before - 1] >= span[1]

    return is_inside
