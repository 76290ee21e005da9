"""Who hires and whom people leave, for one event in one sentence.

English, Chinese and the European languages put the employer before verbs of hiring and after verbs of joining; Japanese
and Korean mark it with particles. A player that stands as origin ("from Google", 前谷歌, 구글 출신) or only owns the
people spoken of ("OpenAI researchers", AppleのAI幹部) is no employer if another stands in the sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.standing import is_object, is_origin, is_suffered, is_unreal
from pipeline.stages.hiring.subject import NEAR_LATIN, SOV, subject_of
from pipeline.stages.hiring.tellings import HIRES_AS_NOUN, PAST_JOIN_AFTER, PAST_JOIN_BEFORE
from pipeline.stages.hiring.wordings import (
    BECOME_DE,
    BY,
    BY_ITSELF,
    COMES_FROM,
    DESTINATION,
    DESTINATION_ES,
    DESTINATION_PARTICLE,
    DESTINATION_ZH,
    DIRECTLY_TO,
    ENDS_CLAUSE,
    FROM_OFFERS,
    GOES_TO_JA,
    HAVE_DE,
    HAVE_DE_BEFORE,
    IS_APPOSITION,
    JOINING,
    LEAVES_FOR,
    LIST_GAP,
    LOSES_DE,
    LOST_TO_DE,
    MATTERS_FOR,
    OFFER_OF_ZH,
    ONLY_THEN_JOINED,
    ORIGIN_AFTER,
    PASSIVE_JA,
    PASSIVE_ZH,
    TOWARDS_DE,
    is_after_origin,
)

if TYPE_CHECKING:
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene

_REACH = {
    "zh": 26,
    "ja": 40,
    "ko": 40,
}  # characters between a verb of joining and the employer; Latin scripts say it in 70
_REACH_LATIN = 70
_NEAR_HAN = 10  # characters between a verb and its agent; Latin scripts say it in NEAR_LATIN
EMPLOYER_ACTS = ("hire", "poach", "recruit", "team", "retain", "freeze", "pay", "market", "acquihire")
_DESTINATIONS = {"zh": DESTINATION_ZH, "es": DESTINATION_ES}
_BY_ACTS = {"poach", "hire", "recruit", "acquihire"}
UNSAID_WAY = "人事"  # "staff changes" say nothing of who comes or goes


def employers_of(hit: Hit, scene: Scene, language: str) -> list[str]:
    """The players that hire in this event, with those listed beside them; empty if the sentence names none."""
    act, base = hit.phrase.act, language.split("-", maxsplit=1)[0]
    if hit.phrase.head.startswith(UNSAID_WAY) or _is_noun(hit, scene):
        return []
    if act == "join":
        found = None if _is_past(hit, scene) else _joined(hit, scene, base)
    elif act == "leave":
        found = _destination(hit, scene, base)
    elif act in EMPLOYER_ACTS:
        found = _passive(hit, scene, base) or (
            None if act in _BY_ACTS and is_suffered(hit, scene) else subject_of(hit, scene, base)
        )
        if found is None and act == "acquihire":
            found = _taken_in(hit, scene, base)
    else:
        return []
    return _with_listed(found, scene, base) if found else []


def _is_noun(hit: Hit, scene: Scene) -> bool:
    """Whether "hires" are people that do something themselves: "two Meta hires leave"."""
    text = scene.sentence.folded
    return text[hit.start : hit.end].endswith("hires") and bool(HIRES_AS_NOUN.match(text, hit.end))


def _is_past(hit: Hit, scene: Scene) -> bool:
    """Whether the joining is told as something before: "weeks after joining Meta", 加入 Meta 才七个月."""
    text = scene.sentence.folded
    if hit.phrase.head.startswith("left"):  # "departures include two managers who left for OpenAI"
        return False
    return bool(
        PAST_JOIN_BEFORE.search(text[max(0, hit.start - 40) : hit.start]) or PAST_JOIN_AFTER.match(text, hit.end)
    )


def _joined(hit: Hit, scene: Scene, base: str) -> Named | None:
    text = scene.sentence.folded
    if COMES_FROM.search(text, hit.start, hit.end):
        return None
    if is_unreal(hit, scene):
        return None
    if base == "ja" and GOES_TO_JA.match(text, hit.end):
        return next((p for p in reversed(scene.players) if 0 <= p.start - hit.end <= _REACH[base]), None)
    if base in SOV and hit.phrase.language == base:
        before = [p for p in scene.players if p.end <= hit.start and hit.start - p.end <= _REACH[base]]
        marked = [p for p in before if DESTINATION_PARTICLE.match(text, p.end) and not ORIGIN_AFTER.match(text, p.end)]
        # Headlines leave the particle out: OpenAI 복귀, Meta移籍.
        bare = [p for p in before if hit.start - p.end <= 1 and not is_origin(scene, p)]
        return marked[-1] if marked else bare[-1] if bare else None
    reach = _REACH.get(base, _REACH_LATIN) if hit.phrase.language == base else _REACH_LATIN
    after = [p for p in scene.players if p.start >= hit.end and p.start - hit.end <= reach]
    after = [
        p
        for p in after
        if not IS_APPOSITION.match(text, p.end)
        and (
            DIRECTLY_TO.fullmatch(text, hit.end, p.start)
            or not is_after_origin(text[max(hit.end, p.start - 20) : p.start])
        )
    ]
    inside = [p for p in scene.players if hit.start <= p.start < hit.end]
    last = _verb_last(hit, scene) if base == "de" else []
    if last and after and ENDS_CLAUSE.search(text, hit.end, after[0].start):
        after = []
    if base == "zh" and text.startswith("的", hit.end):
        after = []  # 空降的谷歌前副总裁: what follows is told of the one who comes
    found = after or inside or last
    if found is last:
        return last[-1] if last else None  # nearest to the verb: "der bei Apple war und zu Meta wechselte"
    return found[0] if found else None


def _verb_last(hit: Hit, scene: Scene) -> list[Named]:
    """German subordinate clauses put the firm before the verb: "… die zu Meta wechseln"."""
    text = scene.sentence.folded
    return [
        p
        for p in scene.players
        if 0 <= hit.start - p.end <= _REACH_LATIN and TOWARDS_DE.search(text[max(0, p.start - 40) : p.start])
    ]


def _destination(hit: Hit, scene: Scene, base: str) -> Named | None:
    """Where leavers go: "leaves Apple for Meta", 离开谷歌加入字节, 메타로."""
    text = scene.sentence.folded
    for player in (p for p in scene.players if not p.by_model):
        if base in SOV:
            if LEAVES_FOR.match(text, player.end):
                return player
        elif base == "de" and hit.phrase.head.startswith(LOSES_DE):
            if LOST_TO_DE.search(text[max(0, player.start - 60) : player.start]):
                return player
        elif player.start >= hit.start:
            before = text[max(0, player.start - 60) : player.start]
            pattern = _DESTINATIONS.get(base, DESTINATION)
            if pattern.search(before) and not MATTERS_FOR.search(before) and not ONLY_THEN_JOINED.search(before):
                return player
    return None


def _passive(hit: Hit, scene: Scene, base: str) -> Named | None:
    """As in "poached by X", "offers from X", 被X挖走, Xに引き抜かれ, von X abgeworben."""
    text = scene.sentence.folded
    for player in scene.players:
        if base == "zh" and OFFER_OF_ZH.match(text, player.end):
            return player
        if player.start >= hit.end - 1 and player.start - hit.start <= NEAR_LATIN:
            gap = text[hit.end : player.start]
            is_by = hit.phrase.act in _BY_ACTS and (
                BY.match(gap)
                or (gap == " " and hit.phrase.act != "acquihire" and BY_ITSELF.search(text[hit.start : hit.end]))
            )
            # "replaced by a Microsoft executive": whose people come is no agent.
            if (is_by and not (hit.phrase.act == "hire" and is_object(scene, player))) or FROM_OFFERS.search(
                text[hit.start : player.start]
            ):
                return player
        elif player.end <= hit.start and hit.start - player.end <= _NEAR_HAN:
            before = text[max(0, player.start - 6) : player.start]
            is_zh = base == "zh" and PASSIVE_ZH.search(before)
            is_ja = base == "ja" and re.match(r"に|から", text[player.end :]) and PASSIVE_JA.match(text, hit.end)
            is_de = (
                base == "de"
                and re.search(r"\b(?:von|bei)\s*$", before)
                and hit.phrase.head.startswith(("ab", "ange", "einge", "gehol"))
                and not _is_active_de(hit, scene)
            )
            if is_zh or is_ja or is_de:
                return player
    return None


def _is_active_de(hit: Hit, scene: Scene) -> bool:
    """Whether a German participle is of the active perfect: "Meta hat vier Forscher von OpenAI abgeworben"."""
    text = scene.sentence.folded
    if HAVE_DE.match(text, hit.end):
        return True
    return bool(HAVE_DE_BEFORE.search(text, 0, hit.start)) and not BECOME_DE.search(text, 0, hit.end + 10)


def _taken_in(hit: Hit, scene: Scene, base: str) -> Named | None:
    """The firm that a whole team joins: "staff joins Google", 핵심 인력이 구글로."""
    text = scene.sentence.folded
    if base in SOV and hit.phrase.language == base:
        return next((p for p in scene.players if DESTINATION_PARTICLE.match(text, p.end)), None)
    if not JOINING.search(text[hit.start : hit.end + _NEAR_HAN]):
        return None
    return next((p for p in scene.players if p.start >= hit.start and not is_origin(scene, p)), None)


def _with_listed(found: Named, scene: Scene, base: str) -> list[str]:
    """The player and those joined to it by commas and "and": Google, Meta 和 OpenAI."""
    text = scene.sentence.folded
    players = list(scene.players)
    if found not in players:
        return [found.id]
    ids = [found.id]
    # In Japanese and Korean the particle stands behind the last of a list: what follows is another part of the sentence.
    for step in (-1,) if base in SOV else (-1, 1):
        here = players.index(found)
        while 0 <= here + step < len(players):
            left, right = (players[here + step], players[here]) if step < 0 else (players[here], players[here + step])
            other = players[here + step]
            gap = text[left.end : right.start]
            is_same = left.id == right.id and gap == " "  # 谷歌 DeepMind
            is_listed = left.end <= right.start and (is_same or LIST_GAP.match(gap))
            if (
                not is_listed
                or (is_origin(scene, other) and not is_origin(scene, found))
                or (is_object(scene, other) and not is_object(scene, found))
            ):
                break
            ids.append(other.id)
            here += step
    first = {p.id: p.start for p in reversed(players)}
    return sorted(dict.fromkeys(ids), key=lambda name: first[name])
