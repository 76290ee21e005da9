"""Pay: what the wording states, no more; the same amount however it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.stages.hiring.numerals import read_digits, read_han
from pipeline.stages.hiring.pay import find_pay
from pipeline.stages.hiring.sentences import split

if TYPE_CHECKING:
    from pipeline.facts import Pay


def pay_in(language: str, text: str, title: str = "") -> list[Pay]:
    document = Document(
        id="x", url="", canonical_url="", title=title, text=text, fetched_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    found = list(find_pay(split(document), language))
    for pay in found:
        assert getattr(document, pay.field)[pay.start : pay.end] == pay.quote
        assert pay.min is None or pay.max is None or pay.min <= pay.max
    return found


def figures(language: str, text: str) -> list[tuple[float | None, float | None, str | None, str | None]]:
    return [
        (p.min, p.max, p.currency, p.period) for p in pay_in(language, text) if p.min is not None or p.max is not None
    ]


FORMS = [
    ("en", "Engineers earn up to 45,000 yuan (US$6,300) per month.", [(None, 45000, "CNY", "month")]),
    ("en", "She was paid a salary of $310,000 a year.", [(310000, 310000, "USD", "year")]),
    ("en", "The package is worth more than $40 million over four years.", [(40e6, None, "USD", "total")]),
    ("en", "Base salary of $250,000 plus equity was promised.", [(250000, 250000, "USD", None)]),
    ("en", "Salaries run from $600,000 to more than $1 million.", [(600000, None, "USD", None)]),
    ("en", "Tutors earn $35-$65 an hour.", [(35, 65, "USD", "hour")]),
    ("en", "The salary is $200-320k a year.", [(200000, 320000, "USD", "year")]),
    ("en", "Seniors get salaries of $3 to $7 million a year.", [(3e6, 7e6, "USD", "year")]),
    ("en", "The job pays RMB 45k-75k a month.", [(45000, 75000, "CNY", "month")]),
    ("en", "Pay is nearly 1.2 million yuan a year, a salary few match.", [(None, 1.2e6, "CNY", "year")]),
    ("en", "A salary of about $480,000 was offered.", [(480000, 480000, "USD", None)]),
    ("en", "He took a bonus of half a million dollars.", [(500000, 500000, "USD", "total")]),
    ("en", "An LLM engineer has a salary of ₹55 LPA.", [(5.5e6, 5.5e6, "INR", "year")]),
    ("en", "The pay is 8,000 dollars a week for fellows, a record salary.", [(8000, 8000, "USD", None)]),
    ("zh-Hans", "后训练岗年薪120-180万。", [(1.2e6, 1.8e6, "CNY", "year")]),
    ("zh-Hans", "推理工程师45-70K·15薪。", [(45000, 70000, "CNY", "month")]),
    ("zh-Hans", "年薪百万只是起点，最高将近110万元。", [(1e6, 1e6, "CNY", "year"), (None, 1.1e6, "CNY", "year")]),
    ("zh-Hans", "硕士年薪七八十万元。", [(700000, 800000, "CNY", "year")]),
    ("zh-Hans", "骨干年薪三百多万元。", [(3e6, None, "CNY", "year")]),
    ("zh-Hans", "月薪3万-6万元。", [(30000, 60000, "CNY", "month")]),
    ("zh-Hans", "月薪5万起。", [(50000, None, "CNY", "month")]),
    ("zh-Hans", "年薪$450,000（约合人民币320万元）。", [(450000, 450000, "USD", "year")]),
    ("zh-Hans", "算法实习生日薪1200元。", [(1200, 1200, "CNY", "day")]),
    ("zh-Hans", "薪酬总包给到260万元。", [(2.6e6, 2.6e6, "CNY", "total")]),
    ("zh-Hant", "月薪上看20萬元。", [(None, 200000, "TWD", "month")]),
    ("zh-Hant", "年薪40.5萬美元（約1250萬台幣）。", [(405000, 405000, "USD", "year")]),
    ("ja", "年収900〜1500万円で募集する。", [(9e6, 15e6, "JPY", "year")]),
    ("ja", "報酬は1億5000万円になる。", [(1.5e8, 1.5e8, "JPY", None)]),
    ("ja", "年収2000万円以上の職だ。", [(20e6, None, "JPY", "year")]),
    ("ko", "연봉 1억 5000만원을 준다.", [(1.5e8, 1.5e8, "KRW", "year")]),
    ("ko", "억대 연봉을 걸었다.", [(1e8, None, "KRW", "year")]),
    ("ko", "연봉 80만 달러(약 11억원)를 제시했다.", [(800000, 800000, "USD", "year")]),
    ("de", "Das Gehalt liegt zwischen 80.000 und 110.000 Euro im Jahr.", [(80000, 110000, "EUR", "year")]),
    ("de", "Das Paket ist 20 Mio. Dollar wert, eine hohe Vergütung.", [(20e6, 20e6, "USD", "total")]),
    ("fr", "Salaire de 70 à 100 k€ par an.", [(70000, 100000, "EUR", "year")]),
    ("fr", "Une prime de 1,5 million de dollars est promise.", [(1.5e6, 1.5e6, "USD", "total")]),
    ("fr", "Le salaire atteint 120 000 euros par an.", [(120000, 120000, "EUR", "year")]),
    ("es", "Cobra un sueldo de 250.000 dólares al año.", [(250000, 250000, "USD", "year")]),
    ("es", "Rechazó un paquete de mil millones de dólares.", [(1e9, 1e9, "USD", "total")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), FORMS, ids=[text[:40] for _, text, _ in FORMS])
def test_forms_of_pay(language: str, text: str, expected: list[object]) -> None:
    assert figures(language, text) == expected


NO_PAY = [
    ("en", "The lab raised $600 million at a valuation of $5 billion."),
    ("en", "Revenue rose to $25.7 billion in the quarter."),
    ("en", "It paid $2.4 billion to license the technology and hire the team."),
    ("en", "Leavers get severance of $50,000 in cash."),
    ("en", "A subscription costs $20 a month."),
    ("en", "He got 40% more than at his old job."),
    ("zh-Hans", "公司完成六亿元融资，估值达百亿元。"),
    ("zh-Hans", "区里给博士安家费四十万元。"),
    ("zh-Hans", "训练成本只有五百万美元。"),
    ("zh-Hans", "第三季度广告收入同比增长20%至257亿元。"),
    ("ja", "資金調達額は20億円で、評価額は200億円だ。"),
    ("ko", "300억원을 투자 유치했다."),
    ("de", "Die Finanzierungsrunde brachte 50 Millionen Euro."),
    ("fr", "La start-up a levé 385 millions d'euros."),
    ("es", "La ronda alcanzó los 40 millones de dólares."),
]


@pytest.mark.parametrize(("language", "text"), NO_PAY, ids=[text[:40] for _, text in NO_PAY])
def test_other_money_is_no_pay(language: str, text: str) -> None:
    assert figures(language, text) == []


def test_words_without_a_number_keep_both_bounds_open() -> None:
    for language, text in [
        ("en", "They are willing to offer salary packages of several million yuan."),
        ("zh-Hans", "年薪几十万元。"),
    ]:
        (pay,) = pay_in(language, text)
        assert (pay.min, pay.max) == (None, None)
        assert pay.is_approximate


def test_fourteen_salaries_change_the_year_and_leave_the_month() -> None:
    (pay,) = pay_in("zh-Hans", "大模型工程师60K·14薪。")
    assert (pay.max, pay.period, pay.months, pay.annual_max) == (60000, "month", 14, 840000)


def test_a_figure_continues_in_the_next_sentence() -> None:
    assert figures("en", "Many posts offer annual salaries of millions. Nearly 1.1 million yuan.")[-1] == (
        None,
        1.1e6,
        "CNY",
        "year",
    )


def test_the_title_repeats_no_figure_of_the_body() -> None:
    found = pay_in("en", "It offered signing bonuses of $90 million.", title="Lab dangles $90M bonuses")
    assert [(p.field, p.max) for p in found] == [("text", 90e6)]


@given(st.integers(min_value=1, max_value=99))
@settings(max_examples=60, deadline=None)
def test_one_amount_in_many_forms(thousands: int) -> None:
    amount = thousands * 10000
    spelled = [
        f"{thousands}万元",
        f"{amount:,}元",
        f"{amount}元",
        f"{thousands}万",
        str(thousands).translate(str.maketrans("0123456789", "０１２３４５６７８９")) + "万元",
        han(thousands) + "万元",
    ]
    for form in spelled:
        assert figures("zh-Hans", f"月薪{form}。") == [(amount, amount, "CNY", "month")], form


def han(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")


@given(st.integers(min_value=1, max_value=9999))
@settings(max_examples=80, deadline=None)
def test_chinese_numerals_are_read_as_written(number: int) -> None:
    spelled = han_long(number)
    if "零" not in spelled:
        read = read_han(spelled + "万")
        assert read is not None
        assert read.low == number * 1e4


def han_long(number: int) -> str:
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    text = str(number)
    return "".join(digits[int(d)] + (units[len(text) - 1 - i] if d != "0" else "") for i, d in enumerate(text)).rstrip(
        "零"
    )


@given(st.integers(min_value=1000, max_value=10**9))
@settings(max_examples=60, deadline=None)
def test_grouping_signs_of_two_customs(number: int) -> None:
    assert read_digits(f"{number:,}", is_comma_decimal=False) == number
    assert read_digits(f"{number:,}".replace(",", "."), is_comma_decimal=True) == number


@given(st.text(max_size=200), st.sampled_from(["en", "zh-Hans", "zh-Hant", "ja", "ko", "de", "fr", "es"]))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_and_every_quote_is_at_its_offsets(text: str, language: str) -> None:
    pay_in(language, "年薪 $5 million 万元 salary " + text)


@given(st.sampled_from(FORMS), st.text(alphabet="abc 的は。.,\n", max_size=60))
@settings(max_examples=80, deadline=None)
def test_text_before_does_not_move_a_quote(form: tuple[str, str, list[object]], before: str) -> None:
    pay_in(form[0], f"{before}\n{form[1]}")


@pytest.mark.parametrize(
    ("language", "text", "is_denied"),
    [
        ("en", "It offered signing bonuses of $90 million. The firm denied the figure.", True),
        ("en", "It offered signing bonuses of $90 million. Nobody has denied that models improve.", False),
        ("zh-Hans", "公司开出年薪300万元。公司否认了这一数字。", True),
        ("de", "Es geht um Gehälter von 2 Millionen Euro. Die Firma dementierte die Summe.", True),
        ("en", "Salaries reach $2 million.", False),
    ],
)
def test_a_figure_that_the_next_sentence_denies_is_denied(language: str, text: str, *, is_denied: bool) -> None:
    (pay,) = pay_in(language, text)
    assert pay.is_denied is is_denied
