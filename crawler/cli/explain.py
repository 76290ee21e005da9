"""`hirewire explain`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context
from crawler.cli.explain_page import is_archived, minute, page_lines, refusal_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]
_SHOWN = 3  # mentions of a player or model
_TURNS = "would turn it: "  # how the hiring stage words what did not fire


@click.command
@click.argument("url", metavar="URL|ID|FILE")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
def explain(url: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Tell what became of URL (or of an article's id), and why: page, duplicates, tags with spans, decision, digests.

    A FILE (HTML, text or Markdown) is analysed on the spot, and nothing is stored. Of several signs of hiring in headline, lead
    or body, only the strongest weighs.
    """
    if Path(url).is_file():
        _explain_file(Path(url), as_json=as_json)
        return
    context = Context()
    found = context.store.explain(url)
    if (page := found.get("page")) is not None:
        page["is_archived"] = is_archived(context, page)
        if page["fate"] == "rejected":
            page["reason"] = refusal_reason(context, page)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        for line in _lines(url, found):
            click.echo(line)
    sys.exit(0 if found["article"] or found["deleted"] or found.get("page") else 1)


def _explain_file(path: Path, *, as_json: bool) -> None:
    from crawler.cli.analyze import rows_of  # noqa: PLC0415 - start-up time of --help

    failed = False
    for row in rows_of((str(path),)):
        failed |= "error" in row
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False, indent=1))
        else:
            for line in _file_lines(row):
                click.echo(line)
    sys.exit(1 if failed else 0)


def _file_lines(row: Row) -> Iterator[str]:
    if "error" in row:
        yield f"{row['id']}: {row['error']['kind']}: {row['error']['message']}"
        return
    if row["kind"] != "article":
        yield f"{row['id']}: no article: {row['kind']}"
        return
    yield f"file       {row['id']}  {row['title'] or '(no title)'}; analysed, not stored"
    yield f"published  {row['published_at'] or 'unknown'} ({row['published_precision']}, by {row['published_method']})"
    yield from _tags(row)
    yield from _decision(row["hiring"].get("reasons", ()), row["hiring"])


def _lines(url: str, found: Row) -> Iterator[str]:
    page, article = found.get("page"), found["article"]
    if page:
        yield from page_lines(page)
    if found["deleted"]:
        yield f"deleted    {found['deleted']['deleted_at']}: {found['deleted']['reason']}; it is kept away"
    if not article:
        if not page and not found["deleted"]:
            yield f"{url}: never met; no source listed it and nobody ingested it"
        return
    yield f"article    {article['id']}  {article['title'] or '(no title)'}"
    yield f"seen       first {minute(article['first_seen_at'])}, by {article['source'] or 'ingest'}, {len(found['revisions'])} earlier wordings"
    yield f"published  {minute(article['published_at']) if article['published_at'] else 'unknown'} ({article['published_precision']}, by {article['published_method']})"
    yield from _relations(found, article)
    yield from _tags(article)
    yield from _decision(found["reasons"], article["hiring"])
    for told in found["digests"]:
        yield f"digest     {told['digest_id']} told {told['subscription']} at {told['told_at']}"


def _tags(article: Row) -> Iterator[str]:
    yield f"language   {article['language']} (by {article['language_method']}, {article['language_confidence']:.2f})"
    for kind in ("players", "models"):
        for tag in article[kind]:
            yield f"{kind[:-1]:<10} {tag['id']}: {_spans(tag['mentions'][:_SHOWN])}"


def _spans(mentions: list[Row]) -> str:
    """Where a player or model stands, and why it counts; a reason that was given already is not given again."""
    told: set[str] = set()
    spans = []
    for mention in mentions:
        reason = mention["reason"]
        spans.append(f"{mention['text']!r} at {mention['field']} {mention['start']}-{mention['end']}")
        if reason and reason not in told:
            spans[-1] += f" ({reason})"
            told.add(reason)
    return "; ".join(spans)


def _relations(found: Row, article: Row) -> Iterator[str]:
    yield f"story      {article['story_id']}"
    if article["duplicate_of"]:
        yield f"copy       {article['duplicate_kind']} of {article['duplicate_of']}"
    for relation in found.get("relations", ()):
        other = relation["b"] if relation["a"] == article["id"] else relation["a"]
        yield f"relation   {relation['kind']} {relation['score']:.2f} with {other}: {'; '.join(relation['reasons'])}"


def _decision(reasons: Iterable[Row], hiring: Row) -> Iterator[str]:
    """The verdict; what spoke for and against it, the strongest first; what would have turned it; who, whom and pay."""
    yield f"hiring     {'yes' if hiring['is_hiring'] else 'no'}, score {hiring['score']:.2f} {', '.join(hiring.get('actions', ()))}"
    fired = [reason for reason in reasons if not reason["name"].startswith(_TURNS)]
    for sign, is_side in (("for", _is_for), ("against", _is_against)):
        for reason in sorted(filter(is_side, fired), key=lambda reason: -abs(reason["weight"])):
            yield f"  {sign:<8} {reason['weight']:+.2f}  {reason['name']}{_quoted(reason.get('evidence'))}"
    for reason in reasons:
        if reason["name"].startswith(_TURNS):
            yield f"  turns it if {reason['name'].removeprefix(_TURNS)}"
    for name in ("employers", "losing"):
        if hiring.get(name):
            yield f"{name:<10} {', '.join(hiring[name])}"
    for pay in hiring.get("pay", ()):
        yield f"pay        {pay['quote']!r} at {pay['field']} {pay['start']}-{pay['end']}"


def _is_for(reason: Row) -> bool:
    return bool(reason["weight"] > 0)


def _is_against(reason: Row) -> bool:
    return bool(reason["weight"] <= 0)


def _quoted(evidence: Row | None) -> str:
    return f": {evidence['quote']!r} at {evidence['field']} {evidence['start']}-{evidence['end']}" if evidence else ""
