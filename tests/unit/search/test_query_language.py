"""The query language without a database: what is read, and what is refused, where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import QueryError, UsageError
from pipeline.search.parser import parse
from pipeline.search.query import Query
from pipeline.search.segments import Phrase, find_all, index_text, phrase
from pipeline.search.tree import And, Dated, Not, Or, Pays, Tagged, Words

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def words(text: str) -> Words:
    sought = phrase(text)
    assert sought
    return Words(text, sought)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", And()),
        ("  \t\u3000", And()),
        ("llm", words("llm")),
        ("a b", And((words("a"), words("b")))),
        ("a AND b", And((words("a"), words("b")))),
        ("a OR b c", Or((words("a"), And((words("b"), words("c")))))),
        ("(a OR b) c", And((Or((words("a"), words("b"))), words("c")))),
        ("（a OR b）c", And((Or((words("a"), words("b"))), words("c")))),
        ("-a", Not(words("a"))),
        ("NOT a", Not(words("a"))),
        ('-"a b"', Not(words("a b"))),
        ("-(a b)", Not(And((words("a"), words("b"))))),
        ("“大 模型”", words("大 模型")),
        ("a-b", words("a-b")),
        ("foo - bar -- baz", And((words("foo"), words("bar"), words("baz")))),
        ("player:OpenAI", Tagged("player", "openai", frozenset({"openai"}))),
        ("player：拼多多", Tagged("player", "拼多多", frozenset({"拼多多", "pdd"}))),
        ("model:通义千问", Tagged("model", "通义千问", frozenset({"通义千问", "qwen"}))),
        ("place: 上海", Tagged("place", "上海", frozenset({"上海", "cn-shanghai"}))),
        ("employer:nobody", Tagged("employer", "nobody", frozenset({"nobody"}))),
        ("-lang:zh_TW", Not(Tagged("lang", "zh-hant"))),
        ("hiring:TRUE", Tagged("hiring", "yes")),
        ("pay>=500000", Pays(">=", 500000, "CNY")),
        ("pay >= 1", And((words("pay"), words("1")))),
        ("pay:>=50万", Pays(">=", 500000, "CNY")),
        ("pay≥500k USD", Pays(">=", 500000, "USD")),
        ("pay<1.5m eur", And((Pays("<", 1500000, "CNY"), words("eur")))),
        ("pay>$200,000 remote", And((Pays(">", 200000, "USD"), words("remote")))),
        ("pay=100000hkd", Pays("=", 100000, "HKD")),
        ("after:2026-11-01", Dated(since=datetime(2026, 11, 1, tzinfo=UTC))),
        ("before:2026-11", Dated(until=datetime(2026, 11, 1, tzinfo=UTC))),
        ("after:2026年11月2日", Dated(since=datetime(2026, 11, 2, tzinfo=UTC))),
        ("after:7d", Dated(since=NOW - timedelta(days=7))),
        ("after:today", Dated(since=datetime(2026, 11, 20, tzinfo=UTC))),
        ("after:2026-11-20T08:00:00+08:00", Dated(since=datetime(2026, 11, 20, tzinfo=UTC))),
        ("https://example.org/a?b=c", words("https://example.org/a?b=c")),
        ("Meta: big news 12:30", And((words("Meta:"), words("big"), words("news"), words("12:30")))),
        ('"OR"', words("OR")),
        ("or", words("or")),
        ("C++", words("C++")),
        ("+must", Words("+must", Phrase(("must",)))),
        ("engin*", Words("engin*", Phrase(("engin",), is_prefix=True))),
        ("a … b", And((words("a"), words("b")))),
        ("x\x00y \ud800", And((words("x"), words("y")))),
    ],
)
def test_what_is_read(typed: str, tree: object) -> None:
    assert parse(typed, now=NOW) == tree


@pytest.mark.parametrize(
    ("typed", "position", "hint"),
    [
        ('one "two', 4, "close it"),
        ("(a", 0, "close it"),
        ("a)", 1, "remove it"),
        ("a ()", 2, "remove"),
        ("a OR", 2, "after it"),
        ("OR a", 0, "before it"),
        ("a OR OR b", 2, "after it"),
        ("AND", 0, "leave it out"),
        ("a AND", 2, "leave it out"),
        ("a NOT", 2, "leave out"),
        ("???", 0, "type a word"),
        ("-", 0, "type a word"),
        ("x plaer:openai", 2, "player"),
        ("x player:", 9, "player:openai"),
        ("x hiring:maybe", 2, "hiring:yes"),
        ("action:dance", 0, "action:poach"),
        ("lang:!!", 5, "lang:zh"),
        ("country:China", 0, "country:CN"),
        ("after:yesteryear", 0, "after:2026-11-01"),
        ("after:2026-02-30", 0, "after:2026-11-01"),
        ("before:9999-99", 0, "before:2026-11-20"),
        ("pay>=lots", 0, "pay>=500000"),
        ("pay>=5XYZ", 0, "pay>=500000"),
        ("pay>=99999999999999999999", 0, "pay>=500000"),
        ("(" * 100 + "a" + ")" * 100, 24, "simplify"),
        (" ".join(["a"] * 65), 128, "split"),
        ("a" * 2001, 2000, "shorten"),
    ],
)
def test_what_is_refused_says_where_and_what_to_type(typed: str, position: int, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed, now=NOW)
    assert caught.value.position == position
    assert hint in caught.value.remedy


@settings(max_examples=2500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["(", ")", "（", "-", '"', "“", "”", "OR", "AND", "NOT", "player:", "pay>=", "after:", "lang:zh", "7d", "50万",
                 "USD", "芯片", "C++", "a-b", "'", "*", ":", "foo:bar", "\x00", "\ud800", "🚀", "9" * 40, " ", "%", "\\", ";--"]
            ),
            max_size=12,
        ).map("".join),
    )
)  # fmt: skip
def test_nothing_typed_is_a_crash(typed: str) -> None:
    refused = None
    try:
        parse(typed, now=NOW)
    except QueryError as error:
        refused = error
    assert refused is None or (0 <= refused.position <= len(typed) and refused.remedy)


@given(st.text(max_size=200), st.data())
def test_any_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    sought = phrase(text[start : data.draw(st.integers(start, len(text)))])
    if sought is None:
        return
    seen = index_text(text)
    # A stretch may begin or end inside a word; what whole words it has must be there in order.
    inner = Phrase(sought.words[1:-1])
    if inner.words:
        assert inner.needle in seen


@given(
    st.text(alphabet="招聘大模型工程师，。 \nABab+#", max_size=60),
    st.text(alphabet="招聘大模型工程师", min_size=1, max_size=5),
)
def test_a_chinese_word_is_found_exactly_where_it_stands(text: str, word: str) -> None:
    sought = phrase(word)
    assert sought
    assert (sought.needle in index_text(text)) == (word in text)
    places = [start for start in range(len(text)) if text.startswith(word, start)]
    assert [start for start, _ in find_all(text, sought)] == places
    assert all(text[start:].startswith(word) for start, _ in find_all(text, sought))


def test_places_count_code_points_of_the_text_as_written() -> None:
    text = "ＡＩ\u200b 和 Ｃ＋＋ 的\u3000café\u0301, 華為"
    for typed, written in (("ai", "ＡＩ"), ("c++", "Ｃ＋＋"), ("cafe", "café\u0301"), ("华为", "華為")):
        sought = phrase(typed)
        assert sought
        ((start, end),) = find_all(text, sought)
        assert text[start:end].rstrip("\u200b") == written


def test_names_mean_places_and_roles_in_any_language() -> None:
    country, role = parse("place:中国"), parse("role:工程师")
    assert isinstance(country, Tagged)
    assert {"cn-shanghai", "cn-beijing"} <= country.ids
    assert "jp-tokyo" not in country.ids
    assert isinstance(role, Tagged)
    assert "llm-engineer" in role.ids


@pytest.mark.parametrize(
    "options", [{"limit": 0}, {"limit": 201}, {"limit": 10**9}, {"before": -1}, {"before": 10**30}, {"after": 2**31}]
)
def test_bounds_of_pages(options: dict[str, int]) -> None:
    with pytest.raises(UsageError, match=next(iter(options))):
        Query.of("a", **options)  # type: ignore[arg-type]


def test_filters_are_read_like_fields() -> None:
    assert Query.of(since="2026-11-01", until="2026-11-20").tree == And(
        (Dated(since=datetime(2026, 11, 1, tzinfo=UTC)), Dated(until=datetime(2026, 11, 21, tzinfo=UTC)))
    )
    assert Query.of(until="2026-12").tree == Dated(until=datetime(2027, 1, 1, tzinfo=UTC))
    assert Query.of(until="2026").tree == Dated(until=datetime(2027, 1, 1, tzinfo=UTC))
    assert Query.of(until="today", now=NOW).tree == Dated(until=datetime(2026, 11, 21, tzinfo=UTC))
    assert Query.of(players=["OpenAI", "pdd"]).tree == Or(
        (Tagged("player", "openai", frozenset({"openai"})), Tagged("player", "pdd", frozenset({"pdd"})))
    )
    for options in ({"since": "soon"}, {"language": "??"}, {"until": "2026-13"}):
        with pytest.raises(UsageError, match=next(iter(options)).replace("language", "lang")):
            Query.of(**options)  # type: ignore[arg-type]
