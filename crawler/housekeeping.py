"""What is cleared away: pages past their time and quota, the history of runs, articles no longer compared."""

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
PRUNED_AT, AT = "47 * * * *", "17 3 * * *"  # UTC; a first crawl of all sources writes gigabytes a day
RUNS_KEPT = timedelta(days=90)  # health looks back 28 days
DONE_KEPT = timedelta(days=7)  # some jobs run every five minutes, and there is nothing to say of it
# Copies are looked for over 30 days. The rest is for backfills of past months, which find each other while this lasts.
COMPARED_KEPT = timedelta(days=180)


def housekeeping(settings: Settings, store: Storing, *, now: Callable[[], datetime]) -> tuple[Job, Job]:
    """The jobs that keep house."""

    def prune_archive(_slot: str) -> None:
        days, gigabytes = settings.archive_days, settings.archive_gb
        deleted = prune(
            settings.home / ARCHIVE,
            now=now(),
            max_age=None if days is None else timedelta(days=days),
            max_bytes=None if gigabytes is None else int(gigabytes * GIGABYTE),
        )
        if deleted:
            log.info("archive.pruned files=%s days=%s gb=%s", deleted, days, gigabytes)

    def forget(_slot: str) -> None:
        instant = now()
        with store.writing() as writer:
            ledger.forget(writer.connection, before=instant - RUNS_KEPT, done_before=instant - DONE_KEPT)
            age_out(writer.connection, instant - COMPARED_KEPT)

    return (
        Job(name="archive", cron=parse_cron(PRUNED_AT), run=prune_archive),
        Job(name="housekeeping", cron=parse_cron(AT), run=forget),
    )
