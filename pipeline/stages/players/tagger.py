"""Finds players and models in a document: one pass over the folded text, then a decision for each doubtful name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from pipeline.document import Mention, ModelTag, PlayerTag
from pipeline.folding import fold
from pipeline.stages.players.boundaries import Surroundings
from pipeline.stages.players.decision import VERSION, Context, decide
from pipeline.stages.players.lexicon import Owner
from pipeline.stages.players.masks import find_masks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.document import Document, Field
    from pipeline.stages.players.lexicon import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A name that was found and does not count, with the reason; `player` is whom it would have named."""

    player: str
    mention: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """What a document names, and which names in it were taken for something else."""

    players: tuple[PlayerTag, ...]
    models: tuple[ModelTag, ...]
    refused: tuple[Refusal, ...]


@dataclass(slots=True, eq=False)
class _Candidate:
    """A name found in a field, by folded offsets; `counts` is None until decided."""

    text: _FieldText
    start: int
    end: int
    owner: Owner
    counts: bool | None
    why: str


class _FieldText:
    """One field of a document with everything that is looked up in it."""

    def __init__(self, field: Field, original: str, lexicon: Lexicon, language: str) -> None:
        self.field = field
        self.original = original
        self.folded = fold(original)
        self.around = Surroundings(original, self.folded, is_german=language == "de")
        self.lexicon = lexicon

    @cached_property
    def context(self) -> Context:
        return Context(self.around, self.lexicon)

    def candidates(self) -> list[_Candidate]:
        """Names that stand for themselves, outside addresses and outside phrases that only contain them."""
        found: list[_Candidate] = []
        phrases: list[tuple[int, int]] = find_masks(self.original)
        for index, start, end in self.lexicon.names.find_matches_as_indexes(self.folded.text, overlapping=True):
            owners = self.lexicon.owners[index]
            if not owners and self.around.stands_alone(start, end, is_sure=True, numbered=False):
                phrases.append(self.folded.span(start, end))
            found.extend(self._owned(start, end, owners))
        found.extend(self._misspelt({one.start for one in found}))
        if phrases:
            found = [one for one in found if not _is_inside(self.folded.span(one.start, one.end), phrases)]
        return found

    def _owned(self, start: int, end: int, owners: Sequence[Owner]) -> Iterable[_Candidate]:
        for owner in owners:
            is_sure = owner.rule is None
            numbered = owner.model is not None or (owner.rule is not None and owner.rule.doubt.version)
            if not self.around.stands_alone(start, end, is_sure=is_sure, numbered=numbered):
                continue
            if owner.is_phrase and not self._has_capitals(start, end):
                continue
            yield _Candidate(self, start, end, owner, True if is_sure else None, "")

    def _misspelt(self, taken: set[int]) -> Iterator[_Candidate]:
        """All but names; where a name itself begins ("PinduoduoA group"), the word is glued, not misspelt."""
        if self.folded.starts is None:
            for start, end, name, player in self.lexicon.misspellings.find(self.original):
                if start in taken:
                    continue
                owner = Owner(player=player, model=None, name=name, is_unit=False, rule=None)
                yield _Candidate(self, start, end, owner, counts=True, why="misspelt")

    def _has_capitals(self, start: int, end: int) -> bool:
        original_start, original_end = self.folded.span(start, end)
        words = self.original[original_start:original_end].split()
        return words[0][:1].isupper() and not words[-1][:1].islower()

    def mention(self, one: _Candidate, reason: str) -> Mention:
        """The mention of a candidate in the original; a model's takes its version number along."""
        end = one.end
        if one.counts and one.owner.model and (version := VERSION.match(self.folded.text, end)):
            end = version.end()
        start, end = self.folded.span(one.start, end)
        return Mention(text=self.original[start:end], field=self.field, start=start, end=end, reason=reason)


def _is_inside(span: tuple[int, int], phrases: Iterable[tuple[int, int]]) -> bool:
    start, end = span
    return any(low <= start and end <= high for low, high in phrases)


