from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.addresses import may_reach

WRAPPINGS = ("::ffff:{}", "64:ff9b::{}", "::{}", "::ffff:0:{}", "64:ff9b:1::{}")
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "239.1.1.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "ff02::1", "fec0::1", "5f00::1", "3fff::1", "100::1", "192.0.0.8", "192.88.99.1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not may_reach(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_reached(address: str) -> None:
    assert may_reach(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(address: IPv4Address) -> None:
    for wrapping in WRAPPINGS[:1]:
        assert may_reach(wrapping.format(address)) == may_reach(str(address))
    for wrapping in WRAPPINGS:
        if not may_reach(str(address)):
            assert not may_reach(wrapping.format(address))


@given(st.ip_addresses(v=6))
def test_any_address_is_judged(address: IPv6Address) -> None:
    assert may_reach(address) in {True, False}


def test_permitted_networks_are_reached_and_no_others() -> None:
    allowed = (ip_network("127.0.0.0/8"), ip_network("fd00::/8"))
    assert may_reach("127.9.9.9", allowed)
    assert may_reach("::ffff:127.0.0.1", allowed)
    assert may_reach("fd00::1", allowed)
    assert not may_reach("10.0.0.1", allowed)
    assert not may_reach("fc00::1", allowed)
    with pytest.raises(ValueError, match="does not appear"):
        may_reach("no address")
