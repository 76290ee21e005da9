"""Is this LLM-hiring news? Named reasons for and against, each with its span, added up by weights in a readable file.

Every phrase of hiring becomes an event with a strength: how much its wording says, whether it is about LLM work (a
pure-play lab, or LLM people and teams elsewhere), and where it stands (headline, lead, body). Words of other news
(products, funding, takeovers, advice, tools, cuts for AI's sake …) speak against, most in the headline.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.knowledge.hiring_weights import weights
from pipeline.stages.hiring.events import Event, find_events
from pipeline.stages.hiring.features import features_in
from pipeline.stages.hiring.reasons import reasons_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.facts import Pay, Reason
    from pipeline.stages.hiring.scenes import Scene

__all__ = ["Decision", "Event", "decide"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict with all that it rests on."""

    score: float
    is_hiring: bool
    events: tuple[Event, ...]
    reasons: tuple[Reason, ...]
    features: dict[str, float]


def decide(scenes: Sequence[Scene], language: str, year: int | None, pay: Sequence[Pay]) -> Decision:
    """Weigh all sentences; `year` is the document's, to tell background ("in 2016 …") from news."""
    events = find_events(scenes, language, year)
    features = features_in(scenes, events, pay)
    model = weights()
    logit = model.bias + sum(model.weights.get(name, 0.0) * value for name, value in features.items())
    score = 1 / (1 + math.exp(-logit))
    return Decision(
        score=score,
        is_hiring=score >= model.threshold,
        events=tuple(events),
        reasons=reasons_of(scenes, events, features),
        features=features,
    )
