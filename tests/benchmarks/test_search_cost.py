"""What searching and storing cost on a large store: `pytest -m benchmark tests/benchmarks/test_search_cost.py -s`.

Synthetic articles, half Chinese and half English, 1.7 kB of UTF-8 on average; words by Zipf's law, so common words are very
common. `HIREWIRE_BENCH_ARTICLES` sets how many (default 200,000).
"""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from pipeline.document import Article, Document, Language, Mention, PlayerTag
from pipeline.facts import Hiring, Role
from pipeline.search.query import Query
from pipeline.search.subject import fact_rows, index_text_of
from pipeline.store import tables
from pipeline.store.records import document_columns, finding_columns
from pipeline.store.upkeep import continue_sequences
from pipeline.store.writer import body_of
from pipeline.urls import article_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.store import Store

ARTICLES = int(os.environ.get("HIREWIRE_BENCH_ARTICLES", "200000"))
START = datetime(2025, 1, 1, tzinfo=UTC)
SLOWEST_SECONDS = 0.1  # for a page of twenty, on a busy machine; measured: see the output
PLAYERS = ["openai", "alibaba", "pdd", "meta", "tencent", "deepseek"]
NAMES = dict(zip(PLAYERS, ["OpenAI", "阿里巴巴", "拼多多", "Meta", "腾讯", "DeepSeek"], strict=True))

pytestmark = pytest.mark.benchmark


def words(chance: random.Random) -> tuple[list[str], list[str], list[float]]:
    han = [
        "".join(chr(chance.randint(0x4E00, 0x5E00)) for _ in range(chance.choice([1, 2, 2, 2, 3])))
        for _ in range(20_000)
    ]
    latin = ["".join(chance.choices("abcdefghijklmnoprstuvw", k=chance.randint(2, 10))) for _ in range(20_000)]
    return han, latin, list(accumulate(1 / (rank + 3) for rank in range(20_000)))


def articles(count: int) -> Iterator[Article]:
    chance = random.Random(1)
    han, latin, weights = words(chance)
    for number in range(count):
        is_chinese = number % 2 == 0
        body = chance.choices(han if is_chinese else latin, cum_weights=weights, k=280)
        named = chance.choices(
            PLAYERS, weights=[1 / (rank + 1) for rank in range(len(PLAYERS))], k=chance.randint(0, 2)
        )
        body[10:10] = [NAMES[player] for player in named] + (["年薪百万"] if chance.random() < 0.002 else [])
        body += ["AI"] if chance.random() < 0.6 else []
        url = f"https://site{number % 300}.example/{number}"
        mention = Mention(text="x", field="text", start=0, end=1)
        hiring = Hiring(is_hiring=True, score=0.9, employers=tuple(named), roles=(Role(text="大模型工程师"),))
        yield Article(
            document=Document(
                id=article_id(url), url=url, canonical_url=url, title=" ".join(body[:8]), source=f"site{number % 300}",
                text=("" if is_chinese else " ").join(body), fetched_at=START, published_at=START + timedelta(minutes=4 * number),
            ),
            language=Language(tag="zh-Hans" if is_chinese else "en", method="script", confidence=1.0),
            players=tuple(PlayerTag(id=player, name=player, mentions=(mention,)) for player in dict.fromkeys(named)),
            hiring=hiring if chance.random() < 0.02 else None,
        )  # fmt: skip


def fill(store: Store, count: int) -> None:
    """All rows in bulk: the same as `Writer.save` makes, without its questions."""
    batch: list[Article] = []
    for number, article in enumerate(articles(count), 1):
        batch.append(article)
        if len(batch) == 2000 or number == count:
            _insert(store, batch, number - len(batch))
            batch = []
    with store.writing() as writer:
        if store.is_postgresql:
            continue_sequences(writer.connection)
        writer.connection.exec_driver_sql("ANALYZE")


def _insert(store: Store, batch: list[Article], offset: int) -> None:
    rows: dict[sa.Table, list[dict[str, object]]] = {
        table: []
        for table in (
            tables.articles,
            tables.article_bodies,
            tables.article_search,
            tables.article_players,
            tables.article_facts,
        )
    }
    for seq, article in enumerate(batch, offset + 1):
        document = article.document
        columns = document_columns(document) | finding_columns(article)
        rows[tables.article_bodies].append({"seq": seq, **body_of(columns)})
        rows[tables.articles].append(
            {"seq": seq, "id": document.id, "story_id": document.id, "first_seen_at": document.published_at,
             "dated_at": document.published_at, **columns}
        )  # fmt: skip
        rows[tables.article_search].append({"seq": seq, "seg": index_text_of(article)})
        rows[tables.article_players] += [{"seq": seq, "player": tag.id} for tag in article.players]
        rows[tables.article_facts] += [
            {"seq": seq, "ordinal": n, **fact} for n, fact in enumerate(fact_rows(article.hiring))
        ]
    with store.writing() as writer:
        for table, values in rows.items():
            if values:
                writer.connection.execute(sa.insert(table), values)


QUERIES = [
    "", "拼多多", "阿里", "年薪百万", "AI", "AI 拼多多", "AI -拼多多", "-AI", "芯", "nosuchword", "之", "hiring:yes", "player:pdd", "player:pdd AI",
    "player:openai hiring:yes", "role:工程师", "lang:zh", "source:site7", "source:site7 AI", "after:2026-07", "after:2030", "before:2025-02 AI",
    "AI OR hiring:yes", "pay>=500000", "country:CN", "employer:pdd lang:en",
]  # fmt: skip


def test_a_page_of_twenty_and_a_save(store: Store) -> None:
    began = time.perf_counter()
    fill(store, ARTICLES)
    print(f"\n{store.engine.dialect.name}: {ARTICLES:,} articles filled in {time.perf_counter() - began:.0f} s")
    slow = []
    for text in QUERIES:
        query = Query.of(text, limit=20)
        list(store.articles(query))
        best = min(_seconds(lambda query=query: list(store.articles(query))) for _ in range(3))
        stories = _seconds(lambda query=query: list(store.stories(query)))
        print(f"  {text or '(all)':<28} {best * 1000:8.1f} ms   stories {stories * 1000:8.1f} ms")
        slow += [text] if best > SLOWEST_SECONDS else []
    print(f"  count AI                     {_seconds(lambda: store.count(Query.of('AI'))) * 1000:8.1f} ms")
    print(f"  players                      {_seconds(store.players) * 1000:8.1f} ms")
    new = list(articles(ARTICLES + 200))[ARTICLES:]

    def save_all() -> None:
        with store.writing() as writer:
            for article in new:
                writer.save(article, START)

    print(f"  save                         {_seconds(save_all) / 200 * 1000:8.1f} ms an article, 200 in a transaction")
    assert slow == []


def _seconds(call: object) -> float:
    began = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - began
