"""Who hires and whom people leave, over the whole article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.hiring.standing import is_object, is_origin
from pipeline.stages.hiring.tellings import BINDS_BY_CONTRACT, CONTEST_AFTER, FOUNDS, IS_CONTEST, OUGHT_TO_KEEP
from pipeline.stages.hiring.wordings import AS_EXAMPLE, REPLACES, RETURNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.hiring.events import Event
    from pipeline.stages.hiring.scenes import Scene

_LEAST_IN_BODY, _LEAST_IN_FRONT = 0.5, 0.3  # weight of an event that names a party, outside and in headline and lead
_CLEAR = 0.75  # pay of people whose work is not said to be LLM work weighs less
_ACTS_OF_EMPLOYERS = {"hire", "poach", "recruit", "team", "retain", "freeze", "pay"}
_TAKES_IN = {"hire", "poach", "join"}


def employers_in(events: Sequence[Event], scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Those that act in headline, lead and strong sentences; parties of a talent market only where nobody else acts."""
    found: dict[str, None] = {}
    weak: dict[str, None] = {}
    for event in events:
        if event.weight >= _least(event) and not event.is_background:
            (weak if _is_weak_sign(event) else found).update(dict.fromkeys(event.employers))
    found = found or weak
    for player in _left_behind(events):
        found.pop(player, None)
    leaves = any(
        event.act in {"leave", "layoff"}
        and event.weight >= _LEAST_IN_BODY
        and (event.scene.sentence.is_title or event.scene.sentence.is_lead)
        for event in events
    )
    if (
        not found
        and not leaves
        and any(event.act in _ACTS_OF_EMPLOYERS and event.weight >= _LEAST_IN_BODY for event in events)
    ):
        front = [scene for scene in scenes if scene.players and (scene.sentence.is_title or scene.sentence.is_lead)]
        free = [
            player.id
            for scene in front
            for player in scene.players
            if not is_origin(scene, player) and not is_object(scene, player) and not player.by_model
        ]
        found.update(dict.fromkeys(free[:1]))
    return tuple(found)


def _least(event: Event) -> float:
    sentence = event.scene.sentence
    return _LEAST_IN_FRONT if sentence.is_title or sentence.is_lead else _LEAST_IN_BODY


def _left_behind(events: Sequence[Event]) -> set[str]:
    """Firms that the headline (or first sentence) says people leave: whom they took in, told further down, is history."""
    strong = [event for event in events if event.weight >= _LEAST_IN_FRONT]
    front = [event for event in strong if event.scene.sentence.is_title]
    front = front or [event for event in strong if event.scene.sentence.index == 0]
    if any(event.employers and event.act in _TAKES_IN - {"join"} for event in front):
        return set()
    left = {
        player
        for event in front
        if event.act in {"leave", "join"} or (event.act == "poach" and not event.employers)
        for player in event.losing
    }
    kept = {
        player
        for event in events
        if (event.act in _ACTS_OF_EMPLOYERS - _TAKES_IN and not _is_no_hiring(event, front))
        or (event.act in _TAKES_IN and (event in front or event.scene.sentence.index == 0 or _replaces(event)))
        or (event.act == "join" and RETURNS.search(event.hit.phrase.head))
        for player in event.employers
    }
    return left - kept


def _replaces(event: Event) -> bool:
    """Whether somebody takes over from those who go: hiring beside the loss, wherever it is told."""
    told = event.scene.sentence.folded
    return not event.is_background and bool(REPLACES.search(told, max(0, event.hit.start - 30), event.hit.end + 120))


def _is_no_hiring(event: Event, front: Sequence[Event]) -> bool:
    """Whether a firm that people leave only has a team (its name tells no founding), pays, or ought to keep people.

    A team that the headline itself founds is hiring beside the loss.
    """
    if event.act == "team":
        return not event.scene.sentence.is_title or not FOUNDS.search(event.scene.sentence.folded)
    if event.act == "pay":
        return event not in front
    return event.act == "retain" and bool(OUGHT_TO_KEEP.search(event.scene.sentence.folded))


def _is_weak_sign(event: Event) -> bool:
    """Whether the parties only compete, pay people at large, or bind by contract: employers where nobody else acts."""
    sentence = event.scene.sentence
    told = sentence.folded
    is_contest = IS_CONTEST.search(told, event.hit.start, event.hit.end) if event.act == "poach" else None
    if is_contest or (event.act != "poach" and CONTEST_AFTER.match(told, event.hit.end)):
        return True
    pays_at_large = event.act == "pay" and event.weight < _CLEAR and bool(AS_EXAMPLE.search(told))
    return event.act == "market" or pays_at_large or bool(BINDS_BY_CONTRACT.search(event.hit.phrase.head))


def _is_history(event: Event, employers: Sequence[str]) -> bool:
    """Whether people came to a firm that hires in no other part of this news: it is the one that is left now."""
    return event.act in {"hire", "poach"} and bool(event.employers) and not set(event.employers) & set(employers)


def losing_in(events: Sequence[Event], employers: Sequence[str], scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Whom people leave: as headline and lead say it, else the body; else the one firm that the news is about."""
    told = [e for e in events if e.weight >= _least(e) and not e.is_background and not _is_history(e, employers)]
    # Other firms' departures further down ("rivals lost people, too") are not this news, but for the round-up of a day,
    # whose headline names nobody: there each firm that takes people from another is.
    top = [e for e in told if e.losing and (e.scene.sentence.is_title or e.scene.sentence.is_lead)]
    if top and not any(e.scene.players for e in events if e.scene.sentence.is_title):
        top += [e for e in told if e not in top and e.losing and e.employers and e.act in _TAKES_IN]
    front = top or told
    found = dict.fromkeys(player for event in front for player in event.losing)
    # A firm that takes in people may lose some, too: its departures and those that another takes from it tell.
    leavers = {
        player
        for event in front
        if event.act in {"leave", "layoff"} or (event.act in _TAKES_IN and event.employers)
        for player in event.losing
    }
    losing = tuple(player for player in found if player not in employers or player in leavers)
    return losing or _all_it_is_about(told, employers, scenes)


def _all_it_is_about(told: Sequence[Event], employers: Sequence[str], scenes: Sequence[Scene]) -> tuple[str, ...]:
    """The only player of headline and lead, where people leave and no sentence says whom."""
    if employers or not any(e.act == "leave" and e.hit.phrase.strength == 1 and not e.scene.players for e in told):
        return ()
    front = [s for s in scenes if s.sentence.is_title or s.sentence.is_lead]
    named = {p.id for s in front for p in s.players if not p.by_model and not is_origin(s, p)}
    return tuple(named) if len(named) == 1 else ()
