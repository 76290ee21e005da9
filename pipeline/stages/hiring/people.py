"""Persons who move, with their role where the same sentence states it beside the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.document import Person
from pipeline.folding import fold_key
from pipeline.knowledge.places import find_places
from pipeline.knowledge.roles import find_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.stages.hiring.decision import Event

_MOVES = {"hire", "join", "poach", "leave", "acquihire"}
_LEAST = 0.4
_LATIN = re.compile(r"(?<![A-Za-z’'])[A-Z][a-zà-ÿ'’-]+(?: (?:[A-Z]\.|[A-Z][a-zà-ÿ'’-]+|de|van|von|der)){1,3}(?![a-z])")
# The commonest surnames, by the public-security counts of 2020; the given name has one or two characters.
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤惠翁罗阮洪施严苗曲凌柳俞翟聂齐兰项祝季鲁庞樊殷颜倪鲍章温童管葛耿左尚岳纪舒路卓邢郁晏蔺闫汤楼华骆"
_HAN = re.compile(
    rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=(?:博士|现已|已|将|宣布|正式|从|加入|加盟|离职|入职|担任|出任|辞|离开|去向|跳槽|转投|回归|，|,|（|\())"
    r"|(?<=[长官家人监裁理员授问士老席师者总oO])"
    rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=(?:博士|现已|已|将|宣布|正式|从|加入|加盟|离职|入职|担任|出任|辞|离开|去向|跳槽|转投|回归))"
)
_NO_NAME = re.compile(
    r"^(?:高管|高层|高校|高薪|白领|方面|金融|黄金|万人|马上|华人|华裔|管理|路透|章程|严重|齐齐|左右|尚未|温和|关键|江苏|安徽|安全|应届|全员|曾任|时任|于近|任职)"
)
_POSSESSIVE = re.compile(r"(?P<name>.+)['’]s")
_OWN_MOVE = re.compile(
    r"\s(?:[\w-]+ )?(?:departure|exit|move|resignation|arrival|hiring|hire|defection|leaving|appointment)\b"
)
_COMMON = re.compile(
    r"^(?:The|This|That|In|On|At|After|Before|When|While|As|But|And|For|From|With|New|Big|Silicon|Wall|White|United|San|Los|Hong|South|North|Open|Chief|Vice|Head|Former|Google|Meta|Apple|Amazon|"
    r"Microsoft|Facebook|Tesla|Nvidia|Bloomberg|Reuters|Business|Financial|The Verge|Tech|Artificial|Machine|Large|Deep|Super|General|Hugging|Scale|Character|Safe|Thinking|Alibaba|Tencent|"
    r"Baidu|Moonshot|Chinese|American|European|Boss|Mistral|Apache|Llama|Gemini|Claude|Chat|Copilot|Azure|Model|Research|Labs?|Superintelligence|Foundation|Monday|Tuesday|Wednesday|Thursday|Friday|January|"
    r"February|March|April|June|July|August|September|October|November|December)\b|(?:Labs?|Intelligence|University|Institute|Team|Times|Journal|News|Group|Holdings|Inc|Street|Valley|Learning|Research|Model|Officer|President|Street|Technologies|Francisco|York|Kong|Insider|Superintelligence|Disrupt|Golf|Challenge|Competition|Prize)$"
)

_ONLY_SPEAKS = re.compile(
    r",? (?:who (?:places|recruits|advises|covers|follows|studies)|an? (?:\w+ )?(?:recruiter|headhunter|analyst|consultant|professor|lawyer|investor|partner))\b|,? (?:said|says|told|wrote|noted|explained|learned|learnt|reported|has learned|understands|asked)\b|(?:表示|认为|称|透露|告诉|指出|获悉|报道)"
)
_IS_QUOTED = re.compile(
    r"(?:according to|said|says|told|asked|interview with|interviewed by|reply to|seen by|read by|code-?named|codename|据|laut|selon|según)\s+[\"“‘'「]?$|[\"“‘'「《]$"
)
_OUTLET = re.compile(
    r"(?:Technology|Post|Daily|Weekly|Media|Wire|Ledger|Herald|Tribune|Gazette|Review|Magazine|Hub|Headquarters)$"
)
# Japanese gives a name with its honorific: ミラ・フェルト氏, 山田太郎氏.
_KANA = re.compile(r"[ァ-ヶー]{2,}(?:[・=][ァ-ヶー]{1,})+(?=氏|さん|博士)")


def find_people(events: Sequence[Event]) -> tuple[Person, ...]:
    """Names in sentences of moves, in order, each once (a surname alone repeats the full name)."""
    found: dict[str, Person] = {}
    for event in events:
        if event.act not in _MOVES or event.weight < _LEAST or event.is_background:
            continue
        for name, role in _in_sentence(event):
            if not any(name in known or known in name for known in found):
                found[name] = Person(name=name, role=role)
    return tuple(found.values())[:8]


def _in_sentence(event: Event) -> Iterator[tuple[str, str | None]]:
    sentence = event.scene.sentence
    low, high = sentence.span(0, len(sentence.folded))
    text = sentence.original[low:high]
    players = [(p.start, p.end) for p in event.scene.players]
    for pattern in (_LATIN, _HAN, _KANA):
        for match in pattern.finditer(text):
            # 万 is a surname and a unit: 万元 before a comma is money.
            if (
                match[0].startswith("万元")
                or _NO_NAME.match(match[0])
                or _OUTLET.search(match[0])
                or _is_place(match[0])
            ):
                continue
            if _COMMON.search(match[0]) or any(start < match.end() and match.start() < end for start, end in players):
                continue
            if (
                _ONLY_SPEAKS.match(text, match.end())
                or _IS_QUOTED.search(text[max(0, match.start() - 16) : match.start()])
                or "’m" in match[0]
            ):
                continue
            if len(match[0]) > 40:  # noqa: PLR2004 - no name, a heading in capitals
                continue
            name = match[0]
            if owner := _POSSESSIVE.fullmatch(name):
                if not _OWN_MOVE.match(text, match.end()):
                    continue  # "Ann Lee's lab" tells of the lab
                name = owner["name"]
            yield name, _role_beside(text, match, event)


def _role_beside(text: str, match: re.Match[str], event: Event) -> str | None:
    """A role within a few words of the name: "chief scientist Ann Lee", "Ann Lee, head of research"."""
    if len(event.scene.sentence.folded) != len(text):
        return None
    for _, start, end in find_roles(event.scene.sentence.folded):
        if 0 <= match.start() - end <= 3 or 0 <= start - match.end() <= 16:  # noqa: PLR2004 - a comma, "a former"
            return text[start:end]
    return None


def _is_place(name: str) -> bool:
    """Whether the whole name is a place of the gazetteer: Palo Alto."""
    folded = fold_key(name)
    return any(start == 0 and end == len(folded) for _, start, end in find_places(folded))
