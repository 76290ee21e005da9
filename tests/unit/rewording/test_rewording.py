from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.rewording import Change, Wording, changes, is_reworded, is_stamp, marked

TEXT = "Harbour Nine said on Monday that it will hire forty engineers in Aarlund. The lab is three years old.\n“We are growing,” said its chief."
wordings = st.builds(Wording, st.text(max_size=20), st.text(st.sampled_from("ab 12.。招聘\n”"), max_size=40))


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.replace("\n", " "),
        TEXT.replace("“", '"').replace("”", '"'),
        TEXT + "\nUpdated 10:42 GMT, 20 November 2026",
        TEXT + "\n1,234 views\n5 comments\n3 min read",
        "更新时间：2026年11月20日 10:42\n" + TEXT,
        TEXT + "\n入力 2026.11.20 10:42",
        TEXT.replace("engineers", "engin\u00adeers"),
    ],
)
def test_signs_spaces_and_stamps_make_no_wording(other: str) -> None:
    assert not is_reworded(Wording("t", TEXT), Wording("t", other))
    assert not is_reworded(Wording("t", other), Wording("t", TEXT))


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("forty", "sixty"),
        TEXT.replace("Aarlund.", "Aarlund!"),
        TEXT + "\n60 people",
        TEXT + "\nUpdated: 60 jobs are cut",
        TEXT + "\n发布：60人",
    ],
)
def test_words_and_figures_make_one(other: str) -> None:
    assert is_reworded(Wording("t", TEXT), Wording("t", other))
    assert is_reworded(Wording("t", TEXT), Wording("other", TEXT))


def test_known_page_junk_makes_none() -> None:
    junk = "More from our harbour desk every Friday."
    assert is_reworded(Wording("t", TEXT), Wording("t", f"{TEXT}\n{junk}"))
    assert not is_reworded(Wording("t", TEXT), Wording("t", f"{TEXT}\n{junk}"), {junk})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Stand: 20.11.2026, 10:42 Uhr", True),
        ("Mis à jour le 20/11/2026 à 10h42", True),
        ("입력 2026.11.20 10:42 수정 2026.11.20 11:00", True),
        ("阅读 1234", True),
        ("May 2026", False),
        ("60", False),
        ("Views differ", False),
        ("发布会", False),
    ],
)
def test_stamps_say_when_or_how_often_and_nothing_else(line: str, *, expected: bool) -> None:
    assert is_stamp(line) is expected


def told(before: str, after: str) -> list[str]:
    return [
        f"{change.kind}: {marked(change) if change.kind == 'changed' else change.before or change.after}"
        for change in changes(Wording("t", before), Wording("t", after))
    ]


def test_an_english_change_reads_aloud() -> None:
    after = (
        TEXT.replace("Monday", "Tuesday").replace("forty", "sixty").replace("The lab is", "It is said that the lab is")
    )
    assert told(TEXT, after + " Its rivals kept silent.") == [
        "changed: Harbour Nine said on [Monday → Tuesday] that it will hire [forty → sixty] engineers in Aarlund.",
        "changed: [The → It is said that the] lab is three years old.",
        "new: Its rivals kept silent.",
    ]


def test_a_chinese_change_reads_aloud() -> None:
    before = "云岭智动周一表示，将在合肥招聘四十名工程师。“我们在扩张。”公司创始人说。公司成立于2021年。"
    after = "云岭智动周二表示，将在合肥和上海招聘六十名工程师。“我们在扩张。”公司创始人说。"
    assert told(before, after) == [
        "changed: 云岭智动[周一 → 周二]表示，将在合肥[→ 和上海]招聘[四十 → 六十]名工程师。",
        "gone: 公司成立于2021年。",
    ]


def test_a_sentence_elsewhere_has_moved_and_a_title_is_told() -> None:
    one, two, three = "The boat is blue.", "It was built in Aarlund.", "Nobody has bought it."
    assert told(f"{one} {two} {three}", f"{three} {one} {two}") == [f"moved: {three}"]
    assert list(changes(Wording("A boat", one), Wording("A ship", one))) == [Change("title", "A boat", "A ship")]


@example(Wording("", "1"), Wording("1", ""))
@given(wordings, wordings)
def test_wordings_that_differ_have_a_change_or_are_the_same(before: Wording, after: Wording) -> None:
    found = list(changes(before, after))
    if not is_reworded(before, after):
        assert not [change for change in found if change.kind == "title"]
    assert list(changes(before, before)) == []
    for change in found:
        assert change.before or change.after
        assert marked(change)
