"""How a source fares: a named state with since when, evidence and remedy; pure.

A visit fails loudly (no host, no certificate, a wall in place of pages), or quietly: see `crawler.yields`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.yields import quiet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from crawler.yields import History

# One bad page is an accident, half of a visit's pages are a state.
WALL_SHARE, EMPTY_SHARE, LEAST_PAGES = 0.5, 0.6, 3
# mediacloud/rss-fetcher gives up after 30 failures, for feeds come back from what looks like death.
PAUSE_AFTER, PAUSE = 30.0, timedelta(days=7)

# Outcome of a visit -> state. Outcomes not named here leave the judgement to what the pages were.
BY_OUTCOME = {
    "dns": "dns",
    "certificate": "certificate",
    "robots": "robots",
    "robots-unavailable": "robots",
    "rate-limited": "rate-limited",
    "broken-feed": "broken-feed",
    "no-links": "layout-changed",
    "moved": "moved",
    "forbidden": "bot-wall",
    "bot-wall": "bot-wall",
    "consent": "consent",
    "refused-address": "unreachable",
    "timeout": "unreachable",
    "connection": "unreachable",
    "server-error": "unreachable",
    "broken-off": "unreachable",
    "cut-off": "unreachable",
    "too-large": "unreachable",
    "redirects": "unreachable",
    "deadline": "unreachable",
}
UNJUDGED = frozenset({"busy", "interrupted"})
# Weight of a failed visit. A host that asks for rest is not failing.
WEIGHTS = {
    "rate-limited": 0.0,
    "bot-wall": 0.5,
    "consent": 0.5,
    "login": 0.5,
    "paywall": 0.5,
    "layout-changed": 0.5,
    "silent": 0.0,
}
WALLS = ("bot-wall", "consent", "login")
STUB = "paywall-stub"
BY_PAGES = frozenset({*WALLS, "paywall", "layout-changed"})
EMPTY = ("too-short", "not-a-page", "homepage", "soft-404", "error-page", "gone", "empty")
REMEDIES = {
    "ok": "",
    "silent": "look at the home page: if it has news, the feed has moved (hirewire sources check HOMEPAGE); if not, wait",
    "moved": "find the new address (hirewire sources check HOMEPAGE) and correct feeds or sitemaps",
    "bot-wall": "nothing to solve: visit less often, ask the publisher, or disable the source",
    "consent": "look for a feed with full text or a mobile host without the consent page, or disable the source",
    "login": "pages want a login: look for an open section, or disable the source",
    "paywall": "pages show a lead to subscribers only: look for a free section or a feed with full text, or disable the source",
    "rate-limited": "nothing to do: the rest it asks for is kept; a longer cadence helps if it stays",
    "robots": "robots.txt forbids or is out of order: read it; look for another feed, or disable the source",
    "broken-feed": "open the feed in a browser: if a page comes, find the right address (hirewire sources check HOMEPAGE)",
    "layout-changed": "listing or pages have a new layout: correct the selector, or see what extraction finds",
    "certificate": "the certificate is not valid: wait for its renewal, or check the host's name",
    "dns": "the host's name does not resolve: the site has moved or is down; check the address",
    "unreachable": "the host does not answer as it should: wait; check the address if it stays",
    "crashing": "what it publishes ends the process that reads it: see hirewire run --history, disable it, and report it",
    "disabled": "enable it in the registry when the reason is gone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A source's state; `failures` is weighted and starts anew at each good visit."""

    state: str = "ok"
    since_at: datetime | None = None
    evidence: str = ""
    failures: float = 0.0
    last_good_at: datetime | None = None

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return REMEDIES.get(self.state, "")

    @property
    def is_paused(self) -> bool:
        """Whether it is only tried weekly."""
        return self.failures >= PAUSE_AFTER


def assess(
    before: Health,
    *,
    outcome: str,
    evidence: str,
    counts: Mapping[tuple[str, str], int],
    history: History,
    today: date,
    now: datetime,
    expect_per_week: tuple[int, int] | None = None,
) -> Health:
    """The state after a visit.

    Args:
        before: the state until now.
        outcome: how the visit ended.
        evidence: of the outcome.
        counts: what the visit counted, by (name, detail).
        history: the last 28 days with this visit.
        today: the UTC day, as the history counts.
        now: the instant.
        expect_per_week: the declared range of new articles a week.
    """
    met = sum(n for (name, _), n in counts.items() if name in _FATES)
    if outcome in UNJUDGED or (outcome == "ok" and not met and before.state in BY_PAGES):
        return before  # a visit without pages does not show that pages are well again
    state, why = _loud(outcome, evidence, counts) or quiet(history, today, now, expect_per_week) or ("ok", "")
    is_good = state in {"ok", "silent"}
    return Health(
        state=state,
        since_at=before.since_at if state == before.state and before.since_at else now,
        evidence=why,
        failures=0.0 if is_good else before.failures + WEIGHTS.get(state, 1.0),
        last_good_at=now if is_good else before.last_good_at,
    )


def crashed(before: Health, evidence: str, *, now: datetime) -> Health:
    """The state of a source whose visits end the process they are made in."""
    since = before.since_at if before.state == "crashing" else now
    return replace(before, state="crashing", since_at=since, evidence=evidence, failures=before.failures + 1)


def _loud(outcome: str, evidence: str, counts: Mapping[tuple[str, str], int]) -> tuple[str, str] | None:
    met = sum(n for (name, _), n in counts.items() if name in _FATES)
    good = sum(n for (name, _), n in counts.items() if name in {"stored", "revised", "unchanged"})
    # A host that asks for two minutes between requests has more to give than a visit has time for: that is no trouble.
    if outcome in BY_OUTCOME and not (outcome == "deadline" and good):
        return BY_OUTCOME[outcome], evidence
    if (
        withheld := _withheld(met, {kind: n for (name, kind), n in counts.items() if name == "rejected" and n})
    ) is not None:
        return withheld
    forbidden = counts.get(("rejected", "robots"), 0)
    if forbidden and not good and forbidden >= WALL_SHARE * met:
        return "robots", f"robots.txt forbids {forbidden} of {met} pages"
    return None


def _withheld(met: int, rejected: Mapping[str, int]) -> tuple[str, str] | None:
    """What stood in place of articles in half of the pages; the commonest where each of several stood in fewer."""
    walls = {wall: rejected[wall] for wall in WALLS if wall in rejected}
    walled, stubs = sum(walls.values()), rejected.get(STUB, 0)
    empty = sum(rejected.get(kind, 0) for kind in EMPTY)
    wall = max(walls, key=lambda each: walls[each], default="")
    told = " or ".join(walls)
    found = [
        (walled, wall, f"{walled} of {met} pages were a {told} page"),
        (stubs, "paywall", f"{stubs} of {met} pages were stubs before a paywall"),
        (empty, "layout-changed", f"{empty} of {met} pages had no article in them"),
    ]
    if walled and walled >= WALL_SHARE * met:
        return found[0][1:]
    if met >= LEAST_PAGES and stubs >= WALL_SHARE * met:
        return found[1][1:]
    if met >= LEAST_PAGES and walled + stubs + empty >= EMPTY_SHARE * met:
        _, state, _ = max(found, key=lambda each: each[0])
        return state, "; ".join(why for n, _, why in found if n)
    return None


_FATES = frozenset({"stored", "revised", "unchanged", "rejected", "quarantined", "failed"})
