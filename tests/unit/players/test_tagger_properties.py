"""What holds for every text: offsets match, folding moves no span, and what is said elsewhere changes no tag."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.document import Article, Document, Language
from pipeline.folding import fold
from pipeline.knowledge.players import load_players
from pipeline.stages.players import PlayersStage

if TYPE_CHECKING:
    from pipeline.document import ModelTag, PlayerTag
    from pipeline.stages.players import Tagging

STAGE = PlayersStage()
REGISTRY = load_players()
NAMES = st.sampled_from(
    "OpenAI Meta Apple Claude Gemini Kimi DeepSeek-R1 Pinduoduo xAI Scale阿里 豆包 字节 騰訊 克勞德 ＯｐｅｎＡＩ ｸﾞｰｸﾞﾙ 오픈AI 메타 メタ "
    "GPT-5 o3 苹果汁 https://openai.com/a a@google.com ﬁ \u00ad \n , 。 模型 chatbot the and “ ” ( ) 's meta grok-x-1.0 Antonelli".split()
)
EXAMPLES = st.sampled_from(
    [text for player in REGISTRY.players.values() for text in (*player.examples, *player.not_examples)]
)
# Paragraphs that speak of nothing in the registry and hold no word of context: weather, sport, cooking.
ELSEWHERE = st.sampled_from(
    [
        "The weather stays mild until Sunday, with showers in the hills.",
        "The home side won two to one after extra time.",
        "週末は雨の予報。山沿いでは雪になる所もある。",
        "周末有雨，气温下降，北部有风。",
        "週末轉涼，北部有雨。",
        "주말에는 비가 오고 바람이 세다.",
        "Am Sonntag regnet es im Norden, im Süden bleibt es trocken.",
        "Dimanche, il pleuvra au nord ; le sud restera sec.",
        "El domingo lloverá en el norte y el sur seguirá seco.",
    ]
)
# What keyboards and typesetters make of the same text: full width, decomposed accents, soft hyphens, joiners.
DISGUISES = {
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": "\u00ad".join,
    "upper case": str.upper,
}


def read(text: str, title: str = "", language: str = "en") -> Tagging:
    document = Document(
        id="x", url="u", canonical_url="u", title=title, text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return STAGE.tag(Article(document=document, language=Language(tag=language, method="declared", confidence=1.0)))


@given(st.lists(NAMES, max_size=25), st.sampled_from(["", " "]))
@settings(max_examples=150, deadline=None)
def test_offsets_always_match(words: list[str], gap: str) -> None:
    text = gap.join(words)
    found = read(text, title=text[:40])
    documents = {"title": text[:40], "text": text}
    tags: list[PlayerTag | ModelTag] = [*found.players, *found.models]
    for tag in tags:
        assert tag.mentions
        spans = [(m.field == "text", m.start, m.end) for m in tag.mentions]
        assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(spans))
        for mention in tag.mentions:
            assert documents[mention.field][mention.start : mention.end] == mention.text != ""
    for one in found.refused:
        assert documents[one.mention.field][one.mention.start : one.mention.end] == one.mention.text


@given(st.text(max_size=60), NAMES, st.text(max_size=60))
@settings(max_examples=200, deadline=None)
@example("ﬁ\u00adﬁ", "騰訊", "ｶﾞ…²①")
def test_offsets_match_in_any_text(before: str, name: str, after: str) -> None:
    text = before + name + after
    found = read(text)
    tags: list[PlayerTag | ModelTag] = [*found.players, *found.models]
    for one in tags:
        for mention in one.mentions:
            assert text[mention.start : mention.end] == mention.text


@given(st.text(max_size=80), st.data())
@settings(max_examples=200, deadline=None)
@example("İﬁ\u0301\u00ad²…ｶﾞ騰", None)
def test_folding_never_moves_a_span(text: str, data: st.DataObject | None) -> None:
    """The stretch of the original under a folded stretch folds to it, or to whole characters around it."""
    folded = fold(text)
    start, end = 0, len(folded.text)
    if data and folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text
    before = folded.span(0, start)[1] if start else 0
    assert before <= last


@given(EXAMPLES, st.sampled_from(sorted(DISGUISES)))
@settings(max_examples=150, deadline=None)
def test_sure_names_are_found_in_every_disguise(sentence: str, disguise: str) -> None:
    """Whom an example names without doubt, it names also in full width, decomposed, or with soft hyphens."""
    if disguise == "upper case" and not sentence.isascii():
        return
    plain = {
        mention.text: tag.id
        for tag in read(sentence).players
        for mention in tag.mentions
        if "may mean" not in mention.reason and "misspelt" not in mention.reason
    }
    disguised = DISGUISES[disguise](sentence)
    found = read(disguised)
    for one in found.players:
        for mention in one.mentions:
            assert disguised[mention.start : mention.end] == mention.text
    if disguise in ("full width", "decomposed"):
        assert set(plain.values()) <= {one.id for one in found.players}


@given(st.one_of(st.lists(NAMES, max_size=20).map(" ".join), EXAMPLES), ELSEWHERE, st.booleans())
@settings(max_examples=300, deadline=None)
def test_an_unrelated_paragraph_changes_no_tag(text: str, paragraph: str, is_first: bool) -> None:  # noqa: FBT001 - drawn
    alone = read(text)
    together = read(f"{paragraph}\n{text}" if is_first else f"{text}\n{paragraph}")
    assert [tag.id for tag in alone.players] == [tag.id for tag in together.players]
    assert [tag.id for tag in alone.models] == [tag.id for tag in together.models]
    shift = len(paragraph) + 1 if is_first else 0
    assert [(m.start + shift, m.text) for tag in alone.players for m in tag.mentions] == [
        (m.start, m.text) for tag in together.players for m in tag.mentions
    ]


@given(EXAMPLES, EXAMPLES)
@settings(max_examples=200, deadline=None)
def test_a_second_story_loses_no_sure_name_of_the_first(one: str, other: str) -> None:
    """Names that are in no doubt count whatever else a digest reports."""
    sure = {tag.id for tag in read(one).players if any("may mean" not in mention.reason for mention in tag.mentions)}
    assert sure <= {tag.id for tag in read(f"{one}\n{other}").players}
