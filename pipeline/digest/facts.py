"""What the articles of one story say together: each fact once, the original's words first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.document import Hiring

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from pipeline.digest.records import OutletView
    from pipeline.document import Pay, Role

T = TypeVar("T")

_PRIORITY = {"original": 0, "report": 1, "translation": 2, "copy": 3}


def by_weight(outlets: Iterable[OutletView]) -> tuple[OutletView, ...]:
    """The original first, then reports, translations and copies, each by when it was seen."""
    return tuple(sorted(outlets, key=lambda outlet: (_PRIORITY[outlet.kind], outlet.first_seen_at, outlet.article_id)))


def hiring_outlets(outlets: Iterable[OutletView]) -> tuple[OutletView, ...]:
    """Those that are hiring news themselves, by weight."""
    return tuple(outlet for outlet in by_weight(outlets) if outlet.hiring and outlet.hiring.is_hiring)


def merged_hiring(outlets: Sequence[OutletView]) -> Hiring:
    """The facts of a story's hiring articles as if one article told them all.

    A rumour is one only while every article words it as one; a denial counts as soon as one article reports it.
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
        headcount=next((hiring.headcount for hiring in hirings if hiring.headcount is not None), None),
        pay=_once((pay for hiring in hirings for pay in hiring.pay), _pay_key),
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
