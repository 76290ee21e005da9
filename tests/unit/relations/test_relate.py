"""What two articles are to each other: pure, symmetric, and not fooled by templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from pipeline.facts import Hiring
from pipeline.folding import to_simplified
from pipeline.memory import Trace, trace
from pipeline.stages.duplicates import explain, relate
from tests.unit.relations.newswire import (
    HARBOUR_EN,
    HARBOUR_REPORT,
    HARBOUR_ZH,
    NOON,
    ORCHARD_EN,
    ORCHARD_ZH,
    article,
    filler,
)

JUNK = "Sign up for our evening letter. " + filler(5, 30)


def kind(one: Trace, other: Trace) -> str | None:
    found, turned = relate(one, other), relate(other, one)
    assert found == turned
    return found.kind if found else None


def reworded(text: str) -> str:
    """One word in twenty replaced."""
    return " ".join("quite" if at % 20 == 10 else word for at, word in enumerate(text.split(" ")))


ORIGINAL = HARBOUR_EN + " " + ORCHARD_EN
COPIES = {
    "same": ORIGINAL,
    "shouted": ORIGINAL.upper(),
    "wrapped": JUNK + "\n" + ORIGINAL + "\n" + JUNK,
    "truncated": ORIGINAL[: len(ORIGINAL) * 6 // 10],
    "reworded": reworded(ORIGINAL),
    "cut": ". ".join(part for at, part in enumerate(ORIGINAL.split(". ")) if at % 4),
    "reworded and truncated": reworded(ORIGINAL)[: len(ORIGINAL) * 6 // 10],
}


@pytest.mark.parametrize("how", COPIES)
def test_a_changed_copy_is_a_copy(how: str) -> None:
    expected = "exact" if how in {"same", "shouted"} else "near"
    original = trace(article("original", ORIGINAL, title="Hiring on the quay"))
    assert kind(original, trace(article(how, COPIES[how], title="Another headline", host="other.example"))) == expected


def earnings(at: int) -> str:
    names = "Ashgrove Bellweather Corrigan Dunmore Eastleigh Farrow".split()
    towns = "Boston Leipzig Osaka Lyon Denver Perth".split()
    return (
        f"{names[at]} Industries on Tuesday reported second-quarter profit of ${at * 37 + 112}.{at + 2} million. On a per-share basis, "
        f"the {towns[at]}-based company said it had profit of {at * 11 + 23} cents. The results surpassed Wall Street expectations. "
        f"The average estimate of analysts surveyed was for earnings of {at * 7 + 19} cents per share. The company posted revenue of "
        f"${at + 1}.{at * 13 + 14} billion in the period. This story was made from data of a research provider and checked by an editor."
    )


def financing(at: int) -> str:
    names = "星河智造 云帆科技 蓝鲸医疗 海岳新材 北辰芯片 青禾农业".split()
    funds = "高岭创投 红枫资本 启程创投 经度资本 源流基金 真意基金".split()
    return (
        f"近日，{names[at]}宣布完成新一轮融资，融资金额为{at * 7 + 23}00万元，由{funds[at]}领投，老股东继续跟投。本轮资金将主要用于产品研发、"
        f"市场拓展和团队建设。公司成立于{2012 + at}年，核心团队来自国内外知名企业和高校。公司表示，未来将继续加大研发投入，不断提升产品竞争力。"
    )


@pytest.mark.parametrize(("template", "language"), [(earnings, "en"), (financing, "zh-Hans")])
def test_the_next_of_a_templated_series_is_no_copy(template: object, language: str) -> None:
    assert callable(template)
    series = [trace(article(f"n{at}", template(at), language=language)) for at in range(6)]
    assert {kind(*pair) for pair in combinations(series, 2)} & {"exact", "near"} == set()


def test_stubs_merge_only_with_their_title() -> None:
    walls = [trace(article(name, "Subscribe to read on.", title=name)) for name in ("one", "two", "one ")]
    assert kind(walls[0], walls[1]) is None
    assert kind(walls[0], replace(walls[2], id="other")) == "exact"
    empty = [trace(article(name, "", title="")) for name in ("e1", "e2")]
    assert kind(*empty) is None


def test_a_translation_is_found_in_either_script_and_nothing_else_is() -> None:
    english = {name: trace(article(name, text)) for name, text in (("h", HARBOUR_EN), ("o", ORCHARD_EN))}
    chinese = {
        "h": trace(article("hz", HARBOUR_ZH, language="zh-Hans")),
        "o": trace(article("oz", ORCHARD_ZH, language="zh-Hans")),
    }
    assert kind(english["h"], chinese["h"]) == "translation"
    assert kind(english["o"], chinese["o"]) == "translation"
    assert kind(english["h"], chinese["o"]) is None
    assert kind(english["o"], chinese["h"]) is None
    back = {simplified: traditional for traditional, simplified in to_simplified().items()}
    traditional = "".join(back.get(char, char) for char in ORCHARD_ZH)
    assert traditional != ORCHARD_ZH
    assert kind(english["o"], trace(article("oh", traditional, language="zh-Hant"))) == "translation"


def test_independent_reports_of_one_event() -> None:
    first, second = trace(article("a", HARBOUR_EN)), trace(article("b", HARBOUR_REPORT, host="city.example"))
    assert kind(first, second) == "report"
    assert kind(second, trace(article("c", ORCHARD_EN))) is None


def test_what_forbids_one_event() -> None:
    first = article("a", HARBOUR_EN)
    late = trace(article("b", HARBOUR_REPORT, at=NOON + timedelta(days=9)))
    assert kind(trace(first), late) is None
    assert any("days" in line for line in explain(trace(first), late))
    hiring = Hiring(is_hiring=True, score=0.9, employers=("harbourlight",))
    other = replace(hiring, employers=("tidewater",))
    one = trace(replace(first, hiring=hiring))
    two = trace(replace(article("b", HARBOUR_REPORT), hiring=other))
    assert kind(one, two) is None
    assert any("employers" in line for line in explain(one, two))


def test_an_explanation_names_scores_and_what_is_shared() -> None:
    lines = explain(trace(article("a", HARBOUR_EN)), trace(article("b", HARBOUR_ZH, language="zh-Hans")))
    assert lines[0].startswith("translation")
    assert any("240" in line for line in lines)
    assert any("鹿特丹" in line for line in lines)


JAPANESE = (
    "Harbourlight Systemsは月曜日、ロッテルダムで言語モデルKestrelのために240人の技術者を採用すると発表した。最高経営責任者のMarta Oldenburgは記者団に、"
    "新しいチームはコンテナ港の音声認識に取り組むと語った。給与は年間9万6000ユーロまで。Harbourlightは3月にTidewater Capitalなどから3億1000万ドルを調達した。"
    "Oldenburgは、85人が働くアントワープの研究所が手狭になったと述べ、400人の再訓練を約束した。"
)


def test_without_a_dictionary_names_and_numbers_make_one_event() -> None:
    japanese = trace(article("ja", JAPANESE, language="ja", host="nippon.example"))
    assert kind(trace(article("en", HARBOUR_EN)), japanese) in {"report", "translation"}
    assert kind(trace(article("oz", ORCHARD_EN)), japanese) is None
