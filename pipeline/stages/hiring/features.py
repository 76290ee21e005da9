"""What the decision weighs, by name: signs of hiring in headline, lead and body, and signs of other news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.knowledge.hiring_phrases import AGAINST
from pipeline.stages.hiring.relevance import CUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.facts import Pay
    from pipeline.stages.hiring.events import Event
    from pipeline.stages.hiring.scenes import Scene

_CLEAR = 0.8  # a plain statement of LLM hiring in clear words
_PLAIN = 0.5  # half of it
# How plainly an act makes a reorganisation news of hiring: who is wooed away is told by the word itself.
_FOUNDS = {"team": _CLEAR, "hire": _CLEAR, "poach": 0.7}


def features_in(scenes: Sequence[Scene], events: Sequence[Event], pay: Sequence[Pay]) -> dict[str, float]:
    """All features of an article; those that do not show are 0."""
    has_title = any(scene.sentence.is_title for scene in scenes)
    zones: dict[str, dict[str, float]] = {"title": {}, "lead": {}, "body": {}}
    for event in events:
        best = zones[zone_of(event.scene, has_title=has_title)]
        best[event.act] = max(best.get(event.act, 0.0), event.weight)
    features = {f"event_{zone}": _any_of(best.values()) for zone, best in zones.items()}
    strong = {id(event.scene) for event in events if event.weight >= _PLAIN}
    features["event_many"] = min(1.0, max(0, len(strong) - 1) / 3)
    is_llm = any(scene.is_llm or scene.has_pure_player for scene in scenes)
    features["pay_figure"] = float(is_llm and any(figure.min or figure.max for figure in pay))
    names_firm = any(scene.players for scene in scenes) or any(event.employers for event in events)
    features["no_player"] = float(not names_firm)
    features["no_llm"] = float(not is_llm)
    features |= _features_against(scenes, events)
    acts = any(event.weight >= _PLAIN and (event.employers or event.losing) for event in events)
    features["guide"] = 0.0 if acts else max(features["advice_title"], features["advice_text"])
    return features


def _any_of(weights_of_acts: Iterable[float]) -> float:
    """Independent signs together: what is left unsaid by all of them is what no one says."""
    unsaid = 1.0
    for weight in sorted(weights_of_acts, reverse=True)[:3]:
        unsaid *= 1 - min(0.97, weight)
    return 1 - unsaid


def _features_against(scenes: Sequence[Scene], events: Sequence[Event]) -> dict[str, float]:
    """For each act against: the strongest hit in the headline, and how often the text says it (four times is often)."""
    features = {f"{act}_{place}": 0.0 for act in AGAINST for place in ("title", "text")}
    # Long texts touch on everything: what counts is how much of the text speaks of it, four times being much in a short one.
    step = 1 / max(4.0, len(scenes) / 2)
    own_cuts = {id(event.scene) for event in events if event.act in CUTS and event.weight >= _PLAIN}
    is_founded = any(
        event.act in _FOUNDS
        and event.weight >= _FOUNDS[event.act]
        and event.employers
        and (event.scene.sentence.is_title or event.scene.sentence.is_lead)
        for event in events
    )
    for scene in scenes:
        is_title = scene.sentence.is_title
        for hit in scene.of(*AGAINST):
            if hit.phrase.act == "cuts" and id(scene) in own_cuts:
                continue  # a lab's own layoff is news of LLM people however large its share
            if hit.phrase.act == "shuffle" and is_founded:
                continue  # a reorganisation that founds a team or brings in its head is news of it
            if is_title:
                name = f"{hit.phrase.act}_title"
                features[name] = max(features[name], hit.phrase.strength)
            else:
                name = f"{hit.phrase.act}_text"
                features[name] = min(1.0, features[name] + step)
    return features


def zone_of(scene: Scene, *, has_title: bool) -> str:
    """Headline, lead or body; an untitled text begins with its headline."""
    if scene.sentence.is_title or (not has_title and scene.sentence.index == 0):
        return "title"
    return "lead" if scene.sentence.is_lead else "body"
