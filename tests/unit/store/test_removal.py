"""Deletion: gone everywhere, and kept away, also after a restore."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.document import Article, Document, Mention, PlayerTag
from pipeline.facts import Hiring, Role
from pipeline.search.query import Query
from pipeline.store import Store, tables
from pipeline.store.digests import DigestRecord, ToldRecord
from pipeline.store.export import write_csv
from pipeline.store.removal import without
from pipeline.urls import article_id

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.settings import Settings

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SECRET = "Quokkasecret"


def article(path: str, title: str = f"{SECRET} hires", text: str = f"The {SECRET} firm hires engineers.") -> Article:
    url = f"https://example.org/{path}"
    mention = Mention(text=SECRET, field="title", start=0, end=len(SECRET))
    return Article(
        document=Document(id=article_id(url), url=url, canonical_url=url, title=title, text=text, fetched_at=NOW),
        players=(PlayerTag(id="quokka", name=SECRET, mentions=(mention,)),),
        hiring=Hiring(is_hiring=True, score=1.0, employers=("quokka",), roles=(Role(text=f"{SECRET} engineer"),)),
    )


def save(store: Store, *articles: Article) -> list[str]:
    with store.writing() as writer:
        return [writer.save(each, NOW).kind for each in articles]


def tell(store: Store, told: Article) -> None:
    body = {
        "stories": [
            {"title": told.document.title, "articles": [told.document.id]},
            {"title": "Other", "articles": ["x"]},
        ]
    }
    with store.writing() as writer:
        writer.add_digest(
            DigestRecord(id="d1", subscription="s", period="p", created_at=NOW, stories=2, body=body),
            told=[
                ToldRecord(
                    digest_id="d1", subscription="s", story_id=told.document.id,
                    article_ids=frozenset({told.document.id}), facts=(SECRET,), told_at=NOW,
                )
            ],
            channels=["mailto:x"],
        )  # fmt: skip


def everything(store: Store) -> str:
    """All that the database says, in one text."""
    with store.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = [
            connection.execute(sa.text(f'SELECT * FROM "{name}"')).all() for name in names if name != "article_fts_data"
        ]
    return repr(rows)


def test_a_deleted_article_is_nowhere(store: Store) -> None:
    gone = article("gone")
    kept = replace(
        article("kept", title="Kept", text="A quite different text."),
        players=(),
        hiring=Hiring(is_hiring=True, score=1),
    )
    save(store, gone, kept, replace(gone, document=replace(gone.document, text="Revised Quokkasecret text")))
    tell(store, gone)
    removed = store.delete(gone.document.url, now=NOW, reason="asked by the publisher")
    assert removed.article_ids == (gone.document.id,)
    assert SECRET.lower() not in everything(store).lower()
    assert store.article(gone.document.url) is None
    assert store.count(Query.of(SECRET)) == 0
    assert store.count(Query.of("revised")) == 0
    assert [fact["title"] for fact in store.facts(Query())] == ["Kept"]
    out = io.BytesIO()
    write_csv(store.articles(Query()), out)
    assert b"gone" not in out.getvalue()
    with store.engine.connect() as connection:
        (body,) = connection.scalars(sa.select(tables.digests.c.body))
        (told,) = connection.scalars(sa.select(tables.ledger.c.facts))
    assert body == {"stories": [{"title": "Other", "articles": ["x"]}]}
    assert told == []
    explained = store.explain(gone.document.url)
    assert explained["article"] is None
    assert explained["deleted"]["reason"] == "asked by the publisher"


def test_it_stays_away_under_its_url_and_as_a_copy(store: Store) -> None:
    gone = article("gone")
    save(store, gone, article("copy-with-the-same-words"))
    removed = store.delete(gone.document.url, now=NOW)
    assert len(removed.article_ids) == 2
    revised = replace(gone, document=replace(gone.document, text="Quite new words"))
    assert save(store, gone, revised, article("another-copy")) == ["rejected"] * 3
    assert store.count(Query()) == 0


def test_what_was_never_stored_is_kept_away_too(store: Store) -> None:
    removed = store.delete("https://example.org/never", now=NOW)
    assert removed.article_ids == ()
    assert save(store, article("never")) == ["rejected"]


def test_copies_of_a_deleted_original_stand_alone(store: Store) -> None:
    original, copy = article("original"), article("copy", text="Nearly the same words")
    save(store, original, copy)
    with store.writing() as writer:
        writer.place(
            copy.document.id, story_id=original.document.id, duplicate_of=original.document.id, duplicate_kind="near"
        )
    store.delete(original.document.id, now=NOW)
    (row,) = store.articles(Query())
    assert (row["duplicate_of"], row["duplicate_kind"]) == (None, None)


def test_no_word_is_left_in_the_files(sqlite_store: Store, tmp_path: Path) -> None:
    save(sqlite_store, article("gone"), *(article(f"kept-{n}", title="Kept", text=f"Text {n}") for n in range(20)))
    sqlite_store.delete("https://example.org/gone", now=NOW)
    for path in tmp_path.glob("hirewire.db*"):
        assert f"{SECRET} hires".encode() not in path.read_bytes(), path


def test_a_restored_backup_does_not_bring_it_back(store: Store, tmp_path: Path) -> None:
    save(store, article("gone"), article("kept", title="Kept", text="Kept text"))
    store.backup(tmp_path / "before.db")
    store.delete("https://example.org/gone", now=NOW + timedelta(hours=1), reason="asked")
    save(store, article("later", title="Later", text="Later text"))
    store.restore(tmp_path / "before.db")
    assert [row["title"] for row in store.articles(Query())] == ["Kept"]
    assert store.explain("https://example.org/gone")["deleted"]["deleted_at"] == (NOW + timedelta(hours=1)).isoformat()
    assert save(store, article("gone"), article("after", title="After", text="After text")) == ["rejected", "stored"]


def test_deletions_are_repeated_when_another_put_the_backup_in_place(
    store: Store, store_settings: Settings, tmp_path: Path
) -> None:
    save(store, article("gone"))
    store.delete("https://example.org/gone", now=NOW)
    with store.writing() as writer:  # as after a restore by other means: the tombstone is not known
        writer.connection.execute(sa.delete(tables.tombstones))
        writer.save(article("gone"), NOW)
    with (tmp_path / "tombstones.jsonl").open("a") as file:
        file.write('{"article_id": "cut o')
    again = Store.open(store_settings)
    assert again.count(Query()) == 0
    again.close()


def test_entries_that_mention_a_name_go_whole() -> None:
    body = {"a": [{"title": "x", "parts": [{"id": "1"}]}, {"title": "y"}], "id": "kept"}
    assert without(body, {"1"}) == {"a": [{"title": "y"}], "id": "kept"}
