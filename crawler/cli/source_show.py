"""`hirewire sources show`, and how one source fares, in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context
from crawler.cli.output import minute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.reports import SourceReport


@click.command("show")
@click.argument("source_id", metavar="SOURCE")
def show_source(source_id: str) -> None:
    """Show a source's table as it stands in the registry, and as comments what visits have found.

    That is the state, each feed with its WebSub hub if it names one, and what the publisher reserves.
    """
    from crawler.cli.context import now  # noqa: PLC0415
    from crawler.reports import feeds_seen, report  # noqa: PLC0415 - start-up time of --help
    from crawler.sources.writing import source_toml  # noqa: PLC0415

    context = Context()
    (source,) = context.sources([source_id])
    click.echo(source_toml(source).rstrip())
    (found,) = report(context.store, [source], now=now())
    if found.last_run_at is not None:
        feeds = [f"  {feed_line(feed)}" for feed in feeds_seen(context.store, source_id)]
        for line in (*health_lines(found), *feeds):
            click.echo(f"# {line}")


def feed_line(feed: Mapping[str, Any]) -> str:
    """A feed as last seen: `https://…/feed: rss, 20 links; WebSub hub https://…/`."""
    from crawler.discovery import PROBLEMS  # noqa: PLC0415 - start-up time of --help

    links = f"{feed['links']} link{'' if feed['links'] == 1 else 's'}"
    found = PROBLEMS.get(feed["problem"], feed["problem"]) or f"{feed['format']}, {links}"
    moved = f" (answered by {feed['answered_by']})" if feed["answered_by"] not in {"", feed["url"]} else ""
    return f"{feed['url']}{moved}: {found}" + (f"; WebSub hub {feed['hub']}" if feed["hub"] else "")


def health_lines(report: SourceReport) -> Iterator[str]:
    """A source's state, what it rests on, and what can be done."""
    since = f" since {minute(report.since_at)}" if report.since_at else ""
    yield f"{report.source}: {report.state}{since}"
    pages = ", ".join(f"{n} {state}" for state, n in sorted(report.pages.items()))
    shares = ", ".join(
        f"{share:.0%} {what}"
        for what, share in (
            ("of fetched pages were articles", report.extracted),
            ("of those dated", report.dated),
            ("copies of others", report.duplicates),
        )
        if share is not None
    )
    told = {
        "evidence": report.evidence,
        "remedy": report.remedy,
        "visits": _visits(report),
        "pages": pages,
        "seven days": f"{report.new_in_7_days} new" + (f"; {shares}" if shares else "") if report.last_run_at else "",
    }
    for name, text in told.items():
        if text:
            yield f"  {name:<12} {text}"
    for reservation in report.reservations:
        yield f"  {'reserves':<12} {reservation}"


def _visits(report: SourceReport) -> str:
    moments = {"last": report.last_run_at, "last good": report.last_good_at, "next": report.next_at}
    return ", ".join(f"{name} {minute(at)}" for name, at in moments.items() if at)
