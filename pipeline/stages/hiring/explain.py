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


def turning_points(features: Mapping[str, float]) -> list[str]:
    """Features whose absence (or, for what is missing, plain presence in the headline) would turn the decision."""
    model = weights()
    bar = math.log(model.threshold / (1 - model.threshold))
    now = logit(features)
    is_hiring = now >= bar
    turning = [
        f"without {name.replace('_', ' ')} ({value:.2f} x {model.weights[name]:+.1f})"
        for name, value in features.items()
        if value and name in model.weights and (now - value * model.weights[name] >= bar) != is_hiring
    ]
    if is_hiring and not turning:
        turning.append(_together(features, now - bar))
    if not is_hiring:
        turning += [
            f"with a plain statement of hiring for LLM work in the {zone.removeprefix('event_')}"
            for zone in ("event_title", "event_lead")
            if now + (1 - features.get(zone, 0.0)) * model.weights[zone] >= bar
        ]
    return turning


def _together(features: Mapping[str, float], surplus: float) -> str:
    """The fewest features that only together carry a yes."""
    model = weights()
    parts = sorted(((value * model.weights.get(name, 0.0), name) for name, value in features.items()), reverse=True)
    needed: list[str] = []
    for weight, name in parts:
        needed.append(name.replace("_", " "))
        surplus -= weight
        if surplus < 0:
            break
    return f"only without {' and '.join(needed)} together"
