"""`hirewire article`."""

from __future__ import annotations

import difflib
import json
import re
import sys
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]
# Where a wording is cut for comparing: a paragraph of one line would else be shown whole for one changed word.
_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=[.!?])\s+|\n")


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
    wordings = [*older, row]
    for before, after, replaced in zip(wordings, wordings[1:], older, strict=False):
        yield f"{replaced['replaced_at']}"
        yield from _difference(before, after)


def _difference(before: Row, after: Row) -> Iterator[str]:
    """Sentences that went (-) and came (+); the title counts as one."""
    was, now = ([each["title"], *_sentences(each["text"])] for each in (before, after))
    for line in difflib.ndiff(was, now):
        if line.startswith(("- ", "+ ")):
            yield f"  {line}"


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.split(text) if sentence and sentence.strip()]
