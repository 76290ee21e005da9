"""SQLite, PostgreSQL and the explanation agree on what matches, whatever is asked of whatever is stored."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.document import Article, Document, Language, Mention, ModelTag, PlayerTag
from pipeline.errors import QueryError
from pipeline.facts import Hiring, Pay, Place, Role
from pipeline.search.explain import Subject, explain, matches
from pipeline.search.parser import parse
from pipeline.search.query import Query
from pipeline.urls import article_id

if TYPE_CHECKING:
    from pipeline.store import Store

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PIECES = "招聘 大模型 工程师 芯片 阿里 AI C++ a-b café hires engineers GPT-4 6万元 年薪百万 ，。 🚀 $100 x\x00y \ud800 the the the".split(
    " "
)
PHRASES = [
    "芯",
    "招",
    "片 AI",
    "大模型工程",
    "hires engineers",
    "the the",
    "c",
    "ai",
    "a b",
    "gpt",
    "6万",
    "百万",
    "🚀",
    "$100",
    "engin*",
]
FIELDS = [
    "player:pdd", "player:meta", "model:qwen", "lang:zh", "lang:zh-TW", "lang:en", "source:scmp", "country:CN", "country:HK",
    "hiring:yes", "hiring:no", "action:poach", "place:shanghai", "place:上海", "role:engineer", "role:工程", "employer:pdd",
    "losing:meta", "pay>=500000", "pay<300000 USD", "pay>100000", "after:2026-11-10", "before:2026-11-15",
]  # fmt: skip


def random_article(number: int, chance: random.Random) -> Article:
    url = f"https://example.org/{number}"
    text = " ".join(chance.choices(PIECES, k=chance.randint(1, 12))).replace(" ", chance.choice([" ", "", "\n"]))
    document = Document(
        id=article_id(url), url=url, canonical_url=url, title=chance.choice(PIECES), text=text, fetched_at=NOW,
        source=chance.choice([None, "scmp", "wired"]), source_country=chance.choice([None, "HK", "CN"]),
        published_at=chance.choice([None, NOW - timedelta(days=chance.randint(0, 20))]),
    )  # fmt: skip
    mention = Mention(text=chance.choice(["Pinduoduo", "AI"]), field="text", start=0, end=1)
    bound = chance.choice([None, 100_000.0, 500_000.0, 800_000.0])
    pay = Pay(
        quote="q", field="text", start=0, end=1, min=None, max=None, currency=chance.choice([None, "CNY", "USD", "XXX"]),
        period="year", annual_min=bound, annual_max=chance.choice([None, 600_000.0]),
    )  # fmt: skip
    hiring = Hiring(
        is_hiring=chance.random() < 0.7, score=0.5, actions=("poach",) * chance.randint(0, 1),
        employers=("pdd",) * chance.randint(0, 1), losing=("meta",) * chance.randint(0, 1),
        roles=(Role(text=chance.choice(["大模型工程师", "Staff Engineer"])),) * chance.randint(0, 1),
        places=(Place(id="shanghai", name=chance.choice(["Shanghai", "上海"]), country="CN"),) * chance.randint(0, 1),
        pay=(pay,) * chance.randint(0, 2),
    )  # fmt: skip
    return Article(
        document=document,
        language=Language(tag=chance.choice(["zh-Hans", "zh-Hant", "en"]), method="script", confidence=1.0),
        players=(PlayerTag(id="pdd", name="PDD", mentions=(mention,)),) * chance.randint(0, 1),
        models=(ModelTag(id="qwen", player="alibaba", mentions=(mention,)),) * chance.randint(0, 1),
        hiring=chance.choice([None, hiring]),
    )


def random_query(chance: random.Random, depth: int = 0) -> str:
    kind = chance.random()
    if depth > 3 or kind < 0.35:
        return f'"{chance.choice(PHRASES)}"'.replace('*"', '"')
    if kind < 0.6:
        return chance.choice(FIELDS)
    parts = [random_query(chance, depth + 1) for _ in range(chance.randint(2, 3))]
    if kind < 0.75:
        return "-(" + parts[0] + ")"
    return "(" + (" OR " if kind < 0.88 else " ").join(parts) + ")"


def test_all_agree(store: Store) -> None:
    chance = random.Random(20261120)
    articles = [random_article(number, chance) for number in range(60)]
    with store.writing() as writer:
        for article in articles:
            writer.save(article, NOW)
    subjects = {article.document.id: Subject(article, first_seen_at=NOW) for article in articles}
    for text in [random_query(chance) for _ in range(150)] + PHRASES + FIELDS:
        query = Query.of(text)
        found = [row["id"] for row in store.articles(query)]
        expected = [
            article.document.id for article in reversed(articles) if matches(query.tree, subjects[article.document.id])
        ]
        assert found == expected[:50], text
        assert store.count(query) == len(expected), text


def test_whatever_is_typed_is_answered(store: Store) -> None:
    chance = random.Random(7)
    with store.writing() as writer:
        for number in range(5):
            writer.save(random_article(number, chance), NOW)
    signs = ["(", ")", "-", '"', "'", "\\", "%", "_", ":", "*", "OR", "AND", "NOT", "NEAR", "芯片", "C++", "a-b", "AI", "&", "|", "!",
             "<->", ";", "--", "\x00", "\ud800", "🚀", "player:", "pay>=1", "{", "}", "^", "+", " ", " "]  # fmt: skip
    answered = 0
    for _ in range(500):
        text = "".join(chance.choices(signs, k=chance.randint(1, 8)))
        try:
            tree = parse(text)
        except QueryError:
            continue
        list(store.articles(Query(tree=tree)))
        answered += 1
    assert answered > 100


def test_an_explanation_shows_the_places() -> None:
    mention = Mention(text="拼多多", field="title", start=0, end=3)
    article = Article(
        document=Document(
            id="0" * 16,
            url="https://e.org",
            canonical_url="https://e.org",
            title="拼多多招聘",
            text="AI engineers, AI",
            fetched_at=NOW,
        ),
        players=(PlayerTag(id="pdd", name="PDD", mentions=(mention,)),),
    )
    subject = Subject(article, first_seen_at=NOW)
    found = explain(parse("ai (招聘 OR meta) player:pdd -layoff after:2026-01-01"), subject)
    assert [(reason.asked, reason.field, reason.start, reason.end) for reason in found] == [
        ("ai", "text", 0, 2),
        ("ai", "text", 14, 16),
        ("招聘", "title", 3, 5),
        ("player:pdd", "title", 0, 3),
        ("after 2026-01-01", None, 0, 0),
    ]
    assert explain(parse("ai layoff"), subject) == ()
