"""Hiring facts make one event of two texts that share no words, and two events of texts that share many."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.document import Article, ModelTag
from pipeline.facts import Hiring, Pay, Person, Place
from pipeline.memory import REPORT_WINDOW, trace
from pipeline.memory_twin import MemoryTwin
from pipeline.neutral_facts import neutral_facts
from pipeline.run import relate_article
from pipeline.stages.duplicates import explain, relate
from pipeline.stages.duplicates.agreement import fact_evidence
from pipeline.stages.fingerprint import FingerprintStage
from tests.unit.relations.newswire import NOON, article

ZURICH = Place(id="ch-zurich", name="Zurich", country="CH")
TOKYO = Place(id="jp-tokyo", name="Tokyo", country="JP")
GENEVA = Place(id="ch-geneva", name="Geneva", country="CH")
LAYOFF = Hiring(is_hiring=True, score=1.0, actions=("layoff",), losing=("ibm",), places=(ZURICH,), headcount=90)
MOVE = Hiring(is_hiring=True, score=1.0, actions=("poach",), employers=("openai",), losing=("xai",))
TEAM = Hiring(is_hiring=True, score=1.0, actions=("recruit",), employers=("openai",), places=(TOKYO,), headcount=36)
GERMAN = "Die Gruppe am See wird kleiner. Wer bleibt, soll bald umziehen, heißt es in der Belegschaft."
KOREAN = "호숫가 연구 조직이 작아진다. 남는 직원은 곧 자리를 옮긴다고 직원들이 전했다."


def amount(figure: float, currency: str | None = "EUR", *, is_denied: bool = False) -> Pay:
    return Pay(
        quote="", field="text", start=0, end=0, min=None, max=figure, currency=currency, period="year", is_denied=is_denied
    )  # fmt: skip


def told(name: str, text: str, language: str, hiring: Hiring, *, hours: float = 0, model: str = "") -> Article:
    plain = article(name, text, language=language, host=f"{name}.example", at=NOON + timedelta(hours=hours))
    models = (ModelTag(id=model, player="maker", mentions=()),) if model else ()
    return FingerprintStage()(replace(plain, hiring=hiring, models=models))


def related(one: Hiring, other: Hiring, *, model: str = "") -> bool:
    here, there = told("a", GERMAN, "de", one, model=model), told("b", KOREAN, "ko", other, hours=5, model=model)
    return relate(trace(here), trace(there)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LAYOFF, LAYOFF),
        (LAYOFF, replace(LAYOFF, places=(ZURICH, TOKYO))),
        (replace(MOVE, headcount=6, places=(TOKYO,)), replace(MOVE, headcount=6, places=(TOKYO,))),
        (replace(TEAM, pay=(amount(85000.0),)), replace(TEAM, headcount=None, pay=(amount(85000.0),))),
        (replace(TEAM, pay=(amount(420000.0, "USD"),)), replace(TEAM, headcount=None, pay=(amount(420000.0, "SGD"),))),
    ],
    ids=["layoff", "one more place", "six who move", "pay", "whose dollars"],
)
def test_one_event(one: Hiring, other: Hiring) -> None:
    assert related(one, other)
    assert related(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LAYOFF, replace(LAYOFF, headcount=600)),
        (LAYOFF, replace(LAYOFF, losing=("sap",))),
        (LAYOFF, replace(LAYOFF, places=(GENEVA,))),
        (TEAM, replace(TEAM, places=(ZURICH,))),
        (replace(MOVE, places=(TOKYO,)), replace(MOVE, places=(TOKYO,))),
        (replace(MOVE, headcount=2, places=(TOKYO,)), replace(MOVE, headcount=2, places=(TOKYO,))),
        (replace(TEAM, headcount=None), replace(TEAM, headcount=None)),
        (replace(TEAM, pay=(amount(85000.0),)), replace(TEAM, pay=(amount(90000.0),))),
        (replace(LAYOFF, is_hiring=False), LAYOFF),
    ],
    ids=["count", "party", "city", "country", "two and a city", "two of them", "city", "other pay", "no hiring news"],
)
def test_two_events_or_too_little(one: Hiring, other: Hiring) -> None:
    assert not related(one, other, model="granite")
    assert not related(other, one, model="granite")


def test_a_person_whom_another_script_spells_out() -> None:
    here = replace(MOVE, people=(Person(name="Henrike Solvang"),))
    one = told("a", "Henrike Solvang geht.", "de", here)
    other = told("b", "연구자(Henrike Solvang)가 회사를 옮긴다고 한다.", "ko", MOVE, hours=3)
    found = fact_evidence(trace(one), trace(other))
    assert found.is_one_event
    assert found.agreeing == ("both parties", "person")


def test_facts_are_looked_for_within_the_days_of_reports() -> None:
    late = told("b", KOREAN, "ko", LAYOFF, hours=REPORT_WINDOW / timedelta(hours=1) + 1)
    assert relate(trace(told("a", GERMAN, "de", LAYOFF)), trace(late)) is None


def test_a_memory_finds_what_shares_facts_alone() -> None:
    twin = MemoryTwin()
    for each in (told("a", GERMAN, "de", LAYOFF), told("b", KOREAN, "ko", LAYOFF, hours=5)):
        relate_article(twin, each)
    assert len({mark.story_id for mark in twin.marked.values()}) == 1


def test_same_facts_and_contradictions_are_explained() -> None:
    here, there = (trace(told(name, GERMAN, "de", LAYOFF)) for name in "ab")
    other = trace(told("c", KOREAN, "ko", replace(LAYOFF, headcount=600)))
    assert any("people 90" in line for line in explain(here, there))
    assert "not one event: other facts: people" in explain(here, other)


def test_what_is_denied_or_only_tried_is_no_fact() -> None:
    kept = replace(MOVE, employers=("openai", "xai"), pay=(amount(5.0, is_denied=True), amount(7834512.0)))
    assert neutral_facts(kept) == ("gains:openai", "loses:xai", "pay:EUR 7835000")
    assert neutral_facts(None) == ()
