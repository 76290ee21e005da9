"""What digests leave behind: the ledger of what was told, and the outbox; and the subscriptions they are for.

A digest, its lines in the ledger and a row of the outbox for each channel are written in one transaction, before anything
is sent. Sending claims a row for a while; a sender that dies leaves a row that is claimed again: at least once, never not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from pipeline.store.database import reading
from pipeline.store.records import plain
from pipeline.store.tables import deliveries, digests, ledger, ledger_articles, subscriptions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from pipeline.rows import Row

DeliveryState = Literal["due", "sending", "sent", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionRecord:
    """A saved query; `options` (title, schedule, channels ...) are the digest's own."""

    id: str
    query: str
    created_at: datetime
    is_enabled: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRecord:
    """A digest as it was made; of one subscription and `period` there is only one."""

    id: str
    subscription: str
    period: str
    created_at: datetime
    stories: int
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRecord:
    """That a subscriber was told of a story, with the keys of its facts."""

    digest_id: str
    subscription: str
    story_id: str
    article_ids: frozenset[str]
    facts: tuple[str, ...]
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """A digest on its way to a channel; `attempts` counts this one."""

    digest_id: str
    channel: str
    attempts: int
    state: DeliveryState = "sending"
    detail: str = ""


class DigestWrites:
    """Writes of digests; mixed into `Writer`."""

    connection: sa.Connection

    def save_subscription(self, record: SubscriptionRecord) -> None:
        """Keep a subscription, new or in place of the one with its id, whose date of creation stays."""
        values = {"query": record.query, "is_enabled": record.is_enabled, "options": dict(record.options)}
        changed = self.connection.execute(
            sa.update(subscriptions).where(subscriptions.c.id == record.id).values(**values)
        )
        if not changed.rowcount:
            self.connection.execute(
                sa.insert(subscriptions).values(id=record.id, created_at=record.created_at, **values)
            )

    def remove_subscription(self, subscription_id: str) -> bool:
        """Remove a subscription with everything it was told; False where there is none."""
        self.connection.execute(sa.delete(digests).where(digests.c.subscription == subscription_id))
        gone = self.connection.execute(sa.delete(subscriptions).where(subscriptions.c.id == subscription_id))
        return bool(gone.rowcount)

    def add_digest(self, digest: DigestRecord, *, told: Iterable[ToldRecord], channels: Collection[str]) -> bool:
        """Keep a digest, what it tells, and that it is to go to these channels; False where its period has one already."""
        made = sa.select(digests.c.id).where(
            sa.or_(
                digests.c.id == digest.id,
                sa.and_(digests.c.subscription == digest.subscription, digests.c.period == digest.period),
            )
        )
        if self.connection.scalar(sa.select(made.exists())):
            return False
        self.connection.execute(
            sa.insert(digests).values({name: getattr(digest, name) for name in DigestRecord.__slots__})
        )
        for line in told:
            self.connection.execute(
                sa.insert(ledger).values(
                    digest_id=digest.id,
                    story_id=line.story_id,
                    subscription=line.subscription,
                    facts=list(line.facts),
                    told_at=line.told_at,
                )
            )
            named = [
                {"digest_id": digest.id, "article_id": article_id, "story_id": line.story_id}
                for article_id in sorted(line.article_ids)
            ]
            if named:
                self.connection.execute(sa.insert(ledger_articles), named)
        outgoing = [
            {"digest_id": digest.id, "channel": channel, "state": "due", "attempts": 0, "next_at": digest.created_at, "detail": ""}
            for channel in dict.fromkeys(channels)
        ]  # fmt: skip
        if outgoing:
            self.connection.execute(sa.insert(deliveries), outgoing)
        return True

    def claim_deliveries(self, *, now: datetime, until: datetime, limit: int = 20) -> list[DeliveryRecord]:
        """Take what is due, oldest first; it is not given to others before `until`. Commit before sending."""
        due = (
            sa.select(deliveries.c.digest_id, deliveries.c.channel, deliveries.c.attempts)
            .where(deliveries.c.next_at <= now)
            .order_by(deliveries.c.next_at, deliveries.c.digest_id, deliveries.c.channel)
            .limit(limit)
        )
        claimed = [
            DeliveryRecord(digest_id=row.digest_id, channel=row.channel, attempts=row.attempts + 1)
            for row in self.connection.execute(due).all()
        ]
        for delivery in claimed:
            self._set(delivery, state="sending", attempts=delivery.attempts, next_at=until)
        return claimed

    def settle_delivery(
        self, delivery: DeliveryRecord, *, now: datetime, detail: str = "", again_at: datetime | None = None
    ) -> None:
        """Say what became of a claimed delivery: sent, or with `detail` to be tried `again_at`, or given up."""
        if not detail:
            self._set(delivery, state="sent", sent_at=now, next_at=None, detail="")
        else:
            self._set(delivery, state="due" if again_at else "dead", next_at=again_at, detail=detail)

    def _set(self, delivery: DeliveryRecord, **values: Any) -> None:
        same = sa.and_(deliveries.c.digest_id == delivery.digest_id, deliveries.c.channel == delivery.channel)
        self.connection.execute(sa.update(deliveries).where(same).values(**values))


