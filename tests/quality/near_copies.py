"""Variants of a text as syndication makes them: cut, wrapped, retitled, reworded, truncated, led anew, and mixtures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？\n])")
_PIECE = re.compile(r"[\u3400-\u9fff]{2}|[^\s\u3400-\u9fff]+\s*|\s+|[\u3400-\u9fff]")
_WORDLIKE = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3,}[,.;:]?\s*$")
_REWORDED, _KEPT = 0.05, 0.6

# What other outlets put around a text. Lines are drawn from each list; all are invented.
_HEADS = {
    "en": (
        "Home » Business » Technology\nPublished by the Marlow Evening Courier",
        "The Quay Report | Your window on the digital economy\nShare this story  Print  Text size",
        "Northgate Wire — technology desk\nReading time: 4 minutes",
        "Editor's pick\nThis item was supplied by a partner of Lindenbaum Media and has not been edited by us.",
    ),
    "zh": (
        "首页 > 科技 > 正文\n临江晚报网讯 编辑：小舟 阅读量：3187",
        "青岚财经 · 早间快讯\n点击上方蓝字，第一时间看到我们的推送",
        "【木棉科技观察】本栏目每天精选业内要闻，以下为正文",
        "原标题见文末 | 云岭客户端 | 字号：大 中 小",
    ),
}
_TAILS = {
    "en": (
        (
            "About us: the Courier reports on companies along the river since 1931. Write to the desk with corrections. "
            "More from this section: Tram line reopens after repairs; Council debates parking fees; Ferry timetable for winter."
        ),
        (
            "Disclaimer: views in partner content are those of its authors. Readers who like this may also like our guide to "
            "balcony gardens and our list of twelve quiet libraries. Register for the Friday letter at the foot of the page."
        ),
        "Tags: economy, innovation, gadgets. Previous article: Bakery chain opens thirtieth shop. Next article: Lake levels rise again.",
    ),
    "zh": (
        "免责声明：本文系转载，仅代表作者个人观点，与本网立场无关，如有侵权请联系我们处理。上一篇：老街菜市场重新开张；下一篇：本周末有小到中雨。",
        "更多精彩内容请关注青岚财经。热门推荐：二十种阳台植物的养法、秋季徒步路线、社区图书馆延长开放时间。",
        "责任编辑：阿湛。网友评论（12）：支持；说得好；期待后续报道。欢迎投稿，来稿请附联系方式，本报读者服务热线长期开通。",
    ),
}
_TITLES = {
    "en": (
        "What we know so far",
        "Technology briefing: the story of the day",
        "Here is why everyone is talking about it",
    ),
    "zh": ("刚刚传来的消息，值得关注", "今日头条：一文看懂来龙去脉", "业内热议：这件事意味着什么"),
}
_LEADS = {
    "en": (
        "The news came as a surprise to most observers, who had expected a quiet week. Here is how it unfolded, and what people close to the matter make of it.",
        "It is the latest sign of how quickly this field moves. Our newsroom has put together the details below.",
    ),
    "zh": (
        "消息一出，立刻引起了各方讨论。不少读者留言询问详情，小编为大家整理了事情的经过。",
        "这一领域的变化之快，再次超出了许多人的预料。下面我们来看具体情况。",
    ),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A title, which may be empty, and a text; `tongue` is en or zh."""

    title: str
    body: str
    tongue: str


class Syndicator:
    """Makes copies of texts with the dice it is given; `words` are what rewording draws from, by tongue."""

    def __init__(self, dice: random.Random, words: Mapping[str, Sequence[str]]) -> None:
        self.dice, self.words = dice, words

    def cut(self, text: Text) -> Text:
        """A part: three sentences in four, or the middle of a text of few sentences."""
        sentences = [each for each in _SENTENCE_END.split(text.body) if each.strip()]
        if len(sentences) < 4:
            return replace(text, body=text.body[len(text.body) // 8 : len(text.body) * 7 // 8])
        gone = set(self.dice.sample(range(len(sentences)), len(sentences) // 4))
        return self._joined(text, [each for at, each in enumerate(sentences) if at not in gone])

    def wrapped(self, text: Text) -> Text:
        """Between another outlet's head and tail."""
        head, tail = (self.dice.choice(parts[text.tongue]) for parts in (_HEADS, _TAILS))
        return replace(text, body=f"{head}\n{text.body}\n{tail}")

    def retitled(self, text: Text) -> Text:
        """Under another headline."""
        return replace(text, title=self.dice.choice(_TITLES[text.tongue]))

    def reworded(self, text: Text) -> Text:
        """One word in twenty replaced by another."""
        pieces = _PIECE.findall(text.body)
        return replace(text, body="".join(self._other(piece, text.tongue) for piece in pieces))

    def truncated(self, text: Text) -> Text:
        """The first 60%, as a teaser or paywall leaves it."""
        return replace(text, body=text.body[: round(len(text.body) * _KEPT)])

    def led_anew(self, text: Text) -> Text:
        """The first sentence, if the text has several, rewritten."""
        sentences = [each for each in _SENTENCE_END.split(text.body) if each.strip()]
        kept = sentences[1:] if len(sentences) > 3 else sentences
        return self._joined(text, [self.dice.choice(_LEADS[text.tongue]) + " ", *kept])

    def reworded_truncated(self, text: Text) -> Text:
        """Reworded and truncated."""
        return self.truncated(self.reworded(text))

    def wrapped_reworded(self, text: Text) -> Text:
        """Retitled, reworded and wrapped."""
        return self.wrapped(self.reworded(self.retitled(text)))

    def wrapped_truncated(self, text: Text) -> Text:
        """A teaser of 60% between another outlet's head and tail."""
        return self.wrapped(self.truncated(text))

    def _other(self, piece: str, tongue: str) -> str:
        if self.dice.random() >= _REWORDED or not _WORDLIKE.match(piece):
            return piece
        return self.dice.choice(self.words[tongue]) + (" " if piece[-1].isspace() else "")

    @staticmethod
    def _joined(text: Text, sentences: Sequence[str]) -> Text:
        return replace(text, body=("" if text.tongue == "zh" else " ").join(sentences))


KINDS: dict[str, Callable[[Syndicator, Text], Text]] = {
    "same": lambda _, text: text,
    "cut": Syndicator.cut,
    "wrapped": Syndicator.wrapped,
    "retitled": Syndicator.retitled,
    "reworded": Syndicator.reworded,
    "truncated": Syndicator.truncated,
    "led anew": Syndicator.led_anew,
    "reworded and truncated": Syndicator.reworded_truncated,
    "retitled, reworded and wrapped": Syndicator.wrapped_reworded,
    "wrapped and truncated": Syndicator.wrapped_truncated,
}
