"""Tables, writes and reads; with `pipeline.search` the only rooms that speak SQL. `Store` is the door.

`Store` is loaded when asked for: the tables are imported by `pipeline.search`, which the store's reads import in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.store.store import Store

__all__ = ["Store"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from pipeline.store.store import Store  # noqa: PLC0415

        return Store
    raise AttributeError(name)
