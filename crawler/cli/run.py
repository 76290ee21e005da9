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

ALARMS_AT = "*/5 * * * *"  # a source in trouble can wait five minutes to be told of


@click.command
@click.option(
    "--digest-at", default="0 8 * * *", show_default=True, metavar="CRON", help="When digests are made, in UTC."
)
@click.option(
    "--digest-to", default="", metavar="ADDRESS", help="file:FOLDER, log: or smtp://... Default: HOME/digests."
)
@click.option(
    "--alarms-to",
    default="log:",
    show_default=True,
    metavar="ADDRESS",
    help="Where changes in how sources fare are told, each once: log:, file:FOLDER or smtp://...",
)
def run(digest_at: str, digest_to: str, alarms_to: str) -> None:
    """Run crawls, digests and housekeeping on their schedules until stopped; one such process a database."""
    from crawler.scheduler import serve  # noqa: PLC0415 - start-up time of --help
    from pipeline.delivery import open_channel  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    context = Context()
    address = digest_to or f"file:{context.settings.home / 'digests'}"
    open_channel(address)  # a bad address is refused at start
    jobs = [_digests(context, digest_at, address), _alarms(context, alarms_to)]
    serve(context.settings, context.registry, context.store, jobs=jobs)


def _alarms(context: Context, address: str) -> Job:
    from crawler.alarms import tell_changes  # noqa: PLC0415 - start-up time of --help
    from crawler.scheduler import Job  # noqa: PLC0415
    from crawler.sources import parse_cron  # noqa: PLC0415
    from pipeline.delivery import open_channel  # noqa: PLC0415

    channel = open_channel(address)
    enabled = frozenset(source.id for source in context.registry.enabled)

    def tell(_slot: str) -> None:
        tell_changes(context.store, channel, enabled, now=now())

    return Job(name="alarms", cron=parse_cron(ALARMS_AT), run=tell)


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
