"""What hiring news tells, in a form that is the same in every language: who gains, who loses, how many, for how much, where.

A fact is a kind and a value: `gains:mistral`, `loses:ibm`, `heads:90`, `pay:EUR 1200000`, `place:ch-zurich`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.facts import Hiring

_DIGITS = 4  # a reporter rounds 7,834,512 to 7.835 million


def neutral_facts(hiring: Hiring | None) -> tuple[str, ...]:
    """The facts of hiring news, sorted; none of other articles, nor of figures that are denied."""
    if hiring is None or not hiring.is_hiring:
        return ()
    # Who only tries to keep people counts among the employers as well.
    found = {f"gains:{each}" for each in hiring.employers if each not in hiring.losing}
    found |= {f"loses:{each}" for each in hiring.losing} | {f"place:{each.id}" for each in hiring.places}
    if hiring.headcount:
        found.add(f"heads:{hiring.headcount}")
    for pay in hiring.pay:
        figures = () if pay.is_denied else (pay.min, pay.max)
        found |= {f"pay:{pay.currency or ''} {float(f'{each:.{_DIGITS}g}'):.12g}" for each in figures if each}
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def told(facts: tuple[str, ...], kind: str) -> frozenset[str]:
    """The values of one kind."""
    return frozenset(_values(facts, kind + ":"))


def _values(facts: tuple[str, ...], prefix: str) -> Iterator[str]:
    return (each[len(prefix) :] for each in facts if each.startswith(prefix))
