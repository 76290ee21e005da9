"""Facts as one line in each of two languages, and conversions that say that they are derived."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.digest.wording import converted_text, fact_lines, pay_text, player_names
from pipeline.facts import Hiring, Pay, Person, Place, Role
from pipeline.knowledge.rates import convert

if TYPE_CHECKING:
    from pipeline.facts import Period

NAMES = player_names({"pdd": {"en": "Pinduoduo", "zh": "拼多多"}, "google": {"en": "Google", "zh": "谷歌"}})


def pay(
    low: float | None, high: float | None, currency: str = "CNY", period: Period | None = "month", **more: Any
) -> Pay:
    return Pay(quote="q", field="text", start=0, end=1, min=low, max=high, currency=currency, period=period, **more)


def test_a_fact_in_two_languages() -> None:
    hiring = Hiring(
        is_hiring=True, score=0.9, actions=("recruit",), employers=("pdd",), roles=(Role(text="LLM engineers", id="llm-engineer"),),
        places=(Place(id="cn-shanghai", name="Shanghai", country="CN"),), pay=(pay(None, 60000),),
    )  # fmt: skip
    assert fact_lines(hiring, NAMES) == (
        "Pinduoduo · Shanghai · LLM engineer · ≤ CNY 60,000/month",
        "拼多多 · 上海 · 大模型工程师 · 月薪 ≤6万元",
    )


def test_a_move_names_both_sides_and_the_person() -> None:
    hiring = Hiring(
        is_hiring=True,
        score=0.9,
        actions=("poach",),
        employers=("pdd",),
        losing=("google",),
        people=(Person(name="Mara Lind"),),
        is_rumour=True,
    )
    english, chinese = fact_lines(hiring, NAMES)
    assert english == "Pinduoduo ← Google · poaches · Mara Lind · rumour"
    assert chinese == "拼多多 ← 谷歌 · 挖人 · Mara Lind · 传闻"


@pytest.mark.parametrize(
    ("figure", "english", "chinese"),
    [
        (pay(30000, 60000), "CNY 30,000–60,000/month", "月薪 3万–6万元"),
        (pay(1e6, 1e6, period="year", is_approximate=True), "~ CNY 1 million/year", "年薪 ~100万元"),
        (pay(40e6, None, "USD", period="total"), "≥ USD 40 million in total", "总额 ≥4000万美元"),
        (pay(None, 60000, months=14), "≤ CNY 60,000/month × 14", "月薪 ≤6万元·14薪"),
        (pay(None, None, period=None), "“q”", "“q”"),
    ],
)
def test_pay_in_words(figure: Pay, english: str, chinese: str) -> None:
    assert (pay_text(figure, "en"), pay_text(figure, "zh")) == (english, chinese)


def test_conversion_says_its_date_and_is_absent_where_unknown() -> None:
    text = converted_text(pay(None, 60000, annual_max=720000.0), "USD", date(2023, 11, 27))
    assert text.startswith("about USD ")
    assert "(rate of 2023-12-29)" in text
    assert converted_text(pay(1, 1, "XXX"), "USD", date(2024, 1, 1)) == ""
    assert converted_text(pay(1, 1, "USD"), "USD", date(2024, 1, 1)) == ""


def test_conversion_there_and_back_is_the_same_amount() -> None:
    there = convert(1000.0, "USD", "CNY", date(2024, 12, 31))
    assert there is not None
    back = convert(there.amount, "CNY", "USD", date(2024, 12, 31))
    assert back is not None
    assert back.amount == pytest.approx(1000)
