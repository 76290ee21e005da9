"""The query language against real databases: what is found, on both alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.document import Article, Document, Language, Mention, PlayerTag
from pipeline.facts import Hiring, Pay, Place, Role
from pipeline.search.query import Query
from pipeline.urls import article_id

if TYPE_CHECKING:
    from pipeline.store import Store

NOW = datetime(2026, 11, 20, tzinfo=UTC)

TEXTS = {
    "zh": ("阿里巴巴招聘AI芯片工程师", "年薪百万，华为也在招人。\n拼多多：6万元"),
    "hant": ("華為騰訊徵才", "生成式人工智慧，年薪新臺幣三百萬"),
    "en": ("Acme wants C++ people", "State-of-the-art a-b tests at AT&T; it's GPT-4o, café and 50% of AI."),
    "c": ("Learn C now", "Training for all, maintained by nobody"),
    "glued": ("PinduoduoA group", "Nothing else"),
    "emoji": ("Rocket 🚀 day", "US$8,451 a month"),
}


def article(name: str, **fields: object) -> Article:
    title, text = TEXTS.get(name, (name, name))
    url = f"https://example.org/{name}"
    document = Document(id=article_id(url), url=url, canonical_url=url, title=title, text=text, fetched_at=NOW)
    return replace(Article(document=document), **fields)  # type: ignore[arg-type]


def fill(store: Store, *articles: Article) -> None:
    with store.writing() as writer:
        for each in articles:
            writer.save(each, NOW)


def found(store: Store, query: str) -> list[str]:
    rows = store.articles(Query.of(query))
    return sorted(row["url"].rpartition("/")[2] for row in rows)


def test_words_of_all_kinds_are_found(store: Store) -> None:
    mention = Mention(text="Pinduoduo", field="title", start=0, end=9)
    fill(
        store,
        *(article(name) for name in TEXTS if name != "glued"),
        article("glued", players=(PlayerTag(id="pdd", name="PDD", mentions=(mention,)),)),
    )
    expected = {
        "芯片": ["zh"],
        "芯": ["zh"],
        "阿里巴巴": ["zh"],
        "片": ["zh"],
        "师": ["zh"],
        "AI芯片": ["zh"],
        "ai芯": ["zh"],
        "6万": ["zh"],
        "华为": ["hant", "zh"],
        "華為": ["hant", "zh"],
        "年薪": ["hant", "zh"],
        "年薪 三百万": ["hant"],
        "芯人": [],
        "工程师年薪": [],
        "C++": ["en"],
        "c": ["c", "en"],
        "a-b": ["en"],
        "AI": ["en", "zh"],
        "ＡＩ": ["en", "zh"],
        "rain": [],
        "train*": ["c"],
        '"state of the art"': ["en"],
        '"art of the state"': [],
        "AT&T": ["en"],
        "it's": ["en"],
        "GPT-4o": ["en"],
        "cafe": ["en"],
        "CAFÉ": ["en"],
        "🚀": ["emoji"],
        "$8,451": ["emoji"],
        "pinduoduo": ["glued"],
        "Rocket -month": [],
        "Rocket -芯片": ["emoji"],
        "-AI": ["c", "emoji", "glued", "hant"],
        "-AI -c -年薪": ["emoji", "glued"],
        "芯片 OR rocket": ["emoji", "zh"],
        "芯片 OR -AI": ["c", "emoji", "glued", "hant", "zh"],
        "(芯片 OR rocket) -🚀": ["zh"],
        "AI player:pdd": [],
        "AI OR player:pdd": ["en", "glued", "zh"],
        "-(AI OR player:pdd)": ["c", "emoji", "hant"],
        "people now": [],
    }
    assert {query: found(store, query) for query in expected} == expected


def test_a_phrase_does_not_run_from_title_to_text(store: Store) -> None:
    fill(store, article("c"))
    assert found(store, '"now training"') == []
    assert found(store, "now training") == ["c"]


def test_phrases_are_found_far_into_long_texts_with_common_words(store: Store) -> None:
    long = "the quick " * 20_000 + "brown fox the end"
    document = replace(article("long").document, text=long)
    fill(store, replace(article("long"), document=document), article("c"))
    assert found(store, '"fox the end"') == ["long"]
    assert found(store, '"brown the fox"') == []


@pytest.fixture
def jobs(store: Store) -> Store:
    def pay(low: float | None, high: float | None, currency: str | None) -> Pay:
        return Pay(
            quote="q", field="text", start=0, end=1, min=low, max=high, currency=currency, period="year",
            annual_min=low, annual_max=high,
        )  # fmt: skip

    shanghai = Hiring(
        is_hiring=True, score=1.0, actions=("recruit", "pay"), employers=("pdd",),
        roles=(Role(text="大模型算法工程师", id="llm-engineer"),),
        places=(Place(id="shanghai", name="Shanghai", country="CN"),), pay=(pay(None, 720_000.0, "CNY"),),
    )  # fmt: skip
    new_york = Hiring(
        is_hiring=True, score=1.0, actions=("poach",), platforms=("liepin",), employers=("meta",), losing=("Some Startup",),
        roles=(Role(text="Research Scientist"),), places=(Place(id="new-york", name="New York", country="US"),),
        pay=(pay(300_000.0, None, "USD"), pay(1.0, 2.0, None)),
    )  # fmt: skip
    sourced = replace(
        article("sh").document,
        source="scmp-tech",
        source_country="HK",
        published_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
    )
    fill(
        store,
        replace(
            article("sh", hiring=shanghai, language=Language(tag="zh-Hans", method="script", confidence=1)),
            document=sourced,
        ),
        article("ny", hiring=new_york, language=Language(tag="en", method="langdetect", confidence=1)),
        article("tw", language=Language(tag="zh-Hant", method="script", confidence=1)),
    )
    return store


def test_fields(jobs: Store) -> None:
    expected = {
        "hiring:yes": ["ny", "sh"],
        "hiring:no": ["tw"],
        "action:poach": ["ny"],
        "platform:liepin": ["ny"],
        "place:Shanghai": ["sh"],
        'place:"new york"': ["ny"],
        "place:york": ["ny"],
        "place:new": ["ny"],
        "role:engineer": ["sh"],
        "role:工程师": ["sh"],
        "role:scientist": ["ny"],
        "role:science": [],
        "employer:meta": ["ny"],
        "losing:startup": ["ny"],
        "country:CN": ["sh"],
        "country:hk": ["sh"],
        "country:TW": [],
        "lang:zh": ["sh", "tw"],
        "lang:zh-TW": ["tw"],
        "lang:zh-Hans": ["sh"],
        "lang:EN": ["ny"],
        "source:scmp-tech": ["sh"],
        "source:SCMP-Tech": ["sh"],
        "-source:scmp-tech": ["ny", "tw"],
        "pay>=720000": ["ny", "sh"],
        "pay>720000": ["ny"],
        "pay>=72万": ["ny", "sh"],
        "pay>=300000 USD": ["ny"],
        "pay>=$300,000": ["ny"],
        "pay<200000 USD": ["sh"],
        "pay=720000": ["sh"],
        "pay>=50000000": [],
        "after:2026-11-02": ["ny", "tw"],
        "before:2026-11-02": ["sh"],
        "after:2026-11 before:2026-11-01T12:00:01Z": ["sh"],
        "after:2027": [],
        "player:nobody": [],
        "hiring:yes -place:Shanghai": ["ny"],
        "action:poach OR lang:zh-Hant": ["ny", "tw"],
    }
    assert {query: found(jobs, query) for query in expected} == expected


def test_a_story_is_found_by_its_id(jobs: Store) -> None:
    story = article("sh").document.id
    assert found(jobs, f"story:{story}") == ["sh"]


def test_filters_are_joined_with_the_query(jobs: Store) -> None:
    fill(jobs, article("zh", players=(PlayerTag(id="pdd", name="PDD", mentions=()),)))
    assert jobs.count(Query.of(players=["pdd", "meta"])) == 1
    assert jobs.count(Query.of("芯片", players=["PDD"], language="und", hiring=False)) == 1
    assert jobs.count(Query.of("芯片", players=["meta"])) == 0
    assert jobs.count(Query.of(since="2026-11-01", until="2026-11-01")) == 1
    assert jobs.count(Query.of(source="scmp-tech", hiring=True)) == 1
