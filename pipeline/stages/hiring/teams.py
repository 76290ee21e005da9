"""Teams, labs and units that people join, leave or are sought for, as the text names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts import Team
from pipeline.folding import fold_key
from pipeline.knowledge.hiring_phrases import FOR
from pipeline.stages.hiring.starts import told_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.stages.hiring.decision import Event
    from pipeline.stages.hiring.scenes import Scene
    from pipeline.stages.hiring.sentences import Sentence

_LEAST = 0.4
_MOST = 4
_FIELD = (
    "foundation|foundational|frontier|models?|language|large|superintelligence|super intelligence|research|safety|alignment|post-training|pre-training|posttraining|pretraining|reasoning|"
    "inference|agents?|agentic|multimodal|evaluation|product|infrastructure|applied|generative|machine|learning|artificial|intelligence|speech|voice|vision|video|coding|code|data|"
    "training|assistant|search|engineering|interpretability|preparedness|robotics|world|consumer|enterprise|llm|ai|agi|genai"
)
# English, French, German and Spanish: the words that name the field or carry a name, with the noun.
_LATIN = re.compile(
    rf"(?:(?<![\w’'])(?:(?:[A-Z][\w&.-]*[\w]|(?:{_FIELD}))(?:[- ](?:and )?)){{1,5}}(?:[Tt]eams?|[Ll]abs?|[Uu]nits?|[Dd]ivisions?|[Gg]roups?|[Dd]epartments?)(?!\w))"
    r"|(?<!\w)[A-ZÄÖÜ][\w-]*-(?:Team|Abteilung|Labor|Gruppe|Einheit)(?=s?(?!\w))"
    r"|(?<!\w)(?:[ée]quipe|laboratoire|division|unité) (?:de |d['’])(?:recherche|superintelligence|modèles?|s[ûu]reté|sécurité|l['’]inférence|raisonnement|post-entraînement)(?: [A-ZÉ][\w'’-]+){0,2}"
    r"|(?<!\w)(?:equipo|laboratorio|división|unidad) de (?:investigación|superinteligencia|modelos?|seguridad|inferencia|razonamiento)(?: [A-Z][\w-]+){0,2}"
)
_CJK_FIELD = (
    "大模型|大语言模型|语言模型|基础模型|基座模型|多模态|智能体|预训练|后训练|强化学习|推理|训练|对齐|安全|评测|算法|研究|应用|产品|搜索|语音|视觉|视频|代码|编程|数据|平台|工程|基础设施|基础研究|世界模型|人工智能|通用人工智能|超级智能|超级智慧|超智能|生成式|云|"
    "大规模言语モデル|基盘モデル|生成|音声|开発|評価|学习|安全性|超知能|파운데이션|초지능|언어모델|모델|추론|연구|안전|멀티모달|생성형|에이전트|개발|학습"
)
_CJK = re.compile(
    rf"(?:(?<![a-z])[a-z][a-z0-9.+-]*(?: [a-z][a-z0-9.+-]*){{0,2}} ?)?(?:ai|{_CJK_FIELD}|通义|千问|文心|混元|豆包|盘古|星火|夸克|元宝)(?:ai|{_CJK_FIELD}|・| ){{0,4}}"
    r"(?:团队|实验室|研究院|事业部|小组|项目组|部门|中心|チーム|研究所|ラボ|ユニット|부문|연구소|연구팀|조직|본부|랩|팀)(?!长|長|负责|成员|合作|们|장)"
    r"|(?<![a-z0-9])[a-z][a-z0-9.+-]*(?: [a-z][a-z0-9.+-]*){0,2} ?(?:团队|实验室|研究院|事业部|チーム|연구소|팀)(?!长|長|们|장)"
)
_NO_NAME = re.compile(
    r"^(?:the|a|an|its|their|our|his|her|new|this|that|whole|entire|same|other|own|research|engineering|product|data|研究|开发|開発|产品|数据|算法|工程|연구|개발) ?(?:teams?|labs?|units?|divisions?|groups?|departments?|团队|團隊|中心|部门|小组|チーム|팀|조직|부문)$",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"^(?:The|A|An|Its|Their|Our|His|Her|New|In|At|For|When|While|And|But|Meanwhile) ")
_GERMAN_GENITIVE = re.compile(r"(?<!\w)(?:des|eines|dieses|jenes|(?:sein|ihr)es) (?:\w+en )?$")


def find_teams(events: Sequence[Event], scenes: Sequence[Scene]) -> tuple[Team, ...]:
    """Each team once, headline first; a name inside a longer one already found is left out."""
    found: dict[str, Team] = {}
    firms = {id(scene.sentence): [(n.start, n.end) for n in (*scene.players, *scene.go_betweens)] for scene in scenes}
    for sentence in told_of(events, scenes, FOR, _LEAST):
        for start, end in _spans(sentence):
            text = sentence.original[start:end]
            low = sentence.inner(start)
            # "AI lab Mistral", "das KI-Labor Mistral": what kind of firm it is.
            high = low + len(text)
            is_firm = any((first <= low and high <= last) or first == high + 1 for first, last in firms[id(sentence)])
            key = fold_key(text)
            if not (_NO_NAME.match(text) or is_firm or any(key in known or known in key for known in found)):
                found[key] = Team(text=text, field=sentence.field, start=start, end=end)
    return tuple(found.values())[:_MOST]


def _spans(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Offsets in the original; Latin names show in their capitals, Chinese ones in the folded text."""
    low, high = sentence.span(0, len(sentence.folded))
    for match in _LATIN.finditer(sentence.original[low:high]):
        article = _ARTICLES.match(match[0])
        genitive = match[0].endswith("s") and _GERMAN_GENITIVE.search(sentence.original, low, low + match.start())
        yield low + match.start() + (article.end() if article else 0), low + match.end() - bool(genitive)
    for match in _CJK.finditer(sentence.folded):
        yield sentence.span(match.start(), match.end())
