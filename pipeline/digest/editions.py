"""Digests of subscriptions: made from the store, kept with what they told, and sent from the outbox.

Making a digest writes it, the ledger and a row of the outbox for each channel in one transaction; sending happens
afterwards, from what was written. A crash between the two sends late, never twice for another digest and never not.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.delivery import Message, hidden_address, open_channel
from pipeline.digest.build import build_digest
from pipeline.digest.records import OutletKind, OutletView, PlayerName, StoryView, Subscription, Told
from pipeline.digest.render import render_html, render_text, subject
from pipeline.digest.safety import registrable_host
from pipeline.digest.stored import digest_from_row, digest_row, facts_from_texts, facts_to_texts
from pipeline.errors import DeliveryError, UsageError
from pipeline.search.query import EXPORT_LIMIT, Query
from pipeline.store.digests import DigestRecord, ToldRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.digest.records import Digest
    from pipeline.knowledge.players import Registry
    from pipeline.store.digests import DeliveryRecord, SubscriptionRecord
    from pipeline.store.store import Store
    from pipeline.store.stories import StoryArticle

KINDS: dict[str, OutletKind] = {
    "original": "original",
    "exact": "copy",
    "near": "copy",
    "translation": "translation",
    "report": "report",
}
MAX_STORIES = 5_000  # looked at for one digest
MAX_ATTEMPTS = 6
_OVERLAP = timedelta(
    hours=1
)  # what was being filed while the last digest was made is not lost; the ledger bars repeats
_FIRST_DAYS = timedelta(days=7)  # of news in a subscription's first digest
_CLAIM = timedelta(minutes=10)
_LONGEST_CHINESE_NAME = 6  # longer ones are the registered names, which no reader uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How sources and players are called: `outlet` by source id (empty if unknown), `players` by id."""

    outlet: Callable[[str], str]
    players: Mapping[str, PlayerName]


def player_names(registry: Registry) -> dict[str, PlayerName]:
    """Each player's name in English and, where a short one is in use, in Chinese."""
    names = {}
    for player in registry.players.values():
        chinese = player.by_language.get("zh-Hans", ())
        zh = chinese[0] if chinese and len(chinese[0]) <= _LONGEST_CHINESE_NAME else player.name
        names[player.id] = PlayerName(id=player.id, en=player.name, zh=zh)
    return names


