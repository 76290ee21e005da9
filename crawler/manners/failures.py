"""Everything that can go wrong while a page is fetched, and the short name it is counted under."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web.error import Error as WebError

from crawler.manners.refusals import Disallowed, Refused, Resting, RobotsUnavailable

# What `engine.download_async` raises when a page cannot be had. Anything else is a fault of ours and shall be seen.
FETCH_ERRORS: tuple[type[Exception], ...] = (
    IgnoreRequest,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ConnectError,
    ConnectionClosed,
    WebError,
    OSError,
    ValueError,
)
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (Disallowed, "robots"),
    (RobotsUnavailable, "robots-unavailable"),
    (Resting, "rate-limited"),
    (Refused, "refused-address"),
    (UnsupportedURLSchemeError, "refused-address"),
    (NotSupported, "refused-address"),
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too-large"),
    (ResponseDataLossError, "cut-off"),
    (DownloadConnectionRefusedError, "connection"),
)
# For people: what each kind means.
MEANINGS = {
    "robots": "its robots.txt forbids it",
    "robots-unavailable": "its robots.txt cannot be had, so nothing is fetched",
    "rate-limited": "it asks to be left alone for now",
    "refused-address": "its address may not be reached",
    "dns": "its name does not resolve",
    "timeout": "it does not answer in time",
    "too-large": "its answer is too large",
    "cut-off": "its answer is cut off",
    "connection": "it refuses the connection",
    "certificate": "its certificate is not valid",
    "redirects": "it redirects in circles",
    "broken-off": "it breaks the connection off",
    "server-error": "its server has an error",
}
_LONGEST = 300  # characters of an explanation
_WORDS = (
    ("certificate", "certificate"),
    ("max redirections", "redirects"),
    ("exceeded", "too-large"),  # Scrapy's words when a body unfolds beyond DOWNLOAD_MAXSIZE
)


def kind_of(error: BaseException) -> str:
    """The short name of a failure: dns, certificate, timeout, connection (refused), broken-off, cut-off, too-large, ...

    A robots.txt that could not be had for want of a host or a valid certificate is a matter of the host.
    """
    if isinstance(error, RobotsUnavailable) and error.__cause__ is not None:
        cause = kind_of(error.__cause__)
        return cause if cause in {"dns", "certificate", "connection"} else "robots-unavailable"
    for kind, name in _KINDS:
        if isinstance(error, kind):
            return name
    words = f"{error} {explain(error)}".lower()
    return next((name for word, name in _WORDS if word in words), "broken-off")


def explain(error: BaseException) -> str:
    """The failure in one line for people."""
    if isinstance(error, (Disallowed, Refused, Resting, RobotsUnavailable)):  # our own are sentences
        return " ".join(str(error).split())[:_LONGEST]
    reasons = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None)
    text = "; ".join(map(_plain, reasons)) if reasons else str(error)
    return " ".join(f"{type(error).__name__}: {text}".split())[:_LONGEST]


def _plain(reason: Any) -> str:
    """Twisted wraps errors; OpenSSL gives lists of (library, function, reason)."""
    error = getattr(reason, "value", reason)
    parts = error.args[0] if getattr(error, "args", ()) else ""
    if isinstance(parts, list) and all(isinstance(part, tuple) and part for part in parts):
        return "; ".join(str(part[-1]) for part in parts)
    return str(error)
