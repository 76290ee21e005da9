"""Which language a document is in: by script first, then by what is declared, then by statistics for what scripts share.

Han, kana and hangul texts are told apart by counting characters and by character tables alone: statistical detectors
call Chinese headlines Korean. langdetect is asked only about the alphabets that several languages share, restricted to
the languages of that alphabet, with the declared language as its prior.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline.document import Article, Language
from pipeline.folding import han_table
from pipeline.stages.language.headlines import is_plainly, weigh_headline
from pipeline.stages.language.statistics import likeliest

if TYPE_CHECKING:
    from pipeline.document import Document, Rejected

Hinted = tuple[str, Literal["declared", "source"]] | None

# The lead tells the language of the whole; more text changes nothing and costs 1 ms per 1,000 characters.
_LEAD = 1000
# Below this many letters langdetect's draws contradict each other, and function words speak first.
_SHORT = 120
# Fewer letters than this, or a single word, say nothing: "GPT-5", "OpenAI".
_FEW_LETTERS = 6
# A Japanese headline may do without kana, a longer text may not.
_KANJI_ONLY = 40

# Written alike in Japan and in mainland China, otherwise in Taiwan. Beside characters that only the mainland writes
# otherwise (業, 題) they make a Japanese line: 会社設立の話題, 体制業務.
_SHARED_SHORT_FORMS = frozenset(
    "万与乱争会体党写励区医参双号国堕壮声学宝寿将尽届属岳峡弥当径恋惨担数断旧昼条来枢楼欧残殴浅湾湿滞潜灯炉点状独狭献画盗礼禅称窃胆虚虫蚕蛮装触誉辞遥随静麦"
)
# Words of Chinese grammar that no Japanese headline has.
_CHINESE_GRAMMAR = re.compile("[的了这這们們吗嗎呢吧把让讓还還没沒你她与與]")
# Names are in Latin letters in every language: they say less of it than words in small letters do.
_NAME = re.compile(r"[A-Z][\w.+-]*|[A-Za-z]+-?\d[\w.-]*")
_NAME_WEIGHT = 0.5

_URLS = re.compile(r"https?://\S+|\S+@\S+\.\S+")
_KANA = re.compile("[\u3041-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_CAPITAL_LINE = re.compile(r"[A-Z]{3,}")

# Alphabets and the languages written in them, most frequent in technology news first.
_ALPHABETS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    (
        "Latin",
        re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
        tuple("en de fr es it pt nl sv da no fi pl cs sk hu ro hr tr id vi ca et lt lv sl".split()),
    ),
    ("Cyrillic", re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg", "mk")),
    ("Arabic", re.compile("[\u0600-\u06ff]"), ("ar", "fa", "ur")),
    ("Devanagari", re.compile("[\u0900-\u097f]"), ("hi", "mr", "ne")),
    ("Thai", re.compile("[\u0e00-\u0e7f]"), ("th",)),
    ("Hebrew", re.compile("[\u0590-\u05ff]"), ("he",)),
    ("Greek", re.compile("[\u0370-\u03ff]"), ("el",)),
    ("Bengali", re.compile("[\u0980-\u09ff]"), ("bn",)),
    ("Tamil", re.compile("[\u0b80-\u0bff]"), ("ta",)),
    ("Telugu", re.compile("[\u0c00-\u0c7f]"), ("te",)),
)
_OLD_NAMES = {"iw": "he", "in": "id", "nb": "no", "nn": "no", "jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh-hant"}
_TRADITIONAL = re.compile(r"hant|tw|hk|mo")

_UNKNOWN = Language(tag="und", method="script", confidence=0.0)


class LanguageStage:
    """Assigns `language` from title, lead and what the page and the source declare; never refuses, never raises."""

    name = "language"
    requires: frozenset[str] = frozenset({"document"})
    assigns: frozenset[str] = frozenset({"language"})

    def __call__(self, article: Article) -> Article | Rejected:
        """Look at the document alone."""
        return replace(article, language=detect_language(article.document))


def detect_language(document: Document) -> Language:
    """The document's language, how it was found and how sure that is."""
    sample = _URLS.sub(" ", f"{document.title}\n{document.text[:_LEAD]}")
    hint = _hint(document)
    kana, hangul, han = (len(pattern.findall(sample)) for pattern in (_KANA, _HANGUL, _HAN))
    letters = len(_LETTER.findall(sample))
    others = letters - kana - hangul - han
    # One Han character says about as much as five letters.
    if not kana + hangul + han or 5 * (kana + hangul + han) <= others - _NAME_WEIGHT * _letters_of_names(sample):
        return _of_alphabet(sample, others, hint)
    if hangul > han + kana:
        return Language(tag="ko", method="script", confidence=0.99)
    # One の alone may be the fashion of a Chinese brand.
    if 10 * kana > kana + han and (kana > 1 or "の" not in sample):
        return Language(tag="ja", method="script", confidence=0.99)
    return _of_han(sample, han, hint)


