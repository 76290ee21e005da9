"""What is learned from each visit: how the source fares, and when to come back; stored with the end of the visit."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.health import PAUSE, UNJUDGED, Health, assess
from crawler.manners import reservations
from crawler.manners.reservations import EVERYWHERE
from crawler.manners.rights import TDMREP
from crawler.rhythm import Observed, next_visit
from crawler.yields import HISTORY, History
from pipeline.store.crawling import census, manners, runs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    import sqlalchemy as sa

    from crawler.manners.reservations import Place, Reservation
    from crawler.sources import Source

log = logging.getLogger("hirewire.alarms")

# Fates of pages that came, and kinds of refusal before anything was fetched.
_PAGES_HAD = frozenset({"stored", "revised", "unchanged", "rejected"})
_NOT_FETCHED = frozenset({"robots", "refused-address"})
RHYTHM = timedelta(days=7)  # days over which the publishing rhythm is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A source's state has changed; told once."""

    source: str
    before: str
    state: str
    evidence: str
    remedy: str

    @property
    def is_recovery(self) -> bool:
        """Whether it is good news."""
        return self.state == "ok"


def log_alarm(alarm: Alarm) -> None:
    """The channel until others are wired: a warning, or a notice of recovery."""
    if alarm.is_recovery:
        log.info("source.recovered source=%s was=%s", alarm.source, alarm.before)
    else:
        log.warning(
            "source.alarm source=%s state=%s evidence=%r remedy=%r",
            alarm.source,
            alarm.state,
            alarm.evidence,
            alarm.remedy,
        )


def learn(
    connection: sa.Connection,
    source: Source,
    *,
    outcome: str,
    evidence: str,
    counts: Mapping[tuple[str, str], int],
    rights: AbstractSet[str] = frozenset(),
    now: datetime,
) -> Alarm | None:
    """Judge a visit that has just ended, store state and next visit; the alarm to raise, if the state has changed."""
    known = runs.state_of(connection, source.id)
    before = health_of(known)
    history = history_of(connection, source, now)
    health = assess(
        before,
        outcome=outcome,
        evidence=evidence,
        counts=counts,
        history=history,
        today=now.date(),
        now=now,
        expect_per_week=source.expect.articles_per_week if source.expect else None,
    )
    remedy = health.remedy.replace("HOMEPAGE", source.homepage)
    at = _next_at(source, outcome, health, _observed(connection, source, known, health, history, counts, now), now)
    runs.keep_state(
        connection,
        source.id,
        next_at=at,
        interval_seconds=int((at - now).total_seconds()),
        last_run_at=now,
        last_good_at=health.last_good_at,
        outcome=outcome,
        health=health.state,
        since_at=health.since_at,
        evidence=health.evidence[:1000],
        remedy=remedy,
        failures=health.failures,
        rights=reservations.written(_reserved(connection, source, known, rights, outcome, counts, now)),
    )
    if health.state == before.state:
        return None
    return Alarm(source=source.id, before=before.state, state=health.state, evidence=health.evidence, remedy=remedy)


def _reserved(  # noqa: PLR0917 - all of one moment
    connection: sa.Connection,
    source: Source,
    known: Mapping[str, Any] | None,
    stated: AbstractSet[str],
    outcome: str,
    counts: Mapping[tuple[str, str], int],
    now: datetime,
) -> tuple[Reservation, ...]:
    """The source's reservations after this visit; each that is new or gone is told once."""
    before = reservations.read(known["rights"]) if known else ()
    after = reservations.remembered(before, stated, _looked_at(connection, source, outcome, counts, now), now)
    stood = {each.what for each in before if not each.is_gone}
    stands = {each.what for each in after if not each.is_gone}
    if stood != stands:
        log.info("source.rights source=%s new=%r gone=%r", source.id, sorted(stands - stood), sorted(stood - stands))
    return after


