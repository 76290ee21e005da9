"""What a story says as keys for the ledger, and what of it is new to a subscriber who was told of the story before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.digest.records import FactView
    from pipeline.document import Pay

# Kinds whose change brings a story back. Roles and actions are left out: articles word them too differently.
MATERIAL = ("denied", "pay", "headcount", "place", "employer", "losing", "person")
_SAME_PAY = 0.05  # rounding and translation move a figure by less


class Change(NamedTuple):
    """A material change: its kind, what the subscriber was told (as in the keys), and what is new."""

    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def fact_keys(facts: FactView) -> tuple[str, ...]:
    """The story's facts as `kind:value`, for the ledger."""
    keys = [f"employer:{player.id}" for player in facts.employers]
    keys += [f"losing:{player.id}" for player in facts.losing]
    keys += [f"role:{role.id or role.text.casefold()}" for role in facts.roles]
    keys += [f"place:{place.id}" for place in facts.places]
    keys += [f"person:{person.name.casefold()}" for person in facts.people]
    keys += [pay_key(pay) for pay in facts.pay if pay.min is not None or pay.max is not None]
    if facts.headcount is not None:
        keys.append(f"headcount:{facts.headcount}")
    if facts.is_denied:
        keys.append("denied:yes")
    return tuple(dict.fromkeys(keys))


def pay_key(pay: Pay) -> str:
    """`pay:CNY:month:MIN:MAX`, a missing bound as nothing."""
    return f"pay:{pay.currency or ''}:{pay.period or ''}:{_bound(pay.min)}:{_bound(pay.max)}"


def _bound(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)


def material_changes(told: Collection[str], now: Collection[str]) -> tuple[Change, ...]:
    """What is new in `now` against the keys a subscriber was told, by kind; empty where nothing material is."""
    changes = []
    for kind in MATERIAL:
        old, current = _of_kind(told, kind), _of_kind(now, kind)
        new = tuple(
            value for value in current if value not in old and not (kind == "pay" and _is_known_pay(value, old))
        )
        if new:
            changes.append(Change(kind, old, new))
    return tuple(changes)


def _of_kind(keys: Collection[str], kind: str) -> tuple[str, ...]:
    return tuple(key.removeprefix(kind + ":") for key in keys if key.startswith(kind + ":"))


def _is_known_pay(value: str, told: tuple[str, ...]) -> bool:
    """Whether a figure is only a rounding or a conversion of one told: near it, or the first in its currency after another."""
    currency, period, *bounds = value.split(":")
    others = [other.split(":") for other in told]
    if others and all(other[0] != currency for other in others):
        return True
    return any(
        (other[0], other[1]) == (currency, period)
        and all(_is_near(*pair) for pair in zip(bounds, other[2:], strict=True))
        for other in others
    )


def _is_near(one: str, other: str) -> bool:
    if not one or not other:
        return one == other
    return abs(float(one) - float(other)) <= _SAME_PAY * max(abs(float(one)), abs(float(other)))
