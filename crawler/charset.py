"""Bytes to text by evidence: what the server and the page declare is believed only where the bytes agree.

Order: byte-order mark; UTF-8 if the bytes are valid UTF-8 (text in another charset almost never is); else the declared
and the usual legacy charsets, each judged by how much its decoding looks like writing. Legacy declarations are read as
their supersets, as browsers do (gb2312 as gb18030, iso-8859-1 as windows-1252, shift_jis as cp932, euc-kr as cp949).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

REPAIRED = "charset-repaired"  # the declaration was wrong or missing where it mattered; the text is right
DOUBTFUL = "charset-doubtful"  # no reading convinces; the text may hold wrong characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,30})""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
# Browsers look at the first 1,024 bytes; real pages put long scripts before the declaration.
_META_WINDOW = 16_384
_JUDGED_BYTES = 200_000  # enough text to tell charsets apart; keeps huge pages cheap
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz": "gb18030",
    "big5hkscs": "big5hkscs", "big5": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "ms932": "cp932", "euc_kr": "cp949", "iso8859-1": "cp1252", "latin-1": "cp1252",
    "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
_GUESSES = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
# The most frequent characters of running text; a wrong reading of CJK bytes hits them only by chance (about 1 in 100).
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去"
    "法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点"
    "正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教"
    "這個們來為國說時會對於過發後裡樣種經麼沒動還進實軍無與長機間問戰應頭體點關業將兩並產給門報總電開學當從現將員區萬億話號頁"
    "、。，！？：；“”‘’（）《》「」『』・ー…—　"
) | frozenset(map(chr, range(0x3041, 0x3097))) | frozenset(map(chr, range(0x30A1, 0x30FB)))  # fmt: skip
_FREQUENT_HANGUL = frozenset(
    "이다의는에을가를로고하한지도사자기서인은시대나리어그스아일정제수있해부들보라전장과동게성적주상국으여만구원비조오공화년관위당미계방것"
)


class Reading(NamedTuple):
    """One way to read the bytes: `score` near 1 looks like writing, near 0 or below like noise."""

    text: str
    charset: str
    score: float


def read_bytes(body: bytes, content_type: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode a page.

    Args:
        body: the bytes of the answer, undone of any content encoding.
        content_type: the Content-Type header, if any.

    Returns:
        The text, and flags: `charset-repaired`, `charset-doubtful`, or none. Never raises; undecodable bytes become
        U+FFFD only together with `charset-doubtful`.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _with_mark(body[len(mark) :], charset)
    declared = _declared(body, content_type)
    if body.isascii():
        return _seven_bit(body, declared)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(body, declared)
    repaired = repair_twice_encoded(text)
    if repaired != text:
        return repaired, (REPAIRED,)
    return text, (REPAIRED,) if declared and declared[0] != "utf-8" else ()


def _with_mark(body: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    try:
        return body.decode(charset), ()
    except UnicodeDecodeError:
        return body.decode(charset, "replace"), (DOUBTFUL,)


def _seven_bit(body: bytes, declared: list[str]) -> tuple[str, tuple[str, ...]]:
    if b"\x1b$" in body or "iso2022_jp" in declared:
        try:
            return body.decode("iso2022_jp"), ()
        except UnicodeDecodeError:
            pass
    return body.decode("ascii"), ()


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """What is declared, HTTP first, as Python codec names of the superset; unknown names are left out."""
    names = _HTTP.findall(content_type or "")
    head = body[:_META_WINDOW]
    names += [name.decode("ascii", "replace") for name in _XML.findall(head) + _META.findall(head)]
    found = []
    for name in names:
        try:
            codec = codecs.lookup(name).name
        except LookupError:
            continue
        found.append(_SUPERSETS.get(codec, codec))
    return found


def _legacy(body: bytes, declared: list[str]) -> tuple[str, tuple[str, ...]]:
    if (damaged := _damaged_utf8(body)) is not None:
        return damaged, (DOUBTFUL,)
    sample = body[:_JUDGED_BYTES]
    candidates = [name for name in dict.fromkeys([*declared, *_GUESSES, "cp1252"]) if name != "utf-8"]
    readings = [reading for name in candidates if (reading := _read(sample, name)) is not None]
    if not readings:
        return body.decode("utf-8", "replace"), (DOUBTFUL,)
    # A declaration wins ties: between siblings such as cp1250 and cp1252 the score cannot tell.
    best = max(readings, key=lambda reading: reading.score + 0.1 * (reading.charset in declared))
    text = body.decode(best.charset, "replace")
    if best.score < 0.25 or "�" in text:  # real CJK pages score .45 to .9, wrong readings under .2
        return text, (DOUBTFUL,)
    return text, () if declared and best.charset == declared[0] else (REPAIRED,)


def _damaged_utf8(body: bytes) -> str | None:
    """UTF-8 with a few broken bytes (cut characters, a stray legacy byte); None if it is not UTF-8 at heart."""
    text = body.decode("utf-8", "replace")
    broken = text.count("�")
    sound = sum(char > "\x7f" for char in text) - broken
    return text if sound >= 4 * broken else None


def _read(sample: bytes, charset: str) -> Reading | None:
    try:
        text = codecs.getincrementaldecoder(charset)("strict").decode(sample)
    except UnicodeDecodeError as error:
        # A few broken bytes do not make the charset wrong, if it reads well around them.
        text = sample.decode(charset, "replace")
        if text.count("�") > 1 + len(text) // 2_000:
            return None
        _ = error
    return Reading(text, charset, _plausibility(text, charset))


def _plausibility(text: str, charset: str) -> float:
    foreign = [char for char in text if char > "\x7f"]
    if not foreign:
        return 0.3
    if charset in {"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"}:
        return _cjk_plausibility(foreign, charset)
    # Single-byte charsets decode anything: letters inside Latin words speak for them, runs of high bytes against.
    runs = [len(run) for run in re.findall(r"[^\x00-\x7f]+", text)]
    if charset.startswith(("cp1252", "cp1254", "cp1250", "iso8859", "cp1257")):
        letters = sum(char.isalpha() or char in "’‘“”–—…«»©®°·•€£\xa0¿¡" for char in foreign) / len(foreign)
        return letters * 0.6 if sum(runs) <= 1.6 * len(runs) else 0.1
    return 0.5 * sum(char.isalpha() for char in foreign) / len(foreign)


def _cjk_plausibility(foreign: list[str], charset: str) -> float:
    size = len(foreign)
    odd = sum(_is_odd(char) for char in foreign) / size
    if charset == "cp949":
        hangul = sum("가" <= char <= "힣" for char in foreign) / size
        frequent = sum(char in _FREQUENT_HANGUL for char in foreign) / size
        return hangul * 0.4 + frequent - 2 * odd
    frequent = sum(char in _FREQUENT for char in foreign) / size
    kana = sum("ぁ" <= char <= "ヺ" for char in foreign) / size
    if charset in {"gb18030", "big5hkscs"} and kana > 0.1:  # EUC-JP kana read as kana in GB too
        frequent -= kana
    return frequent + 0.2 - 2 * odd


def _is_odd(char: str) -> bool:
    """Characters that stand for a wrong reading: private use, half-width kana, controls, rare ideographs, box drawing."""
    return (
        "\ue000" <= char <= "\uf8ff"
        or "\uff61" <= char <= "\uff9f"
        or "\x80" <= char <= "\x9f"
        or "\u2500" <= char <= "\u257f"
        or "\u3400" <= char <= "\u4dbf"
        or char >= "\U00020000"
        or char == "�"
    )


# UTF-8 read as windows-1252 and encoded again: a lead byte's character followed by continuation bytes' characters.
_TWICE = re.compile("(?:[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}){1,}")
_TELLS = ("Ã", "â€", "Â", "ä¸", "ã€", "ï¼", "å", "æ", "ç", "ì", "í", "ê")  # one of these stands in any such text
_CP1252_EXTRA = {ord(bytes([byte]).decode("cp1252", "ignore") or "\x00"): byte for byte in range(0x80, 0xA0)}


def repair_twice_encoded(text: str) -> str:
    """Undo UTF-8 that was read as windows-1252 and encoded a second time; text without such runs comes back as it is."""
    if not any(tell in text for tell in _TELLS) or len(_TWICE.findall(text)) < 3:  # one odd pair may be meant
        return text
    return _TWICE.sub(_once, text)


def _once(match: re.Match[str]) -> str:
    run = bytes(_CP1252_EXTRA.get(ord(char), ord(char) & 0xFF) for char in match.group())
    try:
        return run.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