def _looked_at(
    connection: sa.Connection,
    source: Source,
    outcome: str,
    counts: Mapping[tuple[str, str], int],
    now: datetime,
) -> frozenset[Place]:
    """Where this visit looked for reservations: in pages if it had any, in the site's files if it ended well.

    The first visit asks for no file of reservations: while none is kept, nothing is known of the site's files.
    """
    had_pages = any(n and name in _PAGES_HAD and detail not in _NOT_FETCHED for (name, detail), n in counts.items())
    places: frozenset[Place] = frozenset({"pages"}) if had_pages else frozenset()
    start = next(filter(None, (*source.feeds, *source.sitemaps, source.listing.url)), "")
    parts = urlsplit(start)
    kept = manners.robots_of(connection, f"{parts.scheme}://{parts.netloc}{TDMREP}")
    is_whole = outcome == "ok" and kept is not None and kept["expires_at"] > now
    return places | (EVERYWHERE - {"pages"} if is_whole else frozenset())


def health_of(state: Mapping[str, Any] | None) -> Health:
    """The health in a row of source_state; that of a source never met is ok."""
    if state is None:
        return Health()
    return Health(
        state=state["health"],
        since_at=state["since_at"],
        evidence=state["evidence"],
        failures=state["failures"],
        last_good_at=state["last_good_at"],
    )


def history_of(connection: sa.Connection, source: Source, now: datetime) -> History:
    """New articles by day over the last 28 days; days are UTC, which moves a rhythm but does not break it."""
    daily = runs.daily(connection, source.id, since=now - HISTORY)
    return History(
        new={day: counted.get("stored", 0) for day, counted in daily.items()},
        listed={day: counted.get("discovered", 0) for day, counted in daily.items()},
        first_day=min(daily, default=None),
        newest_at=census.newest(connection, source.id),
    )


def _next_at(source: Source, outcome: str, health: Health, observed: Observed, now: datetime) -> datetime:
    """When the source is visited next; a visit that was broken off is due again at once."""
    if outcome in UNJUDGED:
        return now
    if health.is_paused:
        return now + PAUSE
    return next_visit(now, observed, every=source.every, cron=source.cron, timezone=source.timezone)


def _observed(  # noqa: PLR0917 - all of one moment
    connection: sa.Connection,
    source: Source,
    known: Mapping[str, Any] | None,
    health: Health,
    history: History,
    counts: Mapping[tuple[str, str], int],
    now: datetime,
) -> Observed:
    feeds = manners.feeds_of(connection, source.id)
    resting = manners.resting(connection)
    hosts = {urlsplit(url).hostname or "" for url in (*source.feeds, *source.sitemaps, source.listing.url) if url}
    rests = [resting[host][0] for host in hosts if host in resting]
    ttls = [feed["ttl_seconds"] for feed in feeds if feed["ttl_seconds"]]
    windows = [feed["links"] for feed in feeds if feed["links"]]
    stored = sum(n for (name, _), n in counts.items() if name == "stored")
    duplicates = sum(n for (name, _), n in counts.items() if name == "duplicates")
    return Observed(
        new_per_day=_a_day(history.new, history.first_day, now),
        listed_per_day=_a_day(history.listed, history.first_day, now),
        window=min(windows, default=None),
        duplicate_share=duplicates / stored if stored else 0.0,
        ttl=timedelta(seconds=min(ttls)) if ttls else None,
        not_before=max(rests, default=None),
        last=timedelta(seconds=known["interval_seconds"]) if known and known["interval_seconds"] else None,
        found=stored,
        has_failed=health.state not in {"ok", "silent"},
    )


def _a_day(counted: Mapping[date, int], first_day: date | None, now: datetime) -> float | None:
    """The mean of the last days; the first day's crop is a backlog, not a rhythm. None before there is a second day."""
    recent = {day: n for day, n in counted.items() if (now.date() - day) <= RHYTHM}
    span = (now.date() - min(recent)).days if recent else 0
    return sum(n for day, n in recent.items() if day != first_day) / span if span else None
