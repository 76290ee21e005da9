"""How a player stands as the one that people leave: looking on, named first, told of a career, only addressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.hiring.standing import is_unreal
from pipeline.stages.hiring.wordings import (
    AIMS_AT_ZH,
    BESIDE_BEFORE,
    DESTINATION,
    DESTINATION_ES,
    FORMER_FAR,
    LEADING_MARK,
    LEAPS_ZH,
    LIST_GAP,
    LOOKS_ON,
    MATTERS_FOR,
    PEOPLE_GO_ZH,
    POST_AFTER,
    RAIDS,
    TO_LEAVERS,
    TRIED_BEFORE,
    WAS_AFTER,
    WAS_BEFORE,
    WOOS,
    WORKED_AT,
    WORKED_IN,
)

if TYPE_CHECKING:
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene


def is_only_wished(hit: Hit, scene: Scene) -> bool:
    """Whether people are wooed or about to move, and have not left."""
    text = scene.sentence.folded
    if hit.phrase.act == "poach":
        woos = WOOS.search(text, hit.start, hit.end) or TRIED_BEFORE.search(text[max(0, hit.start - 40) : hit.start])
        return bool(woos)
    return hit.phrase.act == "join" and is_unreal(hit, scene)


def goes_there(player: Named, hit: Hit, text: str) -> bool:
    """Whether people go there; "a blow for X" names no destination."""
    before = text[max(0, player.start - 60) : player.start]
    pattern = DESTINATION_ES if hit.phrase.language == "es" else DESTINATION
    return bool(pattern.search(before)) and not MATTERS_FOR.search(before)


def is_beside(scene: Scene, player: Named) -> bool:
    """Whether it, or the first of its list, only stands beside the one that acts: 与 OpenAI、谷歌竞争."""
    text = scene.sentence.folded
    first = player
    for other in reversed([p for p in scene.players if p.end <= player.start]):
        if not LIST_GAP.match(text[other.end : first.start]):
            break
        first = other
    return bool(BESIDE_BEFORE.search(text[max(0, first.start - 10) : first.start]))


def sees_them_go(hit: Hit, scene: Scene, player: Named) -> bool:
    """Whether it stands before the act as the one whose people go, or behind it as the one that is plundered."""
    text = scene.sentence.folded
    if player.end <= hit.start:
        if LOOKS_ON.search(text, player.end, hit.start) or text[player.end : hit.end] == " hire":
            return True
        if hit.phrase.act == "join" and scene.sentence.is_title and POST_AFTER.match(text, player.end):
            return True
        if hit.phrase.language != "zh" or hit.phrase.act != "join":
            return False
        alone = len({p.id for p in scene.players if p.end <= hit.start}) == 1
        leaps = alone and bool(LEAPS_ZH.search(text, hit.start, hit.end))
        return leaps or bool(PEOPLE_GO_ZH.fullmatch(text, player.end, hit.start))
    if hit.phrase.language == "zh" and hit.phrase.act == "poach" and AIMS_AT_ZH.match(text, hit.end):
        return True
    return player.start - hit.end <= 1 and bool(RAIDS.search(text, hit.start, hit.end))


def was_before(scene: Scene, player: Named) -> bool:
    """Whether it, or the first or last of its list, is told as what a person was: "ex-X and Y chief", X와 Y 출신."""
    if player not in scene.players:  # a chief
        return False
    text, at = scene.sentence.folded, scene.players.index(player)
    first = last = at
    while first and _goes_on(scene, first - 1):
        first -= 1
    while last + 1 < len(scene.players) and _goes_on(scene, last):
        last += 1
    before = text[max(0, scene.players[first].start - 90) : scene.players[first].start]
    return bool(
        WAS_BEFORE.search(before[-24:])
        or FORMER_FAR.search(before)
        or WORKED_AT.search(before[-60:])
        or WAS_AFTER.match(text, scene.players[last].end)
    )


def opens_move(hit: Hit, scene: Scene, player: Named) -> bool:
    """Whether a Korean or Japanese headline names it first and then where its people go: 애플, … 메타로 이직."""
    if hit.phrase.act != "join" or hit.phrase.language not in {"ja", "ko"} or not scene.sentence.is_title:
        return False
    text = scene.sentence.folded
    return not text[: player.start].strip(" 「『\"'") and bool(LEADING_MARK.match(text, player.end))


def is_spoken_to(player: Named, hit: Hit, text: str) -> bool:
    """Whether it only addresses those who left another firm: 谷歌向离职团队伸出橄榄枝."""
    return player.end <= hit.start and bool(TO_LEAVERS.search(text, player.end, hit.start))


def is_past_workplace(scene: Scene, player: Named) -> bool:
    """Where the one who moves used to work: "who ran post-training at OpenAI", OpenAIで…を率いていた."""
    text = scene.sentence.folded
    return bool(WORKED_AT.search(text[max(0, player.start - 60) : player.start]) or WORKED_IN.match(text, player.end))


def _goes_on(scene: Scene, at: int) -> bool:
    """Whether the next name goes on with a list, or says the same in brackets: 谷歌（Google）."""
    left, right = scene.players[at], scene.players[at + 1]
    gap = scene.sentence.folded[left.end : right.start]
    return bool(LIST_GAP.match(gap.lstrip(")"))) or (left.id == right.id and gap in {"(", " (", " "})
