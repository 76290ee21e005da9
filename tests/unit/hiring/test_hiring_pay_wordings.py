"""Pay as news words it: bounds, ranges, currencies and periods that stand apart from their figure, and money that is no pay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.hiring.test_hiring_pay import figures, pay_in

Figures = list[tuple[float | None, float | None, str | None, str | None]]

BOUNDS: list[tuple[str, str, Figures]] = [
    ("en", "The lab pays $2 million-plus bonuses.", [(2e6, None, "USD", "total")]),
    ("en", "Bonuses differ, though none exceeding $3 million.", [(None, 3e6, "USD", "total")]),
    ("en", "The salary is $180,000 a year or more.", [(180000, None, "USD", "year")]),
    ("en", "First-year pay crosses $4 million.", [(4e6, None, "USD", "year")]),
    ("en", "It offered up to a staggering $70 million over four years.", [(None, 70e6, "USD", "total")]),
    ("zh-Hans", "最高薪资达到70k×15。", [(None, 70000, "CNY", "month")]),
    ("zh-Hans", "实习生一天400元起招，最高日薪八百元。", [(400, None, "CNY", "day"), (None, 800, "CNY", "day")]),
    ("zh-Hans", "博士最高大概能拿90万元年薪。", [(None, 900000, "CNY", "year")]),
    ("zh-Hans", "80万年薪以上的岗位占三成。", [(800000, None, "CNY", "year")]),
    ("zh-Hans", "薪酬包高达四年6000万美元。", [(None, 60e6, "USD", "total")]),
    ("zh-Hans", "他的月薪过万。", [(10000, None, "CNY", "month")]),
    ("ja", "最大で3年間に2億ドルの報酬を提示した。", [(None, 2e8, "USD", "total")]),
    ("ko", "보상 패키지는 3억 달러를 상회한다.", [(3e8, None, "USD", "total")]),
    ("ko", "연봉은 5000만 원을 밑돈다.", [(None, 5e7, "KRW", "year")]),
    ("de", "Das Jahresgehalt liegt bei 70.000 Euro, Spitzengehälter von über 200.000 Euro.", [(70000, 70000, "EUR", "year"), (200000, None, "EUR", "year")]),
    ("fr", "Une prime pouvant atteindre 3 millions de dollars.", [(None, 3e6, "USD", "total")]),
    ("fr", "Des primes dépassant les 20 millions de dollars.", [(20e6, None, "USD", "total")]),
    ("es", "Un científico puede llegar a los 2 millones de dólares de sueldo.", [(None, 2e6, "USD", None)]),
    ("es", "Algunos sueldos superan con frecuencia los 300.000 dólares anuales.", [(300000, None, "USD", "year")]),
    ("de", "Leitende Stellen bringen ein Gehalt von 95.000 Euro und mehr.", [(95000, None, "EUR", None)]),
]  # fmt: skip

RANGES: list[tuple[str, str, Figures]] = [
    ("en", "One offer exceeded $900 million over six years; others ranged between $300 million and $600 million over four years.", [(9e8, None, "USD", "total"), (3e8, 6e8, "USD", "total")]),
    ("en", "Salaries range from $120,000 for juniors to $2.5 million for the most senior.", [(120000, 2.5e6, "USD", None)]),
    ("en", "Its total compensation of between $8 million and nearly $9 million per year.", [(8e6, 9e6, "USD", "year")]),
    ("en", "It doubled the bonus from $4 million to $8 million.", [(4e6, 4e6, "USD", "total"), (8e6, 8e6, "USD", "total")]),
    ("es", "Los sueldos van desde los 3 hasta los 6 millones de dólares anuales.", [(3e6, 6e6, "USD", "year")]),
    ("es", "Los sueldos base van desde los 90.000 a los 150.000, y algunos superan los 300.000 dólares anuales.", [(90000, 150000, "USD", None), (300000, None, "USD", "year")]),
    ("ja", "年収2200〜3100万円を提示する。", [(22e6, 31e6, "JPY", "year")]),
    ("ja", "年収は400万ドル(約6億円)から600万ドル(約9億円)だ。", [(4e6, 6e6, "USD", "year")]),
    ("ko", "200만달러에서 수백만달러에 이르는 보너스다.", [(2e6, None, "USD", "total")]),
    ("zh-Hans", "薪酬从入门级150万元，至最高级900万元不等。", [(1.5e6, 9e6, "CNY", None)]),
    ("fr", "Un ingénieur peut viser un salaire de 60 000 à 80 000 euros.", [(60000, 80000, "EUR", None)]),
]  # fmt: skip

PERIODS: list[tuple[str, str, Figures]] = [
    ("en", "He got $30 million in total compensation for the first year.", [(30e6, 30e6, "USD", "year")]),
    ("en", "The job pays $200K base, $90K equity and a $40K signing bonus.", [(200000, 200000, "USD", None), (90000, 90000, "USD", "total"), (40000, 40000, "USD", "total")]),
    ("en", "Interns get a daily salary of 700 yuan and a package worth 90,000 yuan.", [(700, 700, "CNY", "day"), (90000, 90000, "CNY", "total")]),
    ("de", "So verdiente er schon im Jahr 2019 mehr als 1,2 Mio. $.", [(1.2e6, None, "USD", None)]),
    ("de", "Der Medianlohn liegt bei 300.000 Dollar pro Jahr, das Grundgehalt bei 180.000 Dollar.", [(300000, 300000, "USD", "year"), (180000, 180000, "USD", None)]),
    ("ko", "연봉과 별개로 사이닝 보너스가 7000만원까지 나온다.", [(None, 7e7, "KRW", "total")]),
    ("ko", "2019년 4월 이후 합류한 그는 50만 달러의 보수를 받았다.", [(500000, 500000, "USD", None)]),
    ("ko", "연봉은 평균 7000만 원이다. 시니어급은 최고 2억 원이다.", [(7e7, 7e7, "KRW", "year"), (None, 2e8, "KRW", "year")]),
    ("es", "Pasó de un sueldo base de 150.000 dólares a un paquete de 2 millones de dólares.", [(150000, 150000, "USD", None), (2e6, 2e6, "USD", "total")]),
    ("en", "The median total compensation for its engineers is $260,000.", [(260000, 260000, "USD", None)]),
    ("es", "El investigador gana 600 mil dólares al año. Es decir, 1 mil 640 dólares al día.", [(600000, 600000, "USD", "year"), (1640, 1640, "USD", "day")]),
    ("fr", "Il aurait proposé 40 millions de dollars à la signature puis autant comme salaire annuel.", [(4e7, 4e7, "USD", "total")]),
    ("zh-Hans", "一家开出800万美元年薪，另一家开出1亿美元薪酬方案。", [(8e6, 8e6, "USD", "year"), (1e8, 1e8, "USD", "total")]),
    ("zh-Hans", "年薪200万元，签字费另付50万元。", [(2e6, 2e6, "CNY", "year"), (500000, 500000, "CNY", "total")]),
]  # fmt: skip

CURRENCIES: list[tuple[str, str, Figures]] = [
    ("ko", "연봉 80억 엔지니어를 영입했다.", [(8e9, 8e9, "KRW", "year")]),
    ("ja", "年収は20万ドル、日本円に換算すると3000万円になる。", [(200000, 200000, "USD", "year")]),
    ("zh-Hant", "內地大廠的模型工程師月薪達7萬元。", [(70000, 70000, "CNY", "month")]),
    ("zh-Hant", "香港研究院的研究員月薪約5萬元。", [(50000, 50000, "HKD", "month")]),
    ("zh-Hant", "台北的模型工程師月薪達7萬元。", [(70000, 70000, "TWD", "month")]),
    ("zh-Hant", "基本年薪（美元，下同）為30萬元，最高60萬元。", [(300000, 300000, "USD", "year"), (None, 600000, "USD", "year")]),
    ("ko", "2억 달러, 우리 돈으로 약 2700억 원에 달하는 보상 패키지다.", [(2e8, 2e8, "USD", "total")]),
    ("en", "The package is worth Rs 900 crore ($108 million).", [(9e9, 9e9, "INR", "total")]),
    ("de", "Manche verdienen bis zu 500.000 Dollar im Jahr. Das entspricht etwa 460.000 Euro.", [(None, 500000, "USD", "year")]),
    ("ko", "연봉은 1억 4천 정도다.", [(1.4e8, 1.4e8, "KRW", "year")]),
]  # fmt: skip

GOES_ON: list[tuple[str, str, Figures]] = [
    ("en", "An engineer got a salary of $300,000. A director reached $410,000.", [(300000, 300000, "USD", None), (410000, 410000, "USD", None)]),
    ("zh-Hans", "研究员年薪从40万涨至60万，人才缺口达50万。", [(400000, 400000, "CNY", "year"), (600000, 600000, "CNY", "year")]),
    ("zh-Hant", "平均年薪為資料科學家150萬元、演算法工程師110萬元（新台幣）。", [(1.5e6, 1.5e6, "TWD", "year"), (1.1e6, 1.1e6, "TWD", "year")]),
    ("ko", "A사 9억, B사 8억…파격 연봉을 걸었다.", [(9e8, 9e8, "KRW", "year"), (8e8, 8e8, "KRW", "year")]),
]  # fmt: skip

ALL = [*BOUNDS, *RANGES, *PERIODS, *CURRENCIES, *GOES_ON]


@pytest.mark.parametrize(("language", "text", "expected"), ALL, ids=[text[:40] for _, text, _ in ALL])
def test_pay_is_read_as_worded(language: str, text: str, expected: Figures) -> None:
    assert figures(language, text) == expected


NO_PAY = [
    ("ja", "専門職の給与は、ほかの職種より40万円以上も高い。"),
    ("zh-Hans", "年底员工人数增至8万，薪酬成本也在上升。"),
    ("en", "The new project pays less: $7 less than the hourly rate before."),
    ("en", "It will spend more than $500 million on salaries for 9,000 jobs."),
    ("en", "A million-dollar war for engineers has begun."),
    ("en", "Its market value reached $2 trillion as salaries rose."),
    ("en", "Pay rose by $40,000 last year."),
    ("zh-Hans", "实习生另有1200元的租房补贴。"),
    ("zh-Hans", "跳槽的人薪资高出30万元。"),
    (
        "de",
        "Geplant ist eine Steigerung der Vergütung um etwa 2 Milliarden Dollar jährlich.",
    ),
    ("fr", "Le prix de l'action dépasse 300 dollars après une levée de fonds."),
]


@pytest.mark.parametrize(("language", "text"), NO_PAY, ids=[text[:40] for _, text in NO_PAY])
def test_money_of_other_kinds_is_left_out(language: str, text: str) -> None:
    assert figures(language, text) == []


def test_one_offer_told_twice_is_one_and_a_bonus_of_the_same_size_another() -> None:
    twice = "It offered a package of $90 million. She turned that $90 million down."
    assert figures("en", twice) == [(90e6, 90e6, "USD", "total")]
    two = "It denied a $90 million signing bonus. A pay package of about $90 million was paid."
    assert figures("en", two) == [(90e6, 90e6, "USD", "total"), (90e6, 90e6, "USD", "total")]


def test_a_figure_taken_up_again_adds_no_bound() -> None:
    assert figures("en", "It offered up to $80 million. He refused the $80 million.") == [(None, 80e6, "USD", "total")]


UNRELATED = {
    "en": "The weather in the valley was mild, and the library stayed open until nine.",
    "zh-Hans": "图书馆周末照常开放，园区里的银杏已经变黄。",
    "zh-Hant": "圖書館週末照常開放，園區裡的銀杏已經變黃。",
    "ja": "図書館は週末も開いており、公園のいちょうは色づいている。",
    "ko": "도서관은 주말에도 문을 열고, 공원의 은행나무는 물들었다.",
    "de": "Das Wetter im Tal war mild, und die Bibliothek blieb bis neun geöffnet.",
    "fr": "Il faisait doux dans la vallée, et la bibliothèque restait ouverte.",
    "es": "Hacía buen tiempo en el valle, y la biblioteca seguía abierta.",
}


@pytest.mark.parametrize(("language", "text", "expected"), ALL, ids=[text[:40] for _, text, _ in ALL])
def test_an_unrelated_paragraph_changes_no_figure(language: str, text: str, expected: Figures) -> None:
    other = UNRELATED[language]
    assert figures(language, f"{text}\n{other}") == expected
    assert figures(language, f"{other}\n{text}") == expected


@given(st.sampled_from(ALL), st.sampled_from(["“", "—", " ", "（", "•\u00a0", "１"]))
@settings(max_examples=60, deadline=None)
def test_quotes_stand_at_their_offsets_whatever_comes_before(form: tuple[str, str, Figures], before: str) -> None:
    assert pay_in(form[0], f"{before}\n{form[1]}") or not form[2]
