"""What waits is written together, each part succeeds or fails alone, and nobody hears of it before it is committed."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.frontier import Clerk
from crawler.frontier import clerk as clerk_module
from crawler.frontier.clerk import MOST_TOGETHER
from pipeline.errors import StoreError
from tests.loopback import SmallStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

INSERT = sa.text("INSERT INTO kept VALUES (:id, '', '', 1)")


class CountingStore(SmallStore):
    """Counts transactions; one may be made to fail at its beginning or at its end."""

    transactions = 0
    fails_at = ""

    @contextmanager
    def writing(self) -> Iterator[Any]:
        self.transactions += 1
        if self.fails_at == "begin":
            raise StoreError("the database is locked")
        with super().writing() as writer:
            yield writer
            if self.fails_at == "commit":
                raise StoreError("the disk is full")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingStore]:
    monkeypatch.setattr(clerk_module, "MOST_SECONDS", 60.0)  # no slow machine parts what waits together
    opened = CountingStore(f"sqlite:///{tmp_path}/clerk.db")
    yield opened
    opened.close()


def ids(store: SmallStore) -> list[str]:
    return [row.id for row in store.rows("SELECT id FROM kept ORDER BY id")]


def insert(name: str) -> Callable[[Any], str]:
    def work(writer: Any) -> str:
        writer.connection.execute(INSERT, {"id": name})
        return name

    return work


def write_behind_a_gate(store: SmallStore, *works: Callable[[Any], Any]) -> list[Any]:
    """Hand all the work in while the clerk is held up, so that it waits together; what each caller hears."""
    clerk, gate = Clerk(store), threading.Event()

    async def all_of_it() -> list[Any]:
        first = asyncio.create_task(clerk.write(lambda writer: gate.wait()))
        others = [asyncio.create_task(clerk.write(work)) for work in works]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.wait([first])
        return await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), 20)

    try:
        return asyncio.run(all_of_it())
    finally:
        clerk.close()


def test_what_waits_goes_into_one_transaction(store: CountingStore) -> None:
    names = [f"{n:02}" for n in range(MOST_TOGETHER - 1)]
    assert write_behind_a_gate(store, *map(insert, names)) == names
    assert ids(store) == names
    assert store.transactions == 1


def test_no_transaction_holds_more_than_is_agreed(store: CountingStore) -> None:
    names = [f"{n:02}" for n in range(3 * MOST_TOGETHER)]
    assert write_behind_a_gate(store, *map(insert, names)) == names
    assert store.transactions == 4


def test_a_part_that_fails_takes_nothing_along(store: CountingStore) -> None:
    def broken(writer: Any) -> None:
        writer.connection.execute(INSERT, {"id": "half"})
        raise ZeroDivisionError

    before, failed, twice, after = write_behind_a_gate(store, insert("a"), broken, insert("a"), insert("b"))
    assert (before, after) == ("a", "b")
    assert isinstance(failed, ZeroDivisionError)
    assert isinstance(twice, sa.exc.IntegrityError)
    assert ids(store) == ["a", "b"]


@pytest.mark.parametrize("moment", ["begin", "commit"])
def test_nobody_is_told_of_what_was_not_committed(store: CountingStore, moment: str) -> None:
    store.fails_at = moment
    clerk = Clerk(store)

    async def two() -> list[Any]:
        return list(await asyncio.gather(*map(clerk.write, map(insert, "ab")), return_exceptions=True))

    heard = asyncio.run(asyncio.wait_for(two(), 20))
    clerk.close()
    assert [type(each) for each in heard] == [StoreError, StoreError]
    assert ids(store) == []


def test_work_whose_caller_has_gone_is_not_done(store: CountingStore) -> None:
    clerk, gate = Clerk(store), threading.Event()

    async def leave() -> None:
        first = asyncio.create_task(clerk.write(lambda writer: gate.wait()))
        gone = asyncio.create_task(clerk.write(insert("gone")))
        stays: Awaitable[str] = asyncio.create_task(clerk.write(insert("stays")))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        gate.set()
        await first
        assert await stays == "stays"

    asyncio.run(asyncio.wait_for(leave(), 20))
    clerk.close()
    assert ids(store) == ["stays"]
