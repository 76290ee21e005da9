"""THE FLOW: what happens to a document, in this order, and why in this order.

Document -> language -> players -> hiring -> fingerprint -> duplicates -> stored, its stories drawn anew.

The first four look at the document alone and may run in any process (`pure_pipeline`). Duplicates and stories need what
was seen before, so they run inside the write transaction of the store (`Newsdesk`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from pipeline.document import Article, Rejected
from pipeline.memory import settled_trace
from pipeline.stages.duplicates import relations_of
from pipeline.stages.stories import file_trace, forget_article
from pipeline.store.relations import SqlMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pipeline.document import Document, Fate
    from pipeline.memory import Memory, RelationOutcome
    from pipeline.store.writer import Writer


class Stage(Protocol):
    """One step of the pipeline; a callable that returns a changed copy, or the reason why this is no article.

    `requires` and `assigns` name fields of `Article`; no two stages assign one field.
    """

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]

    def __call__(self, article: Article) -> Article | Rejected:
        """Look at the article; add the fields in `assigns`."""
        ...


class Pipeline:
    """An ordered list of stages that is checked when it is built.

    Raises:
        ValueError: a stage comes before what it requires, or two stages assign one field.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        assigned = {"document"}
        for stage in stages:
            if missing := stage.requires - assigned:
                raise ValueError(f"stage {stage.name} requires {sorted(missing)}, which no stage before it assigns")
            if twice := stage.assigns & assigned:
                raise ValueError(f"stage {stage.name} assigns {sorted(twice)}, which is assigned already")
            assigned |= stage.assigns
        self.stages = tuple(stages)

    def __call__(self, article: Article) -> Article | Rejected:
        """Run all stages, stopping at the first refusal."""
        for stage in self.stages:
            outcome = stage(article)
            if isinstance(outcome, Rejected):
                return outcome
            article = outcome
        return article


class Newsdesk:
    """The whole flow for one document: `prepare` in any thread, `file` inside the store's write transaction.

    Args:
        pipeline: the pure stages; default `pure_pipeline()`.
        clock: gives the instant at which an article is first seen.
    """

    def __init__(self, pipeline: Pipeline | None = None, *, clock: Callable[[], datetime]) -> None:
        self._pipeline = pipeline
        self.clock = clock

    @property
    def pipeline(self) -> Pipeline:
        """The pure stages, loaded when first needed: who only files articles seldom does."""
        if self._pipeline is None:
            self._pipeline = pure_pipeline()
        return self._pipeline

    def prepare(self, document: Document) -> Article | Rejected:
        """Run the stages that look at the document alone."""
        return self.pipeline(Article(document=document))

    def file(self, writer: Writer, article: Article, *, anew: bool = False) -> Fate:
        """Compare with what is stored, store, relate, and draw the stories anew; all in the writer's transaction.

        The article is saved first, because the marks of its stories are written to its row; one that has not changed
        keeps its relations, unless they are wanted `anew` because the stages now see more in the same words.
        """
        now = self.clock()
        fate = writer.save(article, now)
        if fate.kind not in {"stored", "revised"} and not (anew and fate.kind == "unchanged"):
            return fate
        new = article.document.id if fate.kind == "stored" else None
        outcome = change_relations(writer, now, lambda memory: relate_article(memory, article), new=new)
        mine = next((mark for mark in outcome.marks if mark.article_id == article.document.id), None)
        return replace(fate, story_id=mine.story_id, is_duplicate=mine.duplicate_of is not None) if mine else fate


def relate_article(memory: Memory, article: Article) -> RelationOutcome:
    """Find what an article is to those before it, remember it, and draw the stories around it anew."""
    here = settled_trace(memory, article)
    return file_trace(memory, here, relations_of(memory, here))


def forget_relations(writer: Writer, article_id: str, now: datetime) -> None:
    """Draw the stories anew without an article that is about to be deleted; in the deletion's transaction."""
    change_relations(writer, now, lambda memory: forget_article(memory, article_id))


def change_relations(
    writer: Writer, now: datetime, change: Callable[[Memory], RelationOutcome], *, new: str | None = None
) -> RelationOutcome:
    """Change what is remembered of relations, and write the marks that follow to the articles; all in the writer's transaction.

    `new` is the id of an article that it has just stored for the first time.
    """
    memory = SqlMemory(writer.connection, now, new=new)
    memory.begin()
    outcome = change(memory)
    writer.place_all(outcome.marks)
    return outcome


def pure_pipeline() -> Pipeline:
    """The stages that look at a document alone; safe in any thread or process.

    Language comes first because players and hiring words are read by language; players before hiring because the decision
    asks who acts; the fingerprint last because its anchors are players, models and amounts.
    """
    from pipeline.stages.fingerprint import FingerprintStage  # noqa: PLC0415
    from pipeline.stages.hiring import HiringStage  # noqa: PLC0415 - loads tables of knowledge
    from pipeline.stages.language import LanguageStage  # noqa: PLC0415
    from pipeline.stages.players import PlayersStage  # noqa: PLC0415

    return Pipeline([LanguageStage(), PlayersStage(), HiringStage(), FingerprintStage()])
