"""Who hires and whom people leave, for one event in one sentence.

English, Chinese and the European languages put the employer before verbs of hiring and after verbs of joining; Japanese
and Korean mark it with particles. A player that stands as origin ("from Google", 前谷歌, 구글 출신) is no employer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Named, Scene

_ORIGIN_BEFORE = re.compile(
    r"(?:\bfrom|\bformer|\bex-|\bex|\bformerly (?:of|at|with)|\bleav(?:e|es|ing)|\bleft|\bdepart(?:s|ed|ing)?|\bquit(?:s|ting)?|\bexit(?:s|ed|ing)?|\bof|\babandon(?:s|ed)?|\brivals?|\bdespite|\bagainst|\bthan|\blike|"
    r"从|从[^,,。]{0,6}|前|原|离开|来自|曾在|曾任|曾就职于|出身|自|为|与|对|"
    r"元|元・|"
    r"\bvon|\bvom|\behemalige[rnms]?|\bfrühere[rnms]?|\bverlässt|\bbei|"
    r"\bchez|\bancien(?:ne|s)?|\bde|\bd'|\bdu|\bquitt(?:e|é|er)|"
    r"\bex|\bantiguo|\bexdirectivo|\babandona|\bdeja|\bdel|"
    r"전|前)\s*(?:(?:rival|the|its|tech giant|competitor|startup|start-up|google's|facebook parent|konkurrent(?:en)?|竞争对手|对手)\s+){0,2}['\"「“]?$"
)
_ORIGIN_AFTER = re.compile(
    r"(?:'s)?\s+(?:veteran|alum\w*|defector)|\s*(?:出身|からの?|の元|を退|を去|を離れ|を辞め|から)|\s*(?:출신|에서|을 떠|를 떠|을 퇴사|를 퇴사|를 나|을 나)|(?:离职|前(?!沿)|老将|老兵|元老|出走)|s? früher"
)
_OBJECT_AFTER = re.compile(
    r"(?:'s?|s')?\s+(?:(?:top|senior|ai|key|star|lead|leading|other|two|three|four|five|six|seven|eight|more|several|\d+|best|llama|gemini|superintelligence|foundation|models?|research)\s+){0,4}(?:researchers?|engineers?|scientists?|executives?|execs?|employees?|staff(?:ers)?|talents?|veterans?|experts?|leaders?|people|team members?|workers?|specialists?|forscher\w*|chercheurs?|investigadores)"
    r"|(?:的)?(?:[^,,。、]{0,8})?(?:研究员|工程师|研究人员|员工|高管|人才|科学家|专家|骨干|团队成员|大牛)|(?:の|から)(?:[^、。]{0,8})?(?:研究者|エンジニア|幹部|社員|人材|従業員)|(?:의)?\s?(?:연구원|엔지니어|임원|직원|인재|인력)"
)
_BY = re.compile(r"\s*(?:away |up )?(?:\w+ ){0,2}?(?:by|durch|par|por)\s+(?:the |rival |\w+ ){0,2}$")
_PASSIVE_ZH = re.compile(r"(?:被|遭|遭到|获|受)\s*(?:了)?$")
_DESTINATION = re.compile(
    r"\b(?:to|for|joins?|joining|to join|at|zu|zum|zur|für|richtung|pour|vers|para|por|hacia|al?|with|into|加入|加盟|入职|去了|转投|投奔|跳槽到|跳槽至|前往|重返|回归|去)\s+(?:the |rival |tech giant |its |their |konkurrent(?:en)? |rivalen )?$"
)
_DESTINATION_ZH = re.compile(
    r"(?:加入|加盟|入职|去了|转投|投奔|跳槽到|跳槽至|跳槽|前往|重返|回归|空降|去|至|到|到了|了)\s*(?:了)?(?:竞争对手|对手|老东家|老对手)?\s*[「“\"]?$"
)
_DESTINATION_CJK = re.compile(
    r"\s*(?:에|로|으로|행|의 [^,.]{0,24}(?:로|으로|팀에|조직에|연구소에)|에게|へ|に|への|のチームに|の[^、。]{0,18}(?:に|へ)|行|側に)"
)
_LIST_GAP = re.compile(
    r"\s*(?:'s)?\s*(?:,|、|，|and|und|et|y|e|or|&|/|和|及|与|以及|跟|や|と|および|와|과|및|also|,\s*and|,\s*as well as|as well as|然后|甚至|并|이나|·|,\s*et)\s*$"
)
_SAYS = re.compile(
    r"\b(?:says?|said|told|tells|claim(?:s|ed)|according to|sagt|sagte|laut|selon|según|dijo|dit)\b|表示|称|透露|によると|에 따르면|认为"
)
_SOV = {"ja", "ko"}
_REACH = {"zh": 26, "ja": 40, "ko": 40}
_NEAR_LATIN, _NEAR_HAN = 50, 10  # characters between a verb and its agent
_FROM_OFFERS = re.compile(r"offers? from\s+(?:rival |tech |firm |giant |the |[a-z]+ ){0,3}$")
_WORKPLACE = re.compile(
    r"\b(?:at|for|from|by|inside|within|bei|chez|en|por|de|with)\s+(?:the |big tech |rival |\w+ like ){0,2}$"
)

EMPLOYER_ACTS = ("hire", "poach", "recruit", "team", "retain", "freeze", "pay", "market", "acquihire")


def is_origin(scene: Scene, player: Named) -> bool:
    """Whether the player stands as the place people come from."""
    text = scene.sentence.folded
    return bool(
        _ORIGIN_BEFORE.search(text[max(0, player.start - 36) : player.start]) or _ORIGIN_AFTER.match(text, player.end)
    )


def employers_of(hit: Hit, scene: Scene, language: str) -> list[str]:
    """The players that hire in this event, with those listed beside them; empty if the sentence names none."""
    act, base = hit.phrase.act, language.split("-", maxsplit=1)[0]
    if act == "join":
        found = _joined(hit, scene, base)
    elif act == "leave":
        found = _destination(hit, scene, base)
    elif act in EMPLOYER_ACTS:
        found = _passive(hit, scene, base) or _subject(hit, scene, base)
    else:
        return []
    return _with_listed(found, scene) if found else []


def losing_of(hit: Hit, scene: Scene, employers: Iterable[str]) -> list[str]:
    """The players whose people go in this event: origins, and the subject or object of a departure."""
    taken = set(employers)
    if hit.phrase.act in {"leave", "layoff"}:
        near = sorted(scene.players, key=lambda p: abs(p.start - hit.end) if p.start >= hit.end else hit.start - p.end)
        return [player.id for player in near if player.id not in taken][:1]
    if hit.phrase.act in {"poach", "hire", "join", "acquihire"}:
        return list(
            dict.fromkeys(
                p.id for p in scene.players if p.id not in taken and (is_origin(scene, p) or p.start > hit.end)
            )
        )[:2]
    return []


def _joined(hit: Hit, scene: Scene, base: str) -> Named | None:
    text = scene.sentence.folded
    if base in _SOV and hit.phrase.language == base:
        before = [p for p in scene.players if p.end <= hit.start and hit.start - p.end <= _REACH[base]]
        marked = [p for p in before if _DESTINATION_CJK.match(text, p.end) and not _ORIGIN_AFTER.match(text, p.end)]
        return marked[-1] if marked else None
    reach = _REACH.get(base, 70) if hit.phrase.language == base else 70
    after = [p for p in scene.players if p.start >= hit.end - (p.id in hit.phrase.head) and p.start - hit.end <= reach]
    after = [p for p in after if not _ORIGIN_BEFORE.search(text[max(hit.end, p.start - 20) : p.start])]
    if after:
        return after[0]
    inside = [p for p in scene.players if hit.start <= p.start < hit.end]
    if inside and hit.phrase.tails:
        return inside[0]
    return None


def _destination(hit: Hit, scene: Scene, base: str) -> Named | None:
    """Where leavers go: "leaves Apple for Meta", 离开谷歌加入字节, 메타로."""
    text = scene.sentence.folded
    for player in scene.players:
        if player.start < hit.start and base not in _SOV:
            continue
        before = text[max(0, player.start - 24) : player.start]
        if base in _SOV:
            if re.match(r"\s*(?:へ|로 |으로 |행|行)", text[player.end : player.end + 4]):
                return player
        elif base == "zh":
            if _DESTINATION_ZH.search(before) and not before.endswith(("离开", "了")):
                return player
        elif _DESTINATION.search(before) and not re.search(r"\b(?:at|with)\s+(?:the )?$", before):
            return player
    return None


def _passive(hit: Hit, scene: Scene, base: str) -> Named | None:
    """As in "poached by X", "offers from X", 被X挖走, Xに引き抜かれ, von X abgeworben."""
    text = scene.sentence.folded
    for player in scene.players:
        if player.start >= hit.end - 1 and player.start - hit.start <= _NEAR_LATIN:
            gap = text[hit.end : player.start]
            if _BY.match(gap) or _FROM_OFFERS.search(text[hit.start : player.start]):
                return player
        elif player.end <= hit.start:
            before, gap = text[max(0, player.start - 4) : player.start], text[player.end : hit.start]
            if base == "zh" and _PASSIVE_ZH.search(before) and len(gap) <= _NEAR_HAN:
                return player
            if (
                base == "ja"
                and re.match(r"(?:に|から)", gap)
                and len(gap) <= _NEAR_HAN
                and re.match(r".{0,3}(?:かれ|され|られ)", text[hit.end : hit.end + 6])
            ):
                return player
            if (
                base == "de"
                and re.search(r"\bvon\s*$", text[max(0, player.start - 6) : player.start])
                and hit.phrase.head in {"abgeworben", "angeheuert", "eingestellt", "geholt"}
            ):
                return player
    return None


def _subject(hit: Hit, scene: Scene, base: str) -> Named | None:
    text = scene.sentence.folded
    before = [p for p in scene.players if p.end <= hit.start + (hit.start <= p.start < hit.end)]
    usable = [p for p in before if not is_origin(scene, p) and not (p.by_model and len(before) > 1)]
    if base in _SOV and hit.phrase.language == base:
        marked = [
            p
            for p in usable
            if re.match(
                r"\s*(?:\([^)]*\)|（[^）]*）)?\s*(?:が|は|も|、|も、|では|,|이|가|은|는|도|의|を率いる|ceo|창업자|社|측)",
                text[p.end : p.end + 14],
            )
        ]
        usable = marked or usable
    if usable:
        # The last subject before the verb; people of another firm who only say so stand before it.
        return usable[-1]
    after = [p for p in scene.players if p.start >= hit.end]
    if hit.phrase.act in {"recruit", "pay", "market", "freeze", "retain", "team", "hire"}:
        for player in after:
            gap = text[hit.end : player.start]
            if (
                len(gap) <= _NEAR_LATIN
                and _WORKPLACE.search(text[max(0, player.start - 24) : player.start])
                and hit.phrase.act != "hire"
            ):
                return player
    return None


def _with_listed(found: Named, scene: Scene) -> list[str]:
    """The player and those joined to it by commas and "and": Google, Meta 和 OpenAI."""
    text = scene.sentence.folded
    players = list(scene.players)
    at = players.index(found)
    ids = [found.id]
    for step in (-1, 1):
        here = at
        while 0 <= here + step < len(players):
            left, right = (players[here + step], players[here]) if step < 0 else (players[here], players[here + step])
            if left.end > right.start or not _LIST_GAP.match(text[left.end : right.start]) or is_origin(scene, left):
                break
            ids.append(players[here + step].id)
            here += step
    return list(dict.fromkeys(ids))
