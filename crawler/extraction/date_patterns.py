"""How dates are written: the patterns `instants` reads with, and the digits and eras put into one form before."""

from __future__ import annotations

import re
import unicodedata

from crawler.extraction.date_words import AGO, AT, DAYS_BACK, MONTHS, SINCE, UNITS


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTH = _any(list(MONTHS))
_UNIT = _any(list(UNITS))
_HALF = "上午|下午|晚上|晚间|傍晚|深夜|凌晨|中午|早上|午前|午後|오전|오후"
_MERIDIEM = r"[ap]\.?\s?m\b\.?|μ\.?\s?μ\.?|π\.?\s?μ\.?|صباحا|مساء|[مص](?!\w)|SA\b|CH\b"
_ZONE = r"Z\b|(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d{2})?|[+-]\d{1,2}:?\d{2}|[A-Z]{2,5}\b"
# What may stand between a date and its time: marks, a weekday or "г.", a word for "at".
_GAP = rf"(?:\s*(?:г\.?|года|р\.?|року|н\.е\.))?(?:[\s,，]+(?!{_HALF})[^\W\d_]{{2,14}}\.?)?[\sT,，·|@\-–—/(]*(?:(?:{AT})(?![^\W\d_])\.?)?\s*"
TIME = (
    rf"(?:{_GAP}(?P<half>{_HALF})?\s*"
    r"(?P<hour>\d{1,2})\s*(?:[:：时時点點h시ωч]|(?<=\d)[.u](?=\d\d(?!\d)))\s*(?P<minute>\d{1,2}(?!\d))?"
    r"(?:\s*[:：分분m]\s*(?P<second>\d{1,2}(?!\d))(?:[.,]\d{1,9})?)?(?:분|分|秒|Uhr|น\.)?"
    rf"\s*(?P<meridiem>{_MERIDIEM})?[\s,(\[]*(?P<zone>{_ZONE})?)?"
)
# A day, also where styling alone parted it from the time: "2024-04-2610:15".
_DAY = r"\d{1,2}(?!\d)|\d\d(?=[0-2]\d:[0-5]\d)"
ISO = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})\s?[-/.年년]\s{{0,2}}(?P<month>\d{{1,2}})\s?[-/.月월]\s{{0,2}}(?P<day>{_DAY})\s?[日号號일]?\.?(?:\s?[（(][^）)]{{1,4}}[）)])?"
    + TIME
)
COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?:[T ]?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
NO_YEAR = re.compile(r"(?<![\d年년])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]" + TIME)
_NOT_A_LETTER = r"(?![^\W\d_])"
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[ºª.]|-?an|-?én)?(?:[\s/.-]+|ק)?(?:de\s+|of\s+|d['’]|ngày\s+)?ב?(?P<name>{_MONTH}){_NOT_A_LETTER}['’׳.]*(?:\s?/\s?[^\W\d_]+)?,?[\s/-]*(?:de\s+|del\s+|năm\s+)?(?P<year>(?:19|20)\d{{2}})(?!\d)"
    + TIME,
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>(?:19|20)\d{{2}})(?!\d)"
    + TIME,
    re.IGNORECASE,
)
MONTH_AT_ONCE = re.compile(rf"\W*(?:[^\W\d_]+,?\s+)?(?:{_MONTH}){_NOT_A_LETTER}", re.IGNORECASE)
# "2024. április 26.", "2024. gada 26. aprīlī", "2024 m. balandžio 26 d."
YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})\.?\s+(?:gada\s+|m\.\s+|m\s+)?(?:(?P<name>{_MONTH}){_NOT_A_LETTER}\.?\s+(?P<day>\d{{1,2}})|(?P<day_>\d{{1,2}})\.?\s+(?P<name_>{_MONTH}){_NOT_A_LETTER})\.?(?:\s*d\.)?"
    + TIME,
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})\s?(?P<separator>[./-])\s?(?P<second_>\d{1,2})\s?(?P=separator)\s?(?P<year>(?:19|20)\d{2})(?!\d)"
    + TIME
)
# A two-digit year is believed only right behind a label, or where nothing but a time stands around it.
SHORT_YEAR = re.compile(
    rf"(?:时间|時間|日期|发布于|發布於|发表于)\s*[:：]?\s*(?P<short>[12]\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>{_DAY})"
    + TIME
)
SHORT_NUMERIC = re.compile(
    r"^\W*(?:[^\W\d_]{2,14}\W{1,3}){0,2}(?P<first>\d{1,2})(?P<separator>[./])(?P<second_>\d{1,2})(?P=separator)(?P<short>[12]\d)(?![\d./])"
    + TIME
    + r"\W*(?:Uhr\W*)?$"
)
SHORT_WITH_TIME = re.compile(
    r"(?<![\d./])(?P<first>\d{1,2})(?P<separator>[./])(?P<second_>\d{1,2})(?P=separator)(?P<short>[12]\d)(?![\d./])(?=,?\s+\d{1,2}[:.]\d\d)"
    + TIME
)
# Without a year, and in few words: see NO_YEAR_WORDS.
NO_YEAR_DAY = re.compile(
    rf"^\W*(?:[^\W\d_]{{2,12}}\W{{1,3}}){{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º)?\s+(?:de\s+|of\s+)?(?P<name>{_MONTH}){_NOT_A_LETTER}\.?"
    + TIME,
    re.IGNORECASE,
)
NO_YEAR_MONTH = re.compile(
    rf"^\W*(?:[^\W\d_]{{2,12}}\W{{1,3}}){{0,2}}(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)" + TIME,
    re.IGNORECASE,
)
NO_YEAR_WORDS = 40  # characters; longer ones are prose
ERA = re.compile(
    r"(?P<era>令和|平成|中華民國|民國)\s?(?P<count>\d{1,3}|元)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
    + TIME
)
ERA_OFFSET = {"令和": 2018, "平成": 1988, "中華民國": 1911, "民國": 1911}
HAN_DATE = re.compile(
    r"(?P<year>[二一][〇○零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
EPOCH = re.compile(r"^\s*(\d{10}|\d{13})\s*$")
RELATIVE = re.compile(
    rf"(?<!\d)(\d{{1,3}})\s*({_UNIT})(?:e?n|s)?\s*(?:{AGO})(?![^\W\d_\u3040-\u9fff])|(?<![^\W\d_])(?:{SINCE})\s+(\d{{1,3}})\s+({_UNIT})(?:e?n|s)?(?![^\W\d_])",
    re.IGNORECASE,
)
# Anywhere where the word is a date's alone, at the start where it is a word of prose as well; and with a time or by itself,
# for "today's paper" names no day.
_CJK_DAYS = [word for word in DAYS_BACK if not word[0].isascii() and ord(word[0]) > 0x2E80]
NAMED_DAY = re.compile(
    rf"(?P<day>{_any(_CJK_DAYS)}|yesterday|today|gestern|heute){TIME}|^\W*(?:[^\W\d_]{{2,14}}:\s*)?(?P<day_>{_any(list(DAYS_BACK))}){_NOT_A_LETTER}{TIME.replace('?P<', '?P<_')}",
    re.IGNORECASE,
)
NOW = re.compile(r"^\s*(?:刚刚|刚才|剛剛|just now|たった今|방금)\s*$", re.IGNORECASE)

_BUDDHIST = re.compile(r"(?<!\d)25[3-9]\d(?!\d)")
_BUDDHIST_OFFSET = 543
_THAI = re.compile(r"[\u0e00-\u0e7f]")


def in_one_form(text: str) -> str:
    """ASCII digits, single spaces, no marks of direction, Thai years as years of the common era."""
    if not text.isascii():
        text = "".join(
            str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char for char in text
        )
        text = re.sub("[\u00a0\u202f\u2009]", " ", re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text))
        if _THAI.search(text):
            text = _BUDDHIST.sub(lambda match: str(int(match[0]) - _BUDDHIST_OFFSET), text)
    return text.strip()
