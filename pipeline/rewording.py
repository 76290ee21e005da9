"""Whether and how an article's words have changed between two fetches.

Pages change at every visit: "updated 12 minutes ago", a counter, a curly quote, a line that was since learned as page junk.
None of that is a new wording. What is one is shown by sentence, with what became of which words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

ChangeKind = Literal["title", "changed", "gone", "new", "moved"]

_PLAIN = str.maketrans(
    {**dict.fromkeys("“”„«»「」『』", '"'), **dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("–—―−‑", "-"), "…": "..."}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)
_SPACE = re.compile(r"\s+")
_STAMP_LINE = 80  # characters of the longest line that may be a stamp
# A stamp says when, or how often it was read; a line of numbers alone may be a table's.
_STAMP_WORDS = re.compile(
    r"(?<!\w)(?:(?:last )?(?:updated?|modified|published|posted|edited|revised)(?: (?:on|at))?|date|"
    r"(?:min(?:ute)?s?|hours?|days?) (?:ago|read)|views?|reads?|comments?|shares?|likes?|"
    r"(?:zuletzt )?aktualisiert(?: am)?|veröffentlicht(?: am)?|stand|uhr|publié(?:e)?(?: le)?|mis(?:e)? à jour(?: le)?|modifié(?:e)?(?: le)?|"
    r"publicado(?: el)?|actualizado(?: el)?)(?!\w)"
    r"|(?:最后|最後)?(?:更新|修改|发布|發布|发表|發表|發佈|编辑|編輯)(?:时间|時間|日期|于|於)?|阅读(?:量|数)?|閱讀(?:量|數)?|浏览(?:量|次数)?|瀏覽|点击(?:量)?|"
    r"评论(?:数)?|評論|点赞|分享|时间|日期|分钟前|小时前|天前|(?:最終)?更新(?:日時?)?|公開(?:日時?)?|配信|掲載|閲覧|入力|입력|수정|등록|승인|조회(?:수)?|댓글|(?:분|시간|일) 전",
    re.IGNORECASE,
)
_TIME_WORDS = re.compile(
    r"\d|(?<=\d)(?:h|(?:st|nd|rd|th)(?!\w))|(?<!\w)(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"[ap]\.?m\.?|gmt|utc|[ecmp][sd]?t|bst|cest|et|at|on|à|le|el|um|de|th|st|nd|rd|k)(?!\w)|[年月日时時分秒午上下週周一二三四五六天曜년월일시분초오전후万次]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<=[。！？!?])(?![\"'”’」』）)])|(?<=[。！？][”」』）])|(?<=[.!?][\"”’)])\s+|(?<=[.!?])\s+|\n"
)
# What is compared within a sentence: words, whole numbers in figures or characters, single Chinese or Japanese characters.
_TOKEN = re.compile(
    r"(?:周|星期|週)[一二三四五六日天]|[\d０-９]+(?:[.,:/]\d+)*[%％]?|[零〇一二两三四五六七八九十百千万亿億]+|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:['’-]\w+)*|\s+|.",
    re.DOTALL,
)
_ALIKE = 0.5  # share of tokens from which two sentences are one, reworded
_ISLAND = 2  # tokens between two changed places up to which they are shown as one


class Change(NamedTuple):
    """One difference: what was said before and what is now, '' where there is nothing."""

    kind: ChangeKind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A title with its text."""

    title: str
    text: str


def is_reworded(before: Wording, after: Wording, junk: Collection[str] = ()) -> bool:
    """Whether a reader would call it another wording.

    Args:
        before: what was stored.
        after: what was fetched.
        junk: lines of either that are known as the source's page junk.
    """
    return _words_of(before, junk) != _words_of(after, junk)


def _words_of(wording: Wording, junk: Collection[str]) -> tuple[str, str]:
    lines = (line for line in wording.text.split("\n") if line not in junk and not is_stamp(line))
    return _plain(wording.title), _plain("".join(lines))


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_PLAIN))


def is_stamp(line: str) -> bool:
    """Whether a line says nothing but when the page was changed or how often it was read."""
    if len(line) > _STAMP_LINE or not _STAMP_WORDS.search(line):
        return False
    rest = _TIME_WORDS.sub("", _STAMP_WORDS.sub("", line))
    return re.search(r"\w", rest) is None and re.search(r"\d", line) is not None


def changes(before: Wording, after: Wording) -> Iterator[Change]:
    """What a reader of the first wording has to be told of the second: the title, then sentence by sentence."""
    if _plain(before.title) != _plain(after.title):
        yield Change("title", before.title, after.title)
    was, now = (_sentences(wording.text) for wording in (before, after))
    came, went = set(map(_plain, now)), set(map(_plain, was))
    matcher = SequenceMatcher(None, [_plain(each) for each in was], [_plain(each) for each in now], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        for change in _paired(was[i:j], now[k:m]):
            if change.kind == "gone" and _plain(change.before) in came:
                continue  # told where it stands now
            is_moved = change.kind == "new" and _plain(change.after) in went
            yield change._replace(kind="moved") if is_moved else change


def _sentences(text: str) -> list[str]:
    return [
        sentence.strip()
        for line in text.split("\n")
        if not is_stamp(line)
        for sentence in _SENTENCE.split(line)
        if sentence and sentence.strip()
    ]


def _paired(was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Sentences of one place in their order: each new one with the old one that it is most like, none twice."""
    start = 0
    for sentence in now:
        alike = [(_likeness(old, sentence), -at) for at, old in enumerate(was[start:], start)]
        best, at = max(alike, default=(0.0, 0))
        if best < _ALIKE:
            yield Change("new", "", sentence)
            continue
        yield from (Change("gone", old, "") for old in was[start:-at])
        yield Change("changed", was[-at], sentence)
        start = -at + 1
    yield from (Change("gone", old, "") for old in was[start:])


def _likeness(one: str, other: str) -> float:
    was, now = ([token for token in _TOKEN.findall(text) if token[0].isalnum()] for text in (one, other))
    return SequenceMatcher(None, was, now, autojunk=False).ratio()


def marked(change: Change) -> str:
    """A changed sentence with its places marked: "hires [forty → sixty] people"; one that is mostly new, whole."""
    was, now = _TOKEN.findall(change.before), _TOKEN.findall(change.after)
    pieces: list[tuple[str, str]] = []  # equal pieces are twice the same
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        old, new = "".join(was[i:j]), "".join(now[k:m])
        is_island = (
            tag == "equal" and pieces and len([token for token in was[i:j] if token.strip()]) < _ISLAND and m < len(now)
        )
        if pieces and (is_island or (tag != "equal" and pieces[-1][0] != pieces[-1][1])):
            pieces[-1] = (pieces[-1][0] + old, pieces[-1][1] + new)
        else:
            pieces.append((old, new))
    return "".join(old if old == new else _place(old, new) for old, new in pieces)


def _place(old: str, new: str) -> str:
    before, after = (" " if side(old) or side(new) else "" for side in (_opens_with_space, _closes_with_space))
    return f"{before}[{' '.join(filter(None, (old.strip(), '→', new.strip())))}]{after}"


def _opens_with_space(text: str) -> bool:
    return text[:1].isspace()


def _closes_with_space(text: str) -> bool:
    return text[-1:].isspace()
