"""Numbers as news writes them, in digits and in words, of seven languages: `read_number("1亿5000万") == Number(1.5e8)`.

Works on folded text (`pipeline.folding`): simplified characters, ASCII digits, lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Digits grouped by a sign, or plain; a folded thin or no-break space is a blank.
GROUPED = r"\d{1,3}(?:[ ]\d{3})+(?!\d)"
DIGITS = r"\d{1,3}(?:[,.']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_HAN_DIGITS = {
    c: n for n, cs in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_UNITS = {"十": 10.0, "百": 1e2, "千": 1e3, "십": 10.0, "백": 1e2, "천": 1e3}
_BIG_UNITS = {"万": 1e4, "만": 1e4, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12}
_SPOKEN = re.compile(r"\d[천백]")
_VAGUE = "几数幾수"
_MORE = "多余"
HAN = rf"(?:\d[\d,]*(?:\.\d+)?|[{''.join(_HAN_DIGITS)}十百千{_VAGUE}半]|수(?=[십백천만억])|억(?=대)|亿(?=元|美元|港元|薪|年薪)|(?<=[上过破超逾])[万亿])(?:[\d,.]*\d|(?<=[억만]) \d[\d,]*|[{''.join(_HAN_DIGITS)}]|[十百千万亿兆{_MORE}几]|(?<=\d) [百千]?[万亿]| ?[만억조천백십](?![가-힣])| ?[만억조천백십](?=[원 만억천달유엔위대가]))*"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a span of two (七八十万); `is_vague` where no number is named (几十万), `is_more` for 三百多万."""

    low: float
    high: float
    is_vague: bool = False
    is_more: bool = False


def read_digits(text: str, *, is_comma_decimal: bool) -> float:
    """A number in digits; in German, French and Spanish the dot groups and the comma parts decimals."""
    text = text.replace(" mil ", "").replace(" ", "").replace("'", "")
    grouped = re.fullmatch(r"\d{1,3}(?P<sign>[.,])\d{3}(?P<more>(?:(?P=sign)\d{3})*)(?P<decimals>[.,]\d+)?", text)
    # "60,000" and, where the comma parts decimals, "12.000" are thousands; elsewhere one dot parts decimals.
    if grouped and (grouped["sign"] == "," or is_comma_decimal or grouped["more"]):
        whole = text[: grouped.start("decimals")] if grouped["decimals"] else text
        return float(whole.replace(grouped["sign"], "") + (grouped["decimals"] or "").replace(",", "."))
    return float(text.replace(",", "."))


def read_han(text: str) -> Number | None:
    """A number with Chinese, Japanese or Korean units, in digits, numerals or both; None if it is none."""
    text = text.replace(" ", "").replace(",", "")
    is_more = any(char in text for char in _MORE)
    text = "".join(char for char in text if char not in _MORE)
    if any(char in text for char in _VAGUE):
        return Number(0, 0, is_vague=True)
    low = high = 0.0
    rest = text
    for unit in ("兆조", "亿억", "万만"):
        # The last such sign ends the section: 百万 and 千万 are sections of 万.
        at = max(rest.rfind(unit[0]), rest.rfind(unit[1]))
        if at >= 0:
            section = _section(rest[:at])
            if section is None:
                return None
            if rest[at] == "억" and _SPOKEN.fullmatch(rest[at + 1 :]):
                rest += "만"  # 1억 6천 is 160 million: the speaker leaves out the 만
            low, high = low + section[0] * _BIG_UNITS[unit[0]], high + section[1] * _BIG_UNITS[unit[0]]
            rest = rest[at + 1 :]
    section = _section(rest) if rest else (0.0, 0.0)
    if section is None:
        return None
    return Number(low + section[0], high + section[1], is_more=is_more)


def _section(text: str) -> tuple[float, float] | None:
    """The value below 万 as (low, high): 三百二十, 5千, 1.3, 七八十; an empty section before a unit is one."""
    if not text:
        return 1.0, 1.0
    if text == "半":
        return 0.5, 0.5
    low = high = 0.0
    at = 0
    while at < len(text):
        digits = re.compile(r"\d+(?:\.\d+)?").match(text, at)
        if digits:
            values, at = [float(digits[0])], digits.end()
        else:
            values = []
            while at < len(text) and text[at] in _HAN_DIGITS:
                values.append(float(_HAN_DIGITS[text[at]]))
                at += 1
        if len(values) > 1 and values[0] == 0:
            values = values[1:]
        first, last = (values[0], values[-1]) if values else (1.0, 1.0)
        if len(values) > 2 or (len(values) == 2 and last != first + 1):  # noqa: PLR2004 - two neighbours are a span
            return None
        unit = _UNITS.get(text[at], 0.0) if at < len(text) else 1.0
        if not unit:
            return None
        low, high, at = low + first * unit, high + last * unit, at + 1
    return low, high
