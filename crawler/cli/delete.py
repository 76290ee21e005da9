"""`hirewire delete`."""

from __future__ import annotations

import json

import click

from crawler.cli.context import Context, now


@click.command
@click.argument("url")
@click.option("--reason", default="", help="Kept with the tombstone, and shown by explain.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def delete(url: str, reason: str, as_json: bool) -> None:  # noqa: FBT001 - click passes by name
    """Remove the article at URL (or of an id) everywhere, with its copies of the same words, and keep it away.

    Search, facts, stories, digests not yet sent, raw pages in the archive: all of it goes. What was never stored is kept
    away too. A backup that is restored later does not bring it back.
    """
    from crawler.erasure import erase  # noqa: PLC0415 - start-up time of --help
    from crawler.spiders.run import ARCHIVE  # noqa: PLC0415
    from pipeline.run import forget_relations  # noqa: PLC0415

    context = Context()
    removed = context.store.delete(url, now=now(), reason=reason, forget=forget_relations)
    erased = sum(erase(context.settings.home / ARCHIVE, file, offset) for file, offset in removed.archived)
    if as_json:
        row = {
            "deleted": list(removed.article_ids),
            "urls": list(removed.urls),
            "pages_erased": erased,
            "reason": reason,
        }
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    for article_id, article_url in zip(removed.article_ids, removed.urls, strict=False):
        click.echo(f"deleted  {article_id}  {article_url}")
    if not removed.article_ids:
        click.echo("nothing of it was stored")
    click.echo(f"it is kept away from now on; raw pages erased: {erased}")
