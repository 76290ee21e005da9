"""Whether a name that was found stands for itself or is part of a longer word; each script has its own signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.folding import Folded

_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# The first character of the scripts of East Asia; alphabets come before it.
_EAST = "\u2e80"
_OTHER_SCRIPTS = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
# What Korean writes right behind a name: particles, and nouns that make a compound with it.
_BEHIND = re.compile(
    "은|는|이|가|을|를|의|에|와|과|로|으로|도|만|까지|부터|보다|처럼|라|란|랑|측|사|발|판|형|식|산|용|계|표|행|뿐|들|며|나|마저|조차|한테|께서|"
    "답|다|였|인|입|코리아|재팬|그룹|클라우드|페이|챗|봇|폰|맵|검색|출신|직원|임원|연구|모델|대표|주가|창업|개발|채용|최고|"
    "프로|울트라|플러스|맥스|나노|라이브|어드밴스드|코드|서|하고|밖|께|쇼크|충격|효과|열풍|돌풍|급|류|팀|들|표|제|산하|계열|대항"
)
# Nouns that Japanese writes in one run of katakana with the product or firm before them.
_KATAKANA_BEHIND = re.compile(
    "アシスタント|チャット|モデル|アプリ|プロ(?!グ|ジ|セ|テ|パ)|ウルトラ|フラッシュ|エージェント|ジャパン|グループ|クラウド|コード|"
    "ソネット|オーパス|オパス|ハイク|ナノ|ライブ|アドバンス|スーパーインテリジェンス|プラットフォーム|ラボ|ボット|ブラウザ|ショック|ユーザー|"
    "リサーチ|ホールディングス|エーアイ"
)
# A name of this many syllables is no accidental part of another word.
_LONG_NAME = 4
# Letters a name needs before lost gaps around it are forgiven.
_GLUED = 5


def is_word(char: str) -> bool:
    """Whether a character continues a word of an alphabet or a number; Han, kana and hangul do not."""
    return char.isalnum() and (char < _EAST or not _OTHER_SCRIPTS.match(char))


def is_east_asian(char: str) -> bool:
    """Whether a character is Han, kana or hangul."""
    return bool(_OTHER_SCRIPTS.match(char)) and char.isalnum()


class Surroundings:
    """A folded text beside its original, for looking at what stands around a span of the folded one."""

    def __init__(self, original: str, folded: Folded, *, is_german: bool = False) -> None:
        self.original = original
        self.is_german = is_german
        self.folded = folded
        self.text = folded.text

    def cased(self, at: int) -> str:
        """The original character at a folded place; empty outside."""
        if not 0 <= at < len(self.text):
            return ""
        return self.original[self.folded.starts[at] if self.folded.starts else at]

    def stands_alone(self, start: int, end: int, *, is_sure: bool, numbered: bool) -> bool:
        """Whether the span is a name of its own.

        `is_sure`: the name means nothing else, so lost gaps are forgiven. `numbered`: a version may follow at once.
        """
        return self._starts(start, end, is_sure=is_sure) and self._ends(start, end, is_sure=is_sure, numbered=numbered)

    def _starts(self, start: int, end: int, *, is_sure: bool) -> bool:
        if start == 0:
            return True
        before, first = self.text[start - 1], self.text[start]
        if not before.isalnum():
            return True
        for script in (_KATAKANA, _HANGUL) if first >= _EAST else ():
            if script.match(first):
                # "구글딥마인드", "グーグルディープマインド": two names without a gap.
                longest = _LONG_NAME if script is _HANGUL else _GLUED
                return not script.match(before) or (is_sure and end - start >= longest)
        if not is_word(first) or not is_word(before):
            return True
        # "LearnedPinduoduo", "2023OpenAI": words that lost their gap.
        was = self.cased(start - 1)
        return is_sure and end - start >= _GLUED and self.cased(start).isupper() and (was.islower() or was.isdigit())

    def _ends(self, start: int, end: int, *, is_sure: bool, numbered: bool) -> bool:
        if end == len(self.text):
            return True
        last, after, size = self.text[end - 1], self.text[end], end - start
        if not after.isalnum():
            return True
        if _KATAKANA.match(last):
            return (
                not _KATAKANA.match(after)
                or (is_sure and size >= _LONG_NAME)
                or bool(_KATAKANA_BEHIND.match(self.text, end))
            )
        if _HANGUL.match(last):
            return not _HANGUL.match(after) or size >= _LONG_NAME or bool(_BEHIND.match(self.text, end))
        return not is_word(last) or not is_word(after) or self._is_glued(start, end, is_sure=is_sure, numbered=numbered)

    def _is_glued(self, start: int, end: int, *, is_sure: bool, numbered: bool) -> bool:
        """Whether what goes on right behind the name is a version, an ending or the next word."""
        after, size = self.text[end], end - start
        if after.isdigit():
            return not self.text[end - 1].isdigit() and (numbered or (is_sure and size >= _GLUED))
        if after == "s" and not (end + 1 < len(self.text) and is_word(self.text[end + 1])):
            # The German genitive and the English plural: "OpenAIs Chef", "the Googles of this world".
            return is_sure or (self.is_german and self.cased(start).isupper())
        # "PinduoduoA group", "GoogleThe": a capital begins the next word.
        begins = self.cased(end).isupper() and (self.cased(end - 1).islower() or self.cased(end + 1).islower())
        return is_sure and size >= _GLUED and begins
