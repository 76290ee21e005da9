"""`hirewire run`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context, now
from crawler.cli.digest import DEFAULT, names

if TYPE_CHECKING:
    from crawler.scheduler import Job

log = logging.getLogger(__name__)


@click.command
@click.option(
    "--digest-at", default="0 8 * * *", show_default=True, metavar="CRON", help="When digests are made, in UTC."
)
@click.option(
    "--digest-to", default="", metavar="ADDRESS", help="file:FOLDER, log: or smtp://... Default: HOME/digests."
)
def run(digest_at: str, digest_to: str) -> None:
    """Run crawls, digests and housekeeping on their schedules until stopped; one such process a database."""
    from crawler.scheduler import serve  # noqa: PLC0415 - start-up time of --help
    from pipeline.delivery import open_channel  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    context = Context()
    address = digest_to or f"file:{context.settings.home / 'digests'}"
    open_channel(address)  # a bad address is refused at start
    serve(context.settings, context.registry, context.store, jobs=[_digests(context, digest_at, address)])


def _digests(context: Context, line: str, address: str) -> Job:
    from crawler.scheduler import Job  # noqa: PLC0415 - start-up time of --help
    from crawler.sources import parse_cron  # noqa: PLC0415
    from pipeline.digest.editions import publish, send_due  # noqa: PLC0415
    from pipeline.errors import UsageError  # noqa: PLC0415
    from pipeline.store.digests import SubscriptionRecord  # noqa: PLC0415

    record = SubscriptionRecord(id=DEFAULT, query="", created_at=now(), options={"channels": [address]})

    def make(slot: str) -> None:
        publish(context.store, record, now=now(), names=names(context), period=slot)
        for sent in send_due(context.store, now=now()):
            log.info(
                "digest.delivery digest=%s channel=%s sent=%s %s",
                sent.digest_id,
                sent.channel,
                sent.is_sent,
                sent.detail,
            )

    try:
        cron = parse_cron(line)
    except ValueError as error:
        raise UsageError(f"--digest-at: {error}", remedy="five fields, such as 0 8 * * 1-5") from error
    return Job(name="digest", cron=cron, run=make)
