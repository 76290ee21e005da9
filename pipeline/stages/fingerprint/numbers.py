"""Numbers and days as they are the same in every language: 6万, 60,000 and 60k are one value, 9月12日 is September 12."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
# What a number is multiplied with. Korean and Japanese write 만/万, 억/億, 조/兆 as Chinese does; 兆 is 10^12 in all three
# languages of news. Texts come folded: lower case, Simplified Chinese, ASCII digits.
_SCALES = {
    **dict.fromkeys("万만萬", 1e4), **dict.fromkeys("亿억億", 1e8), **dict.fromkeys("兆조", 1e12),
    "万亿": 1e12, "千万": 1e7, "百万": 1e6, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "십억": 1e9, "천만": 1e7, "백만": 1e6,
    **dict.fromkeys(("k", "thousand", "tausend", "mille", "mil"), 1e3), "w": 1e4,
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "millionen", "millones", "millón"), 1e6),
    **dict.fromkeys(("b", "bn", "mrd", "billion", "billions", "milliarden", "milliarde", "milliard", "milliards"), 1e9),
    **dict.fromkeys(("tn", "trillion", "trillions"), 1e12),
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
# Patterns here begin with one class of characters and look behind it: so the engine passes over what no match begins with,
# and a text is read five times as fast.
_NUMBER = re.compile(
    r"(\d(?<![\d.a-z]\d)(?:\d{0,2}(?:,\d{3})+|\d*)(?:\.\d+)?)[ -]?"
    rf"(?:({_SCALE})(?![a-zß-ɏ]))?(千(?=[名人家元美]))?"
)
_HAN_NUMBER = re.compile(
    "[零〇一二两三四五六七八九十百千](?:[零〇一二两三四五六七八九十百千]+(?:万亿|[万亿])?|(?<![零〇一])(?:万亿|[万亿]))"
)
_MONTHS = {
    name: month
    for month, names in enumerate(
        "jan january januar janvier enero|feb february februar février febrero|mar march märz mars marzo|"
        "apr april avril abril|may mai mayo|jun june juni juin junio|jul july juli juillet julio|"
        "aug august août agosto|sep sept september septembre septiembre|oct october oktober octobre octubre|"
        "nov november novembre noviembre|dec december dezember décembre diciembre".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CJK_DAY = re.compile(r"(\d\d?) ?[月월] ?(\d{1,2}) ?[日号일]")
_DAY_NUMBER = re.compile(r"\d(?<!\d\d)\d?(?!\d)")
_MONTH_BEFORE = re.compile(rf"\b({_MONTH})\.? \Z")
_MONTH_BEFORE_CHARS = max(map(len, _MONTHS)) + len("x. ")
_AFTER_MONTH = re.compile(r"\d\d?(?:st|nd|rd|th)?\b")
_MONTH_AFTER = re.compile(rf"\b\d\d?(?:st|nd|rd|th|\.)? (?:de )?({_MONTH})\b")
_ISO_DAY = re.compile(r"\d(?<!\w\d)\d{3}-(\d{2})-(\d{2})\b")
_SIGNIFICANT_DIGITS = 4  # a translator may round 7,834,512 to 7.835 million
_LAST_MONTH, _LAST_DAY = 12, 31


def _han_value(numeral: str) -> float:
    digits = numeral.rstrip("万亿")
    total = current = 0
    for char in digits:
        if char in _DIGITS:
            current = _DIGITS[char] if any(unit in digits for unit in _TENS) else current * 10 + _DIGITS[char]
        else:
            total += (current or 1) * _TENS[char]
            current = 0
    return (total + current) * _SCALES.get(numeral[len(digits) :], 1)


def numbers(text: str) -> frozenset[str]:
    """Values named in a folded text, to four significant digits: `60000`, `1300000`, `8.5`."""
    values = [
        float(digits.replace(",", "")) * _SCALES.get(scale, 1) * (1000 if thousand else 1)
        for digits, scale, thousand in _NUMBER.findall(text)
    ]
    values += [_han_value(match) for match in _HAN_NUMBER.findall(text)]
    return frozenset(_shown(value) for value in values if value > 0)


def _shown(value: float) -> str:
    rounded = float(f"{value:.{_SIGNIFICANT_DIGITS}g}")
    return str(int(rounded)) if rounded.is_integer() else f"{rounded:g}"


def days(text: str) -> frozenset[str]:
    """Days of the year named in a folded text, as `09-12`."""
    pairs = [(int(month), int(day)) for month, day in _CJK_DAY.findall(text) + _ISO_DAY.findall(text)]
    pairs += _latin_days(text)
    return frozenset(
        f"{month:02}-{day:02}" for month, day in pairs if 1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY
    )


def _latin_days(text: str) -> Iterator[tuple[int, int]]:
    """Month and day where a month's name stands before or behind: numbers are few, so they are found first."""
    done = 0
    for number in _DAY_NUMBER.finditer(text):
        start = number.start()
        if start < done:
            continue
        before = _MONTH_BEFORE.search(text[max(done, start - _MONTH_BEFORE_CHARS) : start])
        if before and (day := _AFTER_MONTH.match(text, start)):
            done = day.end()
            yield _MONTHS[before[1]], int(number[0])
        elif after := _MONTH_AFTER.match(text, start):
            done = after.end()
            yield _MONTHS[after[1]], int(number[0])
