"""Digests made from a real database, kept, and sent to real channels."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.digest.editions import MAX_ATTEMPTS, Names, player_names, preview, publish, send_due, subscription_of
from pipeline.digest.records import Subscription
from pipeline.document import Document, Rejected
from pipeline.errors import UsageError
from pipeline.knowledge.players import load_players
from pipeline.run import Newsdesk
from pipeline.store.digests import SubscriptionRecord
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
MOVE_NEWS = (
    "Anthropic hires a research lead from DeepMind",
    (
        "Anthropic has hired a research lead of DeepMind for its London office, two people familiar with the move said. The "
        "researcher will build a team of language model engineers there. The company did not say what it pays. DeepMind said "
        "it wished its former colleague well and that it would fill the position by the end of the year."
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


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(outlet=lambda source: source.title(), players=player_names(load_players()))


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


def subscribe(store: Store, **options: object) -> SubscriptionRecord:
    record = SubscriptionRecord(id="team", query="", created_at=NOW, options=options)
    with store.writing() as writer:
        writer.save_subscription(record)
    return record


def test_a_day_of_news_becomes_one_digest_that_is_sent_once(
    store: Store, desk: Newsdesk, names: Names, tmp_path: Path
) -> None:
    record = subscribe(store, channels=[f"file:{tmp_path}"], timezone="Asia/Singapore")
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW - timedelta(hours=1))
    put(store, desk, OTHER_NEWS, "https://news.example/bridge", at=NOW - timedelta(hours=1))
    digest = publish(store, record, now=NOW, names=names)
    assert digest is not None
    (group,) = digest.groups
    assert group.name.en == "OpenAI"
    (story,) = group.stories
    assert story.title == PAY_NEWS[0]
    assert "Singapore" in story.lines_en[0]
    assert story.outlets[0].outlet == "Daily-Tech"
    assert story.quotes
    assert publish(store, record, now=NOW + timedelta(minutes=1), names=names) is None
    (sent,) = send_due(store, now=NOW)
    assert sent.is_sent
    assert PAY_NEWS[0] in (tmp_path / "team-2026-11-20.html").read_text("utf-8")
    assert list(send_due(store, now=NOW + timedelta(days=1))) == []


def test_the_next_day_tells_nothing_again_and_sends_no_empty_digest(
    store: Store, desk: Newsdesk, names: Names, tmp_path: Path
) -> None:
    record = subscribe(store, channels=[f"file:{tmp_path}"])
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW - timedelta(hours=1))
    assert publish(store, record, now=NOW, names=names)
    list(send_due(store, now=NOW))
    tomorrow = NOW + timedelta(days=1)
    copy = (PAY_NEWS[0] + " | Copy", PAY_NEWS[1])
    put(store, desk, copy, "https://copy.example/openai-singapore", at=tomorrow - timedelta(hours=2))
    digest = publish(store, record, now=tomorrow, names=names)
    assert digest is not None
    assert digest.groups == ()
    assert list(send_due(store, now=tomorrow)) == []


def test_what_was_filed_while_the_last_digest_was_made_comes_with_the_next(
    store: Store, desk: Newsdesk, names: Names
) -> None:
    record = subscribe(store)
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW - timedelta(hours=1))
    assert publish(store, record, now=NOW, names=names)
    put(store, desk, MOVE_NEWS, "https://news.example/move", at=NOW - timedelta(minutes=1))
    digest = publish(store, record, now=NOW + timedelta(hours=3), names=names, period="evening")
    assert digest is not None
    assert digest.id == "team-evening"
    assert [story.title for group in digest.groups for story in group.stories] == [MOVE_NEWS[0]]


def test_a_revised_article_comes_back_as_an_update(store: Store, desk: Newsdesk, names: Names) -> None:
    record = subscribe(store)
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW - timedelta(hours=1))
    publish(store, record, now=NOW, names=names)
    tomorrow = NOW + timedelta(days=1)
    corrected = (PAY_NEWS[0], PAY_NEWS[1].replace("$900,000", "$1,500,000"))
    put(store, desk, corrected, "https://news.example/openai-singapore", at=tomorrow - timedelta(hours=1))
    digest = publish(store, record, now=tomorrow, names=names)
    assert digest is not None
    (story,) = digest.groups[0].stories
    assert "→ ≤ USD 1.5 million" in story.updates[0].text
    assert "$1,500,000" in (story.updates[0].after or "")


def test_a_preview_keeps_nothing(store: Store, desk: Newsdesk, names: Names) -> None:
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW)
    subscription = Subscription(id="preview", query="player:openai")
    for _ in range(2):
        assert preview(store, subscription, now=NOW, names=names).stories == 1
    assert preview(store, Subscription(id="p", query="player:moonshot"), now=NOW, names=names).stories == 0
    assert preview(store, subscription, now=NOW, names=names, since=NOW + timedelta(hours=2)).stories == 0
    assert store.told("preview") == []


def test_what_cannot_be_sent_is_tried_again_and_given_up_at_last(
    store: Store, desk: Newsdesk, names: Names, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    record = subscribe(store, channels=[f"file:{tmp_path}/taken/x", "log:"])
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW)
    publish(store, record, now=NOW, names=names)
    now = NOW
    outcomes = {sent.channel: sent.is_sent for sent in send_due(store, now=now)}
    assert outcomes == {f"file:{tmp_path}/taken/x": False, "log:": True}
    tries = 1
    while tries < MAX_ATTEMPTS + 3:
        now += timedelta(hours=2)
        again = list(send_due(store, now=now))
        if not again:
            break
        tries += 1
    assert tries == MAX_ATTEMPTS
    (line,) = store.digest_log("team")
    assert {each["channel"]: each["state"] for each in line["deliveries"]} == {
        f"file:{tmp_path}/taken/x": "dead",
        "log:": "sent",
    }


def test_a_sender_that_dies_leaves_the_message_to_another(
    store: Store, desk: Newsdesk, names: Names, tmp_path: Path
) -> None:
    record = subscribe(store, channels=[f"file:{tmp_path}"])
    put(store, desk, PAY_NEWS, "https://news.example/openai-singapore", at=NOW)
    publish(store, record, now=NOW, names=names)
    with store.writing() as writer:
        writer.claim_deliveries(now=NOW, until=NOW + timedelta(minutes=10))
    assert list(send_due(store, now=NOW + timedelta(minutes=5))) == []
    (sent,) = send_due(store, now=NOW + timedelta(minutes=11))
    assert sent.is_sent


@pytest.mark.parametrize(
    "options", [{"colour": "red"}, {"language": "fr"}, {"timezone": "Beijing"}, {"timezone": "../etc/passwd"}]
)
def test_unusable_options_are_named(options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=str(next(iter(options.values()))).replace(".", r"\.") + "|colour"):
        subscription_of(SubscriptionRecord(id="x", query="", created_at=NOW, options=options))
