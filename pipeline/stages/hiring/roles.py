"""Roles of the people who are hired, sought or leaving: as worded, with their id in the taxonomy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.document import Role
from pipeline.knowledge.roles import find_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.hiring.decision import Event

_LEAST = 0.4  # of an event whose sentence may name the role
_MOST = 8
_HEAD_OF = re.compile(
    r"\b(?:head|vice president|vp|director|chief|general manager) of (?:[a-z-]+(?: and)? ?){1,4}(?=[,.;]| at\b| for\b| in\b| from\b| who\b|$)|\bchief [a-z]+(?: [a-z]+)? officer\b|(?:[\w ]{0,10}(?:团队|部门|实验室|业务|产品|研究))?负责人"
)


def find_worked_roles(events: Sequence[Event]) -> tuple[Role, ...]:
    """Roles named in sentences of hiring, in order, each once."""
    found: dict[str, Role] = {}
    seen: set[int] = set()
    for event in sorted(events, key=lambda e: (e.scene.sentence.field != "title", e.scene.sentence.index)):
        if event.weight < _LEAST or id(event.scene) in seen or event.is_background:
            continue
        seen.add(id(event.scene))
        sentence = event.scene.sentence
        spans: list[tuple[int, int, str | None]] = [
            (start, end, role) for role, start, end in find_roles(sentence.folded)
        ]
        spans += [(m.start(), m.end(), None) for m in _HEAD_OF.finditer(sentence.folded)]
        spans.sort(key=lambda span: (span[0], -span[1]))
        at = -1
        for start, end, role in spans:
            if start < at:
                continue
            at = end
            if any(
                named.start < end and start < named.end for named in (*event.scene.players, *event.scene.go_betweens)
            ):
                continue
            low, high = sentence.span(start, end)
            text = sentence.original[low:high].strip()
            found.setdefault(text.casefold(), Role(text=text, id=role))
    return tuple(found.values())[:_MOST]
