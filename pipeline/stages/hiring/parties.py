"""Who hires and whom people leave, over the whole article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.hiring.standing import is_origin
from pipeline.stages.hiring.wordings import BINDS_BY_CONTRACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.hiring.events import Event
    from pipeline.stages.hiring.scenes import Scene

_LEAST_IN_BODY, _LEAST_IN_FRONT = 0.5, 0.3  # weight of an event that names a party, outside and in headline and lead
_ACTS_OF_EMPLOYERS = {"hire", "poach", "recruit", "team", "retain", "freeze", "pay"}
_TAKES_IN = {"hire", "poach"}


def employers_in(events: Sequence[Event], scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Those that act in headline, lead and strong sentences; parties of a talent market only where nobody else acts."""
    found: dict[str, None] = {}
    weak: dict[str, None] = {}
    for event in events:
        sentence = event.scene.sentence
        is_front = sentence.is_title or sentence.is_lead
        if event.weight >= (_LEAST_IN_FRONT if is_front else _LEAST_IN_BODY) and not event.is_background:
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
            if not is_origin(scene, player) and not player.by_model
        ]
        found.update(dict.fromkeys(free[:1]))
    return tuple(found)


def _left_behind(events: Sequence[Event]) -> set[str]:
    """Firms that a headline says people leave, whose own hires are told further down: those are history."""
    title = [event for event in events if event.scene.sentence.is_title and event.weight >= _LEAST_IN_FRONT]
    if any(event.employers and event.act not in {"leave", "market"} for event in title):
        return set()
    left = {player for event in title if event.act == "leave" for player in event.losing}
    body = [event for event in events if not event.scene.sentence.is_title and event.employers]
    kept = {
        player
        for event in body
        if event.act not in _TAKES_IN or event.scene.sentence.index == 0
        for player in event.employers
    }
    return left - kept


def _is_weak_sign(event: Event) -> bool:
    """Whether the parties only compete, or bind people by contract: they are employers where nobody else acts."""
    return event.act == "market" or bool(BINDS_BY_CONTRACT.search(event.hit.phrase.head))


def losing_in(events: Sequence[Event], employers: Sequence[str]) -> tuple[str, ...]:
    """Whom people leave: as headline and lead say it, else the body."""
    told = [e for e in events if e.weight >= _LEAST_IN_BODY and not e.is_background]
    # Other firms' departures further down ("rivals lost people, too") are not this news.
    top = [e for e in told if e.losing and (e.scene.sentence.is_title or e.scene.sentence.is_lead)]
    front = top or told
    found = dict.fromkeys(player for event in front for player in event.losing)
    leavers = {player for event in front if event.act in {"leave", "layoff"} for player in event.losing}
    return tuple(player for player in found if player not in employers or player in leavers)
