"""Facts of a story over time: what is news, what is a contradiction, what is only said again."""

from __future__ import annotations

from dataclasses import replace

from pipeline.changes import Sourced, material_changes
from pipeline.facts import Evidence, Hiring, Pay, Place, StartDate

BASE = Hiring(
    is_hiring=True,
    score=0.9,
    employers=("pdd",),
    places=(Place(id="cn-shanghai", name="Shanghai", country="CN"),),
    headcount=20,
)


def pay(high: float, quote: str = "", low: float | None = None) -> Pay:
    return Pay(
        quote=quote or f"{high}", field="text", start=0, end=1, min=low, max=high, currency="CNY", period="month"
    )


def test_the_first_report_changes_nothing() -> None:
    assert material_changes([], [Sourced(source="a", hiring=BASE)]) == ()


def test_the_same_facts_again_change_nothing() -> None:
    told = Sourced(source="a", hiring=replace(BASE, pay=(pay(50000),)))
    assert material_changes([told], [Sourced(source="b", hiring=replace(BASE, pay=(pay(50400),)))]) == ()


def test_an_outlet_corrects_its_figure() -> None:
    before = Sourced(source="a", hiring=replace(BASE, pay=(pay(50000, "5万元"),)))
    after = Sourced(source="a", hiring=replace(BASE, pay=(pay(60000, "6万元"),)))
    (change,) = material_changes([before], [after])
    assert (change.kind, change.text, change.before, change.after) == (
        "pay",
        "≤50,000 CNY/month → ≤60,000 CNY/month",
        "5万元",
        "6万元",
    )


def test_another_outlet_contradicts() -> None:
    before = Sourced(source="a", hiring=replace(BASE, pay=(pay(50000),)))
    after = Sourced(source="b", hiring=replace(BASE, pay=(pay(80000),), headcount=40))
    assert [change.kind for change in material_changes([before], [after])] == ["contradiction", "contradiction"]


def test_new_place_employer_and_denial() -> None:
    told = Sourced(source="a", hiring=BASE)
    denied = replace(
        BASE, employers=("pdd", "meituan"), places=(*BASE.places, Place(id="sg-singapore", name="Singapore", country="SG")), is_denied=True,
        evidence=(Evidence(quote="The firm denied it.", field="text", start=0, end=19),),
    )  # fmt: skip
    changes = material_changes([told], [Sourced(source="a", hiring=denied)])
    assert [(change.kind, change.after) for change in changes] == [
        ("place", "Singapore"),
        ("employer", "meituan"),
        ("denial", "The firm denied it."),
    ]


def test_what_is_no_hiring_news_changes_nothing() -> None:
    told = Sourced(source="a", hiring=BASE)
    assert material_changes([told], [Sourced(source="b", hiring=Hiring(is_hiring=False, score=0.1))]) == ()


def starting(date: str) -> Hiring:
    return replace(BASE, start_dates=(StartDate(date=date, quote=date, field="text", start=0, end=len(date)),))


def test_another_start_is_news_and_a_more_exact_one_is_not() -> None:
    told = Sourced(source="a", hiring=starting("2026-03"))
    assert material_changes([told], [Sourced(source="a", hiring=starting("2026-03-09"))]) == ()
    (change,) = material_changes([told], [Sourced(source="a", hiring=starting("2026-05"))])
    assert (change.kind, change.before, change.after) == ("start", "2026-03", "2026-05")
    (rival,) = material_changes([told], [Sourced(source="b", hiring=starting("2026-06"))])
    assert rival.kind == "contradiction"
