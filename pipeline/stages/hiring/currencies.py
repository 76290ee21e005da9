"""The currency that a sign or word before or after a figure gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.knowledge.pay import local, pay_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.knowledge.pay import PayWords
    from pipeline.stages.hiring.sentences import Sentence


_MAINLAND = re.compile(
    r"人民币|内地|字节|位元组|抖音|阿里|腾讯|百度|小米|华为|deepseek|深度求索|拼多多|美团|京东|智谱|月之暗面|minimax|快手|蚂蚁|"
    r"商汤|小红书|脉脉|猎聘|智联|boss直聘|清华|北京|上海|深圳|杭州|广州|中国大陆|我国"
)
_TAIWAN = re.compile(r"台币|台湾|台积|联发科|鸿海|新竹|台北|台中|高雄|人力银行")
_HONG_KONG = re.compile(r"本港|港府|港币|港元|香港")
# "(人民币,下同)": all bare sums of the text are in the currency named here.
_SAME_BELOW = re.compile(r"(?P<currency>人民币|美元|港元|港币|新台币|台币)[,、]?\s?(?:以)?下同")
_BELOW = {
    "人民币": "zh-Hans",
    "美元": "zh-US",
    "港元": "zh-HK",
    "港币": "zh-HK",
    "新台币": "zh-Hant",
    "台币": "zh-Hant",
}


def home_language(sentences: Sequence[Sentence], language: str) -> str:
    """The tag whose currency a bare 元 or a bare figure of a Chinese text has: what it declares, or the places it speaks of."""
    if not language.startswith("zh"):
        return language
    for sentence in sentences:
        if declared := _SAME_BELOW.search(sentence.folded):
            return _BELOW[declared["currency"]]
    if language != "zh-Hant" or any(_TAIWAN.search(s.folded) for s in sentences):
        return language
    if any(_MAINLAND.search(s.folded) for s in sentences):
        return "zh-Hans"
    return "zh-HK" if any(_HONG_KONG.search(s.folded) for s in sentences) else language


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


# Korean words that begin as the yen does: engineer, engine, NVIDIA, entertainment, NC.
_NO_YEN = "(?!지니|진|비디|터|씨|드)"


def _sign_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = pay_words("en")
    ends = "|".join(
        re.escape(w) + ("(?![a-zà-ÿ])" if w[-1].isascii() and w[-1].isalpha() else _NO_YEN if w == "엔" else "")
        for w in sorted([*words.currency_after, "元", "块"], key=len, reverse=True)
    )
    signs = "|".join(
        ("(?<![a-z])" if w[0].isascii() and w[0].isalpha() else "") + re.escape(w)
        for w in sorted([*words.currency_before, "¥"], key=len, reverse=True)
    )
    # A dollar sign behind a figure (808.000 $) is not that of the next one ($200-$300).
    return re.compile(rf"\s*-?(?:de |d')?({ends})(?<!\$(?=\s?\d))"), re.compile(rf"({signs})\s*$")


_AFTER, _BEFORE_SIGN = _sign_patterns()
