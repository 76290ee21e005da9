"""How the sources fare, in numbers: for `hirewire sources health` and the web."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from crawler.health import REMEDIES
from crawler.manners import reservations
from pipeline.store.crawling import census, manners, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import sqlalchemy as sa

    from crawler.frontier import Storing
    from crawler.manners.reservations import Reservation
    from crawler.sources import Source

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One source: its state, its pages in the frontier by state, and the last seven days.

    Shares are of 0 to 1 and None where there is nothing to divide: `extracted` articles of pages fetched, `dated` articles
    with a date of those, `duplicates` of those stored. `rights` are the reservations that stand; `reservations` tells of
    each, and of those withdrawn, when it was first and last seen.
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
    reservations: tuple[Reservation, ...] = ()
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
    reserved = reservations.read(state["rights"])
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
        rights=tuple(each.what for each in reserved if not each.is_gone),
        reservations=reserved,
        pages=pages,
        new_in_7_days=counted.get("stored", 0),
        extracted=_share(articles, counted.get("fetched", 0)),
        dated=_share(counted.get("dated", 0), articles),
        duplicates=_share(counted.get("duplicates", 0), counted.get("stored", 0)),
    )


def feeds_seen(store: Storing, source_id: str) -> list[Mapping[str, Any]]:
    """The feeds, sitemaps and listing of a source as its last visits found them."""
    with store.writing() as writer:
        return sorted(manners.feeds_of(writer.connection, source_id), key=lambda feed: str(feed["url"]))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
