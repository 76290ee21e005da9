"""The currency that a sign or word before or after a figure gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import local, pay_words

if TYPE_CHECKING:
    from pipeline.knowledge.pay import PayWords


def currency_at(text: str, start: int, end: int, language: str, words: PayWords) -> tuple[str | None, int, int]:
    """The currency that stands before or after, and the span with it."""
    after = _AFTER.match(text, end)
    before = _BEFORE_SIGN.search(text, max(0, start - 12), start)
    code: str | None = None
    if before:
        sign = before[1]
        code = local(words.yuan_sign, language) if sign == "¥" else words.currency_before[sign]
        start = before.start(1)
    if after:
        word = after[1]
        # "人民币60万元": the sign before decides, the word after belongs to the quote all the same.
        code = code or (
            local(words.yuan_word, language)
            if word in {"元", "块"}
            else words.currency_after[re.sub(r"\s+", " ", word)]
        )
        end = after.end()
    return code, start, end


def _sign_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = pay_words("en")
    ends = "|".join(
        re.escape(w) + ("(?![a-zà-ÿ])" if w[-1].isascii() and w[-1].isalpha() else "")
        for w in sorted([*words.currency_after, "元", "块"], key=len, reverse=True)
    )
    signs = "|".join(
        ("(?<![a-z])" if w[0].isascii() and w[0].isalpha() else "") + re.escape(w)
        for w in sorted([*words.currency_before, "¥"], key=len, reverse=True)
    )
    return re.compile(rf"\s*-?(?:de |d')?({ends})"), re.compile(rf"({signs})\s*$")


_AFTER, _BEFORE_SIGN = _sign_patterns()
