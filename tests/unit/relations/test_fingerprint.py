"""Numbers, names, hashes and keys: what articles are recognised by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import fold_key
from pipeline.knowledge.dictionary import dictionary, glosses
from pipeline.knowledge.publishers import credited, family, reads_translated
from pipeline.knowledge.words import stem, word_bits
from pipeline.stages.fingerprint import fingerprint
from pipeline.stages.fingerprint.numbers import days, numbers
from tests.unit.relations.newswire import HARBOUR_EN, HARBOUR_ZH, article


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("月薪6万元", "60000"),
        ("60,000 yuan a month", "60000"),
        ("60k a month", "60000"),
        ("融资3.1亿美元", "310000000"),
        ("raised 310 million dollars", "310000000"),
        ("五千亿元", "500000000000"),
        ("年薪百万", "1000000"),
        ("三十五人", "35"),
        ("2조 원", "2000000000000"),
        ("1,5 mrd", "5000000000"),
        ("us$54 billion", "54000000000"),
        ("1.3 million", "1300000"),
    ],
)
def test_a_number_is_one_value_in_every_language(text: str, value: str) -> None:
    assert value in numbers(text)


@pytest.mark.parametrize(
    "text", ["9月12日", "september 12", "sept. 12, 2023", "12 september", "2023-09-12", "12. september"]
)
def test_a_day_is_one_anchor_in_every_language(text: str) -> None:
    assert days(text) == {"09-12"}


@given(st.text(max_size=200))
def test_any_text_has_a_fingerprint_that_is_the_same_twice(text: str) -> None:
    once, again = (fingerprint(article("x", text)) for _ in range(2))
    assert once == again
    assert len(once.signature) == 512
    assert all(-(2**63) <= key < 2**63 for key in (*once.bands, *once.keys, *once.bridge_keys))


def test_case_width_script_and_punctuation_do_not_change_the_hash() -> None:
    plain = fingerprint(article("a", "拼多多在上海招聘60名工程师", language="zh-Hans"))
    other = fingerprint(article("b", "拼多多，在上海招聘６０名工程師！", language="zh-Hant"))
    assert plain.text_hash == other.text_hash
    assert plain.signature == other.signature


def test_names_and_numbers_are_anchors_and_addresses_are_not() -> None:
    anchors = fingerprint(
        article("a", HARBOUR_EN + " See https://pics.example/qwzx.png", players=("harbourlight",))
    ).anchors
    assert {"player:harbourlight", "number:310000000", "number:96000", "latin:kestrel", "latin:tidewat"} <= set(anchors)
    assert not any("qwzx" in anchor for anchor in anchors)


def test_a_translation_shares_search_keys_with_its_original() -> None:
    english = set(fingerprint(article("a", HARBOUR_EN)).keys)
    chinese = set(fingerprint(article("b", HARBOUR_ZH, language="zh-Hans")).bridge_keys)
    assert sum(key & 31 for key in english & chinese) >= 60


def test_words_of_the_beat_are_worth_little() -> None:
    assert word_bits(stem("openai")) < 4 < word_bits(stem("rotterdam"))


def test_the_dictionary_reads_both_scripts_and_parts_of_its_glosses() -> None:
    assert dictionary().terms(fold_key("工程師和工程师")) == ["工程师", "和", "工程师"]
    assert (stem("engineer"),) in glosses("工程师")


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("据路透社报道，该公司将招聘。", ("reuters",)),
        ("招聘开始了。（来源：新浪科技）", ("sina",)),
        ("TOKYO (Reuters) - The company will hire.", ("reuters",)),
        ("The team grows, according to Bloomberg.", ("bloomberg",)),
        ("It was a quiet day.” South China Morning Post", ("scmp",)),
        ("The information reported by staff was wrong.", ()),
    ],
)
def test_credits_in_head_and_tail_are_read(text: str, outlets: tuple[str, ...]) -> None:
    assert credited(text) == outlets


def test_sections_of_one_outlet_are_one_family() -> None:
    assert family("tech.sina.com.cn") == family("finance.sina.com.cn") == "sina"
    assert family("news.example.co.uk") == "example.co.uk"


def test_signs_of_translation() -> None:
    assert reads_translated("本文由编辑部编译自海外媒体。", "zh-Hans")
    assert reads_translated("玛尔塔·奥尔登堡（Marta Oldenburg）与彼得·范德（Peter Vander）宣布。", "zh-Hans")
    assert not reads_translated(HARBOUR_EN, "en")
