"""A number with its scale, in digits (60k, 1,5 Mio., 120 000), words (half a million) or Chinese style (一百三十万, 1억 5000만)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import FAMILIES, family, pay_words
from pipeline.stages.hiring.numerals import DIGITS, GROUPED, HAN, Number, read_digits, read_han

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.knowledge.pay import PayWords

_COMMA_DECIMAL = {"de", "fr", "es"}


def _build(name: str) -> re.Pattern[str]:
    """The pattern of a number with its scale, in digits (`digits`), words (`words`), or Chinese style (`han`)."""
    words = pay_words(_SAMPLE.get(name, name))
    scale = _any(words.scale)
    digits = f"{GROUPED}|{DIGITS}" if name in _COMMA_DECIMAL else DIGITS
    if name == "es":
        digits = rf"\d{{1,3}} mil \d{{3}}(?!\d)|{digits}"
    latin = rf"(?<![\w.,])(?P<digits>{digits})(?:[\s-]?(?P<scale>{scale})(?![a-zà-ÿ]))?"
    long_scale = _any(word for word in words.scale if len(word) > _SHORT_SCALE)
    spelled = (
        rf"(?<!\w)(?:(?P<words>{_any(words.number_words)})|(?P<vague>{_any(words.vague)}))[\s-](?P<word_scale>{long_scale})(?![a-zà-ÿ])"
        rf"|(?<!\w)(?P<bare_scale>{long_scale})(?=[\s-](?:dollars?|yuan|de d[oó]lares|euros?|de dollars)(?![a-zà-ÿ]))"
    )
    if name == "cjk":
        latin = latin.replace(r"(?<![\w.,])", r"(?<![a-z0-9.,_])")
        return re.compile(
            rf"{latin}(?!\d|[.,]\d|[ ]?[十百千万亿兆多余几만억천백])|(?P<han>{HAN})(?P<han_scale>[kw](?![a-z]))?|{spelled}"
        )
    return re.compile(f"{latin}|{spelled}")


_SAMPLE = {"cjk": "zh"}
_SHORT_SCALE = 3  # k, m, bn, mio: never without digits


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


FIGURE = {name: _build(name) for name in FAMILIES}


def read_figure(match: re.Match[str], language: str, words: PayWords) -> tuple[Number, float] | None:
    """The number and scale of a match of `FIGURE`; None where it is none after all."""
    groups = match.groupdict()
    if groups.get("digits"):
        value = read_digits(groups["digits"], is_comma_decimal=family(language) in _COMMA_DECIMAL)
        return Number(value, value), _scale(words, groups["scale"])
    if groups.get("han"):
        number = read_han(groups["han"])
        return (number, _scale(words, groups["han_scale"])) if number else None
    if groups.get("words"):
        value = words.number_words[re.sub(r"\s+", " ", groups["words"])]
        return Number(value, value), _scale(words, groups["word_scale"])
    if groups.get("bare_scale") == "mil millones":
        return Number(1, 1), 1e9
    # "million-dollar salary" is one million; "millions of dollars" and "several million" are no number.
    is_one = groups.get("bare_scale") == "million" and match.string[match.end()] == "-"
    return (Number(1, 1), 1e6) if is_one else (Number(0, 0, is_vague=True), 1.0)


def _scale(words: PayWords, found: str | None) -> float:
    return words.scale[re.sub(r"\s+", " ", found)] if found else 1.0
