"""Whom people leave, for one event in one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.leavers import (
    goes_there,
    is_beside,
    is_only_wished,
    is_past_workplace,
    is_spoken_to,
    opens_move,
    sees_them_go,
    was_before,
)
from pipeline.stages.hiring.standing import is_object, is_origin, only_says
from pipeline.stages.hiring.tellings import TOLD_AS_PAST
from pipeline.stages.hiring.wordings import CAREER_BEFORE, LEFT_PARTICLE, LIST_GAP, OBJECT_AFTER, OWN_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene

_CLAUSE = 60  # characters that a comma in Chinese weighs


def losing_of(hit: Hit, scene: Scene, employers: Iterable[str]) -> list[str]:
    """The players whose people go in this event: origins, and the subject or object of a departure."""
    taken, act = set(employers), hit.phrase.act
    if act in {"leave", "layoff"}:
        return _left(hit, scene, taken)
    if act in {"poach", "hire", "join", "acquihire"} and not is_only_wished(hit, scene):
        return _moved_from(hit, scene, taken)
    if act == "recruit":  # 吸纳零一万物预训练团队: whose people are taken in, named inside the act or right behind it
        owners = [p for p in scene.players if hit.start < p.start <= hit.end + 1 and is_object(scene, p)]
        return [p.id for p in owners if p.id not in taken]
    return []


def _left(hit: Hit, scene: Scene, taken: set[str]) -> list[str]:
    """Whom a departure leaves: the nearest that is neither reporter nor destination, with those listed beside it."""
    text = scene.sentence.folded
    told = [p for p in scene.players if not (p.end <= hit.start and _only_reports(text[p.end : hit.start]))]
    told = [p for p in told if p.start < hit.end or not goes_there(p, hit, text)]
    # A model stands for its firm where its people are meant, or where no other is named: "… and blocks ChatGPT".
    firms = [p for p in told if not p.by_model or OBJECT_AFTER.match(text, p.end)]
    told = firms or told
    told = [p for p in told if not TOLD_AS_PAST.search(text[max(0, p.start - 20) : p.start])]
    told += [p for p in scene.heads if p.end <= hit.start]
    told = [p for p in told if p.id not in taken and not is_spoken_to(p, hit, text)]
    # "… appoints ex-X veteran to succeed its retiring chief": who was elsewhere before is not the one that goes.
    now = [p for p in told if not was_before(scene, p)]
    told = now or (told if scene.sentence.is_title and len(told) == len(scene.players) else [])
    if hit.phrase.language in {"ja", "ko"}:
        told = [p for p in told if LEFT_PARTICLE.match(text, p.end)] or told
    near = sorted(told, key=lambda p: _distance(p, hit, text))
    return _listed_with(near[0], told, text) if near else []


def _only_reports(gap: str) -> bool:
    return only_says(gap) and not OWN_PEOPLE.search(gap)


def _moved_from(hit: Hit, scene: Scene, taken: set[str]) -> list[str]:
    """Whom people leave for another: origins, owners of the people, those that look on."""
    text = scene.sentence.folded
    rest = [p for p in scene.players if p.id not in taken and (not p.by_model or OBJECT_AFTER.match(text, p.end))]
    left = [p for p in rest if (is_origin(scene, p) or is_object(scene, p)) and not is_beside(scene, p)]
    left += [p for p in rest if p not in left and (is_past_workplace(scene, p) or opens_move(hit, scene, p))]
    left += [p for p in rest if p not in left and sees_them_go(hit, scene, p)]
    left = [p for p in left if not CAREER_BEFORE.search(text[max(0, p.start - 16) : p.start])]
    before = [p for p in left if was_before(scene, p)]
    if len({p.id for p in before}) > 1:  # a career, not a place that is left now
        left = [p for p in left if p not in before]
    return _nearest(left, hit, scene)


def _distance(player: Named, hit: Hit, text: str) -> int:
    """Characters between player and departure; in Chinese another clause is farther than any word of this one."""
    gap = text[player.end : hit.start] if player.end <= hit.start else text[hit.end : player.start]
    is_apart = hit.phrase.language == "zh" and re.search("[,;](?!其)", gap)  # 苹果宣布，其主管离职: its own
    return len(gap) + (_CLAUSE if is_apart else 0)


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
