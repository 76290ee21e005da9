"""From stories to a digest: what is new since the last one, each story once, by employer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.digest.changes import Change, fact_keys, material_changes
from pipeline.digest.facts import by_weight, hiring_outlets, merged_facts
from pipeline.digest.lines import change_line, fact_line
from pipeline.digest.records import Digest, DigestGroup, DigestStory, OutletLine, PlayerName, Quote, Told
from pipeline.digest.safety import language_tag, registrable_host, visible, web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.digest.records import FactView, OutletView, StoryView, Subscription

NOBODY = PlayerName(id="", en="Others", zh="其他")
_LATE = timedelta(days=3)  # older than this when first seen: the reader is told that it comes late
_LONGEST_QUOTE = 280


@dataclass(frozen=True, slots=True)
class _Candidate:
    story: StoryView
    hiring: tuple[OutletView, ...]
    facts: FactView
    keys: tuple[str, ...]
    changes: tuple[Change, ...]
    newest_at: datetime


def build_digest(
    stories: Iterable[StoryView],
    *,
    subscription: Subscription,
    since: datetime | None,
    now: datetime,
    told: Sequence[Told] = (),
    names: Mapping[str, PlayerName] | None = None,
    period: str | None = None,
) -> Digest:
    """The digest of a subscription.

    Args:
        stories: those that match the subscription's query, in any order.
        subscription: whom it is for, and its bounds.
        since: when the last digest was made; stories none of whose articles were seen since are left out. None: all.
        now: when this digest is made.
        told: the ledger's lines of this subscription: what it was told comes again only where a fact changed.
        names: players' names by id; an unknown id stands for itself.
        period: names what the digest is for, such as a local date; part of its id. Default: the local date of `now`.

    Returns:
        A digest, with no groups where nothing is new.
    """
    known = names or {}
    ledger = _Ledger(told)
    found = [candidate for story in stories if (candidate := _candidate(story, since, ledger, known))]
    found.sort(key=lambda candidate: (candidate.newest_at, candidate.story.id), reverse=True)
    shown = found[: subscription.max_stories]
    local_date = now.astimezone(ZoneInfo(subscription.timezone)).date().isoformat()
    digest_id = f"{subscription.id}-{period or local_date}"
    return Digest(
        id=digest_id,
        subscription=subscription.id,
        title=visible(subscription.title),
        language=subscription.language,
        timezone=subscription.timezone,
        created_at=now,
        since=since,
        groups=_groups(shown, subscription, since or now - timedelta(days=1), known),
        more=len(found) - len(shown),
        told=tuple(_told(candidate, digest_id, now) for candidate in shown),
    )


class _Ledger:
    """What was told, found by story or by any of its articles: stories are joined and renamed, articles are not."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._by_key: dict[str, list[Told]] = {}
        for line in told:
            for key in {line.story_id, *line.article_ids}:
                self._by_key.setdefault(key, []).append(line)

    def keys_told(self, story: StoryView) -> frozenset[str] | None:
        """The fact keys that were told of the story; None where it was never told."""
        lines = [
            line
            for key in (story.id, *(outlet.article_id for outlet in story.outlets))
            for line in self._by_key.get(key, ())
        ]
        return frozenset(fact for line in lines for fact in line.facts) if lines else None


def _candidate(
    story: StoryView, since: datetime | None, ledger: _Ledger, names: Mapping[str, PlayerName]
) -> _Candidate | None:
    hiring = hiring_outlets(story.outlets)
    if not hiring:
        return None
    newest_at = max(outlet.first_seen_at for outlet in hiring)
    facts = merged_facts(hiring, names)
    keys = fact_keys(facts)
    before = ledger.keys_told(story)
    if before is None:
        is_new = since is None or newest_at >= since
        return _Candidate(story, hiring, facts, keys, (), newest_at) if is_new else None
    changes = material_changes(sorted(before), keys)
    return _Candidate(story, hiring, facts, keys, changes, newest_at) if changes else None


def _told(candidate: _Candidate, digest_id: str, now: datetime) -> Told:
    return Told(
        story_id=candidate.story.id,
        article_ids=frozenset(outlet.article_id for outlet in candidate.story.outlets),
        facts=candidate.keys,
        told_at=now,
        digest_id=digest_id,
    )


