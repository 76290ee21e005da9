"""Sending what is due in the outbox: claimed first, then sent, then settled; at least once, never not.

A sender that dies after sending leaves a row that is sent again with the same message id.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.delivery import Message, hidden_address, open_channel
from pipeline.digest.render import render_html, render_text, subject
from pipeline.digest.stored import digest_from_row
from pipeline.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pipeline.store import Store
    from pipeline.store.digests import DeliveryRecord

# How long a claim lasts: a mail server that has not answered in this time will not.
CLAIM = timedelta(minutes=10)
# Waits between tries; a receiver that is down for a day and a half gets its digest when it is back.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440))


def deliver(store: Store, *, now: Callable[[], datetime]) -> Iterator[str]:
    """Send everything that is due and say of each delivery what became of it, in a line without secrets."""
    while True:
        started = now()
        with store.writing() as writer:
            claimed = writer.claim_deliveries(now=started, until=started + CLAIM)
        if not claimed:
            return
        for delivery in claimed:
            yield _deliver(store, delivery, now)


def _deliver(store: Store, delivery: DeliveryRecord, now: Callable[[], datetime]) -> str:
    where = hidden_address(delivery.channel)
    try:
        said = open_channel(delivery.channel).send(_message(store, delivery))
    except (DeliveryError, UsageError) as error:
        is_over = not isinstance(error, DeliveryError) or error.is_permanent or delivery.attempts > len(WAITS)
        again_at = None if is_over else now() + WAITS[delivery.attempts - 1]
        with store.writing() as writer:
            writer.settle_delivery(delivery, now=now(), detail=error.message, again_at=again_at)
        return f"{where}: {error.message}; {f'again at {again_at:%Y-%m-%d %H:%M} UTC' if again_at else 'given up'}"
    with store.writing() as writer:
        writer.settle_delivery(delivery, now=now())
    return f"{where}: sent to {said}"


def _message(store: Store, delivery: DeliveryRecord) -> Message:
    record = store.digest(delivery.digest_id)
    assert record is not None, "an outbox row names its digest"
    digest = digest_from_row(record.body)
    return Message(
        id=digest.id,
        subject=subject(digest),
        text=render_text(digest),
        html=render_html(digest),
        created_at=digest.created_at,
    )
