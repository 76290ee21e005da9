"""What every channel takes and promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A digest or alarm ready to be sent.

    `id` is the same however often it is sent, so that receivers can drop what they have. `unsubscribe` is a web or
    mailto: address where the reader ends the subscription.
    """

    id: str
    subject: str
    text: str
    html: str = ""
    created_at: datetime
    unsubscribe: str = ""


class Channel(Protocol):
    """A place messages go to. Sending one message twice must do no more harm than a repeated line."""

    def send(self, message: Message) -> str:
        """Deliver, and say where it went, in words for people and without secrets.

        Raises:
            DeliveryError: it was not taken; says whether trying again may help.
        """
        ...
