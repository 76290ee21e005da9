"""Whether hiring facts say that two articles in two languages report one event.

The facts come from each text alone and are the same whatever it is written in, so they need no dictionary. The same party in
the same role is asked for, then facts that few other events of that party have; one contradicting fact refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.folding import fold_key
from pipeline.knowledge.places import places
from pipeline.knowledge.words import number_bits, stems, word_bits
from pipeline.neutral_facts import told
from pipeline.stages.duplicates.translation import values

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from pipeline.memory import Trace

# Bits of agreeing facts besides a party in common, from which two articles report one event. Two laboratories between which
# people move and a city that both have do not reach it, nor do a place and a model.
_LEAST_BITS = 9.0
_BOTH_PARTIES, _PLACE, _MODEL, _PERSON, _RARE_ACTION = 4.0, 3.0, 2.0, 8.0, 3.0
# A number that is the same is worth more where both texts give it for the same thing. Of three people and fewer many
# articles tell, and up to a dozen are in many.
_SAME_USE, _SAME_FEW, _FEW, _DOZEN = 3.5, 2.0, 3, 12
_RARE_ACTIONS = frozenset({"layoff", "freeze", "retention", "acquihire"})
# "Some 90" and 93 are no contradiction.
_ROUNDED = 1.1
_NAME_BITS = 9.0  # rarer parts of a person's name are no words of news


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """`bits` of the facts that agree, which they are, and what contradicts."""

    bits: float
    is_pinned: bool  # a sum or a person is among them
    is_specific: bool  # or a number of people, or a seldom kind of action
    agreeing: tuple[str, ...]
    contradicting: tuple[str, ...]

    @property
    def is_one_event(self) -> bool:
        """Whether the facts suffice for one event."""
        return self.is_specific and not self.contradicting and self.bits >= _LEAST_BITS

    @property
    def veto(self) -> str:
        """Why the facts are of two events; empty if they may be of one.

        One fact may be read wrong, or told of another side of the event; two seldom are. Cities of two countries are two
        facts, and who gains in one article and loses in the other by an action of another kind. A number of people weighs
        as much, unless a sum or a person is the same.
        """
        is_other_count = "people" in self.contradicting and not self.is_pinned
        if is_other_count or len(self.contradicting) > 1:
            return f"other facts: {', '.join(self.contradicting)}"
        return ""


_NOTHING = FactEvidence(0.0, is_pinned=False, is_specific=False, agreeing=(), contradicting=())


def fact_evidence(one: Trace, other: Trace) -> FactEvidence:
    """Compare the facts of two articles; nothing agrees where no party has the same role in both."""
    if not one.facts or not other.facts:
        return _NOTHING
    parties = [kind for kind in ("gains", "loses") if _both(one, other, kind)]
    against = contradictions(one, other)
    if not parties:
        return FactEvidence(0.0, is_pinned=False, is_specific=False, agreeing=(), contradicting=against)
    figures = _figures(one, other)
    rare = {f"action {each}": _RARE_ACTION for each in _RARE_ACTIONS.intersection(one.actions, other.actions)}
    worth = figures | rare
    if len(parties) > 1:
        worth["both parties"] = _BOTH_PARTIES
    if _cities(one) & _cities(other):
        worth["place"] = _PLACE
    if set(one.models) & set(other.models):
        worth["model"] = _MODEL
    return FactEvidence(
        bits=sum(worth.values()),
        is_pinned=any(not each.startswith("people") for each in figures),
        is_specific=bool(figures or rare),
        agreeing=tuple(sorted(worth)),
        contradicting=against,
    )


def _figures(one: Trace, other: Trace) -> dict[str, float]:
    found = {}
    for heads in _both(one, other, "heads"):
        if int(heads) > _FEW:
            found["people " + heads] = number_bits(heads) + (_SAME_USE if int(heads) > _DOZEN else _SAME_FEW)
    # One language's "dollars" is the other's Singapore dollars: the figure counts, whichever currency was understood.
    paid = _amounts(one) & _amounts(other)
    if paid:
        found["pay " + max(paid, key=float)] = max(map(number_bits, paid)) + _SAME_USE
    if _same_person(one, other):
        found["person"] = _PERSON
    return found


def contradictions(one: Trace, other: Trace) -> tuple[str, ...]:
    """Kinds of facts that both articles have and that cannot be of one event."""
    known, cities = places(), [_cities(each) for each in (one, other)]
    is_turned = _turned(one, other) or _turned(other, one)
    sides = [_are_apart(told(one.facts, kind), told(other.facts, kind)) for kind in ("gains", "loses")]
    found = {
        "parties": any(sides) or is_turned,
        "actions": is_turned and _are_apart(frozenset(one.actions), frozenset(other.actions)),
        "people": _other_number(one, other),
        "pay": _other_pay(one, other),
        "place": _are_apart(*cities),
        "country": _are_apart(*({known[place].country for place in each} for each in cities)),
    }
    return tuple(kind for kind, is_found in found.items() if is_found)


def _are_apart(here: AbstractSet[str], there: AbstractSet[str]) -> bool:
    return bool(here and there) and here.isdisjoint(there)


def _both(one: Trace, other: Trace, kind: str) -> frozenset[str]:
    return told(one.facts, kind) & told(other.facts, kind)


def _turned(one: Trace, other: Trace) -> bool:
    """Whether a party gains people in one article and loses them in the other, and no party is where it was."""
    crossing = told(one.facts, "gains") & told(other.facts, "loses")
    return bool(crossing) and not _both(one, other, "gains") and not _both(one, other, "loses")


def _other_number(one: Trace, other: Trace) -> bool:
    here, there = (sorted(map(int, told(each.facts, "heads"))) for each in (one, other))
    if not here or not there or max(here[0], there[0]) <= _FEW:
        return False
    return max(here[0], there[0]) > _ROUNDED * min(here[0], there[0])


def _other_pay(one: Trace, other: Trace) -> bool:
    """Whether each names one amount, both in one currency, and they differ."""
    here, there = told(one.facts, "pay"), told(other.facts, "pay")
    if len(here) != 1 or len(there) != 1 or here == there:
        return False
    (mine, my_amount), (theirs, their_amount) = (each.split(" ") for (each,) in (here, there))
    return mine == theirs and my_amount != their_amount


def _amounts(each: Trace) -> frozenset[str]:
    return frozenset(pay.partition(" ")[2] for pay in told(each.facts, "pay"))


def _cities(each: Trace) -> frozenset[str]:
    known = places()
    return frozenset(place for place in told(each.facts, "place") if place in known and not known[place].is_whole)


def _same_person(one: Trace, other: Trace) -> bool:
    """Whether a person of one article is named in the other, in Latin letters or by a known spelling of them."""
    return _names_whom(one, other) or _names_whom(other, one)


def _names_whom(one: Trace, other: Trace) -> bool:
    named = values(other.fingerprint, "latin") | values(other.fingerprint, "spoken")
    for person in one.people:
        parts = [part for part in stems(fold_key(person)) if part.isascii() and word_bits(part) >= _NAME_BITS]
        if len(parts) > 1 and named.issuperset(parts):
            return True
    return False
