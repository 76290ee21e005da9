"""`hirewire sources check`."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context
from crawler.cli.output import progress, stderr
from crawler.cli.source_changes import watched
from crawler.cli.source_proposal import is_address, proposed
from crawler.cli.source_show import feed_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.sources import Source

Row = dict[str, Any]
# A check looks at a handful of a source's newest pages; more would burden the site without telling more.
CHECKED_PAGES = 5
SHOWN_CHARACTERS = 120


@click.command
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a source.")
def check(source_ids: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Check the registry; with SOURCEs, fetch a few pages of each and show what would be stored. Nothing is stored.

    A SOURCE may be the address of a site that is not in the registry: its feeds and sitemaps are looked for first.
    """
    context = Context()
    registry = context.registry
    if not source_ids:
        click.echo(f"{len(registry)} sources are well-formed, {len(registry.enabled)} of them enabled")
        return
    rows = [_try(context, _named(context, each)) for each in source_ids]
    for row in rows:
        for line in [json.dumps(row, ensure_ascii=False)] if as_json else _trial(row):
            click.echo(line)
    sys.exit(0 if all(row["articles"] for row in rows) else 1)


def _named(context: Context, source_id: str) -> Source:
    if source_id in context.registry or not is_address(source_id):
        (source,) = context.sources([source_id])
        if not source.enabled:
            stderr().print(f"{source.id} is disabled: {source.disabled_reason}", markup=False, soft_wrap=True)
        return source
    from crawler.sources.writing import source_toml  # noqa: PLC0415

    source = proposed(context, source_id, {}, context.registry)
    if known := watched(source, context.registry):
        stderr().print(f"watched already, as {known.id}", markup=False, soft_wrap=True)
    stderr().print(source_toml(source).rstrip(), markup=False, highlight=False, soft_wrap=True)
    return source


def _try(context: Context, source: Source) -> Row:
    from crawler.reports import feeds_seen  # noqa: PLC0415 - start-up time of --help
    from crawler.spiders.run import crawl  # noqa: PLC0415
    from crawler.spiders.session import Limits  # noqa: PLC0415
    from pipeline.search.query import Query  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="hirewire-check-") as folder, progress(f"checking {source.id}"):
        settings = replace(context.settings, home=Path(folder), database_url=f"sqlite:///{folder}/check.db")
        trial = Context(settings)
        (outcome,) = crawl(
            [source], trial.store, trial.desk, settings, limits=Limits(pages=CHECKED_PAGES), on_alarm=_untold
        )
        articles = sorted(trial.store.articles(Query.of(limit=CHECKED_PAGES)), key=_published, reverse=True)
        feeds = [_feed(feed) for feed in feeds_seen(trial.store, source.id)]
        trial.store.close()
    return outcome.as_row() | {"feeds": feeds, "articles": articles}


def _published(article: Row) -> str:
    return str(article["published_at"] or "")


def _untold(_alarm: object) -> None:
    """A check tells its outcome itself."""


def _feed(state: Any) -> Row:
    return {name: state[name] for name in ("url", "answered_by", "format", "links", "problem", "hub")}


def _trial(row: Row) -> Iterator[str]:
    yield f"{row['source']}: {row['outcome']}{' (' + row['evidence'] + ')' if row['evidence'] else ''}"
    for feed in row["feeds"]:
        yield f"  {feed_line(feed)}"
    refused = "".join(f", {n} refused as {kind}" for kind, n in row["rejected"].items())
    lost = "".join(f", {row[name]} {name}" for name in ("failed", "quarantined") if row[name])
    yield f"  {row['discovered']} pages listed, {row['fetched']} fetched: {row['stored']} would be stored{refused}{lost}"
    for article in row["articles"]:
        day = str(article["published_at"] or "undated")[:16].replace("T", " ")
        yield f"  {day:<16}  {article['language']:<8} {article['title']}"
        yield f"    {article['canonical_url']}"
        found = ", ".join(each if isinstance(each, str) else each["id"] for each in article["players"])
        yield f"    {'hiring news; ' if article['is_hiring'] else ''}players: {found or 'none'}"
        yield f"    {' '.join(article['excerpt'].split())[:SHOWN_CHARACTERS]}"
