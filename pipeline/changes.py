"""What changed in a story's facts: a new figure, a denial, a new place, or two outlets that contradict each other.

Pure: compares the facts of what was told before with what is known now, each with its quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.facts import Hiring, Pay, Place

ChangeKind = Literal["pay", "headcount", "place", "employer", "start", "denial", "contradiction"]

_SAME = 0.02  # two figures within 2% are one figure rounded twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """The facts of one article and who reported them."""

    source: str
    hiring: Hiring


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One material change; `before` and `after` are quotes, names or dates, `before` empty for what is new.

    `pays` and `place` are the facts themselves, for wording them in the reader's language: the figure before, if any,
    and the new one.
    """

    kind: ChangeKind
    text: str  # "50,000 → 60,000 CNY/month", "new place: Singapore"
    before: str
    after: str
    source: str
    pays: tuple[Pay, ...] = ()
    place: Place | None = None


def material_changes(before: Sequence[Sourced], after: Sequence[Sourced]) -> tuple[Change, ...]:
    """What the articles in `after` add to those in `before`; empty where `before` is empty (all is new then)."""
    known = [fact for fact in before if fact.hiring.is_hiring]
    if not known:
        return ()
    found: list[Change] = []
    for fact in after:
        if fact.hiring.is_hiring and fact not in known:
            found += [*_pay(known, fact), *_headcount(known, fact), *_sets(known, fact), *_start(known, fact)]
            found += _denial(known, fact)
            known.append(fact)
    return tuple(dict.fromkeys(found))


def _pay(known: Sequence[Sourced], fact: Sourced) -> Iterable[Change]:
    """Figures of one currency and period that no known figure agrees with."""
    earlier = [(old, pay) for old in known for pay in old.hiring.pay if _number(pay) is not None]
    for pay in fact.hiring.pay:
        if _number(pay) is None:
            continue
        rivals = [(old, other) for old, other in earlier if _is_comparable(pay, other)]
        if same := [other for _, other in rivals if _agrees(pay, other)]:
            if pay.is_denied and not any(other.is_denied for other in same):
                yield Change(
                    kind="denial",
                    text=f"denied: {_figure(pay)}",
                    before=same[-1].quote,
                    after=pay.quote,
                    source=fact.source,
                    pays=(pay,),
                )
            continue
        if not rivals:
            yield Change(
                kind="pay",
                text=f"new figure: {_figure(pay)}",
                before="",
                after=pay.quote,
                source=fact.source,
                pays=(pay,),
            )
            continue
        old, other = rivals[-1]
        # The same outlet corrects itself; another outlet contradicts.
        kind: ChangeKind = "pay" if old.source == fact.source else "contradiction"
        yield Change(
            kind=kind,
            text=f"{_figure(other)} → {_figure(pay)}",
            before=other.quote,
            after=pay.quote,
            source=fact.source,
            pays=(other, pay),
        )


def _is_comparable(one: Pay, other: Pay) -> bool:
    return one.currency == other.currency and (one.period == other.period or None in {one.period, other.period})


def _agrees(one: Pay, other: Pay) -> bool:
    """Whether no bound that both state differs; a bound that one leaves open contradicts nothing."""
    pairs = [(a, b) for a, b in ((one.min, other.min), (one.max, other.max)) if a is not None and b is not None]
    return bool(pairs) and all(abs(a - b) <= _SAME * max(a, b) for a, b in pairs)


def _number(pay: Pay) -> float | None:
    return pay.max if pay.max is not None else pay.min


def _figure(pay: Pay) -> str:
    low, high = (None if n is None else f"{n:,.0f}" for n in (pay.min, pay.max))
    figure = f"≤{high}" if low is None else f"≥{low}" if high is None else high if low == high else f"{low}–{high}"
    return f"{figure} {pay.currency or ''}".strip() + (f"/{pay.period}" if pay.period else "")


def _headcount(known: Sequence[Sourced], fact: Sourced) -> Iterable[Change]:
    count = fact.hiring.headcount
    earlier = [(old, old.hiring.headcount) for old in known if old.hiring.headcount]
    if not count or not earlier or any(number == count for _, number in earlier):
        return
    old, number = earlier[-1]
    kind: ChangeKind = "headcount" if old.source == fact.source else "contradiction"
    yield Change(
        kind=kind, text=f"{number:,} → {count:,} people", before=str(number), after=str(count), source=fact.source
    )


def _sets(known: Sequence[Sourced], fact: Sourced) -> Iterable[Change]:
    """Places and employers that nobody named before."""
    places = {place.id for old in known for place in old.hiring.places}
    for place in fact.hiring.places:
        if place.id not in places:
            text = f"new place: {place.name}"
            yield Change(kind="place", text=text, before="", after=place.name, source=fact.source, place=place)
    employers = {player for old in known for player in old.hiring.employers}
    for player in fact.hiring.employers:
        if player not in employers:
            yield Change(kind="employer", text=f"new employer: {player}", before="", after=player, source=fact.source)


def _start(known: Sequence[Sourced], fact: Sourced) -> Iterable[Change]:
    """Another day of starting than the one told; a day within a month that was told is only more exact."""
    earlier = [(old, start.date) for old in known for start in old.hiring.start_dates]
    for start in fact.hiring.start_dates:
        if not earlier or any(start.date.startswith(date) or date.startswith(start.date) for _, date in earlier):
            continue
        old, date = earlier[-1]
        yield Change(
            kind="start" if old.source == fact.source else "contradiction",
            text=f"start {date} → {start.date}",
            before=date,
            after=start.date,
            source=fact.source,
        )


def _denial(known: Sequence[Sourced], fact: Sourced) -> Iterable[Change]:
    if fact.hiring.is_denied and not any(old.hiring.is_denied for old in known):
        quote = fact.hiring.evidence[0].quote if fact.hiring.evidence else ""
        yield Change(kind="denial", text="denied", before="", after=quote, source=fact.source)
