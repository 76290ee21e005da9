from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import read_bytes

SENTENCES = {
    "zh-Hans": "这家公司在上海成立了一个新的团队，负责人对记者说，他们已经开始工作，但是目前还没有产品可以发布。",
    "zh-Hant": "這家公司在臺北成立了一個新的團隊，負責人對記者說，他們已經開始工作，但是目前還沒有產品可以發布。",
    "ja": "この会社は東京に新しいチームを作った。責任者は記者に対し、仕事はもう始まっているが、製品はまだないと話した。",
    "ko": "이 회사는 서울에 새로운 팀을 만들었다. 책임자는 기자에게 일은 이미 시작했지만 제품은 아직 없다고 말했다.",
}
REAL = [
    ("zh-Hans", "utf-8"), ("zh-Hans", "gbk"), ("zh-Hans", "gb18030"), ("zh-Hant", "utf-8"), ("zh-Hant", "big5"),
    ("ja", "utf-8"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ko", "utf-8"), ("ko", "euc_kr"),
]  # fmt: skip
DECLARED = [None, "utf-8", "gb2312", "iso-8859-1", "bogus", "big5"]


@pytest.mark.parametrize(("language", "charset"), REAL)
@pytest.mark.parametrize("http", DECLARED)
def test_declarations_do_not_matter_where_the_bytes_speak(language: str, charset: str, http: str | None) -> None:
    sentence = SENTENCES[language]
    for meta in [*DECLARED, charset]:
        head = f'<meta charset="{meta}">' if meta else ""
        page = f"<html><head>{head}<title>{sentence[:18]}</title></head><body><p>{sentence}</p></body></html>"
        text, flags = read_bytes(page.encode(charset), f"text/html; charset={http}" if http else None)
        assert sentence in text or "charset-doubtful" in flags
        assert sentence in text
        assert "charset-doubtful" not in flags


def test_a_wrong_declaration_is_flagged() -> None:
    body = SENTENCES["zh-Hans"].encode("gbk")
    assert read_bytes(body, "text/html; charset=utf-8")[1] == ("charset-repaired",)
    assert read_bytes(body, "text/html; charset=gb2312")[1] == ()


def test_a_right_declaration_of_a_western_page_is_kept() -> None:
    text, flags = read_bytes(
        "Der Vorstand bestätigte die Größe des Büros in München.".encode("latin-1"), "text/html; charset=iso-8859-1"
    )
    assert "Größe des Büros" in text
    assert flags == ()


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_wins(charset: str) -> None:
    assert read_bytes(SENTENCES["ja"].encode(charset), "text/html; charset=gbk") == (SENTENCES["ja"], ())


def test_text_encoded_twice_is_undone() -> None:
    once = SENTENCES["zh-Hans"].encode().decode("cp1252", "ignore")
    twice = "It’s been “seen” – often, at the café.".encode().decode("cp1252", "replace")
    text, flags = read_bytes(twice.encode(), "text/html; charset=utf-8")
    assert "It’s been “" in text
    assert flags == ("charset-repaired",)
    assert once != SENTENCES["zh-Hans"]


def test_broken_bytes_are_never_silent() -> None:
    body = SENTENCES["zh-Hans"].encode()[:-1] + b"\xff<p>"
    text, flags = read_bytes(body, "text/html; charset=utf-8")
    assert "�" in text
    assert flags == ("charset-doubtful",)


@given(
    st.binary(max_size=400), st.sampled_from([None, "text/html", "text/html; charset=big5", 'text/html; charset="x'])
)
def test_any_bytes_can_be_read(body: bytes, content_type: str | None) -> None:
    text, flags = read_bytes(body, content_type)
    assert isinstance(text, str)
    if "�" in text and "�".encode() not in body:
        assert flags == ("charset-doubtful",)


def test_all_pairs_of_real_and_meta_agree_on_the_title() -> None:
    for (language, charset), meta in itertools.product(REAL, [None, "utf-8", "gb2312"]):
        title = SENTENCES[language][:12]
        head = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
        page = f"<html><head>{head}<title>{title}</title></head><body>{SENTENCES[language] * 3}</body></html>"
        assert f"<title>{title}</title>" in read_bytes(page.encode(charset), None)[0]
