"""What is cleared away every night: pages past their time, the history of runs, articles no longer compared."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.archive import prune
from crawler.jobs import Job
from crawler.sources import parse_cron
from crawler.spiders.run import ARCHIVE
from pipeline.store.crawling import jobs as ledger
from pipeline.store.relation_search import age_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawler.frontier import Storing
    from pipeline.settings import Settings

log = logging.getLogger(__name__)

GIGABYTE = 10**9
AT = "17 3 * * *"  # UTC
RUNS_KEPT = timedelta(days=90)  # health looks back 28 days
DONE_KEPT = timedelta(days=7)  # some jobs run every five minutes, and there is nothing to say of it
# Copies are looked for over 30 days. The rest is for backfills of past months, which find each other while this lasts.
COMPARED_KEPT = timedelta(days=180)


def housekeeping(settings: Settings, store: Storing, *, now: Callable[[], datetime]) -> Job:
    """The job that keeps house."""

    def keep_house(_slot: str) -> None:
        instant = now()
        days, gigabytes = settings.archive_days, settings.archive_gb
        deleted = prune(
            settings.home / ARCHIVE,
            now=instant,
            max_age=None if days is None else timedelta(days=days),
            max_bytes=None if gigabytes is None else int(gigabytes * GIGABYTE),
        )
        if deleted:
            log.info("archive.pruned files=%s days=%s gb=%s", deleted, days, gigabytes)
        with store.writing() as writer:
            ledger.forget(writer.connection, before=instant - RUNS_KEPT, done_before=instant - DONE_KEPT)
            age_out(writer.connection, instant - COMPARED_KEPT)

    return Job(name="housekeeping", cron=parse_cron(AT), run=keep_house)
