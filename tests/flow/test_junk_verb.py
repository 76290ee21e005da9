"""`hirewire sources junk`: what was learned of a source's pages is shown with its counts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.settings import Settings
from pipeline.store.junk import SqlJunkMemory
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = datetime(2026, 11, 18, 8, tzinfo=UTC)
PLEA = "Read our letter every Friday, and write to us about what you miss in it."


def test_learned_lines_are_shown_with_counts(hirewire: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, out, err = hirewire("sources", "junk", "cnbc-tech")
    assert (code, out, "nothing found" in err) == (0, "", True)
    home = tmp_path / "home"
    store = Store.open(Settings(home=home, database_url=f"sqlite:///{home}/hirewire.db"))
    with store.writing() as writer:
        memory = SqlJunkMemory(writer.connection)
        for n in range(4):
            own = [f"Page {word} tells of harbours, ships and the weather of day {word}." * 4 for word in "abcd"[n]]
            lines = own if n == 0 else [*own, PLEA]
            memory.learn("cnbc-tech", f"https://one.example/{n}", lines, at=AT)
    store.close()
    code, out, _ = hirewire("sources", "junk", "cnbc-tech", "--json")
    assert (code, json.loads(out)) == (
        0,
        [
            {
                "text": PLEA,
                "pages": 3,
                "of_pages": 4,
                "since_page": 2,
                "last_seen_at": AT.isoformat(),
                "is_stripped": True,
            }
        ],
    )
    assert PLEA in " ".join(hirewire("sources", "junk", "cnbc-tech")[1].split())


def test_an_unknown_source_is_told(hirewire: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = hirewire("sources", "junk", "cnbc-tec")
    assert (code, out, "cnbc-tech" in err) == (2, "", True)


def test_a_page_is_no_witness_against_itself(sqlite_store: Store) -> None:
    names = ("aal", "brandur", "cirkel")
    own = {name: f"The ship {name} left the harbour of {name} at noon, with all hands. " * 3 for name in names}
    pages = {f"https://one.example/{name}": [own[name], PLEA] for name in names}
    with sqlite_store.writing() as writer:
        memory = SqlJunkMemory(writer.connection)
        for url, lines in list(pages.items())[:2]:
            memory.learn("one", url, lines, at=AT)
        first, _, third = pages
        assert list(memory.known("one", pages[first])) == [1]
        assert list(memory.known_elsewhere("one", first, pages[first])) == []
        assert list(memory.known_elsewhere("one", third, pages[third])) == [1]
        memory.learn("one", third, pages[third], at=AT)
        assert list(memory.known_elsewhere("one", first, pages[first])) == [1]
