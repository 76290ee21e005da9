"""Whom people leave, for one event in one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.standing import is_object, is_origin, is_unreal, only_says
from pipeline.stages.hiring.wordings import (
    BESIDE_BEFORE,
    CAREER_BEFORE,
    DESTINATION,
    FORMER_FAR,
    LEADING_MARK,
    LEAPS_ZH,
    LEFT_PARTICLE,
    LIST_GAP,
    LOOKS_ON,
    MATTERS_FOR,
    OBJECT_AFTER,
    PEOPLE_GO_ZH,
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
    from collections.abc import Iterable, Sequence

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene

_CLAUSE = 60  # characters that a comma in Chinese weighs


def losing_of(hit: Hit, scene: Scene, employers: Iterable[str]) -> list[str]:
    """The players whose people go in this event: origins, and the subject or object of a departure."""
    taken = set(employers)
    if hit.phrase.act in {"leave", "layoff"}:
        text = scene.sentence.folded
        told = [p for p in scene.players if not (p.end <= hit.start and only_says(text[p.end : hit.start]))]
        told = [p for p in told if p.start < hit.end or not _goes_there(p, text)]
        told += [p for p in scene.heads if p.end <= hit.start]
        told = [p for p in told if p.id not in taken and not _is_spoken_to(p, hit, text)]
        # "… appoints ex-X veteran to succeed its retiring chief": who was elsewhere before is not the one that goes.
        told = [p for p in told if not _was_before(scene, p)] or ([] if len(told) < len(scene.players) else told)
        if hit.phrase.language in {"ja", "ko"}:
            told = [p for p in told if LEFT_PARTICLE.match(text, p.end)] or told
        near = sorted(told, key=lambda p: _distance(p, hit, text))
        return _listed_with(near[0], told, text) if near else []
    if hit.phrase.act in {"poach", "hire", "join", "acquihire"} and not _is_only_wished(hit, scene):
        text = scene.sentence.folded
        rest = [p for p in scene.players if p.id not in taken and (not p.by_model or OBJECT_AFTER.match(text, p.end))]
        left = [p for p in rest if (is_origin(scene, p) or is_object(scene, p)) and not _is_beside(scene, p)]
        left += [p for p in rest if p not in left and (_is_past_workplace(scene, p) or _opens_move(hit, scene, p))]
        left += [p for p in rest if p not in left and _sees_them_go(hit, scene, p)]
        left = [p for p in left if not CAREER_BEFORE.search(text[max(0, p.start - 16) : p.start])]
        before = [p for p in left if _was_before(scene, p)]
        if len({p.id for p in before}) > 1:  # a career, not a place that is left now
            left = [p for p in left if p not in before]
        return _nearest(left, hit, scene)
    return []


def _is_only_wished(hit: Hit, scene: Scene) -> bool:
    """Whether people are wooed or about to move, and have not left."""
    text = scene.sentence.folded
    if hit.phrase.act == "poach":
        woos = WOOS.search(text, hit.start, hit.end) or TRIED_BEFORE.search(text[max(0, hit.start - 40) : hit.start])
        return bool(woos)
    return hit.phrase.act == "join" and is_unreal(hit, scene)


def _goes_there(player: Named, text: str) -> bool:
    before = text[max(0, player.start - 60) : player.start]
    return bool(DESTINATION.search(before)) and not MATTERS_FOR.search(before)


def _is_beside(scene: Scene, player: Named) -> bool:
    """Whether it, or the first of its list, only stands beside the one that acts: 与 OpenAI、谷歌竞争."""
    text = scene.sentence.folded
    first = player
    for other in reversed([p for p in scene.players if p.end <= player.start]):
        if not LIST_GAP.match(text[other.end : first.start]):
            break
        first = other
    return bool(BESIDE_BEFORE.search(text[max(0, first.start - 10) : first.start]))


def _sees_them_go(hit: Hit, scene: Scene, player: Named) -> bool:
    """Whether it stands before the act as the one whose people go, or behind it as the one that is plundered."""
    text = scene.sentence.folded
    if player.end <= hit.start:
        if LOOKS_ON.search(text, player.end, hit.start) or text[player.end : hit.end] in {" hire", " hires"}:
            return True
        if hit.phrase.language != "zh" or hit.phrase.act != "join":
            return False
        alone = len({p.id for p in scene.players if p.end <= hit.start}) == 1
        leaps = alone and bool(LEAPS_ZH.search(text, hit.start, hit.end))
        return leaps or bool(PEOPLE_GO_ZH.fullmatch(text, player.end, hit.start))
    return player.start - hit.end <= 1 and bool(RAIDS.search(text, hit.start, hit.end))


def _was_before(scene: Scene, player: Named) -> bool:
    """Whether it, or the first or last of its list, is told as what a person was: "ex-X and Y chief", X와 Y 출신."""
    if player not in scene.players:  # a chief
        return False
    text, at = scene.sentence.folded, scene.players.index(player)
    first = last = at
    while first and LIST_GAP.match(text[scene.players[first - 1].end : scene.players[first].start]):
        first -= 1
    while last + 1 < len(scene.players) and LIST_GAP.match(
        text[scene.players[last].end : scene.players[last + 1].start]
    ):
        last += 1
    before = text[max(0, scene.players[first].start - 90) : scene.players[first].start]
    return bool(
        WAS_BEFORE.search(before[-24:])
        or FORMER_FAR.search(before)
        or WORKED_AT.search(before[-60:])
        or WAS_AFTER.match(text, scene.players[last].end)
    )


def _opens_move(hit: Hit, scene: Scene, player: Named) -> bool:
    """Whether a Korean or Japanese headline names it first and then where its people go: 애플, … 메타로 이직."""
    if hit.phrase.act != "join" or hit.phrase.language not in {"ja", "ko"} or not scene.sentence.is_title:
        return False
    text = scene.sentence.folded
    return not text[: player.start].strip(" 「『\"'") and bool(LEADING_MARK.match(text, player.end))


def _distance(player: Named, hit: Hit, text: str) -> int:
    """Characters between player and departure; in Chinese another clause is farther than any word of this one."""
    gap = text[player.end : hit.start] if player.end <= hit.start else text[hit.end : player.start]
    return len(gap) + (_CLAUSE if hit.phrase.language == "zh" and re.search("[,;]", gap) else 0)


def _is_spoken_to(player: Named, hit: Hit, text: str) -> bool:
    """Whether it only addresses those who left another firm: 谷歌向离职团队伸出橄榄枝."""
    return player.end <= hit.start and bool(TO_LEAVERS.search(text, player.end, hit.start))


def _listed_with(player: Named, told: Sequence[Named], text: str) -> list[str]:
    """The one that is left with those named beside it: "leave posts at Google, Meta and OpenAI"."""
    found = [player.id]
    ordered = sorted(told, key=lambda p: p.start)
    for step in (-1, 1):
        at = ordered.index(player)
        while 0 <= at + step < len(ordered):
            left, right = sorted((ordered[at], ordered[at + step]), key=lambda p: p.start)
            if left.end > right.start or not LIST_GAP.match(text[left.end : right.start]):
                break
            at += step
            found.append(ordered[at].id)
    return list(dict.fromkeys(found))


def _nearest(left: Sequence[Named], hit: Hit, scene: Scene) -> list[str]:
    """The origin next to the act with those listed beside it ("von OpenAI, Google und Anthropic abgeworben"), or two."""
    near = sorted(left, key=lambda p: p.start - hit.end if p.start >= hit.end else hit.start - p.end)
    text = scene.sentence.folded
    lists: list[list[Named]] = []
    for player in sorted(left, key=lambda p: p.start):
        if lists and LIST_GAP.match(text[lists[-1][-1].end : player.start]):
            lists[-1].append(player)
        else:
            lists.append([player])
    listed = next((some for some in lists if near and near[0] in some), [])
    return list(dict.fromkeys(p.id for p in (listed if len(listed) > 1 else near[:2])))


def _is_past_workplace(scene: Scene, player: Named) -> bool:
    """Where the one who moves used to work: "who ran post-training at OpenAI", OpenAIで…を率いていた."""
    text = scene.sentence.folded
    return bool(WORKED_AT.search(text[max(0, player.start - 60) : player.start]) or WORKED_IN.match(text, player.end))
