"""Acts of hiring: each phrase found in a sentence, with who acts, whom people leave, and how much it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.stages.hiring.background import is_background
from pipeline.stages.hiring.employers import UNSAID_WAY, employers_of
from pipeline.stages.hiring.losing import losing_of
from pipeline.stages.hiring.relevance import relevance
from pipeline.stages.hiring.standing import has_free_player, is_origin, is_told_passively, is_unreal, proves_nothing
from pipeline.stages.hiring.tellings import COMES_FROM_ELSEWHERE, SURVEY, THE_FIRM
from pipeline.stages.hiring.unlisted import unlisted_employer
from pipeline.stages.hiring.wordings import ARRIVES_ZH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

_FADED = 0.35  # what is left of an act that is told as background
_GO_BETWEENS = (
    "猎头",
    "headhunt",
    "ヘッドハン",
    "헤드헌",
)  # a head-hunter quoted on the market hires for nobody in particular
_RIGHT_BEHIND = 2  # characters from a verb of joining to where people go, even if they do not get there
_TAKES_IN = {"join", "hire", "poach"}
_OMITTABLE = {"hire", "recruit", "freeze", "retain"}


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


def find_events(scenes: Sequence[Scene], language: str, year: int | None) -> list[Event]:
    """The acts of all sentences; `year` is the document's, to tell background ("in 2016 …") from news."""
    return _with_omitted_subjects(
        [event for at, _ in enumerate(scenes) for event in _events(scenes, at, language, year)], scenes
    )


def _events(scenes: Sequence[Scene], at: int, language: str, year: int | None) -> list[Event]:
    scene = scenes[at]
    hits = scene.events
    if not hits:
        return []
    acting = [(hit, tuple(employers_of(hit, scene, language))) for hit in hits]
    # Where people go is not where they come from; but who hires may see others leave.
    destinations = {player for hit, employers in acting if hit.phrase.act == "join" for player in employers}
    unreal = [hit for hit in scene.of("join") if is_unreal(hit, scene)]
    destinations |= {p.id for hit in unreal for p in scene.players if 0 <= p.start - hit.end <= _RIGHT_BEHIND}
    takers = {player for hit, employers in acting if hit.phrase.act in _TAKES_IN for player in employers}
    found = []
    for hit, players in acting:
        past = is_background(scene, year, hit)
        unlisted = None if players else unlisted_employer(hit, scene)
        employers = (unlisted,) if unlisted else players
        losing = tuple(
            losing_of(hit, scene, {*employers, *destinations, *(takers if hit.phrase.act in _TAKES_IN else ())})
        )
        weight = hit.phrase.strength * relevance(scenes, at, hit, (*employers, *losing)) * (_FADED if past else 1.0)
        found.append(Event(hit=hit, scene=scene, weight=weight, employers=employers, losing=losing, is_background=past))
    return found


def _with_omitted_subjects(events: list[Event], scenes: Sequence[Scene]) -> list[Event]:
    """Sentences that name no actor ("The company will hire 100 people", 後任に…を迎える) speak of the headline's first player."""
    acting = (player for event in events if event.scene.sentence.is_title for player in event.employers)
    named = (p.id for s in scenes[:3] for p in s.players if not p.by_model and not is_origin(s, p))
    focus = next(acting, None) or next(named, None)
    if focus is None:
        return events
    spoken_of = _firms_spoken_of(scenes)
    return [
        _acting(event, spoken_of.get(id(event.scene), focus))
        if _omits_subject(event, focus, is_told=id(event.scene) in spoken_of)
        else event
        for event in events
    ]


def _acting(event: Event, firm: str) -> Event:
    return replace(event, employers=(firm,), losing=tuple(player for player in event.losing if player != firm))


def _omits_subject(event: Event, focus: str, *, is_told: bool) -> bool:
    """Whether an act of hiring goes without its actor; `is_told` where "the company" stands for it."""
    scene, hit = event.scene, event.hit
    return (
        (event.act in _OMITTABLE or _arrives(event, focus))
        and not event.employers
        and (hit.phrase.strength == 1 or is_told)
        and not hit.phrase.head.startswith((UNSAID_WAY, *_GO_BETWEENS))
        and not scene.sentence.is_title
        and not has_free_player(scene)
        and not is_told_passively(hit, scene)
        and not proves_nothing(scene)
        and not SURVEY.search(scene.sentence.folded)
    )


def _arrives(event: Event, focus: str) -> bool:
    """Whether somebody comes to the firm that the news is about: 前百度副总空降，担任…; where else, the sentence would say."""
    hit, text = event.hit, event.scene.sentence.folded
    is_arrival = event.act == "join" and hit.phrase.language == "zh" and focus not in event.losing
    return is_arrival and bool(ARRIVES_ZH.match(text, hit.end)) and not COMES_FROM_ELSEWHERE.search(text, hit.end)


def _firms_spoken_of(scenes: Sequence[Scene]) -> dict[int, str]:
    """Whom "the company", 该公司 or 同社 means: the one player of the sentence before (by scene)."""
    found: dict[int, str] = {}
    for before, scene in pairwise(scenes):
        if scene.events and before.players and THE_FIRM.search(scene.sentence.folded):
            named = {p.id for p in before.players if not p.by_model and not is_origin(before, p)}
            if len(named) == 1:
                found[id(scene)] = named.pop()
    return found
