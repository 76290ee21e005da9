"""How long a publisher's reservations have stood, and which it has withdrawn: what visits saw, joined to what was known."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

Place = Literal["pages", "robots.txt", "tdmrep.json"]
EVERYWHERE: frozenset[Place] = frozenset({"pages", "robots.txt", "tdmrep.json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What a publisher says (or said), when it was first and last seen, and whether it was gone at the last look."""

    what: str
    first_at: datetime
    last_at: datetime
    is_gone: bool = False

    def __str__(self) -> str:
        """For people."""
        if self.is_gone:
            return f"no longer {self.what} (last seen {self.last_at:%Y-%m-%d})"
        return f"{self.what} (since {self.first_at:%Y-%m-%d})"


def place_of(what: str) -> Place:
    """Where a reservation is stated: in pages and their headers, or in one of the site's two files."""
    if what.startswith("robots.txt"):
        return "robots.txt"
    return "tdmrep.json" if what.startswith("tdmrep.json") else "pages"


def remembered(
    known: Iterable[Reservation], stated: AbstractSet[str], looked_at: AbstractSet[Place], now: datetime
) -> tuple[Reservation, ...]:
    """The reservations after a visit, in the order of their words.

    Args:
        known: before it.
        stated: what it saw.
        looked_at: the places it looked at; of what is stated elsewhere, not seeing it says nothing.
        now: the instant of the visit.
    """
    found = {each.what: each for each in known}
    for what, each in found.items():
        if what not in stated and place_of(what) in looked_at:
            found[what] = replace(each, is_gone=True)
    for what in stated:
        first_at = found[what].first_at if what in found else now
        found[what] = Reservation(what=what, first_at=first_at, last_at=now)
    return tuple(found[what] for what in sorted(found))


def read(text: str) -> tuple[Reservation, ...]:
    """What `written` made."""
    return tuple(
        Reservation(
            what=what, first_at=datetime.fromisoformat(first), last_at=datetime.fromisoformat(last), is_gone=is_gone
        )
        for what, first, last, is_gone in json.loads(text)
    )


def written(reservations: Iterable[Reservation]) -> str:
    """For the database."""
    return json.dumps(
        [[each.what, each.first_at.isoformat(), each.last_at.isoformat(), each.is_gone] for each in reservations]
    )
