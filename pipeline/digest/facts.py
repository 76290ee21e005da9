"""What the articles of one story say together: each fact once, the original's words first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.facts import Hiring
from pipeline.knowledge.rates import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import date

    from pipeline.digest.records import OutletView
    from pipeline.facts import Pay, Role

T = TypeVar("T")

_SAME_CONVERTED = 0.1  # newsrooms convert at other days' rates and round
_PRIORITY = {"original": 0, "report": 1, "translation": 2, "copy": 3}


def by_weight(outlets: Iterable[OutletView]) -> tuple[OutletView, ...]:
    """The original first, then reports, translations and copies, each by when it was seen."""
    return tuple(sorted(outlets, key=lambda outlet: (_PRIORITY[outlet.kind], outlet.first_seen_at, outlet.article_id)))


def hiring_outlets(outlets: Iterable[OutletView]) -> tuple[OutletView, ...]:
    """Those that are hiring news themselves, by weight."""
    return tuple(outlet for outlet in by_weight(outlets) if outlet.hiring and outlet.hiring.is_hiring)


def merged_hiring(outlets: Sequence[OutletView], on: date) -> Hiring:
    """The facts of a story's hiring articles as if one article told them all.

    A rumour is one only while every article words it as one; a denial counts as soon as one article reports it. `on` dates the rates by which conversions are told.
    """
    hirings = [outlet.hiring for outlet in by_weight(outlets) if outlet.hiring]
    return Hiring(
        is_hiring=True,
        score=max(hiring.score for hiring in hirings),
        actions=_once((action for hiring in hirings for action in hiring.actions), str),
        employers=_once((player for hiring in hirings for player in hiring.employers), str),
        losing=_once((player for hiring in hirings for player in hiring.losing), str),
        roles=_once((role for hiring in hirings for role in hiring.roles), _role_key),
        places=_once((place for hiring in hirings for place in hiring.places), lambda place: place.id),
        people=_once((person for hiring in hirings for person in hiring.people), lambda person: person.name.casefold()),
        start_dates=_once((start for hiring in hirings for start in hiring.start_dates), lambda start: start.date),
        teams=_once((team for hiring in hirings for team in hiring.teams), lambda team: team.text.casefold()),
        platforms=_once((player for hiring in hirings for player in hiring.platforms), str),
        headcount=next((hiring.headcount for hiring in hirings if hiring.headcount is not None), None),
        pay=_without_conversions((pay for hiring in hirings for pay in hiring.pay), on),
        is_rumour=all(hiring.is_rumour for hiring in hirings),
        is_denied=any(hiring.is_denied for hiring in hirings),
    )


def _once(values: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    kept: dict[Hashable, T] = {}
    for value in values:
        kept.setdefault(key(value), value)
    return tuple(kept.values())


def _role_key(role: Role) -> str:
    return role.id or role.text.casefold()


def _pay_key(pay: Pay) -> Hashable:
    """One figure in one currency and period; amounts without figures by their words."""
    if pay.min is None and pay.max is None:
        return pay.quote.casefold()
    return (pay.currency, pay.period, pay.min, pay.max)


def is_conversion(pay: Pay, known: Pay, on: date) -> bool:
    """Whether a figure says a known one in another currency, as newsrooms do for their readers."""
    if not pay.currency or not known.currency or pay.currency == known.currency or pay.period != known.period:
        return False
    pairs = [
        (one, other)
        for one, other in ((pay.min, known.min), (pay.max, known.max))
        if one is not None and other is not None
    ]
    converted = [(convert(one, pay.currency, known.currency, on), other) for one, other in pairs]
    return bool(pairs) and all(
        amount is not None and abs(amount.amount - other) <= _SAME_CONVERTED * other for amount, other in converted
    )


def _without_conversions(pays: Iterable[Pay], on: date) -> tuple[Pay, ...]:
    """The figures, each once, the weightiest article's currency standing for all."""
    kept: list[Pay] = []
    for pay in _once(pays, _pay_key):
        if not any(is_conversion(pay, known, on) for known in kept):
            kept.append(pay)
    return tuple(kept)
