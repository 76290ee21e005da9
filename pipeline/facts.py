"""What an article says of hiring: the decision with its reasons, and the facts with the words that prove them.

Offsets count Unicode code points in the document's `title` or `text`, as the record's `field` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["title", "text"]
Period = Literal["hour", "day", "month", "year", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quoted stretch of the document that proves a fact or decision; `reason` is the rule's name."""

    quote: str
    field: Field
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that fired for (weight > 0) or against (weight < 0) a decision, with the span it fired on."""

    name: str
    weight: float
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """A figure or amount phrase for work.

    `min`/`max` in units of `currency` (ISO 4217) per `period`; "up to" fills only max, "over" only min, a plain amount
    both; None where the text names no number. `months` is the number of monthly salaries a year (14薪 = 14) and multiplies
    only the annual figures.
    """

    quote: str
    field: Field
    start: int
    end: int
    min: float | None
    max: float | None
    currency: str | None
    period: Period | None
    annual_min: float | None = None
    annual_max: float | None = None
    months: float | None = None
    is_approximate: bool = False
    is_denied: bool = False
    has_equity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role as worded in the text, and its id in the taxonomy (`pipeline/knowledge/roles.toml`), if known."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gazetteer entry (`pipeline/knowledge/places.toml`); `name` is English, `country` ISO 3166-1 alpha-2."""

    id: str
    name: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who moves, as named in the text, with the role if stated."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDate:
    """When people take up the work: ISO 8601 with as much as the text says (2026-03-01, 2026-03 or 2026)."""

    date: str
    quote: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team, lab or unit as the text names it."""

    text: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiring:
    """The decision whether the document is LLM-hiring news, and the facts if it is.

    `score` is 0 to 1, `is_hiring` is score >= the shipped threshold. `employers` and `losing` are player ids (or the
    name as written where the player is not in the registry). `actions` are of hire, poach, recruit, team, acquihire,
    loss, layoff, freeze, pay, retention, market.
    """

    is_hiring: bool
    score: float
    actions: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()
    headcount: int | None = None
    pay: tuple[Pay, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_rumour: bool = False
    is_denied: bool = False
    platforms: tuple[str, ...] = ()  # recruiters, job platforms and outlets named where the hiring is told; player ids
    start_dates: tuple[StartDate, ...] = ()
    teams: tuple[Team, ...] = ()
