"""Which network addresses may be reached: public ones, and private ones only where the settings allow them.

`ipaddress` alone is no judge: it calls 64:ff9b::7f00:1 (NAT64), 2002:7f00:1:: (6to4) and 224.0.0.1 (multicast) global.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IPv6 ranges that carry an IPv4 address in their last four bytes: NAT64 (RFC 6052), its local-use range (RFC 8215),
# IPv4-compatible (RFC 4291) and IPv4-translated (RFC 2765).
_LAST_FOUR = tuple(IPv6Network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96"))

# What `ipaddress` calls global and no public host has: of IPv6 everything outside 2000::/3 (RFC 4291: site-local fec0::/10,
# segment routing's 5f00::/16) and a newer range for documentation (RFC 9637); of IPv4 protocol assignments (RFC 6890) and
# the relays of 6to4 (RFC 7526).
_GLOBAL_UNICAST, _DOCUMENTATION = IPv6Network("2000::/3"), IPv6Network("3fff::/20")
_RESERVED = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))


def may_reach(address: str | Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether a connection to the address is permitted.

    Args:
        address: an IP address; IPv6 may carry a zone (`fe80::1%eth0`).
        allowed: networks that may be reached although they are not public.

    Raises:
        ValueError: not an IP address.
    """
    if isinstance(address, str):
        address = ip_address(address.partition("%")[0])
    permitted = tuple(allowed)
    return all(_is_public(inner) or _is_in(inner, permitted) for inner in _unwrap(address))


def _unwrap(address: Address) -> list[Address]:
    """The addresses that a connection may end at: the embedded IPv4 ones, or the address itself."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    embedded: list[Address] = []
    if address.sixtofour is not None:
        embedded.append(address.sixtofour)
    if address.teredo is not None:
        embedded.extend(address.teredo)
    if any(address in network for network in _LAST_FOUR):
        embedded.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return embedded or [address]


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv6Address):
        return address in _GLOBAL_UNICAST and address not in _DOCUMENTATION
    return not any(address in network for network in _RESERVED)


def _is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