class DigestReads:
    """Reads for digests; mixed into `Store`."""

    engine: sa.Engine

    def subscriptions(self) -> list[SubscriptionRecord]:
        """All subscriptions, in order of id."""
        with reading(self.engine) as connection:
            rows = connection.execute(sa.select(subscriptions).order_by(subscriptions.c.id)).mappings().all()
        return [SubscriptionRecord(**row) for row in rows]

    def subscription(self, subscription_id: str) -> SubscriptionRecord | None:
        """The subscription of this id."""
        return next((record for record in self.subscriptions() if record.id == subscription_id), None)

    def digest(self, digest_id: str) -> DigestRecord | None:
        """The digest of this id."""
        return self._digest(digests.c.id == digest_id)

    def last_digest(self, subscription_id: str) -> DigestRecord | None:
        """The newest digest of a subscription."""
        return self._digest(digests.c.subscription == subscription_id)

    def _digest(self, which: sa.ColumnElement[bool]) -> DigestRecord | None:
        newest = sa.select(digests).where(which).order_by(digests.c.created_at.desc()).limit(1)
        with reading(self.engine) as connection:
            row = connection.execute(newest).mappings().first()
        return None if row is None else DigestRecord(**row)

    def told(self, subscription_id: str) -> list[ToldRecord]:
        """All a subscription was told, oldest first."""
        mine = ledger.c.subscription == subscription_id
        articles_told = sa.select(ledger_articles).join(digests).where(digests.c.subscription == subscription_id)
        named: dict[tuple[str, str], set[str]] = {}
        with reading(self.engine) as connection:
            lines = connection.execute(
                sa.select(ledger).where(mine).order_by(ledger.c.told_at, ledger.c.story_id)
            ).all()
            for row in connection.execute(articles_told):
                named.setdefault((row.digest_id, row.story_id), set()).add(row.article_id)
        return [
            ToldRecord(
                digest_id=line.digest_id,
                subscription=line.subscription,
                story_id=line.story_id,
                article_ids=frozenset(named.get((line.digest_id, line.story_id), ())),
                facts=tuple(line.facts),
                told_at=line.told_at,
            )
            for line in lines
        ]

    def digest_log(self, subscription_id: str | None = None, *, limit: int = 50) -> list[Row]:
        """Digests with their deliveries, newest first; channels may hold secrets, which is for the caller to hide."""
        columns = (digests.c.id, digests.c.subscription, digests.c.period, digests.c.created_at, digests.c.stories)
        chosen = sa.select(*columns).order_by(digests.c.created_at.desc(), digests.c.id).limit(limit)
        if subscription_id is not None:
            chosen = chosen.where(digests.c.subscription == subscription_id)
        by_digest: dict[str, list[Row]] = {}
        with reading(self.engine) as connection:
            rows = connection.execute(chosen).mappings().all()
            mine = deliveries.c.digest_id.in_([row["id"] for row in rows])
            for sent in connection.execute(sa.select(deliveries).where(mine).order_by(deliveries.c.channel)).mappings():
                by_digest.setdefault(sent["digest_id"], []).append(plain(sent))
        return [plain(row) | {"deliveries": by_digest.get(row["id"], [])} for row in rows]
