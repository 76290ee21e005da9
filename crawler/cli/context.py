"""What verbs are handed: settings, registry, store, newsdesk; opened late, so that a verb pays only for what it uses."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.sources import Registry, Source
    from pipeline.run import Newsdesk
    from pipeline.settings import Settings
    from pipeline.store.store import Store


def now() -> datetime:
    """The instant; the command's only clock."""
    return datetime.now(UTC)


_opened: list[Store] = []


def kept(store: Store) -> Store:
    """The store, to be closed when the call ends."""
    _opened.append(store)
    return store


def close_stores() -> None:
    """Close what the call has opened; a process may make many calls."""
    while _opened:
        _opened.pop().close()


class Context:
    """The plugged-together program of one call."""

    def __init__(self, settings: Settings | None = None) -> None:
        if settings is not None:
            self.settings = settings

    @cached_property
    def settings(self) -> Settings:
        """The settings of the environment and the working folder."""
        from pipeline.settings import load_settings  # noqa: PLC0415 - each import is paid only where it is used

        return load_settings()

    @cached_property
    def registry(self) -> Registry:
        """The sources."""
        from crawler.sources import sources_of  # noqa: PLC0415

        return sources_of(self.settings)

    @property
    def own_sources(self) -> Path:
        """The user's own file of sources, read besides the built-in registry; need not exist."""
        from crawler.sources import OWN_FILE  # noqa: PLC0415

        return self.settings.home / OWN_FILE

    @cached_property
    def store(self) -> Store:
        """The database, brought to the newest schema where it is a SQLite file."""
        from pipeline.store.store import Store  # noqa: PLC0415

        return kept(Store.open(self.settings))

    @cached_property
    def bare_store(self) -> Store:
        """The database as it is, whatever its schema: for upgrades, checks and restores."""
        from pipeline.store.store import Store  # noqa: PLC0415

        return kept(Store.connect(self.settings))

    @cached_property
    def desk(self) -> Newsdesk:
        """The stages, loaded with their knowledge."""
        from pipeline.run import Newsdesk  # noqa: PLC0415

        return Newsdesk(clock=now)

    def sources(self, ids: Sequence[str]) -> list[Source]:
        """The sources of those ids.

        Raises:
            UsageError: an id is unknown; names the nearest known ones.
        """
        from difflib import get_close_matches  # noqa: PLC0415

        for unknown in (each for each in ids if each not in self.registry):
            near = get_close_matches(unknown, [source.id for source in self.registry])
            hint = f"did you mean {', '.join(near)}?" if near else "hirewire sources list shows all"
            raise UsageError(f"no source {unknown!r}", remedy=hint)
        return [self.registry[each] for each in ids]
