"""Is this LLM-hiring news? Named reasons for and against, each with its span, added up by weights in a readable file.

Every phrase of hiring becomes an event with a strength: how much its wording says, whether it is about LLM work (a
pure-play lab, or LLM people and teams elsewhere), and where it stands (headline, lead, body). Words of other news
(products, funding, takeovers, advice, tools, cuts for AI's sake …) speak against, most in the headline.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.document import Evidence, Reason
from pipeline.knowledge.hiring_phrases import AGAINST
from pipeline.knowledge.hiring_weights import weights
from pipeline.stages.hiring.employers import (
    UNSAID_WAY,
    employers_of,
    has_free_player,
    is_origin,
    is_told_passively,
)
from pipeline.stages.hiring.losing import losing_of
from pipeline.stages.hiring.relevance import CUTS, relevance
from pipeline.stages.hiring.unlisted import unlisted_employer
from pipeline.stages.hiring.wordings import PROVES_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.document import Pay
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

_YEAR = re.compile(r"(?<!\d)(20[0-2]\d)(?!\d)")
_PLAIN = 0.5  # half of a plain statement of LLM hiring


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act of hiring found in one sentence; `weight` is 0 to about 1."""

    hit: Hit
    scene: Scene
    weight: float
    employers: tuple[str, ...]
    losing: tuple[str, ...]
    is_background: bool

    @property
    def act(self) -> str:
        """The act: hire, join, poach, and so on."""
        return self.hit.phrase.act


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
    events = _with_omitted_subjects(
        [event for at, _ in enumerate(scenes) for event in _events(scenes, at, language, year)], scenes
    )
    features = _features(scenes, events, pay)
    model = weights()
    logit = model.bias + sum(model.weights.get(name, 0.0) * value for name, value in features.items())
    score = 1 / (1 + math.exp(-logit))
    reasons = [
        *_reasons_for(events, has_title=any(scene.sentence.is_title for scene in scenes)),
        *_reasons_against(scenes),
        *_rule_reasons(features),
    ]
    return Decision(
        score=score, is_hiring=score >= model.threshold, events=tuple(events), reasons=tuple(reasons), features=features
    )


def _events(scenes: Sequence[Scene], at: int, language: str, year: int | None) -> list[Event]:
    scene = scenes[at]
    hits = scene.events
    if not hits:
        return []
    is_background = _is_background(scene, year)
    found = []
    for hit in hits:
        employers = tuple(employers_of(hit, scene, language))
        if not employers and (name := unlisted_employer(hit, scene)):
            employers = (name,)
        losing = tuple(losing_of(hit, scene, employers))
        weight = (
            hit.phrase.strength * relevance(scenes, at, hit, (*employers, *losing)) * (0.35 if is_background else 1.0)
        )
        found.append(
            Event(hit=hit, scene=scene, weight=weight, employers=employers, losing=losing, is_background=is_background)
        )
    return found


def _with_omitted_subjects(events: list[Event], scenes: Sequence[Scene]) -> list[Event]:
    """Sentences that name no actor ("The company will hire 100 people", 後任に…を迎える) speak of the headline's first player."""
    acting = (player for event in events if event.scene.sentence.is_title for player in event.employers)
    named = (p.id for s in scenes[:3] for p in s.players if not p.by_model and not is_origin(s, p))
    focus = next(acting, None) or next(named, None)
    if focus is None:
        return events
    return [
        replace(event, employers=(focus,))
        if event.act in _OMITTABLE
        and not event.employers
        and event.hit.phrase.strength == 1
        and not event.hit.phrase.head.startswith(UNSAID_WAY)
        and not event.scene.sentence.is_title
        and not has_free_player(event.scene)
        and not is_told_passively(event.hit, event.scene)
        and not PROVES_NOTHING.search(event.scene.sentence.folded)
        else event
        for event in events
    ]


_OMITTABLE = {"hire", "recruit", "freeze", "retain"}


