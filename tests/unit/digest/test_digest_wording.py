"""The fact lines: each in its own script."""

from __future__ import annotations

import pytest

from pipeline.digest.wording import fact_lines, pay_text
from pipeline.facts import Hiring, Pay, Person, Place, Role, StartDate, Team
from tests.unit.digest.samples import pay


def test_words_of_a_role_stay_in_the_line_of_their_script() -> None:
    hiring = Hiring(
        is_hiring=True,
        score=0.9,
        employers=("anthropic",),
        roles=(Role(text="评测组负责人", id=None), Role(text="head of the evaluation group", id=None)),
    )
    english, chinese = fact_lines(hiring, lambda player, _: player)
    assert "head of the evaluation group" in english
    assert "负责人" not in english
    assert "评测组负责人" in chinese
    assert "head of" not in chinese


def lines(**facts: object) -> tuple[str, str]:
    values: dict[str, object] = {"is_hiring": True, "score": 0.9, "employers": ("pdd",)} | facts
    return fact_lines(Hiring(**values), lambda player, _: player)  # type: ignore[arg-type]  # built from samples


def test_every_fact_has_its_place_in_both_lines() -> None:
    english, chinese = lines(
        losing=("openai",),
        roles=(Role(text="LLM engineer", id="llm-engineer"),),
        places=(Place(id="cn-shanghai", name="Shanghai", country="CN"),),
        teams=(
            Team(text="Seed team", field="text", start=0, end=9),
            Team(text="基础模型团队", field="text", start=0, end=6),
        ),
        people=(Person(name="Lena Okafor"),),
        headcount=40,
        start_dates=(StartDate(date="2026-10-08", quote="10月8日", field="text", start=0, end=5),),
        pay=(pay(months=14.0),),
    )
    assert english == (
        "pdd ← openai · Shanghai · LLM engineer · Seed team · Lena Okafor · 40 people · starts 8 Oct 2026 · ≤ CNY 60,000/month × 14"
    )
    assert chinese == (
        "pdd ← openai · 上海 · 大模型工程师 · 基础模型团队 · Lena Okafor · 40人 · 2026年10月8日到岗 · 月薪 ≤6万元·14薪"
    )


@pytest.mark.parametrize(
    ("date", "english", "chinese"),
    [
        ("2026", "starts 2026", "2026年到岗"),
        ("2026-03", "starts Mar 2026", "2026年3月到岗"),
        ("2026-03-09", "starts 9 Mar 2026", "2026年3月9日到岗"),
    ],
)
def test_a_start_is_as_exact_as_the_text(date: str, english: str, chinese: str) -> None:
    said = (StartDate(date=date, quote="", field="text", start=0, end=0),)
    assert lines(start_dates=said) == (f"pdd · {english}", f"pdd · {chinese}")


@pytest.mark.parametrize(
    ("figure", "english", "chinese"),
    [
        (pay(min=1e6, max=1e6, period="year", is_approximate=True), "~ CNY 1 million/year", "年薪 ~100万元"),
        (pay(min=1e8, max=None, currency="USD", period="total"), "≥ USD 100 million in total", "总额 ≥1亿美元"),
        (pay(min=35.0, max=65.0, currency="USD", period="hour"), "USD 35–65/hour", "时薪 35–65美元"),
        (pay(min=300000.0, max=300000.0, currency="USD", period=None), "USD 300,000", "30万美元"),
        (pay(is_denied=True), "≤ CNY 60,000/month (denied)", "月薪 ≤6万元（已否认）"),
        (pay(quote="eight-figure pay", max=None), "“eight-figure pay”", "“eight-figure pay”"),
    ],
)
def test_pay_in_words(figure: Pay, english: str, chinese: str) -> None:
    assert (pay_text(figure, "en"), pay_text(figure, "zh")) == (english, chinese)


def test_leaving_is_said_once_between_two_parties() -> None:
    english, _ = lines(losing=("openai",), actions=("loss", "hire"))
    assert english == "pdd ← openai · hires"


def test_names_of_people_stay_in_the_line_of_their_script() -> None:
    people = tuple(Person(name=name, role=None) for name in ("Ilse Vårdal", "ヴォルダル", "魏達"))
    english, chinese = lines(people=people)
    assert "Ilse Vårdal" in english
    assert not any(name in english for name in ("ヴォルダル", "魏達"))
    assert "Ilse Vårdal、魏達" in chinese
    assert "ヴォルダル" not in chinese


def test_a_name_of_another_script_is_better_than_none() -> None:
    assert all("ヴォルダル" in line for line in lines(people=(Person(name="ヴォルダル", role=None),)))
