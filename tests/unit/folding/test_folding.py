"""What folding makes alike, what it keeps apart, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.folding import Folded, fold, fold_key

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aEéＡＩ騰訊國国ｶﾞｱ가\u1100\u1161\u11a8\u0301\u00ad\u200b\ufe0fﬁ㈱İßǅ…™①½’–\u3000 \n\x00"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("OpenAI", "openai"),
        ("ＯｐｅｎＡＩ　社", "openai 社"),
        ("騰訊與阿里雲", "腾讯与阿里云"),
        ("ﾏｲｸﾛｿﾌﾄ ﾄﾞｲﾂ", "マイクロソフト ドイツ"),
        ("Meta’s “super” lab", 'meta\'s "super" lab'),
        ("3–6", "3-6"),
        ("ﬁne", "fine"),
        ("Open\u00adAI", "openai"),
        (unicodedata.normalize("NFD", "오픈AI é ガ"), "오픈ai é ガ"),
        ("𝗢𝗽𝗲𝗻𝗔𝗜", "openai"),
    ],
)
def test_what_readers_see_as_the_same_folds_alike(text: str, folded: str) -> None:
    assert fold_key(text) == folded


@pytest.mark.parametrize("text", ["x²", "①", "½", "…", "chatgpt™", "café", "a—b"])
def test_what_readers_tell_apart_stays_apart(text: str) -> None:
    assert fold_key(text) == text


def test_a_match_leads_back_to_the_original() -> None:
    text = "ﬁrst ㈱ ﾄﾞイツ の Open\u00adAI。"
    folded = fold(text)
    match = re.search("openai", folded.text)
    assert match
    start, end = folded.span(*match.span())
    assert text[start:end] == "Open\u00adAI"


def test_common_texts_need_no_offset_table() -> None:
    assert fold("騰訊（Tencent）…開出 3–6 萬元 ❤️").starts is None


@settings(deadline=None)
@given(TEXTS)
def test_folding_never_moves_a_span(text: str) -> None:
    folded = fold(text)
    for at, char in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert char in fold(text[start:end]).text


@settings(deadline=None)
@given(TEXTS)
def test_spans_keep_their_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert spans == sorted(spans)
    assert all(here == after or here[1] <= after[0] for here, after in pairwise(spans))


@settings(deadline=None)
@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold_key(text)
    assert fold_key(once) == once


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_paragraph_more_changes_nothing_before_it(text: str, more: str) -> None:
    assert fold_key(text + "\n" + more).startswith(fold_key(text) + "\n")


def test_an_empty_match_has_a_place() -> None:
    assert fold("ﬁx").span(1, 1) == (0, 0)
    assert fold("ﬁx").span(3, 3) == (2, 2)
    assert Folded("").span(0, 0) == (0, 0)
