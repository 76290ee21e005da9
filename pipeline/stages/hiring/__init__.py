"""Stage: is this LLM-hiring news, who hires whom for what, where, at what pay, and with which words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.facts import Hiring, Reason
from pipeline.stages.hiring.decision import Decision, Event, decide
from pipeline.stages.hiring.explain import turning_points
from pipeline.stages.hiring.headcount import find_headcount
from pipeline.stages.hiring.parties import employers_in, losing_in
from pipeline.stages.hiring.pay import find_pay
from pipeline.stages.hiring.people import find_people
from pipeline.stages.hiring.places import find_work_places
from pipeline.stages.hiring.reasons import evidence
from pipeline.stages.hiring.roles import find_worked_roles
from pipeline.stages.hiring.scenes import read_scenes
from pipeline.stages.hiring.sentences import split
from pipeline.stages.hiring.standing import proves_nothing
from pipeline.stages.hiring.starts import find_starts
from pipeline.stages.hiring.teams import find_teams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.document import Article
    from pipeline.facts import Evidence, Pay
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

ACTIONS = {
    "hire": "hire", "join": "hire", "poach": "poach", "recruit": "recruit", "team": "team", "acquihire": "acquihire",
    "leave": "loss", "layoff": "layoff", "freeze": "freeze", "retain": "retention", "pay": "pay", "market": "market",
}  # fmt: skip
_ACTION_LEAST = 0.5  # weight of an event that names an action
_PROOF_LEAST = 0.3  # of an event whose sentence proves a fact
_MOST_EVIDENCE = 6


class HiringStage:
    """Decides and, where the answer is yes, extracts the facts, each with quoted evidence."""

    name = "hiring"
    requires = frozenset({"language", "players", "models"})
    assigns = frozenset({"hiring"})

    def __call__(self, article: Article) -> Article:
        """Set `hiring`: never None after this stage."""
        return replace(article, hiring=read_hiring(article))


def read_hiring(article: Article) -> Hiring:
    """The decision with its reasons; the facts only where it is yes."""
    scenes, pay, decision = _decide(article)
    if not decision.is_hiring:
        return Hiring(is_hiring=False, score=decision.score, reasons=_reasons(decision))
    return _with_facts(decision, scenes, pay, article)


def features_of(article: Article) -> dict[str, float]:
    """What the decision weighs, by name: for fitting the weights and for explanations."""
    return _decide(article)[2].features


def _tag(article: Article) -> str:
    return article.language.tag if article.language else "und"


def _decide(article: Article) -> tuple[list[Scene], tuple[Pay, ...], Decision]:
    language = _tag(article)
    sentences = split(article.document)
    scenes = read_scenes(sentences, article, language)
    published = article.document.published_at
    pay = find_pay(sentences, language)
    return scenes, pay, decide(scenes, language, published.year if published else None, pay)


def _reasons(decision: Decision) -> tuple[Reason, ...]:
    """All that fired, then what would have turned the decision (weight 0: it did not fire)."""
    return (
        *decision.reasons,
        *(Reason(name=f"would turn it: {text}", weight=0.0) for text in turning_points(decision.features)),
    )


def _with_facts(decision: Decision, scenes: Sequence[Scene], pay: tuple[Pay, ...], article: Article) -> Hiring:
    events = decision.events
    people = find_people(events)
    employers = employers_in(events, scenes)
    strong = [event for event in events if event.weight >= _ACTION_LEAST and not _is_remark(event)]
    return Hiring(
        is_hiring=True,
        score=decision.score,
        actions=_actions(strong),
        employers=employers,
        losing=losing_in(events, employers, scenes),
        roles=find_worked_roles(events),
        places=find_work_places(events, scenes, _tag(article)),
        people=people,
        headcount=find_headcount(events, people, scenes),
        start_dates=find_starts(events, scenes, article.document.published_at),
        teams=find_teams(events, scenes),
        pay=pay,
        evidence=_evidence(events, pay),
        platforms=tuple(dict.fromkeys(named.id for event in strong for named in event.scene.go_betweens)),
        reasons=_reasons(decision),
        is_rumour=any(scene.has("rumour") and scene.events for scene in scenes),
        is_denied=any(scene.has("denial") and scene.events for scene in scenes),
    )


def _actions(strong: Sequence[Event]) -> tuple[str, ...]:
    """What is done, the surest first. The hiring that a freeze names is the one that does not happen."""
    frozen = {id(event.scene) for event in strong if event.act == "freeze"}
    done = [event for event in strong if event.act not in {"hire", "recruit"} or id(event.scene) not in frozen]
    return tuple(dict.fromkeys(ACTIONS[event.act] for event in sorted(done, key=lambda e: -e.weight)))


def _is_remark(event: Event) -> bool:
    """Whether the sentence is what a go-between thinks of the market, no act of the news."""
    sentence = event.scene.sentence
    return not sentence.is_title and not event.scene.players and proves_nothing(event.scene)


def _evidence(events: Sequence[Event], pay: Sequence[Pay]) -> tuple[Evidence, ...]:
    """The sentences that prove the facts: first those that name a party and its act, headline before body, then figures."""
    quoted = {(one.field, one.start) for one in pay}
    parties: dict[int, bool] = {}
    for event in events:
        if event.weight >= _PROOF_LEAST:
            parties[id(event.scene)] = parties.get(id(event.scene), False) or bool(
                event.scene.players and (event.employers or event.losing)
            )
    ranked = sorted(
        (event for event in events if event.weight >= _PROOF_LEAST),
        key=lambda e: (
            not parties[id(e.scene)],
            e.is_background,
            -round(e.weight, 1),
            e.scene.sentence.field != "title",
            e.scene.sentence.index,
        ),
    )
    found: dict[int, Evidence] = {}
    for event in ranked:
        proof = evidence(event.scene, _whole(event), ACTIONS[event.act])
        is_figure = any(field == proof.field and proof.start <= start < proof.end for field, start in quoted)
        is_proof = is_figure or (parties[id(event.scene)] and not proves_nothing(event.scene))
        if id(event.scene) not in found and (is_proof or not found):
            found[id(event.scene)] = proof
    return tuple(list(found.values())[:_MOST_EVIDENCE])


def _whole(event: Event) -> Hit:
    text = event.scene.sentence.folded
    return replace(event.hit, start=len(text) - len(text.lstrip()), end=len(text.rstrip()))
