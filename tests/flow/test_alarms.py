"""Changes in how sources fare, told through a channel: each once, in one message, and again when it was refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.alarms import MOST_SHOWN, RETRY, tell_changes
from pipeline.errors import DeliveryError
from pipeline.store.crawling import runs
from tests.loopback import SmallStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.delivery import Message

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Mailbox:
    """A channel that keeps what it is sent, or refuses it."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.is_full = False

    def send(self, message: Message) -> str:
        if self.is_full:
            raise DeliveryError("the mailbox is full", is_permanent=False)
        self.messages.append(message)
        return "mailbox"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SmallStore]:
    opened = SmallStore(f"sqlite:///{tmp_path}/crawl.db")
    yield opened
    opened.close()


def set_state(store: SmallStore, source: str, health: str, since: datetime = NOW) -> None:
    with store.writing() as writer:
        runs.keep_state(
            writer.connection, source, next_at=NOW, health=health, since_at=since, evidence=f"{source} said\r\nno", remedy="wait"
        )  # fmt: skip


def test_each_change_is_told_once_and_so_is_its_end(store: SmallStore) -> None:
    box = Mailbox()
    set_state(store, "one", "dns")
    set_state(store, "two", "ok")
    assert [tell_changes(store, box, {"one", "two"}, now=NOW + n * RETRY) for n in range(3)] == [1, 0, 0]
    assert box.messages[0].subject == "one: dns"
    assert box.messages[0].text == "one: dns since 2026-11-20 12:00 UTC\n  seen: one said no\n  do: wait\n"
    set_state(store, "one", "silent", NOW + timedelta(hours=1))
    tell_changes(store, box, {"one", "two"}, now=NOW + timedelta(hours=1))
    set_state(store, "one", "ok", NOW + timedelta(hours=2))
    tell_changes(store, box, {"one", "two"}, now=NOW + timedelta(hours=2))
    assert [message.subject for message in box.messages[1:]] == ["one: silent", "one: well again"]
    assert "was silent" in box.messages[2].text
    assert tell_changes(store, box, {"one", "two"}, now=NOW + timedelta(hours=3)) == 0
    set_state(store, "one", "dns", NOW + timedelta(hours=4))
    assert tell_changes(store, box, {"one", "two"}, now=NOW + timedelta(hours=4)) == 1


def test_what_was_refused_is_tried_again_under_the_same_id(store: SmallStore) -> None:
    box = Mailbox()
    set_state(store, "one", "certificate")
    box.is_full = True
    with pytest.raises(DeliveryError):
        tell_changes(store, box, {"one"}, now=NOW)
    assert tell_changes(store, box, {"one"}, now=NOW + RETRY / 2) == 0, "not so soon"
    with pytest.raises(DeliveryError):
        tell_changes(store, box, {"one"}, now=NOW + RETRY)
    box.is_full = False
    assert tell_changes(store, box, {"one"}, now=NOW + 2 * RETRY) == 1
    assert tell_changes(store, box, {"one"}, now=NOW + 4 * RETRY) == 0
    assert len({message.id for message in box.messages}) == 1


def test_an_end_is_not_told_to_who_never_heard_of_the_trouble(store: SmallStore) -> None:
    box = Mailbox()
    set_state(store, "one", "dns")
    box.is_full = True
    with pytest.raises(DeliveryError):
        tell_changes(store, box, {"one"}, now=NOW)
    box.is_full = False
    set_state(store, "one", "ok", NOW + timedelta(hours=1))
    assert tell_changes(store, box, {"one"}, now=NOW + timedelta(hours=1)) == 0


def test_a_network_that_fails_is_one_message(store: SmallStore) -> None:
    box = Mailbox()
    names = {f"source-{n}" for n in range(MOST_SHOWN + 20)}
    for name in names:
        set_state(store, name, "dns")
    set_state(store, "not-watched", "dns")
    assert tell_changes(store, box, names, now=NOW) == len(names)
    assert [message.subject for message in box.messages] == [f"{len(names)} sources in trouble"]
    assert "and 20 more" in box.messages[0].text
    assert "not-watched" not in box.messages[0].text


def test_a_clock_set_back_tells_nothing_twice(store: SmallStore) -> None:
    box = Mailbox()
    set_state(store, "one", "dns")
    tell_changes(store, box, {"one"}, now=NOW)
    set_state(store, "one", "silent", NOW - timedelta(minutes=59))
    told = [tell_changes(store, box, {"one"}, now=NOW - timedelta(minutes=n)) for n in (58, 53, 48)]
    assert told == [1, 0, 0]
