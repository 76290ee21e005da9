"""What would have changed the decision: the reasons, undone one at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pipeline.knowledge.hiring_weights import weights

if TYPE_CHECKING:
    from collections.abc import Mapping


def logit(features: Mapping[str, float]) -> float:
    """The sum before squeezing; 0 is an even chance."""
    model = weights()
    return model.bias + sum(model.weights.get(name, 0.0) * value for name, value in features.items())


_WITHOUT = {
    "event_title": "the headline said nothing of hiring",
    "event_lead": "the lead said nothing of hiring",
    "event_body": "the body said nothing of hiring",
    "event_many": "only one sentence spoke of hiring",
    "pay_figure": "no pay figure were told",
    "no_player": "it named a known player",
    "no_llm": "it spoke of LLM or generative AI",
    "guide": "it gave no advice",
}
_WITH = {
    "event_title": "the headline plainly said that somebody hires for LLM work",
    "event_lead": "the lead plainly said that somebody hires for LLM work",
}


def turning_points(features: Mapping[str, float]) -> list[str]:
    """What would turn the decision: a sign that were missing, or, against a no, a plain statement in headline or lead."""
    model = weights()
    bar = math.log(model.threshold / (1 - model.threshold))
    now = logit(features)
    is_hiring = now >= bar
    turning = [
        f"{_without(name)} ({-value * model.weights[name]:+.2f})"
        for name, value in features.items()
        if value and name in model.weights and (now - value * model.weights[name] >= bar) != is_hiring
    ]
    if is_hiring:
        return turning or [_together(features, now - bar)]
    turning += [
        text for zone, text in _WITH.items() if now + (1 - features.get(zone, 0.0)) * model.weights[zone] >= bar
    ]
    return turning or ["several of these changed together"]


def _together(features: Mapping[str, float], surplus: float) -> str:
    """The fewest features that only together carry a yes."""
    model = weights()
    parts = sorted(((value * model.weights.get(name, 0.0), name) for name, value in features.items()), reverse=True)
    needed: list[str] = []
    for weight, name in parts:
        needed.append(_without(name))
        surplus -= weight
        if surplus < 0:
            break
    return " and ".join(needed)


def _without(name: str) -> str:
    """What would be so if the feature were missing."""
    act, _, zone = name.rpartition("_")
    return _WITHOUT.get(name) or f"the {'headline' if zone == 'title' else 'text'} did not speak of {act}"
