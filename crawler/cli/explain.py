"""`hirewire explain`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]


@click.command
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
def explain(url: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Tell what became of URL (or of an article's id), and why: page, duplicates, tags with spans, decision, digests."""
    found = Context().store.explain(url)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        for line in _lines(url, found):
            click.echo(line)
    sys.exit(0 if found["article"] or found["deleted"] or found.get("page") else 1)


def _lines(url: str, found: Row) -> Iterator[str]:
    page, article = found.get("page"), found["article"]
    if page:
        yield f"page       {page['fate'] or page['state']}{': ' + page['detail'] if page['detail'] else ''}"
    if found["deleted"]:
        yield f"deleted    {found['deleted']['deleted_at']}: {found['deleted']['reason']}; it is kept away"
    if not article:
        if not page and not found["deleted"]:
            yield f"{url}: never met; no source listed it and nobody ingested it"
        return
    yield f"article    {article['id']}  {article['title'] or '(no title)'}"
    yield f"seen       first {article['first_seen_at']}, by {article['source'] or 'ingest'}, {len(found['revisions'])} earlier wordings"
    yield f"published  {article['published_at'] or 'unknown'} ({article['published_precision']}, by {article['published_method']})"
    yield f"language   {article['language']} (by {article['language_method']}, {article['language_confidence']:.2f})"
    yield from _relations(found, article)
    for kind in ("players", "models"):
        for tag in article[kind]:
            spans = "; ".join(
                f"{m['text']!r} at {m['field']} {m['start']}-{m['end']}{_why(m)}" for m in tag["mentions"][:3]
            )
            yield f"{kind[:-1]:<10} {tag['id']}: {spans}"
    yield from _decision(found, article["hiring"])
    for told in found["digests"]:
        yield f"digest     {told['digest_id']} told {told['subscription']} at {told['told_at']}"


def _why(mention: Row) -> str:
    return f" ({mention['reason']})" if mention["reason"] else ""


def _relations(found: Row, article: Row) -> Iterator[str]:
    yield f"story      {article['story_id']}"
    if article["duplicate_of"]:
        yield f"copy       {article['duplicate_kind']} of {article['duplicate_of']}"
    for relation in found.get("relations", ()):
        other = relation["b"] if relation["a"] == article["id"] else relation["a"]
        yield f"relation   {relation['kind']} {relation['score']:.2f} with {other}: {'; '.join(relation['reasons'])}"


def _decision(found: Row, hiring: Row) -> Iterator[str]:
    yield f"hiring     {'yes' if hiring['is_hiring'] else 'no'}, score {hiring['score']:.2f} {', '.join(hiring.get('actions', ()))}"
    for reason in sorted(found["reasons"], key=lambda reason: -abs(reason["weight"])):
        evidence = reason.get("evidence")
        quote = (
            f": {evidence['quote']!r} at {evidence['field']} {evidence['start']}-{evidence['end']}" if evidence else ""
        )
        yield f"  {reason['weight']:+.2f}  {reason['name']}{quote}"
    for pay in hiring.get("pay", ()):
        yield f"pay        {pay['quote']!r} at {pay['field']} {pay['start']}-{pay['end']}"
