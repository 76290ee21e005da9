"""Persons who move, with their role where the same sentence states it beside the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts import Person
from pipeline.folding import fold_key
from pipeline.knowledge.places import find_places
from pipeline.knowledge.roles import find_roles
from pipeline.knowledge.surnames import RARER_SURNAMES, SURNAMES
from pipeline.stages.hiring.no_names import is_named_thing, without_lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.stages.hiring.decision import Event

_MOVES = {"hire", "join", "poach", "leave", "acquihire"}
_LEAST = 0.4
# A word of a name, also a double one and one with a capital within: Anne-Marie, McKay, LeBlanc, O'Hara.
_PART = r"(?:Mc|Mac|Le|De|La|Di|O['’]|D['’])?[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-[A-ZÀ-Þ]?[a-zà-ÿ'’]+)*"
_LATIN = re.compile(
    rf"(?<![A-Za-zÀ-ÿ’'-]){_PART}(?: (?:[A-Z]\.|(?:(?:de|van|von|van der|von der) )?{_PART})){{1,3}}(?![A-Za-zà-ÿ])"
)
_HAN = re.compile(
    rf"(?<![\u4e00-\u9fff])[{SURNAMES}{RARER_SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=(?:博士|现已|已|将|宣布|正式|从|加入|加盟|离职|入职|担任|出任|辞|离开|去向|跳槽|转投|回归|，|,|（|\())"
    r"|(?<=[长官家人监裁理员授问士老席师者总oO])"
    rf"[{SURNAMES}{RARER_SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=(?:博士|现已|已|将|宣布|正式|从|加入|加盟|离职|入职|担任|出任|辞|离开|去向|跳槽|转投|回归|上周|上月|突然|近日|日前|今日|昨日|官宣|确认))"
)
_NO_NAME = re.compile(
    r"^(?:高管|高层|高校|高薪|白领|方面|金融|黄金|万人|马上|华人|华裔|管理|路透|章程|严重|齐齐|左右|尚未|温和|关键|江苏|安徽|安全|应届|全员|曾任|时任|于近|任职)"
)
# The head of the firm that hires is no mover: "Meta CEO Ann Lee has lured".
_CHIEF_BEFORE = re.compile(r"(?:CEO|Chef|chief executive|boss|PDG|consejero delegado)\s$")
_CHIEF_ACTS = re.compile(
    r"\s(?:hat|has|is|was|will|said|says|personally|himself|herself|persönlich|baut|setzt|wirbt|lockt|lures?|hires?|poache[sd]|recruit\w*|offer\w*|a |veut|quiere|ha )"
)
# Korean gives a foreign name in two words, with its role behind or before it.
_HANGUL = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{1,5} [가-힣]{1,4})(?= (?:수석|연구원|엔지니어|박사|부사장|과학자|교수|전 ))"
    r"|(?<=(?:구원|니어|성원|임원|임자|학자|업자|립자|대표|니어|사장|교수)\s)(?P<after>[가-힣]{1,5} [가-힣]{1,4}?)(?=(?:을|를|이|가|은|는|와|과|도|의)(?:\s|$))"
    r"|(?<=(?:구원|성원|임원|임자|학자|업자|립자)인\s)(?P<as>[가-힣]{1,5} [가-힣]{1,4}?)(?=(?:을|를|이|가|은|는|와|과)(?:\s|$))"
    r"|(?<=[가-힣](?:와|과)\s)(?P<and>[가-힣]{1,5} [가-힣]{1,4}?)(?=(?:을|를|이|가|은|는)\s)"
)
_NO_HANGUL_NAME = re.compile(
    r"핵심|최고|선임|수석|주요|일부|여러|전직|출신|소속|신임|유명|관련|개발|책임|기술|인공|고위|대표|공동|젊은|메타|애플|구글|오픈|네이버|삼성|카카오|딥마인드|인재|연구|부문|담당|회사|기업|최근|추가|다른|사람|이들|직원|팀|경력|신입|전문|석사|박사|신설|채용"
    # A verb or a noun with its particle is the first word of no name.
    r"|(?:하고|하며|하는|해온|했던|에서|으로|에게|부터|까지|을|를) "
)
# A verb or an adverb with a capital: "Meta Hires", "Rapidly Losing", "Co-Founder Departs".
_HEADLINE = re.compile(
    r"\b(?:Is|Are|To|Hires|Joins|Leaves|Departs|Quits|Exits|Poaches|Loses|Losing|Leaving|Joining|Says|Bounce|Citing|Amid|After|From|With|For|As|In|At|And|Of|Over|[A-Z][a-z]+ly)\b(?! [a-z])"
)
_POSSESSIVE = re.compile(r"(?P<name>.+)['’]s")
_OWN_MOVE = re.compile(
    r"\s(?:[\w-]+ )?(?:departure|exit|move|resignation|arrival|hiring|hire|defection|leaving|appointment)\b"
)
_COMMON = re.compile(
    r"^(?:Founder|Following|Citing|Mindestens|Dutzend|Seit|Nach|Laut|Trotz|The|This|That|In|On|At|After|Before|When|While|As|But|And|For|From|With|New|Big|Silicon|Wall|White|United|San|Los|Hong|South|North|Open|Chief|Vice|Head|Former|Google|Meta|Apple|Amazon|"
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
# "said Ann Lee": who is only quoted does not move.
_SAYS_BEFORE = re.compile(
    r"(?:said|says|sagte|sagt|erklärte|schrieb|betonte|afirmó|dijo|explicó|aseguró|escribió|a (?:déclaré|affirmé|expliqué)|explique|affirme|selon|según|laut)\s$"
)
_OUTLET = re.compile(
    r"(?:Technology|Post|Daily|Weekly|Media|Wire|Ledger|Herald|Tribune|Gazette|Review|Magazine|Hub|Headquarters)$"
)
# Japanese gives a name with its honorific: ミラ・フェルト氏, 山田太郎氏.
_KANA = re.compile(r"[ァ-ヶー]{2,}(?:[・=][ァ-ヶー]{1,})+(?=氏|さん|博士)")


def find_people(events: Sequence[Event]) -> tuple[Person, ...]:
    """Names in sentences of moves, in order, each once (a surname alone repeats the full name)."""
    found: dict[str, Person] = {}
    body = " ".join(_original(event) for event in events if not event.scene.sentence.is_title)
    for event in events:
        if event.act not in _MOVES or event.weight < _LEAST or event.is_background:
            continue
        is_headline = event.scene.sentence.is_title and bool(_HEADLINE.search(_original(event)))
        for name, role in _in_sentence(event):
            if is_headline and name not in body:
                continue  # in a headline all words begin as names do
            if not any(name in known or known in name for known in found):
                found[name] = Person(name=name, role=role)
    return tuple(found.values())[:8]


def _original(event: Event) -> str:
    sentence = event.scene.sentence
    return sentence.original[slice(*sentence.span(0, len(sentence.folded)))]


def _in_sentence(event: Event) -> Iterator[tuple[str, str | None]]:
    text = _original(event)
    players = [(p.start, p.end) for p in event.scene.players]
    for pattern in (_LATIN, _HAN, _KANA, _HANGUL):
        for match in pattern.finditer(text):
            # 万 is a surname and a unit: 万元 before a comma is money.
            if (
                match[0].startswith("万元")
                or _is_no_name(text, match)
                or _OUTLET.search(match[0])
                or _is_place(match[0])
            ):
                continue
            if _COMMON.search(match[0]) or any(start < match.end() and match.start() < end for start, end in players):
                continue
            if (
                _ONLY_SPEAKS.match(text, match.end())
                or _IS_QUOTED.search(text[max(0, match.start() - 16) : match.start()])
                or _SAYS_BEFORE.search(text, max(0, match.start() - 16), match.start())
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
            name = without_lead(name)
            if match.re is _LATIN and (" " not in name or is_named_thing(name)):
                continue
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


def _is_no_name(text: str, match: re.Match[str]) -> bool:
    """Common words in the place of a name, and the chief of the firm that hires."""
    if _NO_NAME.match(match[0]) or (match.re is _HANGUL and _NO_HANGUL_NAME.search(match[0])):
        return True
    return bool(
        _CHIEF_BEFORE.search(text, max(0, match.start() - 24), match.start()) and _CHIEF_ACTS.match(text, match.end())
    )