def tag_document(document: Document, lexicon: Lexicon, language: str = "und") -> Tagging:
    """All players and models a document names, in the order of their first mention."""
    fields = [
        _FieldText(cast("Field", name), text, lexicon, language)
        for name, text in (("title", document.title), ("text", document.text))
        if text
    ]
    found = [one for field in fields for one in field.candidates()]
    _decide_all(found)
    counted = _longest([one for one in found if one.counts])
    return _gather(counted, [one for one in found if not one.counts])


def _decide_all(found: list[_Candidate]) -> None:
    """Decide the doubtful ones: by their surroundings first, then by what else the document names."""
    open_ones: list[_Candidate] = []
    for one in found:
        if one.counts is None and one.owner.rule:
            one.counts, one.why = decide(one.text.context, one.start, one.end, one.owner.rule)
            if one.counts is None and one.owner.rule.doubt.default:
                one.counts, one.why = True, "nothing near it speaks against the name"
            elif one.counts is None:
                open_ones.append(one)
    # Twice: a name that counts by its maker may speak for another of the same maker.
    for _ in range(2):
        if open_ones:
            named: dict[str, list[_Candidate]] = {}
            for one in found:
                if one.counts:
                    named.setdefault(one.owner.player.id, []).append(one)
            for one in open_ones:
                one.counts, one.why = _decide_by_maker(one, named.get(one.owner.player.id, ()))
            open_ones = [one for one in open_ones if one.counts is None]


def _decide_by_maker(one: _Candidate, named: Sequence[_Candidate]) -> tuple[bool | None, str]:
    """Whether a name counts because the document names its player, which `named` shows."""
    maker = one.owner.rule.doubt.maker if one.owner.rule else "never"
    if maker == "never" or not named:
        return None, one.why
    if maker == "anywhere":
        return True, f"the text names {one.owner.player.name}"
    if any(other.owner.name == one.owner.name for other in named):
        return True, "the same name counts elsewhere in the text"
    low, high = one.text.context.window(one.start, one.end)
    if any(other.text is one.text and low <= other.start < high for other in named):
        return True, f"{one.owner.player.name} is named near it"
    return None, one.why


def _longest(counted: list[_Candidate]) -> list[_Candidate]:
    """Leftmost and longest first; a name inside a longer one is dropped, and one stretch stands for one player."""
    counted.sort(key=lambda one: (one.text.field == "text", one.start, -one.end))
    kept: list[_Candidate] = []
    for one in counted:
        last = kept[-1] if kept else None
        if last and last.text is one.text and one.start < last.end:
            same = (one.start, one.end) == (last.start, last.end)
            if not (same and one.owner.player is last.owner.player and one.owner.model is not last.owner.model):
                continue
        kept.append(one)
    return kept


def _gather(counted: Iterable[_Candidate], others: Iterable[_Candidate]) -> Tagging:
    players: dict[str, tuple[Owner, list[Mention]]] = {}
    models: dict[str, tuple[Owner, list[Mention]]] = {}
    for one in counted:
        mention = one.text.mention(one, _reason(one))
        mentions = players.setdefault(one.owner.player.id, (one.owner, []))[1]
        if not mentions or (mentions[-1].field, mentions[-1].start) != (mention.field, mention.start):
            mentions.append(mention)
        if one.owner.model:
            models.setdefault(one.owner.model.id, (one.owner, []))[1].append(mention)
    return Tagging(
        players=tuple(
            PlayerTag(id=player, name=owner.player.name, mentions=tuple(mentions))
            for player, (owner, mentions) in players.items()
        ),
        models=tuple(
            ModelTag(id=model, player=owner.player.id, mentions=tuple(mentions))
            for model, (owner, mentions) in models.items()
        ),
        refused=tuple(
            Refusal(player=one.owner.player.id, mention=one.text.mention(one, _reason(one))) for one in others
        ),
    )


def _reason(one: _Candidate) -> str:
    """Why a name counts or not, in words for people."""
    owner = one.owner
    if owner.model:
        what = f"{owner.model.name}, a model of {owner.player.name}"
    else:
        what = f"{'unit' if owner.is_unit else 'name'} of {owner.player.name}"
    if not owner.rule:
        return f"{one.why} {what}".strip()
    return f"{what}; may mean {owner.rule.doubt.means}; {'counts' if one.counts else 'does not count'}: {one.why}"
