"""Who does it: the subject of one act in one sentence, by particles, order of words and what stands around the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.hiring.standing import is_given_to, is_object, is_origin, is_told_passively, only_says
from pipeline.stages.hiring.tellings import TOLD_AS_PAST
from pipeline.stages.hiring.wordings import (
    AT,
    CHIEF_ACTS_JA,
    CHIEF_AFTER,
    FOR_EXAMPLE,
    GIVEN_TO_STAFF,
    LEADING_MARK,
    LIST_GAP,
    LIST_ONLY,
    OBLIQUE_PARTICLE,
    OF_THIS,
    OFFERS_IT,
    OWN_HUNT,
    POSSESSIVE,
    REPLACES,
    STAFF_OF,
    SUBJECT_PARTICLE,
    SUBORDINATE_DE,
    WORKPLACE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene

SOV = {"ja", "ko"}
NEAR_LATIN = 50  # characters between a verb and the place of work behind it
_OWN_STAFF = {
    "pay",
    "retain",
    "freeze",
    "market",
    "recruit",
    "team",
}  # "OpenAI researchers earn …" makes OpenAI the payer
_BEHIND = 6  # characters between pay and the payer in "the salaries that Meta is offering"
_BY_CHIEFS = {"poach", "pay", "acquihire"}
_RIVALRY = {"market", "pay", "poach", "recruit", "retain"}  # "firms such as X and Y compete": each of them


def subject_of(hit: Hit, scene: Scene, base: str) -> Named | None:
    """The player that does it, as grammar and order of words say."""
    text = scene.sentence.folded
    owner = next((p for p in scene.players if p.end <= hit.start and OWN_HUNT.fullmatch(text, p.end, hit.start)), None)
    if owner and not owner.by_model:
        return owner
    before = _actors(hit, scene)
    if base in SOV and hit.phrase.language == base:
        if OF_THIS.search(text[max(0, hit.start - 4) : hit.start]):
            return None
        if marked := _marked(before, scene):
            return marked
        before = [p for p in before if not OBLIQUE_PARTICLE.match(text, _end_of_list(p, scene))]
    if base == "de" and (first := next((p for p in before if _opens_clause_de(p, scene)), None)):
        return first
    speaks = hit.phrase.act in _BY_CHIEFS
    free = [p for p in before if not is_object(scene, p) or (speaks and CHIEF_AFTER.match(text, p.end))]
    if free:
        return next((p for p in reversed(free) if not POSSESSIVE.match(text, p.end)), free[-1])
    return _of_own_staff(hit, scene, before)


def _end_of_list(player: Named, scene: Scene) -> int:
    """Where the list ends that the player stands in: its last name bears the particle of all."""
    end = player.end
    for other in scene.players:
        if other.start >= end and LIST_GAP.match(scene.sentence.folded[end : other.start]):
            end = other.end
    return end


def _opens_clause_de(player: Named, scene: Scene) -> bool:
    """Whether it is the subject of a clause with the verb last: "während Meta OpenAI abwirbt"."""
    return bool(SUBORDINATE_DE.search(scene.sentence.folded, 0, player.start))


def _actors(hit: Hit, scene: Scene) -> list[Named]:
    """Players before the verb that may act: no origins, models, or names that only report or date it."""
    text = scene.sentence.folded
    # A chief hires; one who "will lead" or "is named" is the person hired.
    chiefs = scene.heads if hit.phrase.strength == 1 else ()
    return [
        p
        for p in sorted((*scene.players, *chiefs), key=lambda p: p.start)
        if p.start < hit.start
        and not p.by_model
        and not is_origin(scene, p)
        and not only_says(text[p.end : hit.start])
        and not _names_the_hired(p, hit, scene)
        and not TOLD_AS_PAST.search(text[max(0, p.start - 20) : p.start])
    ]


def _are_its_people(player: Named, hit: Hit, scene: Scene) -> bool:
    """Whether what is said of recruiting are the player's own people: 吸引了OpenAI的顶尖人才."""
    text = scene.sentence.folded
    return hit.phrase.act == "recruit" and text.endswith("人才", 0, hit.end) and text[player.end : hit.start] == "的"


