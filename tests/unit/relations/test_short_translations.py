"""Translations of short items and of summaries: few words, and one side that says much less than the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.document import Fingerprint
from pipeline.knowledge.dictionary import meaning_frequencies
from pipeline.knowledge.words import stem
from pipeline.memory import Trace, key_class, trace
from pipeline.memory_twin import MemoryTwin
from pipeline.run import relate_article
from pipeline.stages.duplicates import explain, relate, relations_of
from pipeline.stages.duplicates.rendering import rendering_evidence
from pipeline.stages.duplicates.verdict import judge
from pipeline.stages.fingerprint import fingerprint
from pipeline.stages.fingerprint.anchors import key_bits
from tests.unit.relations.newswire import HARBOUR_EN, HARBOUR_ZH, NOON, ORCHARD_EN, ORCHARD_ZH, article, filler

RARE = 5  # bits from which a key is rare
# The same short news in both languages; no names in Latin letters, and hardly a number.
SHORT = (
    (
        "暴雨冲毁了山谷里的一座铁路桥，列车停运，数百名旅客在学校里过夜。",
        "Heavy rain washed away a railway bridge in the valley; trains were stopped and hundreds of passengers spent the night in a school.",
    ),
    (
        "博物馆宣布，被盗的古代金币已经找到，小偷把它们藏在邻居的花园里。",
        "The museum announced that the stolen ancient gold coins have been found; the thief had hidden them in a neighbour's garden.",
    ),
    (
        "议会以微弱多数通过了渔业法，小船船主威胁要封锁港口。",
        "By a narrow majority parliament passed the fisheries law, and owners of small boats are threatening to block the harbour.",
    ),
    (
        "科学家发现蜜蜂能记住人的面孔，这一能力帮助它们避开危险的园丁。",
        "Scientists have discovered that bees can remember human faces, an ability which helps them to avoid dangerous gardeners.",
    ),
    (
        "歌剧院的屋顶漏水，指挥取消了新年音乐会，观众将得到退款。",
        "The roof of the opera house leaks: the conductor cancelled the New Year concert, and the audience will get refunds.",
    ),
    (
        "医院缺少护士，市长请求军队派医生帮助照顾老年病人。",
        "The hospital is short of nurses, and the mayor has asked the army to send doctors to help care for elderly patients.",
    ),
)
SERIES = (
    "Quillbase是一个开源项目，获得了4100颗星，旨在帮助开发者快速开发应用程序，详情请看项目地址。",
    "Marrowkit is an open-source project with 9,300 stars, designed to help developers build applications quickly; see the project page for details.",
)
LONG_ZH = HARBOUR_ZH + "\n" + ORCHARD_ZH + "\n" + "".join(chinese for chinese, _ in SHORT)
LONG_EN = HARBOUR_EN + "\n" + ORCHARD_EN + "\n" + " ".join(english for _, english in SHORT)
SUMMARY = (
    "Harbourlight Systems is going to recruit 240 engineers in Rotterdam for Kestrel, its language model. "
    "The new team will study speech recognition for ports."
)
SUMMARY_ZH = "Harbourlight Systems将在鹿特丹招聘240名工程师，研究港口的语音识别。"


def chinese(slug: str, text: str, title: str = "") -> Trace:
    return trace(article(slug, text, title=title, language="zh-Hans"))


def english(slug: str, text: str, title: str = "") -> Trace:
    return trace(article(slug, text, title=title))


def kind(one: Trace, other: Trace) -> str | None:
    found = relate(one, other)
    assert found == relate(other, one)
    return found.kind if found else None


@pytest.mark.parametrize("at", range(len(SHORT)))
def test_a_sentence_is_the_translation_of_its_own_and_of_no_other(at: int) -> None:
    here = chinese("here", SHORT[at][0])
    kinds = [kind(here, english(f"there-{other}", text)) for other, (_, text) in enumerate(SHORT)]
    assert kinds == ["translation" if other == at else None for other in range(len(SHORT))]


def test_short_items_without_rare_words_are_found_among_each_other() -> None:
    twin, item = MemoryTwin(), {}
    for at, sides in enumerate(SHORT):
        for language, text in zip(("zh-Hans", "en"), sides, strict=True):
            filed = article(f"{language}-{at}", text, language=language)
            item[filed.document.id] = at
            relate_article(twin, filed)
    marks = [mark for mark in twin.marked.values() if mark.duplicate_kind == "translation"]
    assert sorted(item[mark.article_id] for mark in marks) == list(range(len(SHORT)))
    assert all(item[mark.article_id] == item[mark.duplicate_of or ""] for mark in marks)


def test_a_summary_is_the_translation_of_what_it_sums_up() -> None:
    assert kind(chinese("whole", LONG_ZH), english("summary", SUMMARY)) == "translation"
    assert kind(english("whole", LONG_EN), chinese("summary", SUMMARY_ZH)) == "translation"


def test_a_summary_is_no_translation_of_another_long_text() -> None:
    others = ORCHARD_ZH + "".join(text for text, _ in SHORT)
    assert kind(chinese("other", others), english("summary", SUMMARY)) is None
    assert kind(english("other", ORCHARD_EN + filler(3)), chinese("summary", SUMMARY_ZH)) is None


def test_what_is_half_another_event_is_no_summary() -> None:
    mixed = SHORT[0][1] + " " + filler(8, 60)
    assert kind(chinese("whole", LONG_ZH), english("mixed", mixed)) != "translation"


def test_what_tells_the_same_events_with_facts_of_its_own_is_a_report() -> None:
    told = (
        "Floods in the valley: trains stopped after rain destroyed the bridge. A minister who visited the place promised money "
        "for a stronger one, and villagers brought soup and blankets to the stranded passengers. Elsewhere the museum showed "
        "visitors the ancient coins that a thief had buried in a garden; its director thanked the neighbour and the police, "
        "and promised better locks. Insurers cannot yet tell the damage, and it snows in the mountains."
    )
    several = ORCHARD_ZH + "".join(text for text, _ in SHORT)
    assert kind(chinese("several", several), english("told", told)) == "report"
    assert kind(chinese("named", LONG_ZH), english("told", told)) is None


def test_a_summary_is_found_by_its_opening_however_long_the_article() -> None:
    tail = (
        "".join(f"第{at}段说明了其他公司的情况。" for at in range(20)) + ORCHARD_ZH + "".join(each for each, _ in SHORT)
    )
    twin = MemoryTwin()
    relate_article(twin, article("whole", HARBOUR_ZH + tail, language="zh-Hans"))
    assert [each.kind for each in relations_of(twin, english("summary", SUMMARY))] == ["translation"]


def test_the_whole_translation_is_chosen_before_the_summary() -> None:
    twin = MemoryTwin()
    summary = article("summary", SUMMARY, at=NOON + timedelta(hours=1))
    original = article("original", LONG_ZH, language="zh-Hans", at=NOON)
    whole = article("whole", LONG_EN, at=NOON + timedelta(hours=2))
    for each in (summary, original, whole):
        relate_article(twin, each)
    mark = twin.marked[whole.document.id]
    assert (mark.duplicate_of, mark.duplicate_kind) == (original.document.id, "translation")
    assert twin.marked[summary.document.id].story_id == original.document.id


def test_items_of_a_series_are_no_translations_of_each_other() -> None:
    assert kind(chinese("one", SERIES[0]), english("other", SERIES[1])) is None
    same = SERIES[1].replace("Marrowkit", "Quillbase").replace("9,300", "4,100")
    assert kind(chinese("one", SERIES[0]), english("same", same)) == "translation"


def test_the_title_counts_when_lengths_are_compared() -> None:
    text, told = SHORT[1]
    ratio_words = english("all", told), english("split", told.partition("; ")[2], title=told.partition("; ")[0])
    assert [kind(chinese("one", text), each) for each in ratio_words] == ["translation", "translation"]


def test_the_english_side_is_asked_for_what_the_chinese_has() -> None:
    whole = chinese("whole", LONG_ZH).fingerprint
    right = rendering_evidence(whole, english("right", SUMMARY).fingerprint)
    wrong = rendering_evidence(whole, english("wrong", filler(4, 40)).fingerprint)
    assert right.mean > 0.5
    assert wrong.mean < 0
    assert {"harbourlight", stem("recruit"), stem("speech")} <= set(right.matched)


def test_empty_texts_are_judged_without_an_error() -> None:
    empty = Fingerprint(version=1, text_hash="", signature=b"", bands=(), anchors=(), script="han")
    verdict = judge(empty, english("some", SUMMARY).fingerprint)
    assert not verdict.is_translation
    assert not judge(
        chinese("some", LONG_ZH).fingerprint, Fingerprint(version=1, text_hash="", signature=b"", bands=(), anchors=())
    ).is_translation


def test_an_explanation_shows_both_measures() -> None:
    told = "\n".join(explain(chinese("whole", LONG_ZH), english("summary", SUMMARY)))
    assert "dictionary:" in told
    assert "asked from the English side:" in told


def test_a_meaning_is_as_frequent_as_the_words_that_have_it() -> None:
    shares = meaning_frequencies()
    assert 0 < shares[stem("bridge")] < shares[stem("people")] < 1


def test_a_short_text_keeps_common_keys_and_stays_of_the_lowest_class() -> None:
    told = "The water came over the road to the door of the house at night, and the market is closed this week."
    short, long = (fingerprint(article(slug, text)) for slug, text in (("short", told), ("long", LONG_EN)))
    assert any(key_bits(key) < RARE for key in short.keys)
    assert key_class(short) == 0
    assert all(key_bits(key) >= RARE for key in long.keys)
