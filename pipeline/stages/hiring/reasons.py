"""Why the decision fell as it did: every sign for and against, with its weight and the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.facts import Evidence, Reason
from pipeline.knowledge.hiring_phrases import AGAINST
from pipeline.knowledge.hiring_weights import weights
from pipeline.stages.hiring.features import zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.events import Event
    from pipeline.stages.hiring.scenes import Scene


def reasons_of(scenes: Sequence[Scene], events: Sequence[Event], features: dict[str, float]) -> tuple[Reason, ...]:
    """All reasons: for, against, and the rules about the whole text."""
    has_title = any(scene.sentence.is_title for scene in scenes)
    return (*_reasons_for(events, has_title=has_title), *_reasons_against(scenes), *_rule_reasons(features))


def _reasons_for(events: Sequence[Event], *, has_title: bool) -> list[Reason]:
    best: dict[tuple[str, int, str], Reason] = {}
    for event in sorted(events, key=lambda e: -e.weight):
        key = (event.act, event.scene.sentence.index, event.scene.sentence.field)
        if event.weight >= 0.2 and key not in best:  # noqa: PLR2004 - weaker ones explain nothing
            best[key] = Reason(
                name=f"says {event.act}",
                weight=round(event.weight * weights().weights[f"event_{zone_of(event.scene, has_title=has_title)}"], 3),
                evidence=evidence(event.scene, event.hit, event.act),
            )
    return list(best.values())


def _reasons_against(scenes: Sequence[Scene]) -> list[Reason]:
    """One reason for each kind of other news in headline and text, with the first words that say so."""
    model = weights()
    found: dict[tuple[str, bool], Reason] = {}
    for scene in scenes:
        is_title = scene.sentence.is_title
        for hit in scene.of(*AGAINST):
            act = hit.phrase.act
            weight = model.weights.get(f"{act}_{'title' if is_title else 'text'}", 0.0) * hit.phrase.strength
            if weight < 0 and (act, is_title) not in found:
                found[act, is_title] = Reason(
                    name=f"speaks of {act}", weight=round(weight, 3), evidence=evidence(scene, hit, act)
                )
    return list(found.values())


def _rule_reasons(features: dict[str, float]) -> list[Reason]:
    model = weights()
    said = {
        "no_player": "names no known player",
        "no_llm": "says nothing of LLM or generative AI",
        "guide": "advises, and no firm acts in it",
    }
    return [Reason(name=text, weight=model.weights.get(name, 0.0)) for name, text in said.items() if features[name]]


def evidence(scene: Scene, hit: Hit, reason: str) -> Evidence:
    """The words of a hit, quoted with their offsets in the original."""
    start, end = scene.sentence.span(hit.start, hit.end)
    return Evidence(
        quote=scene.sentence.original[start:end], field=scene.sentence.field, start=start, end=end, reason=reason
    )
