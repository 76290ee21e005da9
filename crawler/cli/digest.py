"""`hirewire digest`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context, now
from crawler.cli.output import format_option, plain_cell, show, stderr

if TYPE_CHECKING:
    from pipeline.digest.editions import Names
    from pipeline.digest.records import Digest

DEFAULT = "default"  # the subscription to all LLM-hiring news


@click.group
def digest() -> None:
    """Show or write a digest of new LLM-hiring news."""


@digest.command("preview")
@click.argument("query", nargs=-1)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write it as a page to this file.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Which comes first.")
@click.option("--timezone", default="UTC", show_default=True, help="Of the dates shown.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def preview(query: tuple[str, ...], html: Path | None, language: str, timezone: str, as_json: bool) -> None:  # noqa: FBT001
    """Show the digest that would be sent now; it is not entered in the ledger, so it is shown again next time."""
    made = make_preview(Context(), " ".join(query), language=language, timezone=timezone)
    show_digest(made, html=html, as_json=as_json)


@digest.command("send")
@click.option(
    "--to", "channel", metavar="ADDRESS", default="", help="file:FOLDER, log: or smtp://... Default: var/digests."
)
def send(channel: str) -> None:
    """Make the digest of today, enter it in the ledger and deliver it; nothing of it is told again."""
    from pipeline.delivery import open_channel  # noqa: PLC0415 - start-up time of --help
    from pipeline.digest.editions import publish, send_due  # noqa: PLC0415
    from pipeline.store.digests import SubscriptionRecord  # noqa: PLC0415

    context = Context()
    address = channel or f"file:{context.settings.home / 'digests'}"
    open_channel(address)  # a bad address is refused before anything is written
    record = SubscriptionRecord(id=DEFAULT, query="", created_at=now(), options={"channels": [address]})
    made = publish(context.store, record, now=now(), names=names(context))
    if made is None:
        stderr().print("today's digest was made before")
    elif not made.groups:
        stderr().print("nothing new since the last digest")
    has_failed = False
    for sent in send_due(context.store, now=now()):
        click.echo(f"{sent.channel}: {'sent to ' if sent.is_sent else ''}{sent.detail}")
        has_failed |= not sent.is_sent
    sys.exit(1 if has_failed else 0)


@digest.command("log")
@click.option("--limit", default=20, show_default=True)
@format_option
def log(limit: int, output_format: str) -> None:
    """List the digests that were made, newest first, with what became of each delivery."""
    rows = Context().store.digest_log(limit=limit)
    show(rows, output_format, columns=("created_at", "id", "stories", "deliveries"), cell=_log_cell)


def make_preview(context: Context, query: str = "", *, language: str = "en", timezone: str = "UTC") -> Digest:
    """What the default subscription, or one with this query, has not been told yet."""
    from pipeline.digest.editions import preview, subscription_of  # noqa: PLC0415
    from pipeline.store.digests import SubscriptionRecord  # noqa: PLC0415

    options = {"language": language, "timezone": timezone}
    record = SubscriptionRecord(id=DEFAULT, query=query, created_at=now(), options=options)
    return preview(context.store, subscription_of(record), now=now(), names=names(context))


def names(context: Context) -> Names:
    """How sources and players are called."""
    from pipeline.digest.editions import Names, player_names  # noqa: PLC0415
    from pipeline.knowledge.players import load_players  # noqa: PLC0415

    outlets = {source.id: (source.outlet_names or (source.name,))[0] for source in context.registry}
    return Names(outlet=lambda source: outlets.get(source, ""), players=player_names(load_players()))


def show_digest(made: Digest, *, html: Path | None, as_json: bool = False) -> None:
    """Write a digest to stdout, and as a page to a file."""
    from pipeline.digest import digest_row, render_html, render_text  # noqa: PLC0415

    click.echo(json.dumps(digest_row(made), ensure_ascii=False) if as_json else render_text(made))
    if html:
        html.parent.mkdir(parents=True, exist_ok=True)
        html.write_text(render_html(made), "utf-8")
        stderr().print(f"as a page: {html}", soft_wrap=True)


def _log_cell(row: dict[str, object], column: str) -> str:
    if column != "deliveries":
        return plain_cell(row, column)
    from pipeline.delivery import hidden_address  # noqa: PLC0415

    deliveries = row["deliveries"]
    assert isinstance(deliveries, list)
    return "; ".join(
        f"{hidden_address(each['channel'])}: {each['state']} {each['detail']}".strip() for each in deliveries
    )
