"""Whether a source has fallen silent: everything answers and nothing new comes, or far less than it did; pure.

Silence is told by the source's own rhythm: for each weekday the median of new articles over the last 28 days,
less three deviations (MAD), is the least to expect; once the days without any article add up to one expected article (and
to three usual ones, for a rhythm of one a day is told by few numbers), the source is silent. So it is when a whole week
brought a quarter of the least: a feed of several may be dead. A declared range is watched besides, for it is wide and holds
from the first week; where its lower end is 0 articles a week, no silence of weeks is a fault.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HISTORY = timedelta(days=28)
LEAST_HISTORY = timedelta(days=14)  # two of each weekday: less is no rhythm
# A first visit that lists nothing younger finds a feed that nobody writes to any more; some publish twice a year.
FROZEN, FROZEN_IF_RARE = timedelta(days=30), timedelta(days=240)
# 1.4826 MAD are one standard deviation of a normal distribution.
DEVIATIONS, MAD_TO_SIGMA = 3.0, 1.4826
LEAST_MISSED = 3.0  # usual articles: by chance one source of twenty misses so many
WEEK = timedelta(days=7)
# Of the least that a week is to bring. A quiet week of holidays still brings a third; less than seven articles tell nothing.
FAR_BELOW, LEAST_WEEK = 0.25, 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What visits of the last 28 days counted, by UTC day: `new` articles and `listed` links that were new.

    `first_day` is the first day visited.
    """

    new: Mapping[date, int] = field(default_factory=dict)
    listed: Mapping[date, int] = field(default_factory=dict)
    first_day: date | None = None
    newest_at: datetime | None = None  # publication of the youngest link ever listed


def quiet(
    history: History, today: date, now: datetime, expect_per_week: tuple[int, int] | None
) -> tuple[str, str] | None:
    """The state `silent` and its evidence, or None; arguments as for `crawler.health.assess`."""
    is_rare = expect_per_week is not None and expect_per_week[0] == 0
    if history.newest_at is not None and now - history.newest_at > (FROZEN_IF_RARE if is_rare else FROZEN):
        return "silent", f"the youngest item listed is of {history.newest_at:%Y-%m-%d}"
    if history.first_day is None or is_rare:
        return None
    return _out_of_rhythm(history, today, history.first_day) or (
        _under_range(history, today, expect_per_week[0], history.first_day) if expect_per_week else None
    )


def _out_of_rhythm(history: History, today: date, first_day: date) -> tuple[str, str] | None:
    last = max((day for day, n in history.new.items() if n), default=None)
    if last is None or last - first_day < LEAST_HISTORY:
        return None
    missed = _days_between(last, today)
    expected = sum(least_expected(history, day, until=last) for day in missed)
    if expected >= 1 and sum(usual(history, day, until=last) for day in missed) >= LEAST_MISSED:
        return "silent", f"nothing new since {last}; at least {expected:.0f} articles were to be expected since"
    return _far_below_rhythm(history, today, first_day)


def _far_below_rhythm(history: History, today: date, first_day: date) -> tuple[str, str] | None:
    """The last seven whole days against the weeks before them."""
    until = today - WEEK - timedelta(days=1)
    if until - first_day < LEAST_HISTORY:
        return None
    week = _days_between(until, today)
    expected = sum(least_expected(history, day, until=until) for day in week)
    found = sum(history.new.get(day, 0) for day in week)
    if expected >= LEAST_WEEK and found < expected * FAR_BELOW:
        return "silent", f"{found} new articles in the last seven days; at least {expected:.0f} were to be expected"
    return None


def _under_range(history: History, today: date, least: int, first_day: date) -> tuple[str, str] | None:
    week = sum(history.new.get(today - timedelta(days=n), 0) for n in range(7))
    if today - first_day >= WEEK and week < least:
        return "silent", f"{week} new articles in seven days, expected at least {least}"
    return None


def least_expected(history: History, day: date, *, until: date) -> float:
    """The least number of new articles to expect on a day, by what the same weekday brought up to `until`."""
    same = _same_weekday(history, day, until)
    if not same:
        return 0.0
    middle = median(same)
    deviation = median(abs(n - middle) for n in same)
    return float(max(middle - DEVIATIONS * MAD_TO_SIGMA * deviation, 0))


def usual(history: History, day: date, *, until: date) -> float:
    """The number of new articles that the same weekday brought, in the middle of cases, up to `until`."""
    return float(median(_same_weekday(history, day, until) or [0]))


def _same_weekday(history: History, day: date, until: date) -> list[int]:
    assert history.first_day is not None
    return [
        history.new.get(past, 0)
        for past in _days_between(history.first_day - timedelta(days=1), until + timedelta(days=1))
        if past.weekday() == day.weekday()
    ]


def _days_between(first: date, last: date) -> list[date]:
    """The whole days after `first` and before `last`."""
    return [first + timedelta(days=n) for n in range(1, (last - first).days)]
