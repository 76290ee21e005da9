"""Running a crawl to its end for one command; and what `scrapy crawl news` cannot hand in.

Twisted's reactor can be started once a process. It is never stopped here: it is brought up once, and its event loop runs
for as long as a crawl does, so that a process may crawl as often as it likes.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy.crawler import Crawler
from scrapy.settings import Settings as ScrapySettings
from scrapy.utils.reactor import install_reactor, is_reactor_installed

from crawler import settings as defaults
from crawler.archive import Archive
from crawler.frontier import LEASE, Frontier
from crawler.handover import Bench, Handover
from crawler.learning import log_alarm
from crawler.manners.guard import GuardedResolver
from crawler.spiders.session import Limits, Session
from crawler.workshop import ProcessWorkshop, ThreadWorkshop
from pipeline.errors import UsageError
from pipeline.store.crawling import runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from crawler.frontier import Storing
    from crawler.handover import Desk, Discover, Extract
    from crawler.learning import Alarm
    from crawler.sources import Registry, Source
    from crawler.spiders.outcome import SourceOutcome
    from crawler.workshop import Workshop
    from pipeline.settings import Settings

ARCHIVE = "archive"  # the folder of WARC files, under the settings' home
_loop: asyncio.AbstractEventLoop | None = None
_workshop: ProcessWorkshop | None = None


def utc_now() -> datetime:
    """The instant; the crawl's only clock."""
    return datetime.now(UTC)


def crawl(
    sources: Sequence[Source],
    store: Storing,
    desk: Desk,
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    on_progress: Callable[[SourceOutcome], None] | None = None,
    on_alarm: Callable[[Alarm], None] = log_alarm,
    limits: Limits | None = None,
    lease: timedelta = LEASE,
    extract: Extract | None = None,
    discover: Discover | None = None,
    scrapy: Mapping[str, Any] | None = None,
) -> list[SourceOutcome]:
    """Visit sources until nothing is due there any more.

    Args:
        sources: what to visit; disabled ones are visited, too, if given.
        store: the open database.
        desk: the pipeline.
        settings: contact and permitted networks.
        now: gives the instant.
        on_progress: told of each visit that ends.
        on_alarm: told once of each source whose state changes; default a log line.
        limits: bounds of the crawl.
        lease: how long others wait for a page in hand after a crash.
        extract: page -> document, run in a thread of this process together with `discover`. Without them our own run in
            child processes, and so do the pure stages.
        discover: page -> links.
        scrapy: Scrapy settings to change.

    Returns:
        An outcome for each source, in the order in which their visits ended. SIGINT and SIGTERM end the crawl
        gracefully; visits not ended by then have the outcome `interrupted`.

    Raises:
        StoreError: the database refuses to write; what was stored before stands.
    """
    if extract is None or discover is None:
        workshop: Workshop = shared_workshop()
    else:
        workshop = ThreadWorkshop(Bench(desk=desk, extract=extract, discover=discover))
    memory = Frontier(store, clock=now, lease=lease)
    session = Session(
        sources=sources,
        frontier=memory,
        handover=Handover(memory=memory, desk=desk),
        workshop=workshop,
        limits=limits or Limits(),
        archive=Archive(settings.home / ARCHIVE),
        on_progress=on_progress,
        on_alarm=on_alarm,
        scrapy_settings={**user_settings(settings), **(scrapy or {})},
    )
    loop = running_loop()
    try:
        with _stopped_by_signals(loop, session):
            loop.run_until_complete(_crawl(session))
    finally:
        session.close()
        if isinstance(workshop, ThreadWorkshop):
            workshop.close()
    if session.error is not None:
        raise session.error
    return session.outcomes


async def _crawl(session: Session) -> None:
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs a reactor

    from crawler.spiders.news import NewsSpider  # noqa: PLC0415 - the spider imports this module

    values = ScrapySettings()
    values.setmodule(defaults, priority="project")
    for name, value in session.scrapy_settings.items():
        values.set(name, value, priority="cmdline")
    GuardedResolver(
        reactor, allowed=values["ALLOWED_NETWORKS"], timeout=values.getfloat("DNS_TIMEOUT")
    ).install_on_reactor()
    await Crawler(NewsSpider, values).crawl_async(session=session)


def due_sources(registry: Registry, store: Storing, *, now: Callable[[], datetime] = utc_now) -> list[Source]:
    """The enabled sources that are due and in nobody's hands, the longest due first."""
    with store.writing() as writer:
        ids = runs.due(writer.connection, [source.id for source in registry.enabled], now())
    return [registry[source_id] for source_id in ids]


def shared_workshop() -> ProcessWorkshop:
    """The child processes of this process, kept from crawl to crawl because they take seconds to start."""
    global _workshop  # noqa: PLW0603 - one set a process
    if _workshop is None:
        _workshop = ProcessWorkshop()
    return _workshop


def user_settings(settings: Settings) -> dict[str, Any]:
    """What the user's settings change in Scrapy's."""
    return {
        "USER_AGENT": f"{defaults.USER_AGENT} (+{settings.contact})",
        "ALLOWED_NETWORKS": settings.allow_private_networks,
    }


def open_session(ids: str) -> Session:
    """A session for `scrapy crawl news`, from the user's settings.

    Raises:
        UsageError: an id is unknown.
    """
    from crawler.sources import sources_of  # noqa: PLC0415 - only where nobody handed them in
    from pipeline.run import Newsdesk  # noqa: PLC0415
    from pipeline.settings import load_settings  # noqa: PLC0415
    from pipeline.store import Store  # noqa: PLC0415

    settings = load_settings()
    registry = sources_of(settings)
    wanted = [name.strip() for name in ids.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in registry]:
        raise UsageError(f"no source {', '.join(unknown)}", remedy="hirewire sources list shows all")
    memory = Frontier(Store.open(settings), clock=utc_now)
    return Session(
        sources=[registry[name] for name in wanted] if wanted else registry.enabled,
        frontier=memory,
        handover=Handover(memory=memory, desk=Newsdesk(clock=utc_now)),
        workshop=shared_workshop(),
        archive=Archive(settings.home / ARCHIVE),
        scrapy_settings=user_settings(settings),
    )


def running_loop() -> asyncio.AbstractEventLoop:
    """The event loop under the process' reactor, brought up at the first call."""
    global _loop  # noqa: PLW0603 - one reactor a process is Twisted's rule
    if _loop is None:
        if is_reactor_installed():
            raise RuntimeError("another part of this process has installed a Twisted reactor")
        install_reactor(defaults.TWISTED_REACTOR)
        from twisted.internet import reactor  # noqa: PLC0415 - must come after install_reactor

        reactor.startRunning(installSignalHandlers=False)
        _loop = asyncio.get_event_loop()
    return _loop


@contextmanager
def _stopped_by_signals(loop: asyncio.AbstractEventLoop, session: Session) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        loop.add_signal_handler(number, session.stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
