"""Digests made from a real database, kept, and sent to real channels."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.digest.desk import issue, preview
from pipeline.digest.outbox import CLAIM, WAITS, deliver
from pipeline.digest.records import Subscription
from pipeline.document import Document, Rejected
from pipeline.run import Newsdesk
from pipeline.store.store import Store
from pipeline.urls import article_id

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PAY_NEWS = (
    "OpenAI is hiring researchers in Singapore",
    (
        "OpenAI is hiring large language model researchers for a new office in Singapore. The company offers the researchers up "
        "to $900,000 a year, according to the job posts it published this week. Recruiters of the company said the team in "
        "Singapore would grow to 40 people by the summer, and that candidates with experience in training models are wanted."
    ),
)
OTHER_NEWS = (
    "A bridge reopens after repairs",
    (
        "The old bridge over the river was reopened on Friday after two years of repairs. The mayor thanked the workers and said "
        "that the market on the square would return in spring, together with the boats that used to moor below the bridge."
    ),
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def desk(clock: Clock) -> Newsdesk:
    return Newsdesk(clock=clock)


URL = "https://news.example/openai-singapore"
MOVE_NEWS = (
    "Anthropic hires a research lead from DeepMind",
    (
        "Anthropic has hired a research lead of DeepMind for its London office, two people familiar with the move said. The "
        "researcher will build a team of language model engineers there. The company did not say what it pays. DeepMind said "
        "it wished its former colleague well and that it would fill the position by the end of the year."
    ),
)
OUTLETS = {"daily-tech": "Daily Tech"}


def put(store: Store, desk: Newsdesk, words: tuple[str, str], url: str, *, at: datetime) -> None:
    desk.clock.now = at  # type: ignore[attr-defined]
    title, text = words
    document = Document(
        id=article_id(url),
        url=url,
        canonical_url=url,
        title=title,
        text=text,
        fetched_at=at,
        source="daily-tech",
        published_at=at,
    )
    article = desk.prepare(document)
    assert not isinstance(article, Rejected)
    with store.writing() as writer:
        desk.file(writer, article)


def subscription(*channels: str, **changes: str) -> Subscription:
    return Subscription(**{"id": "team", "query": "hiring:yes", "channels": channels} | changes)  # type: ignore[arg-type]


def sent_at(store: Store, now: datetime) -> list[str]:
    return list(deliver(store, now=lambda: now))


def test_a_day_of_news_becomes_one_digest_that_is_sent_once(store: Store, desk: Newsdesk, tmp_path: Path) -> None:
    put(store, desk, PAY_NEWS, URL, at=NOW - timedelta(hours=1))
    put(store, desk, OTHER_NEWS, "https://news.example/bridge", at=NOW - timedelta(hours=1))
    team = subscription(f"file:{tmp_path}", timezone="Asia/Singapore")
    digest = issue(store, team, now=NOW, outlets=OUTLETS)
    assert digest is not None
    (group,) = digest.groups
    assert group.name.en == group.name.zh == "OpenAI"
    (story,) = group.stories
    assert story.title == PAY_NEWS[0]
    assert "Singapore" in story.lines_en[0]
    assert story.outlets[0].outlet == "Daily Tech"
    assert story.quotes
    assert issue(store, team, now=NOW + timedelta(minutes=1), outlets=OUTLETS) is None
    (line,) = sent_at(store, NOW)
    assert "sent to" in line
    assert PAY_NEWS[0] in (tmp_path / "team-2026-11-20.html").read_text("utf-8")
    assert sent_at(store, NOW + timedelta(days=1)) == []


def test_the_next_day_tells_nothing_again(store: Store, desk: Newsdesk) -> None:
    put(store, desk, PAY_NEWS, URL, at=NOW - timedelta(hours=1))
    assert issue(store, subscription("log:"), now=NOW, outlets=OUTLETS)
    sent_at(store, NOW)
    tomorrow = NOW + timedelta(days=1)
    copy = (PAY_NEWS[0] + " | Copy", PAY_NEWS[1])
    put(store, desk, copy, "https://copy.example/openai-singapore", at=tomorrow - timedelta(hours=2))
    assert issue(store, subscription("log:"), now=tomorrow, outlets=OUTLETS) is None
    assert sent_at(store, tomorrow) == []


def test_what_was_filed_while_the_last_digest_was_made_comes_with_the_next(store: Store, desk: Newsdesk) -> None:
    put(store, desk, PAY_NEWS, URL, at=NOW - timedelta(hours=1))
    assert issue(store, subscription(), now=NOW, outlets=OUTLETS)
    put(store, desk, MOVE_NEWS, "https://news.example/move", at=NOW - timedelta(minutes=1))
    digest = issue(store, subscription(), now=NOW + timedelta(days=1), outlets=OUTLETS)
    assert digest is not None
    assert [story.title for group in digest.groups for story in group.stories] == [MOVE_NEWS[0]]


def test_a_revised_article_comes_back_as_an_update(store: Store, desk: Newsdesk) -> None:
    put(store, desk, PAY_NEWS, URL, at=NOW - timedelta(hours=1))
    issue(store, subscription(), now=NOW, outlets=OUTLETS)
    tomorrow = NOW + timedelta(days=1)
    corrected = (PAY_NEWS[0], PAY_NEWS[1].replace("$900,000", "$1,500,000"))
    put(store, desk, corrected, URL, at=tomorrow - timedelta(hours=1))
    digest = issue(store, subscription(), now=tomorrow, outlets=OUTLETS)
    assert digest is not None
    (story,) = digest.groups[0].stories
    assert "1,500,000" in story.updates[0].text


def test_a_preview_keeps_nothing(store: Store, desk: Newsdesk) -> None:
    put(store, desk, PAY_NEWS, URL, at=NOW)
    for _ in range(2):
        assert preview(store, subscription(query="hiring:yes player:openai"), now=NOW, outlets=OUTLETS).stories == 1
    assert preview(store, subscription(query="hiring:yes player:moonshot"), now=NOW, outlets=OUTLETS).stories == 0
    assert store.told("team") == []


def test_what_cannot_be_sent_is_tried_again_and_given_up_at_last(store: Store, desk: Newsdesk, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    put(store, desk, PAY_NEWS, URL, at=NOW)
    issue(store, subscription(f"file:{tmp_path}/taken/x", "log:"), now=NOW, outlets=OUTLETS)
    now, lines = NOW, sent_at(store, NOW)
    assert len(lines) == 2
    for wait in WAITS:
        assert sent_at(store, now + wait - timedelta(seconds=1)) == []
        now += wait
        lines += sent_at(store, now)
    assert len(lines) == 2 + len(WAITS)
    assert lines[-1].endswith("given up")
    assert sent_at(store, now + timedelta(days=30)) == []
    (made,) = store.digest_log("team")
    assert {each["channel"]: each["state"] for each in made["deliveries"]} == {
        f"file:{tmp_path}/taken/x": "dead",
        "log:": "sent",
    }


def test_a_sender_that_dies_leaves_the_message_to_another(store: Store, desk: Newsdesk, tmp_path: Path) -> None:
    put(store, desk, PAY_NEWS, URL, at=NOW)
    issue(store, subscription(f"file:{tmp_path}"), now=NOW, outlets=OUTLETS)
    with store.writing() as writer:
        writer.claim_deliveries(now=NOW, until=NOW + CLAIM)
    assert sent_at(store, NOW + CLAIM / 2) == []
    assert len(sent_at(store, NOW + CLAIM)) == 1
