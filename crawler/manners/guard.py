"""The guard: no request leaves for an address that is not public, on no hop, by no spelling, by no rebinding.

Two parts. The middleware refuses what can be seen in the URL and gives the request its host's download slot (a redirect
would keep the slot of the host it came from). The resolver is the reactor's own: every connection, also to a literal
address, asks it, and it answers only with addresses that may be reached. What it answered is what is connected to, so
a name that resolves differently a moment later gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from time import monotonic
from typing import TYPE_CHECKING, Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from crawler.manners.refusals import Refused
from pipeline.addresses import may_reach

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler

    from pipeline.addresses import Network

    Lookup = Callable[[str], Awaitable[Sequence[str]]]

# A name is looked up again after this long: shorter than most TTLs, long enough for one visit's pages.
REMEMBER_SECONDS = 60.0


async def look_up(host: str) -> list[str]:
    """The addresses of a host, by the system's resolver in a thread."""
    infos = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """A lookup in a thread cannot be stopped; its answer is dropped."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """A resolver that answers only with addresses that may be reached; built by Scrapy from TWISTED_DNS_RESOLVER."""

    def __init__(
        self, reactor: Any, *, allowed: Sequence[Network] = (), timeout: float = 10.0, lookup: Lookup = look_up
    ) -> None:
        self._reactor = reactor
        self._allowed = tuple(allowed)
        self._timeout = timeout
        self._lookup = lookup
        self._known: dict[str, tuple[float, list[str]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        """Build from Scrapy's settings (the process stands in for the crawler here)."""
        settings = crawler.settings
        return cls(reactor, allowed=settings["ALLOWED_NETWORKS"] or (), timeout=settings.getfloat("DNS_TIMEOUT"))

    def allow(self, networks: Sequence[Network]) -> None:
        """Permit these networks, and no others, although they are not public."""
        self._allowed = tuple(networks)

    def install_on_reactor(self) -> None:
        """Become the only resolver of the process."""
        self._reactor.installNameResolver(self)

    async def addresses(self, host: str) -> list[str]:
        """The addresses of the host that may be reached.

        Raises:
            Refused: the host has addresses, but none that may be reached.
            OSError: the host cannot be resolved.
        """
        known = self._known.get(host)
        if known is None or known[0] < monotonic():
            async with asyncio.timeout(self._timeout):
                known = (monotonic() + REMEMBER_SECONDS, list(await self._lookup(host)))
            self._known[host] = known
        permitted = [address for address in known[1] if may_reach(address, self._allowed)]
        if known[1] and not permitted:
            raise Refused(f"{host} is {known[1][0]}, which is not a public address")
        return permitted

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803 - Twisted's name
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type] | None = None,  # noqa: N803 - Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's name
    ) -> _Resolution:
        """Twisted's interface; an answer without addresses means that there is nothing to connect to."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        task = asyncio.get_running_loop().create_task(self._answer(resolutionReceiver, hostName, portNumber))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return resolution

    async def _answer(self, receiver: Any, host: str, port: int) -> None:
        try:
            for address in await self.addresses(host):
                kind = IPv6Address if ":" in address else IPv4Address
                receiver.addressResolved(kind("TCP", address, port))
        except (Refused, OSError):  # TimeoutError is one: no address is the answer
            pass
        finally:
            receiver.resolutionComplete()


class GuardMiddleware:
    """Refuses requests to addresses that may not be reached, before they wait for their turn."""

    def __init__(self, crawler: Crawler) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs a reactor

        self.crawler = crawler
        resolver = reactor.nameResolver
        if isinstance(resolver, GuardedResolver):  # `scrapy crawl` builds it before the user's settings are known
            resolver.allow(crawler.settings["ALLOWED_NETWORKS"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Scrapy's way of building a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Check scheme, credentials and the addresses of the host; file the request under its own host."""
        from scrapy.utils.httpobj import urlparse_cached  # noqa: PLC0415 - keeps Scrapy out of plain users of the resolver
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs a reactor

        parts = urlparse_cached(request)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"}:
            raise Refused(f"scheme {parts.scheme!r} is not fetched")
        if parts.username or parts.password or not host:
            raise Refused("the address carries credentials or no host")
        request.meta["download_slot"] = host
        resolver = reactor.nameResolver
        if not isinstance(resolver, GuardedResolver):
            raise Refused("the guarded resolver is not installed")
        try:
            await resolver.addresses(host)
        except OSError:
            return  # the connection itself will fail, as what it is
