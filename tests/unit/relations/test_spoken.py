"""Chinese personal names meet their spelling in Latin letters."""

from __future__ import annotations

import pytest

from pipeline.knowledge.dictionary import dictionary
from pipeline.knowledge.spoken import given_names
from pipeline.knowledge.words import stem
from pipeline.memory import trace
from pipeline.stages.duplicates import explain, relate
from tests.unit.relations.newswire import article

CHINESE = (
    "云帆科技的技术负责人邓若川周三在社交平台宣布离职，没有说明去向。他2019年加入公司，三年后开始带领模型团队。"
    "同事贺景澜和孟书遥当天也写了告别的话。公司没有回应记者的提问，也没有公布接替的人选。"
)
ENGLISH = (
    "Ruochuan Deng, who led the model team of Yunfan Technology, said on Wednesday that he is stepping down. In a short post he "
    "did not say where he is going. Two colleagues, He Jinglan and Shuyao Meng, posted farewells the same day. The firm gave no "
    "successor and did not answer questions."
)
OTHER = (
    "Tomas Berggren, who led the model team of Nordlys Technology, said on Wednesday that he is stepping down. In a short post "
    "he did not say where he is going. Two colleagues, Anna Holm and Erik Dahl, posted farewells the same day. The firm gave no "
    "successor and did not answer questions."
)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("邓若川宣布离职", "ruochuan"),
        ("记者问周靖人", "jingren"),
        ("王慧文说", "huiwen"),
        ("我们在他说的时候", None),
        ("公司今天下午开会", None),
    ],
)
def test_given_names_behind_a_surname(text: str, given: str | None) -> None:
    found = given_names(dictionary().terms(text))
    assert stem(given) in found if given else not found


def test_reports_in_two_languages_meet_in_their_names() -> None:
    chinese = trace(article("zh", CHINESE, language="zh-Hans", host="xinwen.example"))
    english, other = trace(article("en", ENGLISH)), trace(article("other", OTHER, host="nord.example"))
    edge = relate(chinese, english)
    assert edge is not None
    assert edge.kind in {"report", "translation"}
    assert relate(chinese, other) is None
    assert any(stem("jinglan") in line for line in explain(chinese, english))
