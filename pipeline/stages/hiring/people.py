"""Persons who move, with their role where the same sentence states it beside the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.document import Person
from pipeline.folding import fold_key
from pipeline.knowledge.places import find_places
from pipeline.knowledge.roles import find_roles
from pipeline.knowledge.surnames import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.stages.hiring.decision import Event

_MOVES = {"hire", "join", "poach", "leave", "acquihire"}
_LEAST = 0.4
_LATIN = re.compile(r"(?<![A-Za-z’'])[A-Z][a-zà-ÿ'’-]+(?: (?:[A-Z]\.|[A-Z][a-zà-ÿ'’-]+|de|van|von|der)){1,3}(?![a-z])")
_HAN = re.compile(
    rf"(?<![\u4e00-\u9fff])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=(?:博士|现已|已|将|宣布|正式|从|加入|加盟|离职|入职|担任|出任|辞|离开|，|,|（|\())"
    r"|(?<=[长官家人监裁理员授问士])"
    rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=(?:博士|现已|已|将|宣布|正式|从|加入|加盟|离职|入职|担任|出任|辞|离开))"
)
_COMMON = re.compile(
    r"^(?:The|This|That|In|On|At|After|Before|When|While|As|But|And|For|From|With|New|Big|Silicon|Wall|White|United|San|Los|Hong|South|North|Open|Chief|Vice|Head|Former|Google|Meta|Apple|Amazon|"
    r"Microsoft|Facebook|Tesla|Nvidia|Bloomberg|Reuters|Business|Financial|The Verge|Tech|Artificial|Machine|Large|Deep|Super|General|Hugging|Scale|Character|Safe|Thinking|Alibaba|Tencent|"
    r"Baidu|Moonshot|Chinese|American|European|Boss|Mistral|Apache|Llama|Gemini|Claude|Chat|Copilot|Azure|Model|Research|Labs?|Superintelligence|Foundation|Monday|Tuesday|Wednesday|Thursday|Friday|January|"
    r"February|March|April|June|July|August|September|October|November|December)\b|(?:Labs?|Intelligence|University|Institute|Team|Times|Journal|News|Group|Holdings|Inc|Street|Valley|Learning|Research|Model|Officer|President|Street|Technologies|Francisco|York|Kong|Insider|Superintelligence|Disrupt)$"
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
            if match[0].startswith("万元") or _OUTLET.search(match[0]) or _is_place(match[0]):
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
            yield match[0], _role_beside(text, match, event)


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
