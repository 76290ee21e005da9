"""Everything that can go wrong while a page is fetched, and the short name it is counted under."""

from __future__ import annotations

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
    words = explain(error).lower()
    return next((name for word, name in _WORDS if word in words), "broken-off")


def explain(error: BaseException) -> str:
    """The failure in one line for people."""
    reasons = getattr(error, "reasons", None) or getattr(error.__cause__, "reasons", None)
    inner = "; ".join(str(getattr(reason, "value", reason)) for reason in reasons) if reasons else ""
    text = " ".join(f"{error} {inner}".split())
    return f"{type(error).__name__}: {text}"[:300]
