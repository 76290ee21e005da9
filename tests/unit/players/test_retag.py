"""What a change of the registry would do to articles that are tagged already."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.document import Article, Document
from pipeline.knowledge.players import read_players
from pipeline.stages.players import PlayersStage
from pipeline.stages.players.retag import TagChange, compare_tags, count_changes

BEFORE = """
[[player]]
id = "acme"
name = "Acme"
kind = "model-lab"
country = "US"
evidence = "its own site"
[[player.model]]
id = "rocket"
name = "Rocket"
names = ["Rockette"]
"""
AFTER = BEFORE.replace('evidence = "its own site"', 'evidence = "its own site"\nnames.en = ["Akme"]').replace(
    "Rocket", "Anvil"
)


def tagged(table: str, text: str) -> Article:
    document = Document(
        id="x", url="u", canonical_url="u", title="", text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    article = PlayersStage(read_players({"a.toml": table}))(Article(document=document))
    assert isinstance(article, Article)
    return article


def changes(text: str) -> tuple[TagChange, ...]:
    return compare_tags(tagged(BEFORE, text), tagged(AFTER, text))


def test_gained_lost_and_moved_tags_are_told() -> None:
    assert changes("Acme hires.") == ()
    assert changes("Akme hires.") == (TagChange(what="player", id="acme", change="gained", texts=("Akme",)),)
    assert changes("Acme, or Akme, hires.") == (TagChange(what="player", id="acme", change="moved", texts=("Akme",)),)
    lost = changes("Rocket flies.")
    assert lost == (
        TagChange(what="player", id="acme", change="lost", texts=("Rocket",)),
        TagChange(what="model", id="rocket", change="lost", texts=("Rocket",)),
    )


def test_changes_are_counted_over_articles_with_the_names_they_are_about() -> None:
    counts = count_changes([changes("Akme hires."), changes("Akme again."), changes("Rocket flies."), changes("Acme.")])
    assert [(one.what, one.id, one.change, one.articles, one.names) for one in counts] == [
        ("player", "acme", "gained", 2, ("Akme",)),
        ("model", "rocket", "lost", 1, ("Rocket",)),
        ("player", "acme", "lost", 1, ("Rocket",)),
    ]
