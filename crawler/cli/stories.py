"""`hirewire stories`: list them; show one; merge and split them by hand; tell why two articles are, or are not, together."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from crawler.cli import reading
from crawler.cli.context import Context, now

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pipeline.corrections import Correction, Pair

LIST = "list"


class ListedByDefault(click.Group):
    """A group whose first word may be left out: whatever is no verb of it is a query to `list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the word that was left out."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [LIST, *args]
        return super().parse_args(ctx, args)


@click.group(cls=ListedByDefault)
def stories() -> None:
    """List stories, newest first, or say which articles belong to one.

    `hirewire stories QUERY` is short for `hirewire stories list QUERY`; write it out for a query that begins with the
    name of a verb.
    """


stories.add_command(reading.stories, LIST)


def _two_articles(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--json", "as_json", is_flag=True, help="One JSON object.")(command)
    return click.argument("a")(click.argument("b")(command))


@stories.command("merge")
@_two_articles
def merge(a: str, b: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Make one story of those of A and B, and remember it: ids or URLs of articles, or ids of stories."""
    from pipeline import corrections  # noqa: PLC0415 - start-up time of --help

    _show(corrections.merge(Context().store, a, b, now=now()), as_json=as_json)


@stories.command("split")
@_two_articles
def split(a: str, b: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Keep the articles A and B in stories of their own, and remember it: ids or URLs."""
    from pipeline import corrections  # noqa: PLC0415

    _show(corrections.split(Context().store, a, b, now=now()), as_json=as_json)


@stories.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show_one(name: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Show the story NAME: who reported it first, how long the others took, and what it is linked with.

    NAME is a story's id, also a former one, or the id or URL of one of its articles.
    """
    from crawler.cli.story import write  # noqa: PLC0415 - start-up time of --help
    from pipeline import coverage  # noqa: PLC0415

    row = coverage.show(Context().store, name, now=now())
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        write(row)


@stories.command("explain")
@_two_articles
def explain(a: str, b: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Tell why the articles A and B are one story, or are not: measures, shared names and numbers, vetoes."""
    from pipeline import corrections  # noqa: PLC0415

    pair, measures = corrections.explain(Context().store, a, b, now=now())
    if as_json:
        click.echo(json.dumps(_row(pair) | {"measures": list(measures)}, ensure_ascii=False))
        return
    click.echo(_line(pair))
    for measure in measures:
        click.echo(f"  {measure}")


def _show(correction: Correction, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_row(correction.pair) | {"placed": list(correction.placed)}))
        return
    click.echo(_line(correction.pair))
    click.echo(f"articles whose story or original changed: {len(correction.placed)}")


def _row(pair: Pair) -> dict[str, Any]:
    return asdict(pair) | {"is_together": pair.is_together}


def _line(pair: Pair) -> str:
    said = f"; a person said: {pair.decided}" if pair.decided else ""
    if pair.is_together:
        return f"{pair.a} and {pair.b} are in one story, {pair.story_a}{said}"
    return f"{pair.a} is in story {pair.story_a}, {pair.b} in {pair.story_b}{said}"
