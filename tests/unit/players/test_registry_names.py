"""Every name of the registry that is in no doubt, put into sentences of its language: all of them must be found whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.document import Article, Document, Language
from pipeline.folding import fold_key
from pipeline.knowledge.players import Player, load_players
from pipeline.stages.players import PlayersStage

if TYPE_CHECKING:
    from collections.abc import Iterator

STAGE = PlayersStage()
PLAYERS = load_players().players
# What stands around names in each language: sentence ends, particles, possessives, quotes, brackets, elisions.
FRAMES = {
    "en": ("Two people have left {} since May.", "{}'s head of research resigned.", "ex-{} staff (“{}”)"),
    "zh-Hans": ("{}正在招人。", "前{}员工创业，“{}”回应。"),
    "zh-Hant": ("{}正在招人。", "前{}員工創業，「{}」回應。"),
    "ja": ("{}は技術者を募る。", "元{}の研究者が「{}」に移った。"),
    "ko": ("{}는 개발자를 뽑는다.", "전 {} 출신이 ‘{}’에서 나왔다."),
    "fr": ("Le patron de {} l'a dit.", "l'équipe de {}, à Paris"),
    "de": ("Bei {} arbeiten nun mehr Leute.", "({}) stellt ein"),
}
ALPHABET = ("en", "fr", "de")


def found(text: str, language: str) -> list[tuple[str, str]]:
    document = Document(
        id="x", url="u", canonical_url="u", title="", text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    article = Article(document=document, language=Language(tag=language, method="declared", confidence=1.0))
    return [(tag.id, mention.text) for tag in STAGE.tag(article).players for mention in tag.mentions]


def sure_names(player: Player) -> Iterator[tuple[str, str]]:
    """Names with a language they are used in; those of an alphabet in each language that writes so."""
    doubted = {name for doubt in player.doubts for name in doubt.names}
    for language, names in {**player.by_language, "other": (player.name, *player.legal, *player.units)}.items():
        for name in names:
            if name in doubted:
                continue
            if name.isascii():
                yield from ((each, name) for each in ALPHABET)
            elif language in FRAMES:
                yield language, name


@pytest.mark.parametrize("player", PLAYERS.values(), ids=PLAYERS)
def test_sure_names_are_found_in_sentences(player: Player) -> None:
    missed = []
    for language, name in sure_names(player):
        for frame in FRAMES[language]:
            text = frame.replace("{}", name)
            names = [fold_key(mention) for who, mention in found(text, language) if who == player.id]
            if names != [fold_key(name)] * frame.count("{}"):
                missed.append((text, names))
    assert missed == []
