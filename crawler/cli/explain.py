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
    context = Context()
    found = context.store.explain(url)
    if (page := found.get("page")) is not None and page["fate"] == "rejected":
        page["reason"] = _reason(context, page)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        for line in _lines(url, found):
            click.echo(line)
    sys.exit(0 if found["article"] or found["deleted"] or found.get("page") else 1)


def _lines(url: str, found: Row) -> Iterator[str]:
    page, article = found.get("page"), found["article"]
    if page:
        yield from _page(page)
    if found["deleted"]:
        yield f"deleted    {found['deleted']['deleted_at']}: {found['deleted']['reason']}; it is kept away"
    if not article:
        if not page and not found["deleted"]:
            yield f"{url}: never met; no source listed it and nobody ingested it"
        return
    yield f"article    {article['id']}  {article['title'] or '(no title)'}"
    yield f"seen       first {minute(article['first_seen_at'])}, by {article['source'] or 'ingest'}, {len(found['revisions'])} earlier wordings"
    yield f"published  {minute(article['published_at']) if article['published_at'] else 'unknown'} ({article['published_precision']}, by {article['published_method']})"
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


# Fates whose name alone does not tell what happened.
MEANINGS = {
    "bot-wall": "a check for robots came in place of the page",
    "consent": "a page that asks for consent came in its place",
    "login": "it wants a login",
    "paywall-stub": "only a lead is shown to who has not paid",
    "soft-404": "it says that there is no such article",
    "homepage": "it leads to a front page or a list",
    "too-short": "hardly any text was found on it",
    "not-a-page": "it is a document or data, no page of text",
    "too-large": "it is larger than any article",
    "error-page": "an error message came in its place",
    "gone": "the server says that it is gone",
    "empty": "the answer was empty",
    "robots": "robots.txt forbids it; it was not fetched",
    "refused-address": "its address is none that may be reached; it was not fetched",
    "bad-url": "its address is none that can be fetched",
}


def _page(page: Row) -> Iterator[str]:
    told = ": ".join(filter(None, (page["fate"] or page["state"], page["detail"])))
    because = "; ".join(filter(None, (MEANINGS.get(page["detail"], ""), page.get("reason", ""))))
    yield f"page       {told}{f' ({because})' if because else ''}"
    if page["fate"] in {"stored", "revised", "unchanged"}:
        return
    yield f"listed     by {page['source']} on {minute(page['found_at'])}{' as ' + repr(page['title']) if page['title'] else ''}"
    if page["state"] == "due":
        tried = (
            f"after {page['attempts']} attempt{'' if page['attempts'] == 1 else 's'}"
            if page["attempts"]
            else "for the first time"
        )
        yield f"next       asked for {tried} from {minute(page['next_at'])} on, when its source is visited"
    elif page["state"] == "leased":
        yield "next       it is being fetched now"


def minute(instant: str) -> str:
    """An ISO instant to the minute, in UTC."""
    return f"{instant[:16].replace('T', ' ')} UTC"


def _reason(context: Context, page: Row) -> str:
    """Why a page is refused, by the archived answer looked at again; empty where that is gone or would pass today."""
    if not page["archive_file"]:
        return ""
    from crawler.archive import read_at  # noqa: PLC0415 - start-up time of --help
    from crawler.extraction import extract  # noqa: PLC0415
    from crawler.spiders.run import ARCHIVE  # noqa: PLC0415
    from pipeline.document import Rejected  # noqa: PLC0415
    from pipeline.errors import InputError  # noqa: PLC0415

    try:
        answer = read_at(context.settings.home / ARCHIVE, page["archive_file"], page["archive_offset"])
    except InputError:
        return ""
    judged = extract(answer, context.registry.get(page["source"]))
    return (
        judged.reason
        if isinstance(judged, Rejected)
        else "a look at the archived answer finds an article today: hirewire reprocess stores it"
    )


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
