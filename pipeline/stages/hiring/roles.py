"""Roles of the people who are hired, sought or leaving: as worded, with their id in the taxonomy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts import Role
from pipeline.knowledge.latin import is_latin
from pipeline.knowledge.roles import find_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.hiring.decision import Event

_LEAST = 0.4  # of an event whose sentence may name the role
_MOST = 8
_HEAD_OF = re.compile(
    r"\b(?:head|vice president|vp|director|general manager) of (?:(?!(?:leaves|leaving|left|joins|joined|quits|quit|departs|exits|is|was|will|has|to|says|said|gets|becomes)\b)[a-z-]+(?: and)? ?){1,4}(?=[,.;]| at\b| for\b| in\b| from\b| who\b| (?:leaves|leaving|left|joins|joined|quits|quit|departs|exits|is|was|will|has|to)\b|$)|\bchief [a-z]+(?: [a-z]+)? officer\b"
    r"|(?<![a-z])[^\W\da-z了走的任为由从将原前挖聘被和与及是在于该名各向给新]{0,8}?(?:团队|部门|实验室|业务|产品|研究|训练|推理|算法|组)负责人"
)
# Who tells the news is not whom it is about: a role that goes on to speak, or that somebody is quoted as.
_SPEAKS = re.compile(
    r"[^,.。、;:]{0,24}?(?:(?<![a-z])(?:said|says|told|wrote|confirmed|explained|added|noted|declined|posted|sagte|erklärte|teilte|déclaré|indiqué|affirmé|dijo|afirmó|explicó)(?![a-z])|表示|称|透露|指出|认为|回应|解释|发文|强调|坦言|告诉|と述べ|と話|と語|は述べ|によると|明らかにした|라고 말|다고 말|밝혔|전했)"
)
_IS_QUOTED = re.compile(r"(?:said|says|told|according to|by|laut|zufolge|selon|según|据|据了解)[^,.;。，]{0,24}$")
# A noun for a person ends a role; fields and bare praise (推理加速, 骨干, 大牛) are none.
_PERSON = re.compile(
    r"(?:者|员|师|家|人|长|官|生|裁|监|管|士|理|授|后|工|手|位|代行|エンジニア|担当|リード|フェロー|インターン|リーダー|デザイナー|アナリスト|マネージャー|マネージャ|サイエンティスト|コンサルタント|ディレクター|アーキテクト|ポスドク|[a-z가-힣])$"
)
_PRAISE = {
    "负责人",
    "主管",
    "管理者",
    "研究者们",
    "领军人才",
    "领军人",
    "创始人们",
    "体验官",
    "人",
    "expert",
    "experts",
    "talent",
}


def find_worked_roles(events: Sequence[Event]) -> tuple[Role, ...]:
    """Roles named in sentences of hiring, in order, each once; 工程师 goes where 推理引擎工程师 stands, too."""
    found: dict[str, Role] = {}
    seen: set[int] = set()
    for event in sorted(events, key=lambda e: (e.scene.sentence.field != "title", e.scene.sentence.index)):
        if event.weight < _LEAST or id(event.scene) in seen or event.is_background:
            continue
        seen.add(id(event.scene))
        sentence = event.scene.sentence
        spans: list[tuple[int, int, str | None]] = [
            (start, end, role) for role, start, end in find_roles(sentence.folded)
        ]
        spans += [(m.start(), m.end(), None) for m in _HEAD_OF.finditer(sentence.folded)]
        spans.sort(key=lambda span: (span[0], -span[1]))
        at = -1
        for start, end, role in spans:
            if start < at:
                continue
            at = end
            if not _is_of_staff(sentence.folded, start, end):
                continue
            if any(
                named.start < end and start < named.end for named in (*event.scene.players, *event.scene.go_betweens)
            ):
                continue
            low, high = sentence.span(start, end)
            text = sentence.original[low:high].strip()
            found.setdefault(text.casefold(), Role(text=text, id=role))
    kept = [role for key, role in found.items() if not any(key != other and key in other for other in found)]
    return tuple(kept)[:_MOST]


def _is_of_staff(text: str, start: int, end: int) -> bool:
    """Whether a role names a person's job, begins and ends with a word, and is not the speaker's."""
    name = text[start:end]
    is_cut = (is_latin(text[start]) and start and is_latin(text[start - 1])) or (
        is_latin(text[end - 1]) and end < len(text) and is_latin(text[end])
    )
    return (
        not is_cut
        and name not in _PRAISE
        and bool(_PERSON.search(name))
        and not _SPEAKS.match(text, end)
        and not _IS_QUOTED.search(text[max(0, start - 30) : start])
    )
