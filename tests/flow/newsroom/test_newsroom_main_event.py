"""One event told as Chinese original, machine translation, independent report and wrapped copy: told once, and right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.flow.newsroom.conftest import Crawled

ORIGINAL = "chengjiang-keji/meituan-zhufa"
TRANSLATION = "lantern-relay/meituan-quietly-forms-large-model-agent-team"
REPORT = "tidewater-post/meituan-offers-85000-yuan-month-llm-engineers"
WRAPPED = "circuit-weekly/meituan-dangles-85000-yuan-a-month-to-staff-new-llm-team"
RETITLED = "yuanfan-bao/meituan-dipin"
TRADITIONAL = "dahu-times/meituan-chengdu-llm"
TELLINGS = (ORIGINAL, TRANSLATION, REPORT, WRAPPED, RETITLED, TRADITIONAL)


def row(crawled: Crawled, key: str) -> dict[str, Any]:
    return crawled.stored[crawled.desk.newsroom.url(key)]


@pytest.mark.parametrize("key", TELLINGS)
def test_each_telling_is_hiring_news_of_meituan_in_chengdu_for_85000_yuan_a_month(key: str, crawled: Crawled) -> None:
    hiring = row(crawled, key)["hiring"]
    assert hiring["is_hiring"]
    assert hiring["employers"] == ["meituan"]
    assert "Chengdu" in {place["name"] if isinstance(place, dict) else place for place in hiring["places"]}
    monthly = [(pay["min"], pay["max"], pay["currency"]) for pay in hiring["pay"] if pay["period"] == "month"]
    assert (None, 85000, "CNY") in monthly


def test_glued_names_are_found(crawled: Crawled) -> None:
    translation = row(crawled, TRANSLATION)
    (meituan,) = [player for player in translation["players"] if player["id"] == "meituan"]
    glued = translation["text"].index("MeituanA")
    assert any(mention["field"] == "text" and mention["start"] == glued for mention in meituan["mentions"])


def test_they_are_one_story(crawled: Crawled) -> None:
    assert len({row(crawled, key)["story_id"] for key in TELLINGS}) == 1


@pytest.mark.parametrize(
    ("key", "kinds"),
    [(TRANSLATION, {"translation"}), (RETITLED, {"near"}), (WRAPPED, {"exact", "near", "translation"})],
)
def test_copies_and_translations_are_marked(key: str, kinds: set[str], crawled: Crawled) -> None:
    assert row(crawled, key)["duplicate_kind"] in kinds


def test_the_original_is_nobodys_copy(crawled: Crawled) -> None:
    original = row(crawled, ORIGINAL)
    assert original["duplicate_of"] is None
    assert row(crawled, TRANSLATION)["duplicate_of"] == original["id"]


def test_the_doubled_title_stands_only_in_the_title(crawled: Crawled) -> None:
    for key in (ORIGINAL, WRAPPED, RETITLED):
        assert row(crawled, key)["title"] not in row(crawled, key)["text"]


def test_machine_output_and_text_agree(crawled: Crawled) -> None:
    for stored in crawled.stored.values():
        for pay in stored["hiring"]["pay"]:
            assert stored[pay["field"]][pay["start"] : pay["end"]] == pay["quote"]
        for quoted in stored["hiring"]["evidence"]:
            assert stored[quoted["field"]][quoted["start"] : quoted["end"]] == quoted["quote"]
