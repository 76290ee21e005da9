from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from pipeline.document import Article, Document, Language, Rejected
from pipeline.run import Pipeline

DOCUMENT = Document(
    id="0" * 16,
    url="https://a.example/1",
    canonical_url="https://a.example/1",
    title="",
    text="x",
    fetched_at=datetime.now(UTC),
)


@dataclass
class Step:
    name: str
    requires: frozenset[str] = frozenset()
    assigns: frozenset[str] = frozenset()
    refusal: Rejected | None = None

    def __call__(self, article: Article) -> Article | Rejected:
        if self.refusal:
            return self.refusal
        return replace(article, language=Language(tag=self.name, method="script", confidence=1.0))


def test_a_stage_before_what_it_requires_is_refused() -> None:
    with pytest.raises(ValueError, match=r"stage players requires \['language'\]"):
        Pipeline([Step("players", requires=frozenset({"language"})), Step("language", assigns=frozenset({"language"}))])


def test_two_stages_for_one_field_are_refused() -> None:
    with pytest.raises(ValueError, match="assigned already"):
        Pipeline([Step("a", assigns=frozenset({"language"})), Step("b", assigns=frozenset({"language"}))])


def test_stages_run_in_order_and_stop_at_a_refusal() -> None:
    refusal = Rejected(kind="too-short", reason="three words")
    assert (
        Pipeline([Step("first"), Step("second", refusal=refusal), Step("third")])(Article(document=DOCUMENT)) is refusal
    )
    outcome = Pipeline([Step("first"), Step("second")])(Article(document=DOCUMENT))
    assert isinstance(outcome, Article)
    assert outcome.language is not None
    assert outcome.language.tag == "second"
