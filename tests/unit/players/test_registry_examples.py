"""The sentences in the registry itself: each must, or must not, name its player."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.document import Article, Document
from pipeline.knowledge.players import load_players
from pipeline.stages.language import LanguageStage
from pipeline.stages.players import PlayersStage

STAGE = PlayersStage()
PLAYERS = load_players().players.values()


def tagged(sentence: str) -> set[str]:
    document = Document(
        id="x", url="u", canonical_url="u", title="", text=sentence, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    article = LanguageStage()(Article(document=document))
    assert isinstance(article, Article)
    return {tag.id for tag in STAGE.tag(article).players}


@pytest.mark.parametrize(
    ("player", "sentence"), [(player.id, sentence) for player in PLAYERS for sentence in player.examples]
)
def test_examples_name_their_player(player: str, sentence: str) -> None:
    assert player in tagged(sentence)


@pytest.mark.parametrize(
    ("player", "sentence"), [(player.id, sentence) for player in PLAYERS for sentence in player.not_examples]
)
def test_not_examples_do_not(player: str, sentence: str) -> None:
    assert player not in tagged(sentence)
