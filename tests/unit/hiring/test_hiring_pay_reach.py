"""Pay: sentences passed over without reading figures, and what holds for figures told beside one another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.document import Document
from pipeline.knowledge.pay import pay_words
from pipeline.stages.hiring.amounts import find_amounts
from pipeline.stages.hiring.pay import find_pay
from pipeline.stages.hiring.sentences import split


def figures(
    language: str, text: str, title: str = ""
) -> list[tuple[float | None, float | None, str | None, str | None]]:
    document = Document(
        id="x", url="", canonical_url="", title=title, text=text, fetched_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    return [
        (p.min, p.max, p.currency, p.period)
        for p in find_pay(split(document), language)
        if p.min is not None or p.max is not None
    ]


@pytest.mark.parametrize("word", sorted(pay_words("zh").currency_after))
def test_figures_of_every_currency_are_read(word: str) -> None:
    [amount] = find_amounts(f"薪酬为58{word}。", "zh-Hans")
    assert (amount.low, amount.currency) == (58, pay_words("zh").currency_after[word])


@pytest.mark.parametrize("word", sorted(pay_words("zh").scale))
def test_figures_of_every_scale_are_read(word: str) -> None:
    [amount] = find_amounts(f"薪酬为5800{word}。", "zh-Hans")
    assert amount.low == 5800 * pay_words("zh").scale[word]


def test_counts_without_unit_or_currency_are_no_money() -> None:
    assert find_amounts("价格比上一代便宜三成,给两家公司各报一次。", "zh-Hans") == []


def test_the_headline_gives_the_period() -> None:
    body = "报告称,部分研究员的收入超过90万美元,高于其他公司的薪酬。"
    assert figures("zh-Hans", body) == [(9e5, None, "USD", None)]
    assert figures("zh-Hans", body, "核心员工年收入超过90万美元") == [(9e5, None, "USD", "year")]


def test_a_highest_sum_with_a_particle_between() -> None:
    assert figures("zh-Hans", "实习生每天300元起,最高还有八百元的日薪。")[-1] == (None, 800, "CNY", "day")


@pytest.mark.parametrize(
    ("language", "text", "currency"),
    [
        ("fr", "Meituan offre jusqu'à 3 millions de yuans par an à ses ingénieurs en modèles de langage.", "CNY"),
        ("fr", "Cohere embauche des chercheurs et offre un salaire de 240 000 dollars de Singapour par an.", "SGD"),
        ("es", "Cohere contrata investigadores con un sueldo de 900.000 dólares de Hong Kong al año.", "HKD"),
    ],
)
def test_currencies_are_read_in_the_words_of_the_language(language: str, text: str, currency: str) -> None:
    assert [figure[2] for figure in figures(language, text)] == [currency]
