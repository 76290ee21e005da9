"""Articles in and out of the store, on both databases."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from pipeline.document import Article, Block, Document, Language, Mention, ModelTag, PlayerTag
from pipeline.facts import Evidence, Hiring, Pay, Person, Place, Reason, Role
from pipeline.search.query import Query
from pipeline.store.records import content_hash
from pipeline.urls import article_id

if TYPE_CHECKING:
    import pytest

    from pipeline.store import Store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def document(number: int = 1, **fields: Any) -> Document:
    url = fields.pop("url", f"https://news.example/{number}")
    given: dict[str, Any] = {"title": f"Title {number}", "text": f"Text {number}", "fetched_at": NOW} | fields
    return Document(id=article_id(url), url=url, canonical_url=url, **given)


EVIDENCE = Evidence(quote="hires", field="text", start=5, end=10, reason="verb")
FULL = Article(
    document=document(
        title="Pinduoduo 招聘大模型工程师",
        text="Firm hires engineers\nup to 60,000 yuan per month",
        published_at=datetime(2026, 11, 20, 8, 0, tzinfo=timezone(timedelta(hours=8))),
        published_precision="minute",
        published_method="json-ld",
        authors=("A. Writer",),
        source="example-tech",
        source_country="HK",
        source_language="en",
        tags=("AI",),
        links=("https://other.example/",),
        flags=("date-conflict",),
        blocks=(Block(kind="heading", start=0, end=20, level=2),),
    ),
    language=Language(tag="zh-Hans", method="script", confidence=0.9),
    players=(
        PlayerTag(id="pdd", name="PDD Holdings", mentions=(Mention(text="Pinduoduo", field="title", start=0, end=9),)),
    ),
    models=(ModelTag(id="qwen", player="alibaba", mentions=(Mention(text="Firm", field="text", start=0, end=4),)),),
    hiring=Hiring(
        is_hiring=True,
        score=0.97,
        actions=("recruit",),
        employers=("pdd",),
        roles=(Role(text="大模型工程师", id="llm-engineer"),),
        places=(Place(id="shanghai", name="Shanghai", country="CN"),),
        people=(Person(name="Wang", role="head"),),
        headcount=12,
        platforms=("liepin",),
        pay=(
            Pay(
                quote="up to 60,000 yuan per month",
                field="text",
                start=21,
                end=48,
                min=None,
                max=60000.0,
                currency="CNY",
                period="month",
                annual_max=720000.0,
            ),
        ),
        evidence=(EVIDENCE,),
        reasons=(Reason(name="hires-role", weight=1.5, evidence=EVIDENCE), Reason(name="short", weight=-0.5)),
    ),
)


def save(store: Store, *articles: Article, now: datetime = NOW) -> list[str]:
    with store.writing() as writer:
        return [writer.save(article, now).kind for article in articles]


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    assert save(store, FULL) == ["stored"]
    (back,) = store.articles_of(Query())
    assert back == FULL


def test_saving_again_changes_nothing(store: Store) -> None:
    save(store, FULL)
    before = store.article(FULL.document.url)
    assert save(store, FULL, now=NOW + timedelta(days=1)) == ["unchanged"]
    assert store.article(FULL.document.url) == before
    assert store.count(Query()) == 1


def test_a_changed_text_is_a_revision_that_keeps_the_old_one(store: Store) -> None:
    save(store, FULL)
    revised = replace(FULL, document=replace(FULL.document, text="Firm hires nobody"))
    assert save(store, revised, now=NOW + timedelta(hours=1)) == ["revised"]
    row = store.article(FULL.document.id)
    assert row is not None
    assert row["text"] == "Firm hires nobody"
    assert row["first_seen_at"] == NOW.isoformat()
    assert row["revised_at"] == (NOW + timedelta(hours=1)).isoformat()
    assert [old["text"] for old in store.explain(FULL.document.url)["revisions"]] == [FULL.document.text]
    assert store.count(Query.of("engineers")) == 0
    assert store.count(Query.of("nobody")) == 1


def test_findings_of_an_unchanged_text_are_replaced(store: Store) -> None:
    save(store, FULL)
    assert save(store, replace(FULL, players=(), hiring=Hiring(is_hiring=False, score=0.1))) == ["unchanged"]
    assert store.count(Query.of("player:pdd")) == 0
    assert store.count(Query.of("hiring:no")) == 1
    assert list(store.facts(Query())) == []


def test_what_a_later_page_does_not_say_is_kept(store: Store) -> None:
    save(store, FULL)
    again = replace(
        FULL, document=replace(FULL.document, source="other", published_at=None, published_method="unknown")
    )
    save(store, again)
    row = store.article(FULL.document.id)
    assert row is not None
    assert (row["source"], row["published_at"], row["published_method"]) == (
        "example-tech",
        "2026-11-20T00:00:00+00:00",
        "json-ld",
    )


def test_rows_have_the_promised_fields(store: Store) -> None:
    save(store, FULL)
    (row,) = store.articles(Query())
    promised = (
        "id url canonical_url title source published_at first_seen_at language players is_hiring story_id duplicate_of "
        "duplicate_kind"
    )
    assert set(promised.split()) <= set(row)
    assert row["players"] == ["pdd"]
    assert row["published_at"] == "2026-11-20T00:00:00+00:00"
    (fact,) = store.facts(Query())
    assert fact["employers"] == ["pdd"]
    assert fact["pay"][0]["annual_max"] == 720000
    (story,) = store.stories(Query())
    assert set("id title first_seen_at articles sources languages players facts".split()) <= set(story)
    assert story["articles"] == [FULL.document.id]
    assert story["facts"][0]["roles"] == ["大模型工程师"]


def test_one_bad_item_does_not_lose_the_batch(store: Store) -> None:
    with store.writing() as writer:
        writer.save(FULL, NOW)
        with contextlib.suppress(ZeroDivisionError), writer.item():
            writer.save(Article(document=document(2)), NOW)
            raise ZeroDivisionError
        writer.save(Article(document=document(3)), NOW)
    assert [row["title"] for row in store.articles(Query())] == ["Title 3", FULL.document.title]


def test_a_fault_in_the_batch_leaves_nothing(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.writing() as writer:
        writer.save(FULL, NOW)
        raise ZeroDivisionError
    assert store.count(Query()) == 0


def test_content_of_tells_whether_a_page_has_changed(store: Store) -> None:
    save(store, FULL)
    spaced = replace(FULL.document, text=FULL.document.text.replace(" ", "  "))
    with store.writing() as writer:
        assert writer.content_of(FULL.document.id) == content_hash(spaced)
        assert writer.content_of("0" * 16) is None


def test_copies_are_told_once_as_facts(store: Store) -> None:
    copy = replace(FULL, document=replace(document(2), source="copier", title="Copy", text="Copy of it all"))
    save(store, FULL, copy)
    with store.writing() as writer:
        writer.place(copy.document.id, story_id=FULL.document.id, duplicate_of=FULL.document.id, duplicate_kind="near")
    (fact,) = store.facts(Query())
    assert (fact["article_id"], fact["duplicates"]) == (FULL.document.id, [copy.document.id])
    (alone,) = store.facts(Query.of("source:copier"))
    assert alone["article_id"] == copy.document.id
    (story,) = store.stories(Query())
    assert story["articles"] == [FULL.document.id, copy.document.id]
    assert len(story["facts"]) == 1
    assert story["sources"] == ["example-tech", "copier"]


def test_players_are_counted(store: Store) -> None:
    save(store, FULL, replace(FULL, document=document(2), hiring=None))
    assert store.players() == [{"id": "pdd", "articles": 2, "hiring": 1}]


def test_long_answers_come_in_pages_without_gaps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.paging.PAGE_ROWS", 3)
    save(store, *(Article(document=document(number)) for number in range(1, 11)))
    titles = [row["title"] for row in store.articles(Query.of(limit=8))]
    assert titles == [f"Title {number}" for number in range(10, 2, -1)]
    assert [row["title"] for row in store.stories(Query.of(limit=8))] == titles
    first = list(store.articles(Query.of(limit=4)))
    rest = list(store.articles(Query.of(limit=100, before=first[-1]["seq"])))
    assert [row["title"] for row in rest] == [f"Title {number}" for number in range(6, 0, -1)]
    since = list(store.articles(Query.of(after=first[-1]["seq"])))
    assert [row["title"] for row in since] == ["Title 10", "Title 9", "Title 8"]
