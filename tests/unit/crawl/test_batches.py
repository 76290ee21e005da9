"""Which due sources go into which crawl: hosts are shared with no other crawl, suspects go alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crawler.batches import batches, hosts_of
from tests.loopback import source

IDS = [f"s{n}" for n in range(12)]
HOSTS = st.dictionaries(st.sampled_from(IDS), st.frozensets(st.sampled_from("abcdefgh"), max_size=3), min_size=1)


def batch(due: list[str], hosts: dict[str, frozenset[str]], **given: Any) -> list[list[str]]:
    values: dict[str, Any] = {"in_hand": set(), "size": 4, "most": 3, "company": {}}
    return batches(due, hosts, **(values | given))


def alone(ids: list[str]) -> dict[str, frozenset[str]]:
    return {each: frozenset({each}) for each in ids}


def test_the_most_urgent_go_first_as_many_as_fit() -> None:
    assert batch(IDS, alone(IDS), most=2) == [IDS[:4], IDS[4:8]]


def test_sources_of_one_host_go_together_and_wait_for_each_other() -> None:
    hosts = alone(IDS) | {"s0": frozenset({"x", "y"}), "s7": frozenset({"y"}), "s9": frozenset({"x"})}
    assert batch(IDS, hosts, most=1) == [["s0", "s7", "s9", "s1"]]
    assert batch(["s0", "s1", "s7"], hosts, in_hand={"s9"}) == [["s1"]]


def test_a_late_link_between_two_hosts_joins_their_sources() -> None:
    hosts = {"s0": frozenset("a"), "s1": frozenset("b"), "s2": frozenset("ab")}
    assert batch(["s0", "s1", "s2"], hosts, size=1) == [["s0", "s1", "s2"]]


def test_suspects_go_in_small_company() -> None:
    assert batch(IDS[:6], alone(IDS), company={"s1": 1, "s4": 1}, most=9) == [["s0", "s2", "s3", "s5"], ["s1"], ["s4"]]


@given(HOSTS, st.sets(st.sampled_from(IDS)), st.integers(1, 5), st.integers(1, 4))
def test_no_host_is_in_two_crawls(hosts: dict[str, frozenset[str]], in_hand: set[str], size: int, most: int) -> None:
    found = batch(list(hosts), hosts, in_hand=in_hand, size=size, most=most)
    crawls = [*found, *([each] for each in in_hand)]
    of_crawl = [set().union(*(hosts.get(each, ()) for each in crawl)) for crawl in found]
    held = set().union(*(hosts.get(each, ()) for each in in_hand))
    for n, mine in enumerate(of_crawl):
        assert not mine & held
        assert not any(mine & other for other in of_crawl[n + 1 :])
    chosen = [each for crawl in found for each in crawl]
    assert len(chosen) == len(set(chosen))
    assert len(found) <= most
    assert crawls  # nothing is due and nothing in hand: never drawn
    if not in_hand:
        assert found  # something is due and everybody is free


def test_hosts_are_those_of_all_addresses() -> None:
    one = source(("http://feeds.example/a", "https://b.example/feed"), homepage="https://www.b.example/")
    assert hosts_of([one]) == {"one": frozenset({"feeds.example", "b.example", "www.b.example"})}
