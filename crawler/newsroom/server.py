"""The newsroom on loopback: every publisher a host of its own, over real HTTP.

Publishers get 127.0.0.11, 127.0.0.12, ... with one port; where a system has 127.0.0.1 alone, one port each.
"""

from __future__ import annotations

import errno
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from crawler.newsroom.answering import Handler, Hit, HostServer
from crawler.newsroom.content import Item, Publisher, items, publishers
from crawler.newsroom.registry import sources_toml
from crawler.newsroom.site import FEED_PATHS, Site
from crawler.newsroom.truth import Truth, truth_of
from pipeline.errors import HirewireError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from crawler.newsroom.faults import Fault

FIRST_ADDRESS = 11  # last number of the first publisher's address
PORT = 18917  # of `hirewire demo`: the same at each run, because an article's identity is its URL
PORT_TRIES = 20  # a port that is free on the first address may be taken on another


class Newsroom:
    """All publishers, serving while the `with` block lasts.

    Args:
        now: the time from which the age of every item counts; rounded down to the UTC day.
        port: the port of all hosts; 0 picks a free one.

    Raises:
        HirewireError: the port is in use.
    """

    def __init__(self, *, now: datetime, port: int = 0) -> None:
        self.now = now
        self.hits: list[Hit] = []
        self.sites: dict[str, Site] = {}
        self._faults: dict[str, Fault] = {}
        self._lock = threading.Lock()
        self._servers = _bind(len(publishers()), port)
        self._threads: list[threading.Thread] = []
        for publisher, server in zip(publishers(), self._servers, strict=True):
            address, bound_port = server.server_address[:2]
            site = Site(publisher, f"http://{address!s}:{bound_port}", now, _items_of(publisher))
            self.sites[publisher.id] = server.site = site
            server.take_fault = self._take_fault
            server.record = self._record

    def __enter__(self) -> Self:
        """Start serving."""
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Stop serving and close every connection."""
        for server in self._servers:
            if self._threads:
                server.shutdown()
            server.close_connections()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def url(self, key: str) -> str:
        """The address of an item, named as `publisher/slug`.

        Raises:
            KeyError: there is no such item.
        """
        site = self.sites[key.partition("/")[0]]
        for item in site.items:
            if item.key == key:
                return site.url(item)
        raise KeyError(key)

    def feed_urls(self, publisher: str) -> tuple[str, ...]:
        """Where the publisher's articles are listed: feeds, sitemaps and listings."""
        site = self.sites[publisher]
        return tuple(site.base + FEED_PATHS[channel] for channel in site.publisher.channels)

    @property
    def truth(self) -> Mapping[str, Truth]:
        """What a careful reader finds at each address."""
        urls = {item.key: site.url(item) for site in self.sites.values() for item in site.items}
        return {urls[item.key]: truth_of(item, site, urls) for site in self.sites.values() for item in site.items}

    def sources_toml(self) -> str:
        """The newsroom's sources in the format of the registry."""
        return sources_toml(self.sites.values())

    def registry_path(self, folder: Path) -> Path:
        """Write the sources to a file in the folder, for HIREWIRE_SOURCES."""
        path = folder / "newsroom.toml"
        path.write_text(self.sources_toml(), "utf-8")
        return path

    def inject(self, url: str, fault: Fault) -> None:
        """From now on, answer this address with the fault."""
        with self._lock:
            self._faults[url] = fault

    def heal(self, url: str) -> None:
        """End the fault at this address, if there is one."""
        with self._lock:
            self._faults.pop(url, None)

    def publish_second_edition(self, key: str) -> None:
        """Print the second edition of an item at the same address.

        Raises:
            KeyError: there is no such item.
            ValueError: it has no second edition.
        """
        site = self.sites[key.partition("/")[0]]
        found = next((index for index, item in enumerate(site.items) if item.key == key), None)
        if found is None:
            raise KeyError(key)
        site.items[found] = site.items[found].next_edition()

    def hits_of(self, url: str) -> list[Hit]:
        """The requests this address got."""
        return [hit for hit in self.hits if hit.url == url]

    def _record(self, hit: Hit) -> None:
        with self._lock:
            self.hits.append(hit)

    def _take_fault(self, url: str) -> Fault | None:
        with self._lock:
            fault = self._faults.get(url)
            if fault is None or fault.times is None:
                return fault
            if fault.times <= 1:
                del self._faults[url]
            else:
                self._faults[url] = replace(fault, times=fault.times - 1)
            return fault


def _items_of(publisher: Publisher) -> list[Item]:
    return [item for item in items() if item.publisher == publisher.id]


def _bind(count: int, port: int) -> list[HostServer]:
    for _ in range(PORT_TRIES if port == 0 else 1):
        servers: list[HostServer] = []
        try:
            for number in range(count):
                chosen = port or (servers[0].server_address[1] if servers else 0)
                servers.append(HostServer((f"127.0.0.{FIRST_ADDRESS + number}", chosen), Handler))
        except OSError as error:
            for server in servers:
                server.server_close()
            if error.errno == errno.EADDRNOTAVAIL:
                return _bind_on_one_address(count, port)
            taken = error
        else:
            return servers
    raise HirewireError(
        f"the newsroom cannot listen on port {port}: {taken.strerror}",
        remedy="another newsroom may be running; end it, or choose another port",
    )


def _bind_on_one_address(count: int, port: int) -> list[HostServer]:
    servers: list[HostServer] = []
    try:
        for number in range(count):
            servers.append(HostServer(("127.0.0.1", port + number if port else 0), Handler))  # noqa: PERF401
    except OSError as error:
        for server in servers:
            server.server_close()
        raise HirewireError(
            f"the newsroom cannot listen on ports {port} to {port + count - 1} of 127.0.0.1: {error.strerror}",
            remedy="another newsroom may be running; end it, or choose another port",
        ) from error
    return servers
