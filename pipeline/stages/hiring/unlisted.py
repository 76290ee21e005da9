"""Employers that the registry does not know, by their name as written.

Strict on purpose: in a headline a name that is all that stands before a verb of hiring ("Hingeworks hires …") or right
behind a verb of joining; elsewhere only a name that the text itself calls a firm: "the start-up Hingeworks hires …",
初创公司星桥正在招聘, スタートアップのホシバシが採用, 스타트업 별다리가 채용.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

_NAME = r"[A-Z][\w&.'’-]*[\w](?:\s(?:[A-Z][\w&.'’-]*[\w]|of|and|&)){0,3}"
_WILL = r"(?:(?:is|are|has|have|will|wants to|plans to|to|hat|will|va|a|ha|quiere)\s+)?"
_FIRM = r"(?:start-?up|company|firm|lab|unicorn|[a-z]*maker|developer|bank|insurer|retailer|Start-?up|Firma|Unternehmen|Konzern|entreprise|société|jeune pousse|empresa|compañía|tecnológica)"
_BEFORE = re.compile(rf"^\s*({_NAME})\s+{_WILL}$")
_AFTER = re.compile(rf"\s+({_NAME})(?=\s+(?:as|to|from|after|for|in|on|at|and)\b|\s*[,.;:–-]|\s*$)")
_CALLED_BEFORE = (
    re.compile(rf"\b{_FIRM}\s+({_NAME})\s+{_WILL}$"),
    re.compile(rf"^\s*({_NAME}),\s+(?:an?|the|ein|eine|une?|una?)\s+[^,;]{{0,60}}\b{_FIRM}\b[^,;]{{0,40}},\s+{_WILL}$"),
    # 公司 alone stands before anything: only a name in quotes or in Latin letters is told from what follows.
    re.compile(
        r"(?:公司|初创企业|创业企业|新创|新創|独角兽|獨角獸|厂商|廠商)(?:[「“\"]([^「」“”\"]{2,12})[」”\"]|([A-Z][A-Za-z0-9.]+(?: [A-Z][A-Za-z0-9.]+)?)) ?(?:正在|正|已经|已|将|將|计划|計劃|拟|宣布|近日|开始|重金|高薪|也)*$"
    ),
    re.compile(
        r"^\s*([\u4e00-\u9fff]{2,8}(?:科技|智能|智慧|集团|集團|银行|銀行|汽车|汽車|实验室|實驗室|研究院|网络|網路))(?:正在|正|已|将|將|计划|計劃|拟|宣布|近日|重金|高薪)*$"
    ),
    re.compile(
        r"(?:スタートアップ|新興企業|開発会社|株式会社)の?「?([ァ-ヶーA-Za-z0-9・]{2,16})」?(?:が|は|、)[^。「」]{0,30}$"
    ),
    re.compile(r"(?:스타트업|개발사|업체)\s([가-힣A-Za-z0-9]{2,12}?)(?:은|는|이|가|,)\s[^.]{0,30}$"),
)
_CALLED_AFTER = re.compile(rf"\s+(?:the |a |an )?(?:[a-zA-Z-]+ ){{0,3}}{_FIRM}\s+({_NAME})(?=\W|$)")
_NO_NAME = re.compile(
    r"^(?:The|A|An|Its|Their|Our|His|Her|This|How|Why|What|Who|When|Former|Ex|New|Top|Big|Three|Two|Four|Five|AI|LLM|CEO|CTO|Chief|Head|Report|Exclusive|Tech|La|Le|Les|L|El|Los|Las|Un|Une|Una|Der|Die|Das|Ein|Eine|Des|Zuckerberg|Altman|Musk|Startups?|Companies|Labs?|Board|Team)\b"
    r"|^(?:一家|这家|這家|该|該|多家|国内|國內|另一|其他|本|大|小|某)"
)
_NOUN_DE = re.compile(
    r"(?i)(?:konzern|unternehmen|firma|start-?up|bank|ministerium|minister|regierung|universität|hochschule|branche|industrie|mittelstand|"
    r"wirtschaft|verwaltung|behörde|labor|institut|verband|chef|gründer|forscher|entwickler|professor|milliardär|investor|"
    r"riese|hersteller|anbieter|dienst|plattform|deutschland|europa|eu|bund|land|schweiz|österreich|amerika|china|staat|armee|polizei|bundeswehr|team|experte|markt|nachfrage|wer|niemand|jeder)$"
)
_SUBJECT_ACTS = {"hire", "poach", "recruit", "team", "freeze"}


def unlisted_employer(hit: Hit, scene: Scene) -> str | None:
    """The name, if the sentence states it plainly and the registry has no player in that place."""
    sentence = scene.sentence
    low, high = sentence.span(0, len(sentence.folded))
    text = sentence.original[low:high]
    if len(text) != len(sentence.folded) or hit.phrase.strength < 1:
        return None
    match = _named(hit, text, is_title=sentence.is_title)
    if match is None or match.lastindex is None:
        return None
    start, end = match.span(match.lastindex)
    if _NO_NAME.match(text[start:end]) or any(
        p.start < end and start < p.end for p in (*scene.players, *scene.go_betweens)
    ):
        return None
    return text[start:end]


def _is_firm_de(hit: Hit, text: str, word: str) -> bool:
    """Whether one word can be a name: German writes every noun large, and Romance headlines begin with one.

    A German headline without an article speaks of many ("Forscher wechseln") or of a firm, which takes the singular.
    """
    return hit.phrase.language == "de" and text[hit.start : hit.end].endswith("t") and not _NOUN_DE.search(word)


def _named(hit: Hit, text: str, *, is_title: bool) -> re.Match[str] | None:
    if hit.phrase.act == "join":
        return (_AFTER.match(text, hit.end) if is_title else None) or _CALLED_AFTER.match(text, hit.end)
    if hit.phrase.act not in _SUBJECT_ACTS:
        return None
    before = text[: hit.start]
    found = _BEFORE.match(before) if is_title else None
    if found and (
        hit.phrase.language == "en" or " " in found[1] or not found[1][1:].islower() or _is_firm_de(hit, text, found[1])
    ):
        return found
    return next((match for pattern in _CALLED_BEFORE if (match := pattern.search(before))), None)
