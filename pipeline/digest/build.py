"""From stories to a digest: what is new since the last one, each story once, by employer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.digest.facts import by_weight, hiring_outlets, merged_hiring
from pipeline.digest.records import Digest, DigestGroup, DigestStory, OutletLine, PlayerName, Quote, Told, ToldFact
from pipeline.digest.safety import language_tag, registrable_host, visible, web_link
from pipeline.digest.updates import Ledger, changes_since, update_line
from pipeline.digest.wording import fact_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.changes import Change
    from pipeline.digest.records import OutletView, StoryView, Subscription
    from pipeline.facts import Hiring

NOBODY = PlayerName(id="", en="Others", zh="其他")
_LATE = timedelta(days=3)  # published so long before the last digest, a story is marked as late
_LONGEST_QUOTE = 280


@dataclass(frozen=True, slots=True)
class _Candidate:
    story: StoryView
    hiring: tuple[OutletView, ...]
    facts: Hiring
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
    ledger = Ledger(told)
    found = [candidate for story in stories if (candidate := _candidate(story, since, ledger, now))]
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
        groups=_groups(shown, subscription, since, names or {}),
        more=len(found) - len(shown),
        told=tuple(_told(candidate, digest_id, now) for candidate in shown),
    )


def _candidate(story: StoryView, since: datetime | None, ledger: Ledger, now: datetime) -> _Candidate | None:
    """The story, if there is something to tell of it: it is new, or a fact of it changed."""
    hiring = hiring_outlets(story.outlets)
    if not hiring:
        return None
    newest_at = max(outlet.first_seen_at for outlet in hiring)
    before = ledger.lines(story.id, (outlet.article_id for outlet in story.outlets))
    changes = changes_since(before, hiring, now.date())
    is_new = not before and (since is None or newest_at >= since)
    if not is_new and not changes:
        return None
    return _Candidate(story, hiring, merged_hiring(hiring, now.date()), changes, newest_at)


def _told(candidate: _Candidate, digest_id: str, now: datetime) -> Told:
    return Told(
        story_id=candidate.story.id,
        article_ids=tuple(outlet.article_id for outlet in candidate.story.outlets),
        facts=tuple(
            ToldFact(article_id=outlet.article_id, outlet=outlet.outlet, hiring=outlet.hiring)
            for outlet in candidate.hiring
            if outlet.hiring
        ),
        told_at=now,
        digest_id=digest_id,
    )


def _groups(
    candidates: Sequence[_Candidate],
    subscription: Subscription,
    since: datetime | None,
    names: Mapping[str, PlayerName],
) -> tuple[DigestGroup, ...]:
    grouped: dict[str, list[DigestStory]] = {}
    for candidate in candidates:
        player = next(iter((*candidate.facts.employers, *candidate.facts.losing)), NOBODY.id)
        grouped.setdefault(player, []).append(_story(candidate, subscription, since, names))
    players = {player: _named(player, names) for player in grouped}
    # The busiest employers first; those without a name last.
    order = sorted(
        grouped, key=lambda player: (player == NOBODY.id, -len(grouped[player]), players[player].en.casefold())
    )
    return tuple(DigestGroup(employer=player, name=players[player], stories=tuple(grouped[player])) for player in order)


def _named(player: str, names: Mapping[str, PlayerName]) -> PlayerName:
    """A player's names, fit to be shown; an id or name that is not in the registry stands for itself."""
    name = names.get(player) or (PlayerName(id=player, en=player, zh=player) if player else NOBODY)
    return PlayerName(id=player, en=visible(name.en, 80), zh=visible(name.zh, 80))


def _story(
    candidate: _Candidate, subscription: Subscription, since: datetime | None, names: Mapping[str, PlayerName]
) -> DigestStory:
    def name_of(player: str, language: str) -> str:
        name = _named(player, names)
        return name.zh if language == "zh" else name.en

    english, chinese = fact_lines(candidate.facts, name_of)
    headline = _headline(candidate.hiring, subscription.language)
    outlets = by_weight(candidate.story.outlets)
    published = [outlet.published_at for outlet in outlets if outlet.published_at]
    return DigestStory(
        id=candidate.story.id,
        title=visible(headline.title) or web_link(headline.url),
        language=language_tag(headline.language),
        lines_en=(visible(english),),
        lines_zh=(visible(chinese),),
        quotes=_quotes(candidate.hiring, subscription),
        outlets=tuple(_outlet(outlet, subscription) for outlet in outlets[: subscription.max_outlets]),
        more_outlets=max(len(outlets) - subscription.max_outlets, 0),
        updates=tuple(update_line(change, subscription.language, name_of) for change in candidate.changes),
        is_rumour=candidate.facts.is_rumour,
        is_denied=candidate.facts.is_denied,
        is_late=since is not None and bool(published) and max(published) < since - _LATE,
        article_ids=tuple(outlet.article_id for outlet in outlets),
    )


def _headline(outlets: Sequence[OutletView], language: str) -> OutletView:
    """The article whose headline stands for the story: the reader's language first, there the original or translation."""
    readable = [outlet for outlet in outlets if _base(outlet.language) == language]
    return next(
        (outlet for kind in ("original", "translation") for outlet in readable if outlet.kind == kind),
        (readable or outlets)[0],
    )


def _quotes(outlets: Sequence[OutletView], subscription: Subscription) -> tuple[Quote, ...]:
    """The proof in the articles' words: one in the reader's language, one in each other, then more of the weightiest."""
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
    first = {_base(quote.language): quote for quote in reversed(distinct)}
    rest = [quote for quote in distinct if quote not in first.values()]
    ordered = sorted(
        first.values(), key=lambda quote: (_base(quote.language) != subscription.language, distinct.index(quote))
    )
    return (*ordered, *rest)[: subscription.max_quotes]


def _base(tag: str) -> str:
    return tag.partition("-")[0]


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