def _groups(
    candidates: Sequence[_Candidate], subscription: Subscription, since: datetime, names: Mapping[str, PlayerName]
) -> tuple[DigestGroup, ...]:
    grouped: dict[str, list[DigestStory]] = {}
    players: dict[str, PlayerName] = {}
    for candidate in candidates:
        player = next(iter((*candidate.facts.employers, *candidate.facts.losing)), NOBODY)
        players[player.id] = replace(player, en=visible(player.en, 80), zh=visible(player.zh, 80))
        grouped.setdefault(player.id, []).append(_story(candidate, subscription, since, names))
    # The busiest employers first; those without a name last.
    order = sorted(
        grouped, key=lambda player: (player == NOBODY.id, -len(grouped[player]), players[player].en.casefold())
    )
    return tuple(DigestGroup(employer=player, name=players[player], stories=tuple(grouped[player])) for player in order)


def _story(
    candidate: _Candidate, subscription: Subscription, since: datetime, names: Mapping[str, PlayerName]
) -> DigestStory:
    headline = _headline(candidate.hiring, subscription.language)
    outlets = by_weight(candidate.story.outlets)
    published = [outlet.published_at for outlet in outlets if outlet.published_at]
    return DigestStory(
        id=candidate.story.id,
        title=visible(headline.title) or web_link(headline.url),
        language=language_tag(headline.language),
        lines_en=(visible(fact_line(candidate.facts, "en")),),
        lines_zh=(visible(fact_line(candidate.facts, "zh")),),
        quotes=_quotes(candidate.hiring, subscription.max_quotes),
        outlets=tuple(_outlet(outlet, subscription) for outlet in outlets[: subscription.max_outlets]),
        more_outlets=max(len(outlets) - subscription.max_outlets, 0),
        updates=tuple(visible(change_line(change, subscription.language, names)) for change in candidate.changes),
        is_rumour=candidate.facts.is_rumour,
        is_denied=candidate.facts.is_denied,
        is_late=bool(published) and max(published) < since - _LATE,
        article_ids=tuple(outlet.article_id for outlet in outlets),
        facts=candidate.keys,
    )


def _headline(outlets: Sequence[OutletView], language: str) -> OutletView:
    """The article whose headline stands for the story: the reader's language first, there the original or translation."""
    readable = [outlet for outlet in outlets if outlet.language.partition("-")[0] == language]
    return next(
        (outlet for kind in ("original", "translation") for outlet in readable if outlet.kind == kind),
        (readable or outlets)[0],
    )


def _quotes(outlets: Sequence[OutletView], limit: int) -> tuple[Quote, ...]:
    """The proof in the articles' words: one of each language first, then more of the weightiest article."""
    found: list[Quote] = []
    for outlet in outlets:
        evidence = outlet.hiring.evidence if outlet.hiring else ()
        in_text = [piece for piece in evidence if piece.field == "text"] or list(evidence)
        found += [
            Quote(
                text=visible(piece.quote, _LONGEST_QUOTE),
                language=language_tag(outlet.language),
                outlet=visible(outlet.outlet),
                article_id=outlet.article_id,
            )
            for piece in in_text
        ]
    by_text = {quote.text: quote for quote in reversed(found) if quote.text}
    distinct = [quote for quote in found if by_text.get(quote.text) is quote]
    first = {quote.language: quote for quote in reversed(distinct)}
    rest = [quote for quote in distinct if quote not in first.values()]
    return (*sorted(first.values(), key=distinct.index), *rest)[:limit]


def _outlet(outlet: OutletView, subscription: Subscription) -> OutletLine:
    url = web_link(outlet.url)
    return OutletLine(
        article_id=outlet.article_id,
        outlet=visible(outlet.outlet, 80),
        title=visible(outlet.title),
        url=url,
        host=registrable_host(url),
        language=language_tag(outlet.language),
        kind=outlet.kind,
        published=_when(outlet, subscription),
    )


def _when(outlet: OutletView, subscription: Subscription) -> str:
    zone = ZoneInfo(subscription.timezone)
    if outlet.published_at is None:
        seen = f"{outlet.first_seen_at.astimezone(zone):%Y-%m-%d}"
        return f"{seen} 收录" if subscription.language == "zh" else f"seen {seen}"
    if outlet.published_precision == "day":  # a date is a date: no time zone moves it
        return f"{outlet.published_at.astimezone(UTC):%Y-%m-%d}"
    return f"{outlet.published_at.astimezone(zone):%Y-%m-%d %H:%M}"
