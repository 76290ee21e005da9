"""Digests from the store: what a subscription would be told now (`preview`), and telling it (`issue`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.digest.build import build_digest
from pipeline.digest.records import OutletView, PlayerName, StoryView, Subscription, Told
from pipeline.digest.safety import registrable_host
from pipeline.digest.stored import digest_row, facts_from_texts, facts_to_texts
from pipeline.knowledge.players import load_players
from pipeline.search.query import EXPORT_LIMIT, Query
from pipeline.store.digests import DigestRecord, ToldRecord

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipeline.digest.records import Digest, OutletKind
    from pipeline.knowledge.players import Player
    from pipeline.store import Store
    from pipeline.store.stories import StoryArticle, StoryRecord

DEFAULT = Subscription(id="default", query="hiring:yes")
# What was being filed while the last digest was made is not lost; the ledger keeps the rest from being told again.
OVERLAP = timedelta(hours=1)
_LONGEST_CHINESE_NAME = 6  # longer ones are registered names, which no reader uses: OpenAI stays OpenAI
_KINDS: Mapping[str, OutletKind] = {"exact": "copy", "near": "copy"}


def preview(
    store: Store,
    subscription: Subscription = DEFAULT,
    *,
    now: datetime,
    outlets: Mapping[str, str],
    period: str | None = None,
) -> Digest:
    """The digest the subscription would get now; nothing is written.

    Args:
        store: the open database.
        subscription: whom it is for.
        now: when it is made.
        outlets: names of sources by id, as readers know them.
        period: see `build_digest`.

    Raises:
        QueryError: the subscription's query cannot be understood.
    """
    last = store.last_digest(subscription.id)
    since = last.created_at - OVERLAP if last else None
    query = Query.of(subscription.query, limit=EXPORT_LIMIT, max_limit=EXPORT_LIMIT, now=now)
    return build_digest(
        (_story(record, outlets) for record in store.changed_stories(query, since)),
        subscription=subscription,
        since=since,
        now=now,
        told=[_told(record) for record in store.told(subscription.id)],
        names={player.id: _name(player) for player in load_players().players.values()},
        period=period,
    )


def issue(
    store: Store,
    subscription: Subscription = DEFAULT,
    *,
    now: datetime,
    outlets: Mapping[str, str],
    period: str | None = None,
) -> Digest | None:
    """Make the digest, enter it in the ledger and the outbox in one transaction; None where there is nothing to tell.

    One that was made for the same period before is not made again.
    """
    digest = preview(store, subscription, now=now, outlets=outlets, period=period)
    if not digest.groups:
        return None
    record = DigestRecord(
        id=digest.id,
        subscription=subscription.id,
        period=digest.id.removeprefix(f"{subscription.id}-"),
        created_at=now,
        stories=digest.stories,
        body=digest_row(digest),
    )
    with store.writing() as writer:
        is_made = writer.add_digest(
            record, told=[_told_record(told, subscription.id) for told in digest.told], channels=subscription.channels
        )
    return digest if is_made else None


def _story(record: StoryRecord, outlets: Mapping[str, str]) -> StoryView:
    return StoryView(id=record.id, outlets=tuple(_outlet(article, outlets) for article in record.articles))


def _outlet(article: StoryArticle, outlets: Mapping[str, str]) -> OutletView:
    kind: OutletKind = _KINDS.get(article.kind, article.kind)  # type: ignore[arg-type]  # the words for copies are mapped
    return OutletView(
        article_id=article.article_id,
        url=article.url,
        title=article.title,
        outlet=outlets.get(article.source or "") or article.source or registrable_host(article.url) or "a file",
        language=article.language,
        kind=kind,
        first_seen_at=article.first_seen_at,
        published_at=article.published_at,
        published_precision=article.published_precision,
        source=article.source,
        hiring=article.hiring if article.hiring.is_hiring else None,
    )


def _name(player: Player) -> PlayerName:
    chinese = (*player.names.get("zh-Hans", ()), *player.names.get("zh-Hant", ()))
    is_used = bool(chinese) and len(chinese[0]) <= _LONGEST_CHINESE_NAME
    return PlayerName(id=player.id, en=player.name, zh=chinese[0] if is_used else player.name)


def _told(record: ToldRecord) -> Told:
    return Told(
        story_id=record.story_id,
        article_ids=tuple(sorted(record.article_ids)),
        facts=facts_from_texts(record.facts),
        told_at=record.told_at,
        digest_id=record.digest_id,
    )


def _told_record(told: Told, subscription: str) -> ToldRecord:
    return ToldRecord(
        digest_id=told.digest_id,
        subscription=subscription,
        story_id=told.story_id,
        article_ids=frozenset(told.article_ids),
        facts=facts_to_texts(told.facts),
        told_at=told.told_at,
    )
