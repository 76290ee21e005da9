"""How often: durations such as `30m`, and cron lines with the field meaning of cron(5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")  # cron(5): 0 and 7 are Sunday
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(?:\d+[wdhms])+")
_DURATION_PART = re.compile(r"(\d+)([wdhms])")
_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_duration(text: str) -> timedelta:
    """Read `30m`, `2h`, `1d` or `1h30m`.

    Raises:
        ValueError: the text is no duration, or is shorter than a minute or longer than a year.
    """
    if not _DURATION.fullmatch(text):
        raise ValueError(f"{text!r} is no duration; write 30m, 2h or 1d")
    try:
        duration = timedelta(seconds=sum(int(n) * _UNITS[unit] for n, unit in _DURATION_PART.findall(text)))
    except (OverflowError, ValueError):
        duration = LONGEST * 2
    if not SHORTEST <= duration <= LONGEST:
        raise ValueError(f"{text!r} is not between one minute and one year")
    return duration


def duration_text(duration: timedelta) -> str:
    """The shortest text that `parse_duration` reads as this duration, in whole seconds."""
    rest, parts = int(duration.total_seconds()), []
    for unit in "dhms":
        count, rest = divmod(rest, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CronFields:
    """A checked cron line; every field is the full list of its values, weekdays as 0 (Sunday) to 6.

    cron(5): where both day of month and weekday are restricted, a day that matches either counts (`is_either_day`).
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    is_either_day: bool = False

    def __str__(self) -> str:
        return self.text

    def triggers(self) -> tuple[dict[str, str], ...]:
        """One or two sets of fields whose union is the schedule, weekdays by name.

        Names, because libraries number weekdays differently (APScheduler's 0 is Monday); two sets, because libraries
        want both day fields to match.
        """
        base = {"minute": _listed(self.minutes), "hour": _listed(self.hours), "month": _listed(self.months)}
        days, weekdays = _listed(self.days), ",".join(WEEKDAYS[day] for day in self.weekdays)
        if self.is_either_day:
            return (base | {"day": days, "day_of_week": "*"}, base | {"day": "*", "day_of_week": weekdays})
        return (base | {"day": days, "day_of_week": weekdays},)


# Lowest and highest value of each field, in the order of the line. Weekday 7 is read as 0.
_FIELDS = {"minute": (0, 59), "hour": (0, 23), "day of month": (1, 31), "month": (1, 12), "weekday": (0, 7)}
_NAMES = {
    "month": {name: number for number, name in enumerate(MONTHS, 1)},
    "weekday": {name: number for number, name in enumerate(WEEKDAYS)},
}


def parse_cron(text: str) -> CronFields:
    """Read a cron line: five fields (or `@daily` and the like) with lists, ranges, steps and English short names.

    Raises:
        ValueError: names the field that cannot be read, or says that no date ever matches.
    """
    line = _NICKNAMES.get(text.strip().lower(), text)
    words = line.split()
    if len(words) != len(_FIELDS):
        raise ValueError(f"{text!r} has {len(words)} fields, not 5 (minute hour day-of-month month weekday)")
    read = {name: _values(name, word.lower()) for name, word in zip(_FIELDS, words, strict=True)}
    weekdays = tuple(sorted({day % 7 for day in read["weekday"]}))
    days, months = read["day of month"], read["month"]
    # cron(5): a field that starts with * counts as unrestricted here, even with a step.
    is_either_day = not words[2].startswith("*") and not words[4].startswith("*")
    if not is_either_day and all(days[0] > _DAYS_IN_MONTH[month - 1] for month in months):
        raise ValueError(f"{text!r} matches no date")
    return CronFields(
        text=" ".join(text.split()),
        minutes=read["minute"],
        hours=read["hour"],
        days=days,
        months=months,
        weekdays=weekdays,
        is_either_day=is_either_day,
    )


def _values(field: str, word: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in word.split(","):
        span, slash, step_text = part.partition("/")
        low, high = _FIELDS[field]
        if slash and not (step_text.isascii() and step_text.isdigit() and 0 < int(step_text) <= high + 1):
            raise ValueError(f"{field} {word!r}: step {step_text!r} is no number from 1 to {high + 1}")
        if span != "*":
            first, dash, last = span.partition("-")
            low_value = _value(field, first)
            # "5/15" without a range runs to the end of the field, as Vixie cron reads it.
            high_value = _value(field, last) if dash else (high if slash else low_value)
            if low_value > high_value:
                raise ValueError(f"{field} {word!r}: {span!r} runs backwards")
            low, high = low_value, high_value
        elif field == "weekday":
            high = 6
        found.update(range(low, high + 1, int(step_text) if slash else 1))
    return tuple(sorted(found))


def _value(field: str, word: str) -> int:
    low, high = _FIELDS[field]
    number = _NAMES.get(field, {}).get(word)
    if number is None and word.isascii() and word.isdigit():
        number = int(word)
    if number is None or not low <= number <= high:
        raise ValueError(f"{field} {word!r} is not between {low} and {high}")
    return number


def _listed(values: tuple[int, ...]) -> str:
    return ",".join(map(str, values))