def _is_background(scene: Scene, year: int | None) -> bool:
    if scene.sentence.is_title:
        return False
    years = [int(found) for found in _YEAR.findall(scene.sentence.folded)]
    return scene.has("background") or bool(year and years and max(years) < year)


def _features(scenes: Sequence[Scene], events: Sequence[Event], pay: Sequence[Pay]) -> dict[str, float]:
    has_title = any(scene.sentence.is_title for scene in scenes)
    zones: dict[str, dict[str, float]] = {"title": {}, "lead": {}, "body": {}}
    for event in events:
        best = zones[_zone(event.scene, has_title=has_title)]
        best[event.act] = max(best.get(event.act, 0.0), event.weight)
    features = {f"event_{zone}": _any_of(best.values()) for zone, best in zones.items()}
    strong = {id(event.scene) for event in events if event.weight >= _PLAIN}
    features["event_many"] = min(1.0, max(0, len(strong) - 1) / 3)
    is_llm = any(scene.is_llm or scene.has_pure_player for scene in scenes)
    features["pay_figure"] = float(is_llm and any(figure.min or figure.max for figure in pay))
    features["no_player"] = float(not any(scene.players for scene in scenes))
    features["no_llm"] = float(not is_llm)
    features |= _features_against(scenes, events, has_title=has_title)
    return features


def _any_of(weights_of_acts: Iterable[float]) -> float:
    """Independent signs together: what is left unsaid by all of them is what no one says."""
    unsaid = 1.0
    for weight in sorted(weights_of_acts, reverse=True)[:3]:
        unsaid *= 1 - min(0.97, weight)
    return 1 - unsaid


def _features_against(scenes: Sequence[Scene], events: Sequence[Event], *, has_title: bool) -> dict[str, float]:
    """For each act against: the strongest hit in the headline, and how often the text says it (four times is often)."""
    features = {f"{act}_{place}": 0.0 for act in AGAINST for place in ("title", "text")}
    # Long texts touch on everything: what counts is how much of the text speaks of it, four times being much in a short one.
    step = 1 / max(4.0, len(scenes) / 2)
    own_cuts = {id(event.scene) for event in events if event.act in CUTS and event.weight >= _PLAIN}
    for scene in scenes:
        is_title = _zone(scene, has_title=has_title) == "title"
        for hit in scene.of(*AGAINST):
            if hit.phrase.act == "cuts" and id(scene) in own_cuts:
                continue  # a lab's own layoff is news of LLM people however large its share
            if is_title:
                name = f"{hit.phrase.act}_title"
                features[name] = max(features[name], hit.phrase.strength)
            else:
                name = f"{hit.phrase.act}_text"
                features[name] = min(1.0, features[name] + step)
    return features


def _zone(scene: Scene, *, has_title: bool) -> str:
    if scene.sentence.is_title or (not has_title and scene.sentence.index == 0):
        return "title"
    return "lead" if scene.sentence.is_lead else "body"


def _reasons_for(events: Sequence[Event], *, has_title: bool) -> list[Reason]:
    best: dict[tuple[str, int, str], Reason] = {}
    for event in sorted(events, key=lambda e: -e.weight):
        key = (event.act, event.scene.sentence.index, event.scene.sentence.field)
        if event.weight >= 0.2 and key not in best:  # noqa: PLR2004 - weaker ones explain nothing
            best[key] = Reason(
                name=f"says {event.act}",
                weight=round(event.weight * weights().weights[f"event_{_zone(event.scene, has_title=has_title)}"], 3),
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
    said = {"no_player": "names no known player", "no_llm": "says nothing of LLM or generative AI"}
    return [Reason(name=text, weight=model.weights.get(name, 0.0)) for name, text in said.items() if features[name]]


def evidence(scene: Scene, hit: Hit, reason: str) -> Evidence:
    """The words of a hit, quoted with their offsets in the original."""
    start, end = scene.sentence.span(hit.start, hit.end)
    return Evidence(
        quote=scene.sentence.original[start:end], field=scene.sentence.field, start=start, end=end, reason=reason
    )
