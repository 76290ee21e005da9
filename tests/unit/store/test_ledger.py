"""What digests read and leave behind: changed stories, the ledger, the outbox."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.document import Article, Document
from pipeline.facts import Hiring
from pipeline.search.query import Query
from pipeline.store.digests import DigestRecord, SubscriptionRecord, ToldRecord
from pipeline.urls import article_id

if TYPE_CHECKING:
    from pipeline.store import Store

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
DIGEST = DigestRecord(id="d1", subscription="mine", period="2026-11-20", created_at=NOW, stories=1, body={"groups": []})
TOLD = ToldRecord(
    digest_id="d1", subscription="mine", story_id="s" * 16, article_ids=frozenset({"a" * 16, "b" * 16}),
    facts=("pay:60000",), told_at=NOW,
)  # fmt: skip


def article(path: str, **fields: object) -> Article:
    url = f"https://example.org/{path}"
    document = Document(
        id=article_id(url), url=url, canonical_url=url, title=path, text=f"Text of {path}", fetched_at=NOW
    )
    return Article(document=replace(document, **fields), hiring=Hiring(is_hiring=True, score=1.0))  # type: ignore[arg-type]


def test_stories_change_by_new_articles_and_by_revisions(store: Store) -> None:
    with store.writing() as writer:
        for hour, path in enumerate(("first", "second", "copy", "report", "other")):
            writer.save(article(path), NOW + hour * HOUR)
        first = article("first").document.id
        writer.place(article("copy").document.id, story_id=first, duplicate_of=first, duplicate_kind="translation")
        writer.place(article("report").document.id, story_id=first)
    everything = [story.id for story in store.changed_stories(Query())]
    assert everything == [article(path).document.id for path in ("other", "first", "second")]
    (story,) = store.changed_stories(Query.of("copy OR second"), NOW + 2 * HOUR)
    assert [(each.title, each.kind) for each in story.articles] == [
        ("first", "original"),
        ("copy", "translation"),
        ("report", "report"),
    ]
    assert story.articles[0].hiring.is_hiring
    assert list(store.changed_stories(Query.of("second"), NOW + 2 * HOUR)) == []
    with store.writing() as writer:
        writer.save(article("second", text="Pay of second is up"), NOW + 9 * HOUR)
    (revised,) = store.changed_stories(Query(), NOW + 9 * HOUR)
    assert (revised.articles[0].title, revised.articles[0].revised_at) == ("second", NOW + 9 * HOUR)


def test_a_digest_of_one_period_is_made_once(store: Store) -> None:
    with store.writing() as writer:
        assert writer.add_digest(DIGEST, told=[TOLD], channels=["mailto:a", "mailto:b", "mailto:a"])
        assert not writer.add_digest(DIGEST, told=[TOLD], channels=["mailto:a"])
        assert not writer.add_digest(replace(DIGEST, id="d2"), told=[], channels=[])
        assert writer.add_digest(
            replace(DIGEST, id="d3", period="2026-11-21", created_at=NOW + HOUR), told=[], channels=[]
        )
    assert store.digest("d1") == DIGEST
    assert store.told("mine") == [TOLD]
    assert store.told("other") == []
    last = store.last_digest("mine")
    assert last is not None
    assert last.id == "d3"
    log = store.digest_log("mine")
    assert [(row["id"], [sent["channel"] for sent in row["deliveries"]]) for row in log] == [
        ("d3", []),
        ("d1", ["mailto:a", "mailto:b"]),
    ]
    assert store.explain("a" * 16)["digests"][0]["digest_id"] == "d1"


def test_a_delivery_is_claimed_by_one_and_comes_back_when_its_sender_dies(store: Store) -> None:
    with store.writing() as writer:
        writer.add_digest(DIGEST, told=[], channels=["mailto:a"])
        (claimed,) = writer.claim_deliveries(now=NOW, until=NOW + HOUR)
        assert writer.claim_deliveries(now=NOW, until=NOW + HOUR) == []
    with store.writing() as writer:
        (again,) = writer.claim_deliveries(now=NOW + HOUR, until=NOW + 2 * HOUR)
        assert (claimed.attempts, again.attempts) == (1, 2)
        writer.settle_delivery(again, now=NOW + HOUR, detail="451 busy", again_at=NOW + 3 * HOUR)
        assert writer.claim_deliveries(now=NOW + 2 * HOUR, until=NOW + 4 * HOUR) == []
        (third,) = writer.claim_deliveries(now=NOW + 3 * HOUR, until=NOW + 4 * HOUR)
        writer.settle_delivery(third, now=NOW + 3 * HOUR)
        assert writer.claim_deliveries(now=NOW + 99 * HOUR, until=NOW + 100 * HOUR) == []
    (sent,) = store.digest_log()[0]["deliveries"]
    assert (sent["state"], sent["attempts"], sent["sent_at"]) == ("sent", 3, (NOW + 3 * HOUR).isoformat())


def test_a_delivery_is_given_up(store: Store) -> None:
    with store.writing() as writer:
        writer.add_digest(DIGEST, told=[], channels=["https://gone.example"])
        (claimed,) = writer.claim_deliveries(now=NOW, until=NOW + HOUR)
        writer.settle_delivery(claimed, now=NOW, detail="410 Gone")
        assert writer.claim_deliveries(now=NOW + 99 * HOUR, until=NOW + 100 * HOUR) == []
    assert store.digest_log()[0]["deliveries"][0]["state"] == "dead"


def test_senders_at_once_claim_each_delivery_once(store: Store) -> None:
    with store.writing() as writer:
        writer.add_digest(DIGEST, told=[], channels=[f"mailto:{number}" for number in range(40)])
    claimed: list[str] = []

    def send() -> None:
        while True:
            with store.writing() as writer:
                mine = writer.claim_deliveries(now=NOW, until=NOW + HOUR, limit=3)
            if not mine:
                return
            claimed.extend(delivery.channel for delivery in mine)

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(claimed) == sorted(f"mailto:{number}" for number in range(40))


def test_subscriptions_are_kept_changed_and_removed_with_what_they_were_told(store: Store) -> None:
    record = SubscriptionRecord(
        id="mine", query="hiring:yes", created_at=NOW, options={"channels": ["mailto:a"], "title": "招聘"}
    )
    with store.writing() as writer:
        writer.save_subscription(record)
        writer.save_subscription(replace(record, query="player:pdd", created_at=NOW + HOUR, is_enabled=False))
        writer.add_digest(DIGEST, told=[TOLD], channels=["mailto:a"])
    assert store.subscription("mine") == replace(record, query="player:pdd", is_enabled=False)
    with store.writing() as writer:
        assert writer.remove_subscription("mine")
        assert not writer.remove_subscription("mine")
    assert (store.subscriptions(), store.told("mine"), store.digest_log()) == ([], [], [])
