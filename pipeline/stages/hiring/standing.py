"""How a player stands in a sentence: as origin, as owner of the people spoken of, as speaker, or free to act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.hiring.tellings import ATTRIBUTION, IT_SAYS, PROVES_NOTHING, UNREAL_AFTER, UNREAL_BEFORE
from pipeline.stages.hiring.wordings import (
    ACTS_AFTER_OF,
    BACKER_DE,
    FORMER_FAR,
    FROM_ITS_KIND,
    GIVEN_TO,
    IN_BRACKETS,
    IS_PASSIVE,
    LIST_GAP,
    OBJECT_AFTER,
    OBJECT_BEFORE,
    ORIGIN_AFTER,
    SUFFERED_AFTER,
    SUFFERED_BEFORE,
    WORKED_AT,
    is_after_origin,
)

if TYPE_CHECKING:
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene

_UNREAL_REACH = 70  # characters before a joining in which a word says that it does not come about


def is_origin(scene: Scene, player: Named) -> bool:
    """Whether the player stands as the place people come from, itself or as the next in such a list."""
    return scene.recall("origin", player.start, lambda: _comes_from(scene, player))


def _comes_from(scene: Scene, player: Named) -> bool:
    text = scene.sentence.folded
    if ORIGIN_AFTER.match(text, player.end):
        return True
    acts_itself = _acts_behind(text, player, "of ")
    if acts_itself or BACKER_DE.match(text, player.end):
        return False
    first = player
    for other in reversed([p for p in scene.players if p.start < player.start]):
        if not LIST_GAP.match(text[other.end : first.start]):
            break
        first = other
    before = text[max(0, first.start - 90) : first.start]
    return bool(
        FORMER_FAR.search(text[max(0, player.start - 90) : player.start])
        or WORKED_AT.search(before[-60:])
        or FROM_ITS_KIND.search(before)
        or _ends_as_origin(scene, player)
        or is_after_origin(before[-40:])
    )


def _acts_behind(text: str, player: Named, preposition: str) -> bool:
    """Whether the preposition opens a clause, in which the name acts: "on the heels of Meta hiring …"."""
    return text.endswith(preposition, 0, player.start) and bool(ACTS_AFTER_OF.match(text, player.end))


def _ends_as_origin(scene: Scene, player: Named) -> bool:
    """Whether the last of its list bears the particle: "Apple・OpenAIからの引き抜き"."""
    if _leads_headline(scene, player):
        return False
    text, last = scene.sentence.folded, player
    for other in scene.players:
        if other.start >= last.end and LIST_GAP.match(text[last.end : other.start]):
            last = other
            if ORIGIN_AFTER.match(text, last.end):
                return True
    return False


def _leads_headline(scene: Scene, player: Named) -> bool:
    """Whether it opens a sentence of two names before a comma: "Meta、OpenAIから…": the one acts, no list of two."""
    text = scene.sentence.folded
    two = len({p.id for p in scene.players}) == len(scene.players) == 2  # noqa: PLR2004
    return two and not text[: player.start].strip(" 「『\"'") and text.startswith("、", player.end)


def proves_nothing(scene: Scene) -> bool:
    """Whether the sentence says what is not told, or what go-betweens think of the market."""
    return scene.recall("proves nothing", 0, lambda: bool(PROVES_NOTHING.search(scene.sentence.folded)))


def is_object(scene: Scene, player: Named) -> bool:
    """Whether the name only says whose people are meant, or to whom something is given."""
    return scene.recall("object", player.start, lambda: _owns_people(scene, player))


def _owns_people(scene: Scene, player: Named) -> bool:
    text = scene.sentence.folded
    # Google DeepMind is one name: what follows the second word tells.
    end = next((p.end for p in scene.players if p.id == player.id and 0 <= p.start - player.end <= 1), player.end)
    if bracket := IN_BRACKETS.match(text, player.end):  # 오픈AI(OpenAI)의 연구원
        end = bracket.end()
    owned = OBJECT_AFTER.match(text, end)
    if owned and any(end < p.start < owned.end() for p in scene.players):
        owned = None  # 텐센트 오픈AI 연구원 영입: the people are another's
    if _acts_behind(text, player, "with "):
        return False
    return bool(owned or OBJECT_BEFORE.search(text[max(0, player.start - 12) : player.start]))


def is_unreal(hit: Hit, scene: Scene) -> bool:
    """Whether the joining does not come about: "rather than join Meta", 拒绝加入."""
    text = scene.sentence.folded
    return bool(
        UNREAL_BEFORE.search(text[max(0, hit.start - _UNREAL_REACH) : hit.start]) or UNREAL_AFTER.match(text, hit.end)
    )


def is_given_to(scene: Scene, player: Named) -> bool:
    """Whether the player's people are offered something: "向 OpenAI 和谷歌的研究员开出…"."""
    before = scene.sentence.folded[max(0, player.start - 24) : player.start]
    return bool(GIVEN_TO.search(before))


def has_free_player(scene: Scene) -> bool:
    """Whether the sentence names a player that could act by itself."""
    return any(not is_origin(scene, p) and not is_object(scene, p) and not p.by_model for p in scene.players)


def is_told_passively(hit: Hit, scene: Scene) -> bool:
    """Whether the verb stands in the passive: who acts is left open."""
    return bool(IS_PASSIVE.search(scene.sentence.folded[max(0, hit.start - 24) : hit.start]))


def is_suffered(hit: Hit, scene: Scene) -> bool:
    """Whether the subject is the one that people are taken from: 苹果员工被挖角, 引き抜かれた, 빼앗긴."""
    text = scene.sentence.folded
    return bool(
        SUFFERED_BEFORE.search(text[max(0, hit.start - 6) : hit.start + 1]) or SUFFERED_AFTER.match(text, hit.end)
    )


def only_says(gap: str) -> bool:
    """Whether the player only reports what others do: "OpenAI's chief said Meta …"; "said it will hire" is its own act."""
    said = ATTRIBUTION.search(gap)
    return bool(said and not IT_SAYS.match(gap, said.end()))
