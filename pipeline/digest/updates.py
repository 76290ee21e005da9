"""What of a story is new to a subscriber who was told of it before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.changes import Change, Sourced, material_changes
from pipeline.digest.facts import is_conversion
from pipeline.digest.records import UpdateLine
from pipeline.digest.safety import visible
from pipeline.digest.wording import pay_text, place_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from pipeline.digest.records import OutletView, Told
    from pipeline.facts import Hiring, Pay

_LABELS = {
    "pay": "薪酬", "headcount": "人数", "place": "地点", "employer": "雇主", "start": "到岗", "denial": "否认", "contradiction": "说法不一",
}  # fmt: skip

_DIFFER = "outlets differ: "


class Ledger:
    """What was told, found by story or by any of its articles: stories are joined and renamed, articles are not."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._by_key: dict[str, list[Told]] = {}
        for line in told:
            for key in {line.story_id, *line.article_ids}:
                self._by_key.setdefault(key, []).append(line)

    def lines(self, story_id: str, article_ids: Iterable[str]) -> tuple[Told, ...]:
        """The lines about a story, oldest first; empty where it was never told."""
        found = {
            line.digest_id + line.story_id: line
            for key in (story_id, *article_ids)
            for line in self._by_key.get(key, ())
        }
        return tuple(sorted(found.values(), key=lambda line: line.told_at))


def changes_since(told: Sequence[Told], outlets: Sequence[OutletView], on: date) -> tuple[Change, ...]:
    """What the hiring articles say now that the subscriber was not told."""
    before = [fact for line in told for fact in line.facts]
    known = [Sourced(source=fact.outlet, hiring=fact.hiring) for fact in before]
    pays = [pay for fact in before for pay in fact.hiring.pay]
    after = [
        Sourced(source=outlet.outlet, hiring=_without_conversions(outlet.hiring, pays, on))
        for outlet in outlets
        if outlet.hiring and all(fact.hiring != outlet.hiring for fact in before)
    ]
    return material_changes(known, after)


def _without_conversions(hiring: Hiring, known: Sequence[Pay], on: date) -> Hiring:
    """The facts without figures that only say a known figure in another currency."""
    news = tuple(pay for pay in hiring.pay if not any(is_conversion(pay, other, on) for other in known))
    return hiring if news == hiring.pay else replace(hiring, pay=news)


def update_line(change: Change, language: str, name_of: Callable[[str, str], str]) -> UpdateLine:
    """A change in the reader's words, with both quotes where a figure or a statement changed."""
    text = _text(change, language, name_of)
    is_quoted = change.kind in {"pay", "contradiction", "denial"}
    return UpdateLine(
        text=visible(f"{_LABELS[change.kind]}：{text}" if language == "zh" else text[:1].upper() + text[1:]),
        before=visible(change.before) if is_quoted else "",
        after=visible(change.after) if is_quoted else "",
        outlet=visible(change.source, 80),
        is_contradiction=change.kind == "contradiction",
    )


def _text(change: Change, language: str, name_of: Callable[[str, str], str]) -> str:
    is_zh = language == "zh"
    if change.pays:
        return _figures(change, language)
    if change.kind == "employer":
        name = name_of(change.after, language)
        return f"新增{name}" if is_zh else f"new employer: {name}"
    if not is_zh:
        return _DIFFER + change.text if change.kind == "contradiction" else change.text
    if change.place:
        return f"新增{place_name(change.place, language)}"
    unit = "人" if change.before.isdigit() else ""
    return "已否认" if change.kind == "denial" else f"{change.before}{unit} → {change.after}{unit}"


def _figures(change: Change, language: str) -> str:
    """The figure that is new or denied, or both where one takes the other's place."""
    is_zh = language == "zh"
    if change.kind == "denial":
        figure = pay_text(replace(change.pays[0], is_denied=False), language)
        return figure if is_zh else f"denied: {figure}"
    figures = " → ".join(pay_text(pay, language) for pay in change.pays)
    if not change.before:
        return f"新数字 {figures}" if is_zh else f"new figure: {figures}"
    return figures if is_zh or change.kind != "contradiction" else _DIFFER + figures
