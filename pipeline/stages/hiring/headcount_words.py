"""The wordings that state how many people move, and those that count somebody else."""

from __future__ import annotations

import re

WORDS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100,
    "a dozen": 12, "two dozen": 24, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "ein dutzend": 12, "zwei dutzend": 24,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "une douzaine de": 12, "une dizaine de": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "una docena de": 12,
}  # fmt: skip
_NOUN_EN = (
    r"(?:(?!of\b|percent\b|million\b|billion\b|years?\b|months?\b|days?\b|hours?\b|weeks?\b)[a-zà-ÿ’'-]+ ){0,4}?"
    r"(?:people|employees|workers|staff(?:ers)?|engineers|researchers|scientists|executives|co-?founders|founders|jobs|roles|positions|posts|hires|recruits|backbones|newcomers|graduates|beschäftigten?\b|arbeitsplätze|experts|developers|members|contractors|leaders|subordinates|"
    r"[\w-]*(?:mitarbeiter|mitarbeitende|forscher|forschende|ingenieure?|expertinn|experten|wissenschaftler|spezialist|mitglieder|mitgründer|entwickler|talente|fachkräfte|fachleute|manager)\w*|"
    r"(?:top-|ki-)?(?:stellen|leute|köpfe)|chercheurs|scientifiques|experts|cadres|personnes|salariés|ingénieurs|postes|emplois|employés|personas|empleados|investigadores|científicos|expertos|ingenieros|puestos|empleos)"
)
# 2025 is a year where no sign groups it.
LATIN = re.compile(
    rf"(?<![\w$€£.,])(?P<digits>\d{{1,3}}(?:[,.]\d{{3}})+|(?!20[1-3]\d\b)\d+)\+? {_NOUN_EN}\b|(?<!\w)(?P<word>{'|'.join(WORDS)}) (?:more |other |of (?:its|the|his|their) )?{_NOUN_EN}\b"
)
CJK = re.compile(
    # 数十, 几百: dozens and hundreds, which is no number.
    r"(?<![数几幾數第前])(?P<han>\d[\d,]*|[一两二三四五六七八九十百千万]+|(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)(?=\s?명))\s?(?:多|余|여)?\s?(?:万\s?)?(?:名|位(?!数)|个岗位|个职位|个名额|个工作岗位|人(?!民|工|才|物|间|士|类)|명|人の|名の)(?:[^\d]|$)"
)
# All there ever were, of whom some move: "its original 12 co-founders", "Mira Feld's 9 co-founders", "the other six founders".
TOTAL_BEFORE = re.compile(r"(?:\boriginal|\bfounding|['’]s|\bone of (?:the|its)|\bout of|最初的?|原有的?|全部)\s?$")
TOTAL_AFTER = re.compile(r"\s?(?:명\s?)?(?:뿐|中的|当中)")
FOUNDERS = re.compile(r"(?:founders?|staff|employees)$")
# Movers whose number nobody tells, though some are named.
MANY = re.compile(
    r"\b(?:exodus|wave|departures|exits|several|slew|spree|string|team|teams|staff|others|many|some|more|équipe|equipo|mehrere|varios|plusieurs)\b"
    r"|潮|风波|人员|团队|多名|多位|接连|纷纷|数名|等人|チーム|相次|잇따|팀"
)
BOTH = re.compile(r"\b(?:both|beide|tous deux|ambos)\b|双双|两人|2人とも|두 사람")
# One who moves, named by the role alone: "hires a new chief scientist", "Feldwerk's CEO joins", 首席科学家离职.
ONE = re.compile(
    r"\b(?:an?|the|new|former|last|ex-?|its|['’]s) (?:[\w-]+ ){0,3}?(?:ceo|cto|coo|cfo|cro|cmo|cpo|chief [\w-]+(?: [\w-]+)? officer|chief (?:scientist|economist|people)|"
    r"(?:co-?)?founder|head|president|vice president|executive|exec|researcher|scientist|engineer|leader|veteran|professor|boss)\b(?!s)"
    r"|^(?:co-?founder|ceo|cto|coo|cfo|chief scientist|head|researcher|president|vp) (?:of|at) "
)
# The same in a headline without an article: "OpenAI lead defects", "Feldwerk researcher leaves".
ONE_IN_HEADLINE = re.compile(
    r"\b(?:ceo|cto|coo|cfo|(?:co-?)?founder|head|lead|president|exec|executive|chief|researcher|scientist|engineer|leader|veteran|star|pioneer|forscher|mitgründer|chef|chercheur|cofondateur|cofundador|investigador) "
    r"(?:(?!and\b|et\b|und\b|y\b)[\w’'.-]+ ){0,3}?(?:leaves|departs|quits|exits|joins|defects|moves|jumps|resigns|steps|returns|heads|is (?:leaving|joining)|to (?:leave|join)|verlässt|wechselt|geht|kehrt|quitte|rejoint|deja|abandona|ficha|se une)\b"
)
# Those who stay: "only three of the founders remain".
REMAIN = re.compile(r"[^.;:]{0,40}\b(?:remain|remains|are left|still there|stay)\b")
# Who tells the news, and what is no staff: "two people briefed on the plan", 知情人士, offers taken back.
INFORMANT_AFTER = re.compile(
    r"(?: who (?:heard|were|was|received|saw|read|know|worked with|attended|asked|spoke))?,? ?(?:\w+ )?(?:briefed|familiar|with (?:direct )?knowledge|close to|said|say|told|aware|involved|declined|confirmed|den|die (?:mit|den)|au fait|proches)|\s?(?:who (?:heard|received|saw|read|know|spoke|worked with))|(?:的)?(?:知情|消息|接近|了解|熟悉|匿名|熟知)|が(?:明らか|証言|語)|이 (?:말|전)"
)
INFORMANT_BEFORE = re.compile(
    r"(?:according to|told by|said|says|spoke (?:to|with)|citing|note read by|laut|zufolge|berichten|selon|según|据|知情者|知情人|[関关]系者|관계자)\s?(?:the |a note from |[\w ]{0,30}and )?$"
)


# The size of a team, said of the team itself, in whatever sentence.
_COUNT = rf"(?P<size>\d{{1,3}}(?:[,.]\d{{3}})+|\d+|{'|'.join(word for word in WORDS)})"
SIZE = re.compile(
    rf"\b(?:team|unit|group|lab|équipe|equipo|mannschaft)s? (?:of|with|de|von|mit) (?:about |some |around |roughly |rund |environ |unos )?{_COUNT}\b(?! (?:percent|years|months|companies|models))"
    rf"|\b{_COUNT}[- ](?:strong|person|member|köpfige\w*) (?:\w+ ){{0,2}}?(?:team|unit|group|lab)"
    rf"|\b{_COUNT} (?:people|employees|engineers|researchers|staff|beschäftigte|mitarbeiter) (?:have |has |are |sollen |had )?(?:already |now |bereits |schon )?(?:moved|joined|work|transferred|in der neuen|in the (?:team|unit))"
    rf"|\b(?:team|unit|group) (?:now |already )?(?:counts|numbers|employs|has) {_COUNT}\b".replace("?P<size>", "")
)
POSTS = re.compile(
    r"(?:岗位|职位|职缺|名额|人数|人员)(?:目前|现)?(?:为|共|有|达|是|は|が)\s?(?:约|共)?(?P<han>\d[\d,]*|[一两二三四五六七八九十百千]+)(?:个|名|人)"
)