def subscription_of(record: SubscriptionRecord) -> Subscription:
    """The subscription that a record's options describe.

    Raises:
        UsageError: an option is unknown or cannot be used; names it.
    """
    known = {field.name for field in fields(Subscription)} - {"id", "query"}
    options: dict[str, Any] = dict(record.options)
    if unknown := options.keys() - known:
        raise UsageError(
            f"subscription {record.id}: unknown option {', '.join(sorted(unknown))}",
            remedy="known: " + ", ".join(sorted(known)),
        )
    options["channels"] = tuple(options.get("channels", ()))
    subscription = Subscription(id=record.id, query=record.query, **options)
    if subscription.language not in {"en", "zh"}:
        raise UsageError(f"subscription {record.id}: language {subscription.language!r}", remedy="write en or zh")
    try:
        ZoneInfo(subscription.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(
            f"subscription {record.id}: time zone {subscription.timezone!r}", remedy="example: Asia/Shanghai"
        ) from error
    return subscription


def preview(
    store: Store,
    subscription: Subscription,
    *,
    now: datetime,
    names: Names,
    since: datetime | None = None,
    period: str | None = None,
) -> Digest:
    """The digest that would be made now, nothing kept.

    Args:
        store: where the stories and the ledger are.
        subscription: whom it is for; need not be kept in the store.
        now: when it is made.
        names: of sources and players.
        since: only what came since; default all that matches.
        period: names what the digest is for; default the local date.

    Raises:
        QueryError: the subscription's query cannot be understood.
    """
    query = Query.of(subscription.query, hiring=True, limit=MAX_STORIES, max_limit=EXPORT_LIMIT, now=now)
    stories = store.changed_stories(query, since and since - _OVERLAP)
    return build_digest(
        (StoryView(id=story.id, outlets=tuple(_outlet(each, names) for each in story.articles)) for story in stories),
        subscription=subscription,
        since=since and since - _OVERLAP,
        now=now,
        told=tuple(_told(record) for record in store.told(subscription.id)),
        names=names.players,
        period=period,
    )


def publish(
    store: Store, record: SubscriptionRecord, *, now: datetime, names: Names, period: str | None = None
) -> Digest | None:
    """Make the digest of a period (default: the subscription's local day) for the outbox; None where it has one.

    A digest with nothing in it is kept, but sent to nobody.
    """
    subscription = subscription_of(record)
    last = store.last_digest(record.id)
    digest = preview(
        store, subscription, now=now, names=names, since=last.created_at if last else now - _FIRST_DAYS, period=period
    )
    made = DigestRecord(
        id=digest.id,
        subscription=digest.subscription,
        period=digest.id.removeprefix(f"{digest.subscription}-"),
        created_at=now,
        stories=digest.stories,
        body=digest_row(digest),
    )
    with store.writing() as writer:
        is_new = writer.add_digest(
            made,
            told=[_record(line, digest.subscription) for line in digest.told],
            channels=subscription.channels if digest.groups else (),
        )
    return digest if is_new else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a delivery: `detail` is where it went or what is wrong; `channel` is shown without secrets."""

    digest_id: str
    channel: str
    is_sent: bool
    detail: str


def send_due(store: Store, *, now: datetime) -> Iterator[Sent]:
    """Send what the outbox holds and is due, one by one; what fails is tried again later, in the end given up."""
    with store.writing() as writer:
        claimed = writer.claim_deliveries(now=now, until=now + _CLAIM)
    for delivery in claimed:
        error = ""
        again_at = None
        try:
            told = _send(store, delivery)
        except (DeliveryError, UsageError) as caught:
            error = caught.message
            is_final = isinstance(caught, UsageError) or caught.is_permanent or delivery.attempts >= MAX_ATTEMPTS
            again_at = None if is_final else now + timedelta(minutes=2**delivery.attempts)
        with store.writing() as writer:
            writer.settle_delivery(delivery, now=now, detail=error, again_at=again_at)
        yield Sent(
            digest_id=delivery.digest_id,
            channel=hidden_address(delivery.channel),
            is_sent=not error,
            detail=error or told,
        )


def message_of(digest: Digest) -> Message:
    """The digest as a message; the same each time, so that what is sent twice can be told."""
    return Message(
        id=digest.id,
        subject=subject(digest),
        text=render_text(digest),
        html=render_html(digest),
        created_at=digest.created_at,
    )


def _send(store: Store, delivery: DeliveryRecord) -> str:
    record = store.digest(delivery.digest_id)
    if record is None:
        raise DeliveryError(f"digest {delivery.digest_id} is gone", is_permanent=True)
    return open_channel(delivery.channel).send(message_of(digest_from_row(record.body)))


def _outlet(article: StoryArticle, names: Names) -> OutletView:
    return OutletView(
        article_id=article.article_id,
        url=article.url,
        title=article.title,
        outlet=names.outlet(article.source or "") or registrable_host(article.url),
        language=article.language,
        kind=KINDS[article.kind],
        first_seen_at=article.first_seen_at,
        published_at=article.published_at,
        published_precision=article.published_precision,
        source=article.source,
        hiring=article.hiring,
    )


def _record(line: Told, subscription: str) -> ToldRecord:
    return ToldRecord(
        digest_id=line.digest_id,
        subscription=subscription,
        story_id=line.story_id,
        article_ids=frozenset(line.article_ids),
        facts=facts_to_texts(line.facts),
        told_at=line.told_at,
    )


def _told(record: ToldRecord) -> Told:
    return Told(
        story_id=record.story_id,
        article_ids=tuple(sorted(record.article_ids)),
        facts=facts_from_texts(record.facts),
        told_at=record.told_at,
        digest_id=record.digest_id,
    )
