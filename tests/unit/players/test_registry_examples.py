"""The sentences in the registry itself: each must, or must not, name its player."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.document import Article, Document
from pipeline.knowledge.players import Player, load_players
from pipeline.stages.language import LanguageStage
from pipeline.stages.players import PlayersStage

STAGE = PlayersStage()
PLAYERS = load_players().players


def tagged(sentence: str) -> set[str]:
    document = Document(
        id="x", url="u", canonical_url="u", title="", text=sentence, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    article = LanguageStage()(Article(document=document))
    assert isinstance(article, Article)
    return {tag.id for tag in STAGE.tag(article).players}


@pytest.mark.parametrize("player", PLAYERS.values(), ids=PLAYERS)
def test_examples_hold(player: Player) -> None:
    assert [text for text in player.examples if player.id not in tagged(text)] == []
    assert [text for text in player.not_examples if player.id in tagged(text)] == []


def test_every_player_shows_how_it_is_named() -> None:
    assert [player.id for player in PLAYERS.values() if not player.examples] == []


def test_every_doubtful_player_name_shows_what_it_is_not() -> None:
    """A player that goes by a plain word alone must bring a sentence with that word."""
    bare = [
        player.id
        for player in PLAYERS.values()
        if not player.not_examples and any(player.name in doubt.names and not doubt.default for doubt in player.doubts)
    ]
    assert bare == []
