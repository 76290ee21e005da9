"""How the sources fare, in numbers: for `hirewire sources health` and the web."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crawler.health import REMEDIES
from pipeline.store.crawling import census, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.frontier import Storing
    from crawler.sources import Source

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One source: its state, its pages in the frontier by state, and the last seven days.

    Shares are of 0 to 1 and None where there is nothing to divide: `extracted` articles of pages fetched, `dated` articles
    with a date of those, `duplicates` of those stored.
    """

    source: str
    state: str
    since_at: datetime | None = None
    evidence: str = ""
    remedy: str = ""
    last_good_at: datetime | None = None
    last_run_at: datetime | None = None
    next_at: datetime | None = None
    failures: float = 0.0
    rights: tuple[str, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    new_in_7_days: int = 0
    extracted: float | None = None
    dated: float | None = None
    duplicates: float | None = None

    def as_row(self) -> dict[str, Any]:
        """For JSON and tables."""
        return asdict(self)


def report(store: Storing, sources: Iterable[Source], *, now: datetime) -> list[SourceReport]:
    """How each of these sources fares, troubled ones first."""
    with store.writing() as writer:
        states = runs.states(writer.connection)
        reports = [_report(writer.connection, source, states.get(source.id), now) for source in sources]
    return sorted(
        reports, key=lambda each: (each.state in {"ok", "disabled", "new"}, each.state == "disabled", each.source)
    )


def _report(connection: sa.Connection, source: Source, state: Mapping[str, Any] | None, now: datetime) -> SourceReport:
    if not source.enabled:
        return SourceReport(
            source=source.id, state="disabled", evidence=source.disabled_reason, remedy=REMEDIES["disabled"]
        )
    if state is None:
        return SourceReport(source=source.id, state="new", evidence="not visited yet")
    counted: dict[str, int] = {}
    for names in runs.daily(connection, source.id, since=now - WEEK).values():
        for name, n in names.items():
            counted[name] = counted.get(name, 0) + n
    pages: dict[str, int] = {}
    for (page_state, _, _), n in census.census(connection, source.id).items():
        pages[page_state] = pages.get(page_state, 0) + n
    articles = sum(counted.get(name, 0) for name in ("stored", "revised", "unchanged"))
    return SourceReport(
        source=source.id,
        state=state["health"],
        since_at=state["since_at"],
        evidence=state["evidence"],
        remedy=state["remedy"],
        last_good_at=state["last_good_at"],
        last_run_at=state["last_run_at"],
        next_at=state["next_at"],
        failures=state["failures"],
        rights=tuple(json.loads(state["rights"])),
        pages=pages,
        new_in_7_days=counted.get("stored", 0),
        extracted=_share(articles, counted.get("fetched", 0)),
        dated=_share(counted.get("dated", 0), articles),
        duplicates=_share(counted.get("duplicates", 0), counted.get("stored", 0)),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
