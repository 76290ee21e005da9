"""Why a request was not sent: raised by the middlewares, turned into fates by the spider.

They are Scrapy's `IgnoreRequest`, so that Scrapy neither retries nor logs them as errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from datetime import datetime


class Refused(IgnoreRequest):
    """The address may not be reached: not public, not http(s), or with credentials in it."""


class Disallowed(IgnoreRequest):
    """robots.txt forbids the page."""


class RobotsUnavailable(IgnoreRequest):
    """robots.txt could not be had, so nothing of the host is fetched; the cause of the failure is `__cause__`."""


class Resting(IgnoreRequest):
    """The host asked to be left alone until `until`."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until
