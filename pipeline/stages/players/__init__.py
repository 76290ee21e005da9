"""Which players and models a document names, where, and why each name counts."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.knowledge.players import load_players
from pipeline.stages.players.lexicon import Lexicon
from pipeline.stages.players.tagger import Refusal, Tagging, tag_document

if TYPE_CHECKING:
    from pipeline.document import Article, Rejected
    from pipeline.knowledge.players import Registry

__all__ = ["PlayersStage", "Refusal", "Tagging"]


class PlayersStage:
    """Assigns `players` and `models`; without a registry of its own it takes the one that is shipped, at the first use."""

    name = "players"
    requires: frozenset[str] = frozenset({"document", "language"})
    assigns: frozenset[str] = frozenset({"players", "models"})

    def __init__(self, registry: Registry | None = None) -> None:
        self._registry = registry

    @cached_property
    def lexicon(self) -> Lexicon:
        """The registry made ready for matching."""
        return Lexicon(self._registry or load_players())

    def __call__(self, article: Article) -> Article | Rejected:
        """Look at title and text."""
        found = self.tag(article)
        return replace(article, players=found.players, models=found.models)

    def tag(self, article: Article) -> Tagging:
        """Everything found, with the names that were refused and why."""
        language = article.language.tag if article.language else "und"
        return tag_document(article.document, self.lexicon, language)
