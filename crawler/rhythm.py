"""When to visit a source next: as declared, or as its own rhythm suggests; pure.

A source that declares nothing is visited so often that a visit finds about two new articles, and that nothing scrolls
out of a short feed between two visits; never more than every ten minutes, never less than daily.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

if TYPE_CHECKING:
    from crawler.sources import CronFields

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=24)
FIRST = timedelta(hours=1)
# New articles a visit should find: fewer visits would be late, more would ask in vain.
WANTED_PER_VISIT = 2.0
NEVER = timedelta(days=400)  # for cron lines whose date does not come within APScheduler's sight
QUIET_PER_DAY = 0.01  # an article in a hundred days: no rhythm to follow
# A feed's window may fill to this share between two visits.
WINDOW_SHARE = 0.5
# A visit that finds nothing new stretches the interval, one that fails does so faster.
STRETCH_IDLE, STRETCH_FAILED = 1.25, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What a source's visits have shown.

    `new_per_day` is of articles, over the last days (None before there is anything to go by), `listed_per_day` of new links,
    `window` the links its shortest feed lists, `duplicate_share` of its stored articles, `ttl` what feed or Cache-Control ask for, `not_before` what the host
    asked for, `last` the interval before this visit, `found` the new links of this visit.
    """

    new_per_day: float | None = None
    listed_per_day: float | None = None
    window: int | None = None
    duplicate_share: float = 0.0
    ttl: timedelta | None = None
    not_before: datetime | None = None
    last: timedelta | None = None
    found: int = 0
    has_failed: bool = False


def next_visit(
    now: datetime,
    observed: Observed,
    *,
    every: timedelta | None = None,
    cron: CronFields | None = None,
    timezone: str = "UTC",
) -> datetime:
    """The instant of the next visit; later than a host's Retry-After in any case.

    A declared cadence is kept while the source is well. One that fails is asked less and less, like any other: an outage of
    hours must not use up the failures after which a source is tried weekly only.
    """
    rest = _after_failure(observed) if observed.has_failed else timedelta(0)
    if cron is not None:
        at = next_fire(cron, timezone, now + rest * 0.75)  # not the whole of it, or a daily line would skip a day
    elif every is not None:
        at = now + max(every, rest)
    else:
        at = now + interval(observed)
    return max(at, observed.not_before) if observed.not_before else at


def interval(observed: Observed) -> timedelta:
    """The pause before the next visit of a source without a declared cadence."""
    last = observed.last or FIRST
    if observed.has_failed:
        wanted = _after_failure(observed)
    elif observed.new_per_day is None:
        wanted = FIRST
    elif observed.new_per_day < QUIET_PER_DAY:
        wanted = last * STRETCH_IDLE
    else:
        # Articles that repeat others are worth half the hurry.
        worth = observed.new_per_day * (1 - observed.duplicate_share / 2)
        wanted = timedelta(days=WANTED_PER_VISIT / worth)
        if not observed.found:
            wanted = max(wanted, min(last * STRETCH_IDLE, wanted * 2))
    # Also links of pages that are then refused push others out of a feed.
    flow = max(observed.new_per_day or 0.0, observed.listed_per_day or 0.0)
    if observed.window and flow >= QUIET_PER_DAY and not observed.has_failed:
        wanted = min(wanted, timedelta(days=observed.window * WINDOW_SHARE / flow))
    if observed.ttl is not None:
        wanted = max(wanted, min(observed.ttl, LONGEST))
    return min(max(wanted, SHORTEST), LONGEST)


def _after_failure(observed: Observed) -> timedelta:
    return min((observed.last or FIRST) * STRETCH_FAILED, LONGEST)


def cron_trigger(cron: CronFields, timezone: str) -> OrTrigger:
    """An APScheduler trigger with the meaning of cron(5); its own reader of cron lines takes 1 for Tuesday."""
    zone = ZoneInfo(timezone)
    return OrTrigger([CronTrigger(**fields, second="0", timezone=zone) for fields in cron.triggers()])


def next_fire(cron: CronFields, timezone: str, after: datetime) -> datetime:
    """The first instant after `after` that a cron line names, in UTC."""
    # In UTC: arithmetic on wall-clock times forgets which of two equal hours it is in, and would go round for ever.
    start = after.astimezone(UTC) + timedelta(seconds=1)
    at = cron_trigger(cron, timezone).get_next_fire_time(None, start)
    return at.astimezone(UTC) if at else start + NEVER


def last_slot(cron: CronFields, timezone: str, now: datetime) -> str | None:
    """The wall-clock time, without offset, of the last instant up to `now` that a cron line names; None if over a year ago.

    Wall-clock time is what makes an hour that comes twice in autumn one slot.
    """
    for days in (0.05, 1.1, 8, 32, 367):
        last, at = None, next_fire(cron, timezone, now - timedelta(days=days))
        while at <= now:
            last, at = at, next_fire(cron, timezone, at)
        if last is not None:
            return f"{last.astimezone(ZoneInfo(timezone)):%Y-%m-%dT%H:%M}"
    return None
