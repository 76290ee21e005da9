"""Which due sources go into which crawl; pure.

Each crawl keeps to one request at a time per host, but knows nothing of other crawls: sources that share a host go into
one, and wait while another crawl has one of them in hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from crawler.sources import Source


@dataclass(slots=True, eq=False)
class _Group:
    """Sources that may not be in two crawls at once."""

    ids: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


def hosts_of(sources: Iterable[Source]) -> dict[str, frozenset[str]]:
    """The hosts that visits of each source begin at, by its id."""
    return {source.id: frozenset(_hosts(source)) for source in sources}


def _hosts(source: Source) -> Iterator[str]:
    for url in (source.homepage, *source.feeds, *source.sitemaps, source.listing.url):
        if host := urlsplit(url).hostname:
            yield host


def batches(
    due: Sequence[str],
    hosts: Mapping[str, frozenset[str]],
    *,
    in_hand: Collection[str],
    size: int,
    most: int,
    company: Mapping[str, int],
) -> list[list[str]]:
    """Due sources in at most `most` batches of about `size`, in their order.

    Args:
        due: the sources, the most urgent first.
        hosts: of each source.
        in_hand: sources that other crawls are visiting.
        size: so many in a batch, or as many as share a host.
        most: so many batches.
        company: sources that go with at most so many, for one of them may have ended a crawl's process.
    """
    taken = set().union(*(hosts.get(each, frozenset()) for each in in_hand))
    filled: dict[int, list[list[str]]] = {}
    for group in _groups([each for each in due if each not in in_hand], hosts):
        if group.hosts & taken:
            continue
        room = min([size, *(company[each] for each in group.ids if each in company)])
        same = filled.setdefault(room, [])
        if not same or len(same[-1]) + len(group.ids) > room:
            if sum(map(len, filled.values())) >= most:
                continue
            same.append([])
        same[-1] += group.ids
    return [batch for same in filled.values() for batch in same]


def _groups(due: Sequence[str], hosts: Mapping[str, frozenset[str]]) -> list[_Group]:
    """The sources by shared hosts, in the order of the first of each."""
    groups: list[_Group] = []
    of_host: dict[str, _Group] = {}
    for source_id in due:
        mine = _Group([source_id], set(hosts.get(source_id, ())))
        others = {id(group): group for host in mine.hosts if (group := of_host.get(host)) is not None}
        if others:
            mine = _joined(mine, list(others.values()), groups)
        else:
            groups.append(mine)
        of_host.update(dict.fromkeys(mine.hosts, mine))
    return groups


def _joined(mine: _Group, others: list[_Group], groups: list[_Group]) -> _Group:
    """The first of the other groups, with all the rest in it."""
    first = min(others, key=groups.index)
    for group in (*(each for each in others if each is not first), mine):
        first.ids += group.ids
        first.hosts |= group.hosts
        if group in groups:
            groups.remove(group)
    return first
