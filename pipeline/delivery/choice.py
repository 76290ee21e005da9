"""The channel behind an address, by its scheme."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pipeline.delivery
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.delivery.channel import Channel


@cache
def _channels() -> Mapping[str, Any]:
    """The channel modules of this package, by scheme."""
    found = {}
    for entry in pkgutil.iter_modules(pipeline.delivery.__path__):
        module = import_module(f"pipeline.delivery.{entry.name}")
        for scheme in getattr(module, "SCHEMES", ()):
            found[scheme] = module
    return found


def schemes() -> Mapping[str, str]:
    """The known schemes, each with an example of an address."""
    return {scheme: module.EXAMPLE for scheme, module in sorted(_channels().items())}


def open_channel(address: str) -> Channel:
    """The channel of an address such as `file:var/digests`.

    Raises:
        UsageError: the scheme is unknown, or the address cannot be used; with an example.
    """
    scheme, colon, _ = address.partition(":")
    module = _channels().get(scheme.lower()) if colon else None
    if module is None:
        known = ", ".join(schemes().values())
        raise UsageError(f"{hidden_address(address)!r} is no known channel", remedy=f"examples: {known}")
    channel: Channel = module.open_channel(address)
    return channel


def hidden_address(address: str) -> str:
    """The address without its password and parameters, for logs and messages."""
    try:
        parts = urlsplit(address)
        if not parts.netloc:
            return address.partition("?")[0]
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, ("***@" if "@" in parts.netloc else "") + host, parts.path, "", ""))
    except ValueError:
        return address.partition(":")[0] + ":***"
