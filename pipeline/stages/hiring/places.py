"""Where the hired work: places named in sentences of hiring, not datelines, schools, origins or other offices."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from pipeline.facts import Place
from pipeline.knowledge.places import find_places, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.hiring.decision import Event
    from pipeline.stages.hiring.scenes import Scene

_LEAST = 0.3  # of an event whose sentence may name the place
_IN = re.compile(
    r"(?:\bin|\bacross|\bbased (?:in|out of)|\bat (?:its|the|their)|\blocated in|\boffices? in|\bto|\bnear|\bcities like|\bincluding|\baround|\binto|\bon|\bthe|,|\band|\bor|"
    r"\bfür|\bfor|\bpour|\ben|\bà|\bau|\baux|\bde|\bin der|\bim|\bnach|\bund|\bet|\by|\boder|\bou|\bo|\ba|\bdel|/)\s+(?:the |its |new |greater |downtown |central |der |den |la |el |ihrem |sa |su |son )*$"
)
_NOT_AFTER = re.compile(
    r"(?:'s)?[- ](?:based|headquartered|born|listed|university|college|institute|times|post|business|court|law|government|stock|exchange|state|ansässig|school|review|journal|time\b)|-basiert|-ansässig"
    r"|(?:大学|时间|时报|日报|交大|证券|股|联交所|理工|中文大学|科技大学|工业大学|师范|财经|政府|法院|人(?!才|工|员)|籍|裔|证交所|出身|総合|大学院|工大|市场监管|新闻|商报|晚报|青年报|航空航天|外国语|智源|当地时间|总统|国务院|商务部|国会|股市)"
    r"|(?:대|대학|대학교|시간|증시|정부|인(?!재|력|턴)|계|법원)|(?:語|语|人(?!材|員)|時間|政府|市場|株)"
)
_OFFICE = re.compile(
    r"(?:'s)? (?:ki-|ai )?(?:headquarters|office|lab|laborator|team|campus|hub|branch|research cent|büro|labor|standort)|-(?:büro|labor|team)"
)
_WHOLE_NOT_AFTER = re.compile(
    r"(?:的)?(?:首席|外送|外卖|电商|搜索|互联网|最大|领先|法人|公司|企业|科技|巨头|创业|初创|互联网|大厂|厂商|ai公司|媒体|研究团队|の企業|企業|系|の大手|人|발|계|기업|빅테크|정부)|\s+(?:firms?|companies|tech|giants?|start-?ups?|government|labs?)"
)
_NOT_BEFORE = re.compile(
    r"(?:毕业于|出生于|就读|来自|from|born in|graduated from|studied (?:at|in)|卒業|aus|depuis|desde|university of|univ\. of|université de|universität|universidad de|outside|leaves?|left|bank of|东|南|西|北|\b(?:recruited|hired|poached|lured|drawn|come|came|and) from (?:an? |the )(?:[\w-]+ ){1,4}in)\s*(?:the )?$"
)
# Places told for contrast, of interviews, or that work moves to without the people.
_CONTRAST_BEFORE = re.compile(
    r"(?:outside(?: of)?|beyond|besides|apart from|other than|as well as in|rather than|instead of|außer(?:halb von)?|neben|hors de|outre|en dehors de|fuera de|además de|除了?|不同于)\s*(?:its |the |in |in der )?(?:[^,.;。，]{0,24}?(?:\band\b|\bor\b|\bund\b|\bet\b|\by\b|和|及|与|、)\s*)?$"
    r"|\b(?:mov\w+|relocat\w+|shift\w+|transfer\w+) (?:what (?:is|was) left|the rest|the project|the remaining|the work|its)[^.;]{0,40}? to (?:the )?$|\b(?:rest|reste|resto)\b[^.;]{0,40}? (?:nach|à|a) $"
)
_CONTRAST_AFTER = re.compile(
    r"(?:[、,和及与以]*[一-鿿]{0,6}?)?(?:以外|之外|外首次|外扩|外招|外设)|\s?(?:以外|外で)|\s?(?:이외|외에)"
)
_INTERVIEW = re.compile(r"\binterviews?\b|面试|面接|면접|vorstellungsgespr|entretiens?\b|entrevistas?\b")
_CLAUSE_MARKS = ",;:。；："
_WORK_ACTS = {
    "hire",
    "join",
    "poach",
    "recruit",
    "team",
    "leave",
    "layoff",
    "freeze",
    "retain",
    "pay",
    "market",
    "acquihire",
}


def find_work_places(events: Sequence[Event], scenes: Sequence[Scene], language: str) -> tuple[Place, ...]:
    """Gazetteer entries where the reported job, team or staff is, in order of the text."""
    weight: dict[int, float] = {}
    for event in events:
        if event.act in _WORK_ACTS:
            key = id(event.scene)
            weight[key] = max(weight.get(key, 0.0), event.weight)
    _lend_to_next(weight, scenes)
    is_cjk = language.split("-", maxsplit=1)[0] in {"zh", "ja", "ko"}
    found: dict[str, Place] = {}
    in_title: set[str] = set()
    for scene in scenes:
        if weight.get(id(scene), 0.0) < _LEAST or (scene.has("background") and not scene.sentence.is_title):
            continue
        for place, start, end in _without_glued(scene.sentence.folded):
            if _counts(scene, place, start, end, is_cjk=is_cjk):
                entry = places()[place]
                if scene.sentence.is_title:
                    in_title.add(place)
                found.setdefault(place, Place(id=place, name=entry.names[0], country=entry.country))
    cities = {place.country for key, place in found.items() if not places()[key].is_whole}
    # A country that only the body names beside its city is where the city is, no place of its own.
    return tuple(
        place
        for key, place in found.items()
        if key in in_title or not (places()[key].is_whole and place.country in cities)
    )


_SEATED = re.compile(
    r"\b(?:based|located|work(?:ed|ing)?|seated|posts?|jobs|roles|positions|openings|vacancies|offices?|teams?)\b[^.]{0,24}\b(?:in|at)\b|位于|工作地|地点|坐落|base|勤務地|拠点|근무지|에서 일|standort|in (?:berlin|münchen)|basé|con sede|\bheadquarters\b|总部|本社|본사|hauptsitz|办公(?!室)|上班|新设|设立|成立|组建|面向|带领|率领|常驻"
)


_GLUE = re.compile(r"[ ,(（·・、]{0,2}(?:の|의 )?")


def _without_glued(text: str) -> list[tuple[str, int, int]]:
    """The places of a sentence without the country that is glued to its city: "Tokyo, Japan", 미국 새너제이."""
    found = list(find_places(text))
    glued = set()
    for (one, _, end), (other, start, _) in itertools.pairwise(found):
        first, second = places()[one], places()[other]
        if first.is_whole == second.is_whole or first.country != second.country:
            continue
        if end <= start and _GLUE.fullmatch(text[end:start]):
            glued.add(one if first.is_whole else other)
    return [(place, start, end) for place, start, end in found if place not in glued]


def _lend_to_next(weight: dict[int, float], scenes: Sequence[Scene]) -> None:
    """A sentence that says where ("The posts are in Zurich") belongs to the event told right before it."""
    for before, scene in itertools.pairwise(scenes):
        if weight.get(id(before), 0.0) >= _LEAST and _SEATED.search(scene.sentence.folded):
            weight[id(scene)] = max(weight.get(id(scene), 0.0), _LEAST)


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    low = max(text.rfind(mark, 0, start) for mark in _CLAUSE_MARKS) + 1
    return low, min((at for mark in _CLAUSE_MARKS if (at := text.find(mark, end)) >= 0), default=len(text))


def _clause(text: str, start: int, end: int) -> str:
    return text[slice(*_bounds(text, start, end))]


def _is_in_clause_of_hiring(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause around a place, between commas, speaks of the hiring or of where it is."""
    text = scene.sentence.folded
    low, high = _bounds(text, start, end)
    return any(low <= hit.start < high for hit in scene.events) or bool(_SEATED.search(text, low, high))


def _counts(scene: Scene, place: str, start: int, end: int, *, is_cjk: bool) -> bool:
    text = scene.sentence.folded
    before = text[max(0, start - 24) : start]
    if _is_named_otherwise(text, start, end) or any(p.start < end and start < p.end for p in scene.players):
        return False
    if places()[place].is_whole and (_WHOLE_NOT_AFTER.match(text, end)):
        return False
    if _OFFICE.match(text, end):
        return True
    if is_cjk and not text[start].isascii():
        return _is_in_clause_of_hiring(scene, start, end)
    return bool(_IN.search(before)) or (
        not before.strip() and not scene.sentence.is_title and text[end : end + 1] == ","
    )


def _is_named_otherwise(text: str, start: int, end: int) -> bool:
    """Whether the place is an origin, a part of a name, told for contrast, or of interviews."""
    return bool(
        _NOT_AFTER.match(text, end)
        or _NOT_BEFORE.search(text[max(0, start - 48) : start])
        or _CONTRAST_BEFORE.search(text[max(0, start - 64) : start])
        or _CONTRAST_AFTER.match(text, end)
        or _INTERVIEW.search(_clause(text, start, end))
    )
