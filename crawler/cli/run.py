"""`hirewire run`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context, now
from crawler.cli.digest import DEFAULT, names
from crawler.cli.output import format_option, plain_cell, show, stderr

if TYPE_CHECKING:
    from crawler.jobs import Job

log = logging.getLogger(__name__)

HISTORY = 50  # runs shown that failed
ALARMS_AT = "*/5 * * * *"  # a source in trouble can wait five minutes to be told of
DELIVERIES_AT = "*/5 * * * *"  # a channel that refused a digest is asked again after two minutes, four, eight...


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
@click.option("--history", is_flag=True, help="Show what ran, how it ended and what is wrong, and run nothing.")
@format_option
def run(digest_at: str, digest_to: str, alarms_to: str, history: bool, output_format: str) -> None:  # noqa: FBT001 - by name
    """Run crawls, digests and housekeeping on their schedules until stopped; one such process a database.

    Where one runs already, this one stands by and takes over when that one is gone. Ctrl-C or SIGTERM gives back what
    crawls have in hand and ends; a second one ends at once.
    """
    from crawler.scheduler import serve  # noqa: PLC0415 - start-up time of --help
    from pipeline.delivery import open_channel  # noqa: PLC0415

    if history:
        _show_history(output_format)
        return
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("apscheduler", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    context = Context()
    address = digest_to or f"file:{context.settings.home / 'digests'}"
    open_channel(address)  # a bad address is refused at start
    jobs = [_digests(context, digest_at, address), _deliveries(context), _alarms(context, alarms_to)]
    serve(context.settings, context.registry, context.store, jobs=jobs)


def _show_history(output_format: str) -> None:
    from crawler.history import history, scheduler_at_work  # noqa: PLC0415 - start-up time of --help

    context = Context()
    rows = history(context.store, limit=HISTORY)
    show(rows, output_format, columns=("started_at", "job", "slot", "result", "error"), cell=plain_cell)
    leader = scheduler_at_work(context.store, now=now())
    stderr().print(f"the schedule is run by {leader}" if leader else "hirewire run is not running", markup=False)


def _alarms(context: Context, address: str) -> Job:
    from crawler.alarms import tell_changes  # noqa: PLC0415 - start-up time of --help
    from crawler.jobs import Job  # noqa: PLC0415
    from crawler.sources import parse_cron  # noqa: PLC0415
    from pipeline.delivery import open_channel  # noqa: PLC0415

    channel = open_channel(address)
    enabled = frozenset(source.id for source in context.registry.enabled)

    def tell(_slot: str) -> None:
        tell_changes(context.store, channel, enabled, now=now())

    return Job(name="alarms", cron=parse_cron(ALARMS_AT), run=tell)


def _deliveries(context: Context) -> Job:
    from crawler.jobs import Job  # noqa: PLC0415 - start-up time of --help
    from crawler.sources import parse_cron  # noqa: PLC0415

    return Job(name="deliveries", cron=parse_cron(DELIVERIES_AT), run=lambda _slot: _send_due(context))


def _send_due(context: Context) -> None:
    from pipeline.digest.editions import send_due  # noqa: PLC0415 - start-up time of --help

    for sent in send_due(context.store, now=now()):
        log.info(
            "digest.delivery digest=%s channel=%s sent=%s %s", sent.digest_id, sent.channel, sent.is_sent, sent.detail
        )


def _digests(context: Context, line: str, address: str) -> Job:
    from crawler.jobs import Job  # noqa: PLC0415 - start-up time of --help
    from crawler.sources import parse_cron  # noqa: PLC0415
    from pipeline.digest.editions import publish  # noqa: PLC0415
    from pipeline.errors import UsageError  # noqa: PLC0415
    from pipeline.store.digests import SubscriptionRecord  # noqa: PLC0415

    record = SubscriptionRecord(id=DEFAULT, query="", created_at=now(), options={"channels": [address]})

    def make(slot: str) -> None:
        publish(context.store, record, now=now(), names=names(context), period=slot)
        _send_due(context)

    try:
        cron = parse_cron(line)
    except ValueError as error:
        raise UsageError(f"--digest-at: {error}", remedy="five fields, such as 0 8 * * 1-5") from error
    return Job(name="digest", cron=cron, run=make)