def _names_the_hired(player: Named, hit: Hit, scene: Scene) -> bool:
    """Whether the noun "hire" only says where the hired come from: "OpenAI grows with a DeepMind hire"."""
    text = scene.sentence.folded
    is_noun = text[player.end : hit.end] == " hire"
    return is_noun and any(p.end < player.start for p in scene.players)


def _of_own_staff(hit: Hit, scene: Scene, before: Sequence[Named]) -> Named | None:
    """Where no player acts by itself: the one whose people earn, are kept or sought, or the place of work."""
    text, act = scene.sentence.folded, hit.phrase.act
    owners = [p for p in before if not is_given_to(scene, p)]
    if owners and act == "hire" and REPLACES.search(text, hit.start, hit.end + 24):
        return owners[0]
    if (
        owners
        and act in _OWN_STAFF
        and not _are_its_people(owners[-1], hit, scene)
        and not is_told_passively(hit, scene)
    ):
        return owners[-1]
    if act == "pay":
        payers = [
            p
            for p in scene.players
            if STAFF_OF.search(text[max(0, p.start - 24) : p.start])
            and not GIVEN_TO_STAFF.search(text[max(0, p.start - 40) : p.start])
        ]
        payers += [p for p in _first_behind(hit, scene) if OFFERS_IT.match(text, p.end)]
        if payers:
            return payers[-1]
    return _workplace(hit, scene) if act in _OWN_STAFF | {"hire"} else None


def _first_behind(hit: Hit, scene: Scene) -> list[Named]:
    """The player right behind the hit with those listed after it: "salaries that Google, OpenAI and Meta pay"."""
    found: list[Named] = []
    for player in scene.players:
        follows = found and LIST_GAP.match(scene.sentence.folded[found[-1].end : player.start])
        if follows or (not found and 0 <= player.start - hit.end <= _BEHIND):
            found.append(player)
    return found


def _marked(before: Sequence[Named], scene: Scene) -> Named | None:
    """The player that a particle marks as subject, else the one that a headline puts first ("メタ、…", "카카오, …")."""
    text = scene.sentence.folded
    if chief := next((p for p in reversed(before) if CHIEF_ACTS_JA.match(text, p.end)), None):
        return chief
    free = [p for p in before if not is_object(scene, p)]
    if marked := [p for p in free if SUBJECT_PARTICLE.match(text, p.end)]:
        return marked[-1]
    for player in free:
        if LEADING_MARK.match(text, player.end) and _leads(player, scene):
            return player
    return None


def _leads(player: Named, scene: Scene) -> bool:
    """Whether nothing but other players in a list stands before it."""
    at = 0
    for other in scene.players:
        if other.start >= player.start:
            break
        if not LIST_ONLY.fullmatch(scene.sentence.folded, at, max(at, other.start)):
            return False
        at = max(at, other.end)
    return bool(LIST_ONLY.fullmatch(scene.sentence.folded, at, max(at, player.start)))


def _workplace(hit: Hit, scene: Scene) -> Named | None:
    """The firm named behind as the place of work: "hiring spree at X", "named chief scientist at X", "companies like X"."""
    text, act = scene.sentence.folded, hit.phrase.act
    pattern = AT if act == "hire" else WORKPLACE
    for player in scene.players:
        before = text[max(0, player.start - 24) : player.start]
        is_near = player.start >= hit.start and player.start - hit.end <= NEAR_LATIN
        if is_near and act != "market" and pattern.search(before):
            return player
        rivals = act in _RIVALRY and not scene.has("takeover", "funding")
        if rivals and FOR_EXAMPLE.search(before) and not is_origin(scene, player):
            return player
    return None
