"""How many people (or posts) are hired, moved, wanted or laid off, where the text states it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.stages.hiring.numerals import read_digits, read_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.document import Person
    from pipeline.stages.hiring.decision import Event
    from pipeline.stages.hiring.scenes import Scene

_LEAST = 0.4
_OF_ONE = {"join", "hire", "leave", "poach"}
_OF_TEAMS = {"acquihire"}  # names the heads and says "some of the staff"
_LISTED = 3  # names that make a whole list; longer ones seldom do
_WORDS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100,
    "a dozen": 12, "two dozen": 24, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "두": 2, "세": 3,
}  # fmt: skip
_NOUN_EN = (
    r"(?:(?!of\b|percent\b|million\b|billion\b|years?\b|months?\b|days?\b|hours?\b|weeks?\b)[a-zà-ÿ’'-]+ ){0,4}?"
    r"(?:people|employees|workers|staff(?:ers)?|engineers|researchers|scientists|executives|co-?founders|founders|jobs|roles|positions|posts|hires|recruits|backbones|newcomers|graduates|beschäftigten?\b|arbeitsplätze|experts|developers|members|contractors|leaders|subordinates|"
    r"mitarbeiter\w*|forscher\w*|stellen|ingenieur\w*|experten|leute|chercheurs|personnes|salariés|ingénieurs|postes|emplois|employés|personas|empleados|investigadores|ingenieros|puestos|empleos)"
)
_LATIN = re.compile(
    rf"(?<![\w$€£.,])(?P<digits>\d{{1,3}}(?:[,.]\d{{3}})+|\d+)\+? {_NOUN_EN}\b|(?<!\w)(?P<word>{'|'.join(_WORDS)}) (?:more |other |of (?:its|the|his|their) )?{_NOUN_EN}\b"
)
_CJK = re.compile(
    # 数十, 几百: dozens and hundreds, which is no number.
    r"(?<![数几幾數])(?P<han>\d[\d,]*|[一两二三四五六七八九十百千万]+)\s?(?:多|余|여)?\s?(?:万\s?)?(?:名|位(?!数)|个岗位|个职位|个名额|个工作岗位|人(?!民|工|才|物|间|士|类)|명|人の|名の)(?:[^\d]|$)"
)
# All there ever were, of whom some move: "its original 12 co-founders", "Mira Feld's 9 co-founders", "the other six founders".
_TOTAL_BEFORE = re.compile(r"(?:\boriginal|\bfounding|['’]s|\bone of (?:the|its)|\bout of|最初的?|原有的?|全部)\s?$")
_TOTAL_AFTER = re.compile(r"\s?(?:명\s?)?(?:뿐|中的|当中)")
_FOUNDERS = re.compile(r"(?:founders?|staff|employees)$")
# Movers whose number nobody tells, though some are named.
_MANY = re.compile(
    r"\b(?:exodus|wave|departures|exits|several|slew|spree|string|team|teams|staff|others|many|some|more|équipe|equipo|mehrere|varios|plusieurs)\b"
    r"|潮|风波|人员|团队|多名|多位|接连|纷纷|数名|等人|チーム|相次|잇따|팀"
)
_BOTH = re.compile(r"\b(?:both|beide|tous deux|ambos)\b|双双|两人|2人とも|두 사람")
# One who moves, named by the role alone: "hires a new chief scientist", "Feldwerk's CEO joins", 首席科学家离职.
_ONE = re.compile(
    r"\b(?:an?|the|new|former|last|ex-?|its|['’]s) (?:[\w-]+ ){0,3}?(?:ceo|cto|coo|cfo|cro|cmo|cpo|chief [\w-]+(?: [\w-]+)? officer|chief (?:scientist|economist|people)|"
    r"(?:co-?)?founder|head|president|vice president|executive|exec|researcher|scientist|engineer|leader|veteran|professor|boss)\b(?!s)"
    r"|^(?:co-?founder|ceo|cto|coo|cfo|chief scientist|head|researcher|president|vp) (?:of|at) "
)
# Who tells the news, and what is no staff: "two people briefed on the plan", 知情人士, offers taken back.
_INFORMANT_AFTER = re.compile(
    r"(?: who (?:heard|were|was|received|saw|read|know|worked with|attended|asked|spoke))?,? ?(?:\w+ )?(?:briefed|familiar|with (?:direct )?knowledge|close to|said|say|told|aware|involved|declined|confirmed|den|die (?:mit|den)|au fait|proches)|\s?(?:who (?:heard|received|saw|read|know|spoke|worked with))|(?:的)?(?:知情|消息|接近|了解|熟悉|匿名|熟知)|が(?:明らか|証言|語)|이 (?:말|전)"
)
_INFORMANT_BEFORE = re.compile(
    r"(?:according to|told by|said|says|spoke (?:to|with)|citing|note read by|laut|zufolge|berichten|selon|según|据|知情者|知情人|関係者|관계자)\s?(?:the |a note from |[\w ]{0,30}and )?$"
)


# The size of a team, said of the team itself, in whatever sentence.
_COUNT = rf"(?P<size>\d{{1,3}}(?:[,.]\d{{3}})+|\d+|{'|'.join(word for word in _WORDS)})"
_SIZE = re.compile(
    rf"\b(?:team|unit|group|lab|équipe|equipo|mannschaft)s? (?:of|with|de|von|mit) (?:about |some |around |roughly |rund |environ |unos )?{_COUNT}\b(?! (?:percent|years|months|companies|models))"
    rf"|\b{_COUNT}[- ](?:strong|person|member|köpfige\w*) (?:\w+ ){{0,2}}?(?:team|unit|group|lab)"
    rf"|\b{_COUNT} (?:people|employees|engineers|researchers|staff|beschäftigte|mitarbeiter) (?:have |has |are |sollen |had )?(?:already |now |bereits |schon )?(?:moved|joined|work|transferred|in der neuen|in the (?:team|unit))"
    rf"|\b(?:team|unit|group) (?:now |already )?(?:counts|numbers|employs|has) {_COUNT}\b".replace("?P<size>", "")
)
_POSTS = re.compile(
    r"(?:岗位|职位|职缺|名额|人数|人员)(?:目前|现)?(?:为|共|有|达|是|は|が)\s?(?:约|共)?(?P<han>\d[\d,]*|[一两二三四五六七八九十百千]+)(?:个|名|人)"
)
_FIRST_SENTENCES = 14  # of which one may state the size of the team


def find_headcount(events: Sequence[Event], people: Sequence[Person], scenes: Sequence[Scene]) -> int | None:
    """The stated number of the strongest sentence of hiring, else the size of the team, else the movers that the lead names."""
    ordered = sorted(
        (e for e in events if e.weight >= _LEAST and not e.is_background),
        key=lambda e: (e.scene.sentence.field != "title", e.scene.sentence.index),
    )
    for event in ordered:
        if not (event.scene.sentence.is_title or event.scene.sentence.is_lead):
            break
        number = next(_numbers(event), None)
        if number:
            return number
    if size := _size_of_team(scenes):
        return size
    return _movers(ordered, people)


def _movers(ordered: Sequence[Event], people: Sequence[Person]) -> int | None:
    """The movers that the title and the first sentences on the move name, where they seem to be all of them."""
    front = [e for e in ordered if e.scene.sentence.is_title or e.scene.sentence.is_lead]
    if any(e.act in _OF_TEAMS for e in front):
        return None
    moves = [e for e in front if e.act in _OF_ONE]
    title = next((e.scene.sentence.folded for e in moves if e.scene.sentence.is_title), "")
    if _MANY.search(title):
        return None
    named: dict[int, int] = {}
    for event in moves:
        sentence = event.scene.sentence
        text = sentence.original[slice(*sentence.span(0, len(sentence.folded)))]
        count = sum(person.name in text for person in people)
        named.setdefault(
            -1 if sentence.is_title else sentence.index, 2 if count > 1 and _BOTH.search(sentence.folded) else count
        )
    if _ONE.search(title) and not named.get(-1):
        return 1
    body = next((count for index, count in sorted(named.items()) if index >= 0 and count), 0)
    most = max(named.get(-1, 0), body)
    return most if 0 < most <= _LISTED else None


def _size_of_team(scenes: Sequence[Scene]) -> int | None:
    for scene in scenes[:_FIRST_SENTENCES]:
        if scene.has("background"):
            continue
        text = scene.sentence.folded
        if match := _SIZE.search(text):
            size = next(group for group in match.groups() if group)
            return _WORDS[size] if size in _WORDS else int(read_digits(size, is_comma_decimal=False))
    return None


def _is_informant(text: str, match: re.Match[str]) -> bool:
    return bool(
        _INFORMANT_AFTER.match(text, match.end())
        or _INFORMANT_AFTER.match(text, match.end() - 1)
        or _INFORMANT_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        or re.search(r"(?:関係者|知情人士|关系者|관계자)\s?$", text[max(0, match.start() - 6) : match.start()])
    )


def _is_total(text: str, match: re.Match[str]) -> bool:
    """Whether the number counts all there are: those of a firm are its founders and staff, not its hires."""
    return bool(_FOUNDERS.search(match[0]) and _TOTAL_BEFORE.search(text, max(0, match.start() - 20), match.start()))


def _numbers(event: Event) -> Iterator[int]:
    text = event.scene.sentence.folded
    for match in _LATIN.finditer(text):
        if _is_informant(text, match) or _is_total(text, match):
            continue
        yield (
            _WORDS[match["word"]]
            if match["word"]
            else int(read_digits(match["digits"], is_comma_decimal=event.hit.phrase.language in {"de", "fr", "es"}))
        )
    for match in (*_POSTS.finditer(text), *_CJK.finditer(text)):
        if _is_informant(text, match) or _TOTAL_AFTER.match(text, match.end() - 1):
            continue
        number = read_han(match["han"])
        if number and not number.is_vague and 0 < number.high < 1e6:  # noqa: PLR2004 - more are users, not staff
            yield int(number.high)
