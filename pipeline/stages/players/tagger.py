"""Finds players and models in a document: one pass over the folded text, then a decision for each doubtful name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pipeline.document import ModelTag, PlayerTag
from pipeline.stages.players.candidates import FieldText
from pipeline.stages.players.resolution import decide_all, longest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.document import Document, Mention
    from pipeline.facts import Field
    from pipeline.stages.players.candidates import Candidate
    from pipeline.stages.players.lexicon import Lexicon, Owner


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


def tag_document(document: Document, lexicon: Lexicon, language: str = "und") -> Tagging:
    """All players and models a document names, in the order of their first mention."""
    fields = [
        FieldText(cast("Field", name), text, lexicon, language)
        for name, text in (("title", document.title), ("text", document.text))
        if text
    ]
    found = [one for field in fields for one in field.candidates()]
    decide_all(found)
    counted = longest([one for one in found if one.counts])
    return _gather(counted, [one for one in found if not one.counts])


def _gather(counted: Iterable[Candidate], others: Iterable[Candidate]) -> Tagging:
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


def _reason(one: Candidate) -> str:
    """Why a name counts or not, in words for people."""
    owner = one.owner
    if owner.model:
        what = f"{owner.model.name}, a model of {owner.player.name}"
    else:
        what = f"{'unit' if owner.is_unit else 'name'} of {owner.player.name}"
    if not owner.rule:
        return f"{one.why} {what}".strip()
    return f"{what}; may mean {owner.rule.doubt.means}; {'counts' if one.counts else 'does not count'}: {one.why}"
