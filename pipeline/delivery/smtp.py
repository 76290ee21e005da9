"""`smtp:` and `smtps:` send mail: one message a recipient, with an id that stays the same when it is sent again."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from pipeline.delivery.channel import Message

SCHEMES = ("smtp", "smtps")
EXAMPLE = "smtp://user:password@mail.example.org:587/?from=hirewire@example.org&to=team@example.org&tls=yes"
_PORTS = {"smtp": 25, "smtps": 465}
_TIMEOUT_SECONDS = 30.0
_PERMANENT = 500  # SMTP replies from here on are refusals, 4xx are "later"


@dataclass(frozen=True, kw_only=True)
class MailChannel:
    """A mail server, a sender and recipients. The password stays out of every text."""

    host: str
    port: int
    sender: Address
    recipients: tuple[Address, ...]
    is_encrypted: bool = False  # from the first byte (smtps:)
    starts_tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = _TIMEOUT_SECONDS

    def send(self, message: Message) -> str:
        """One mail to each recipient: nobody sees the others, and a refusal of one stops none of the rest."""
        refused: list[smtplib.SMTPResponseException] = []
        try:
            with self._connect() as server:
                for recipient in self.recipients:
                    try:
                        server.send_message(
                            compose(message, self.sender, recipient), self.sender.addr_spec, [recipient.addr_spec]
                        )
                    except smtplib.SMTPRecipientsRefused as error:
                        code, reply = error.recipients[recipient.addr_spec]
                        refused.append(smtplib.SMTPResponseException(code, reply))
        except smtplib.SMTPResponseException as error:
            raise self._failed(error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"mail server {self.host}:{self.port}: {error}", is_permanent=False) from error
        if refused:
            raise self._failed(refused[0])
        return f"{len(self.recipients)} recipient{'s' if len(self.recipients) > 1 else ''} by {self.host}"

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.is_encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_seconds, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        try:
            if self.starts_tls:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _failed(self, error: smtplib.SMTPResponseException) -> DeliveryError:
        reply = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        text = f"mail server {self.host}:{self.port} answered {error.smtp_code} {' '.join(str(reply).split())[:200]}"
        return DeliveryError(text, is_permanent=error.smtp_code >= _PERMANENT)


def compose(message: Message, sender: Address, recipient: Address) -> EmailMessage:
    """The mail: text, and HTML beside it; the same bytes each time it is made for this recipient."""
    digest = hashlib.sha256(f"{message.id}\n{recipient.addr_spec}".encode()).hexdigest()[:24]
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _header(message.subject)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Date"] = message.created_at
    mail["Message-ID"] = f"<{digest}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{_header(message.unsubscribe)}>"
    mail.set_content(message.text, cte="base64")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="base64")
        for part in mail.iter_parts():
            del part["MIME-Version"]
        mail.set_boundary(f"=={digest}==")
    return mail


def open_channel(address: str) -> MailChannel:
    """Read `smtp://USER:PASSWORD@HOST:PORT/?from=ADDRESS&to=ADDRESS[&to=…][&tls=yes]`.

    Raises:
        UsageError: host, sender or recipients are missing or no addresses; the password is not shown.
    """
    try:
        parts = urlsplit(address)
        options = parse_qs(parts.query, strict_parsing=bool(parts.query))
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise _unusable("the address cannot be read") from error
    if unknown := options.keys() - {"from", "to", "tls"}:
        raise _unusable(f"unknown parameter {', '.join(sorted(unknown))}")
    if not parts.hostname or "from" not in options or "to" not in options:
        raise _unusable("host, from and to are needed")
    recipients = [part.strip() for entry in options["to"] for part in entry.split(",")]
    return MailChannel(
        host=parts.hostname,
        port=port,
        sender=_address(options["from"][-1]),
        recipients=tuple(_address(recipient) for recipient in dict.fromkeys(recipients)),
        is_encrypted=parts.scheme == "smtps",
        starts_tls=options.get("tls", ["no"])[-1] in {"yes", "true", "1"},
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _address(text: str) -> Address:
    try:
        address = Address(addr_spec=text.strip())
    except (HeaderParseError, ValueError, IndexError) as error:
        raise _unusable(f"{text!r} is no mail address") from error
    if not address.domain or not address.username or not address.addr_spec.isprintable():
        raise _unusable(f"{text!r} is no mail address")
    return address


def _unusable(reason: str) -> UsageError:
    return UsageError(f"mail channel: {reason}", remedy=f"example: {EXAMPLE}")


def _header(text: str) -> str:
    """One line: a line end in a title must not begin another header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
