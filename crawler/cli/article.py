"""`hirewire article`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context
from crawler.cli.explain_page import minute
from pipeline.rewording import Change, Wording, changes, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]
_SIGNS = {"gone": "-", "new": "+", "moved": "↷"}


@click.command
@click.argument("url")
@click.option("--revisions", is_flag=True, help="What changed from wording to wording.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
def article(url: str, revisions: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Show the stored article at URL (or of an id), or how its wording has changed."""
    found = Context().store.explain(url)
    if as_json:
        shown = None if found["article"] is None else found["article"] | {"revisions": found["revisions"]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    elif found["article"] is None:
        click.echo(f"{url}: not stored; `hirewire explain {url}` tells why", err=True)
    else:
        for line in _changes(found["revisions"], found["article"]) if revisions else _text(found["article"]):
            click.echo(line)
    sys.exit(0 if found["article"] else 1)


def _text(row: Row) -> Iterator[str]:
    yield row["title"] or "(no title)"
    yield "  ".join(filter(None, (row["published_at"] or "undated", row["source"], row["language"], row["url"])))
    if row["authors"]:
        yield ", ".join(row["authors"])
    yield ""
    yield row["text"]


def _changes(older: Sequence[Row], row: Row) -> Iterator[str]:
    if not older:
        yield "the wording has not changed since it was first seen"
        return
    wordings = [Wording(each["title"], each["text"]) for each in (*older, row)]
    yield f"{len(wordings)} wordings; [before → after], - gone, + new, ↷ moved"
    for number, replaced in enumerate(older):
        yield ""
        yield f"{minute(replaced['replaced_at'])}  wording {number + 2}"
        told = list(changes(wordings[number], wordings[number + 1]))
        yield from map(_told, told) if told else ["  nothing but signs, spaces or stamps"]


def _told(change: Change) -> str:
    if change.kind == "title":
        return f"  title: {marked(change)}"
    if change.kind == "changed":
        return f"  ~ {marked(change)}"
    return f"  {_SIGNS[change.kind]} {change.before or change.after}"
