"""One row a figure: what headline and body say of the same pay, and what is only spoken of again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.folding import fold_key
from pipeline.stages.hiring.pay_context import BONUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.facts import Pay

_BESIDE_BONUS = 16


def _is_bonus(pay: Pay, originals: Mapping[str, str]) -> bool:
    """A bonus and a package of the same size are two offers."""
    return bool(
        BONUS.search(fold_key(originals[pay.field][max(0, pay.start - _BESIDE_BONUS) : pay.end + _BESIDE_BONUS]))
    )


_THIS = re.compile(
    r"(?:\b(?:the|that|this|those|these|diese[rsnm]?|ces?|cette|est[aeo]s?)\s|[这该那此]笔?\s?|この|その|이 |그 )$",
    re.IGNORECASE,
)


def _is_spoken_of_again(pay: Pay, known: Iterable[Pay], originals: Mapping[str, str]) -> bool:
    """Whether "this $1.5 billion" only takes up a figure that was told with its bound before."""
    if (
        pay.min is None
        or pay.min != pay.max
        or not _THIS.search(originals[pay.field][max(0, pay.start - 8) : pay.start])
    ):
        return False
    return any(one.currency == pay.currency and pay.min in {one.min, one.max} for one in known)


def without_repeats(found: list[Pay], originals: Mapping[str, str]) -> list[Pay]:
    """One row a figure: the title's repeats of the body go, and a later mention only adds the period it knows."""
    in_body = {number for pay in found if pay.field == "text" for number in (pay.min, pay.max) if number is not None}
    kept: dict[tuple[object, ...], Pay] = {}
    headlines: list[Pay] = []
    for pay in found:
        numbers = {number for number in (pay.min, pay.max) if number is not None}
        if pay.field == "title" and numbers and numbers <= in_body:
            headlines.append(pay)
            continue
        if _is_spoken_of_again(pay, kept.values(), originals):
            continue
        key = (pay.min, pay.max, pay.currency, _is_bonus(pay, originals), pay.quote.casefold() if not numbers else "")
        alike = [known for known in kept if known[:-1] == key]
        same = next((k for k in alike if pay.period is None or k[-1] in {None, pay.period}), None)
        if same is None:
            kept[*key, pay.period] = pay
        elif same[-1] is None and pay.period is not None:
            first = kept[same]
            kept[same] = replace(pay, quote=first.quote, field=first.field, start=first.start, end=first.end)
    return [_with_period(pay, headlines) for pay in kept.values()]


def _with_period(pay: Pay, headlines: Iterable[Pay]) -> Pay:
    """The figure with the period that only the headline's mention of it gives."""
    same = (one for one in headlines if (one.min, one.max, one.currency) == (pay.min, pay.max, pay.currency))
    known = next((one for one in same if one.period is not None and pay.period is None), None)
    return replace(pay, period=known.period, annual_min=known.annual_min, annual_max=known.annual_max) if known else pay