def _letters_of_names(sample: str) -> int:
    return sum(len(_LETTER.findall(name)) for name in _NAME.findall(sample))


def _hint(document: Document) -> Hinted:
    """The declared language, else the source's."""
    if tag := base_tag(document.declared_language):
        return tag, "declared"
    if tag := base_tag(document.source_language):
        return tag, "source"
    return None


def base_tag(declared: str | None) -> str | None:
    """BCP 47 base tag of what a page declares: `en-US` is `en`, `zh_TW` is `zh-Hant`, `zh` alone stays `zh`."""
    tag = (declared or "").strip().replace("_", "-").lower()
    tag = _OLD_NAMES.get(tag, tag)
    head, _, rest = tag.partition("-")
    head = _OLD_NAMES.get(head, head)
    if not re.fullmatch(r"[a-z]{2,3}", head) or head in {"und", "mul", "zxx"}:
        return None
    if head != "zh":
        return head
    if not rest:
        return "zh"
    return "zh-Hant" if _TRADITIONAL.search(rest) else "zh-Hans"


@cache
def _han_sets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = han_table()
    return frozenset(table["simplified_only"]), frozenset(table["traditional"]), frozenset(table["japanese_only"])


def _of_han(sample: str, han: int, hint: Hinted) -> Language:
    """Chinese in one of its scripts, or a Japanese headline without kana."""
    simplified_only, traditional_only, japanese_only = _han_sets()
    simplified = sum(char in simplified_only for char in sample)
    traditional = sum(char in traditional_only for char in sample)
    japanese = sum(char in japanese_only for char in sample)
    if han < _KANJI_ONLY and hint and hint[0] == "ja":
        return Language(tag="ja", method=hint[1], confidence=0.9)
    if han < _KANJI_ONLY and (japanese >= max(traditional, 1) or _is_kanji_line(sample, simplified_only, traditional)):
        return Language(tag="ja", method="script", confidence=0.8)
    if simplified == traditional:
        if hint and hint[0] in {"zh-Hans", "zh-Hant"}:
            return Language(tag=hint[0], method=hint[1], confidence=0.8)
        return Language(tag="zh-Hans", method="script", confidence=0.6)
    share = max(simplified, traditional) / (simplified + traditional)
    tag = "zh-Hans" if simplified > traditional else "zh-Hant"
    return Language(tag=tag, method="script", confidence=round(min(0.99, share), 2))


def _is_kanji_line(sample: str, simplified_only: frozenset[str], traditional: int) -> bool:
    """Whether a short line is Japanese by the company its characters keep, or by の in a line without Chinese grammar."""
    short_forms = {char for char in sample if char in simplified_only}
    if short_forms - _SHARED_SHORT_FORMS or _CHINESE_GRAMMAR.search(sample):
        return False
    return bool((short_forms and traditional) or "の" in sample)


def _of_alphabet(sample: str, others: int, hint: Hinted) -> Language:
    """A language of an alphabet; by statistics where several languages share it."""
    counts = [(len(pattern.findall(sample)), tags) for _, pattern, tags in _ALPHABETS] if others else []
    most, tags = max(counts, key=lambda pair: pair[0], default=(0, ()))
    if not most:
        return _UNKNOWN
    if len(tags) == 1:
        return Language(tag=tags[0], method="script", confidence=0.99)
    if most < _FEW_LETTERS or len(sample.split()) < 2:  # noqa: PLR2004
        return Language(tag=hint[0], method=hint[1], confidence=0.5) if hint and hint[0] in tags else _UNKNOWN
    return _of_shared_alphabet(sample, most, tags, hint)


def _of_shared_alphabet(sample: str, letters: int, tags: tuple[str, ...], hint: Hinted) -> Language:
    """Statistics, with the declared language as prior."""
    usual = hint[0] if hint and hint[0] in tags else tags[0]
    if hint and hint[0] == usual and letters >= _SHORT and is_plainly(sample, usual):
        return Language(tag=usual, method=hint[1], confidence=1.0)  # as langdetect finds, at a tenth of the time
    # langdetect passes over words in capitals.
    found = likeliest(sample.lower() if _is_shouted(sample) else sample, tags, usual)
    if found is None:
        return _UNKNOWN
    tag, probability = found
    if letters < _SHORT:
        tag, probability = weigh_headline(sample, usual, tag, probability)
    if hint and hint[0] == tag:
        return Language(tag=tag, method=hint[1], confidence=round(max(probability, 0.9), 2))
    return Language(tag=tag, method="langdetect", confidence=round(probability, 2))


def _is_shouted(sample: str) -> bool:
    capitals = sum(len(word) for word in _CAPITAL_LINE.findall(sample))
    return 2 * capitals > len(_LETTER.findall(sample))
