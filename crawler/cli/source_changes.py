"""`hirewire sources add`, `import` and `export`: the verbs that change a file of sources, or write one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context
from crawler.cli.output import progress, stderr
from pipeline.errors import FetchError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.sources import Source

_TO = click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write to. Default: HIREWIRE_SOURCES.",
)


@click.command
@click.argument("url")
@_TO
@click.option("--id", "source_id", help="Instead of the proposed id.")
@click.option("--name", help="Instead of what the site calls itself.")
@click.option("--language", help="BCP 47, such as zh-Hans, where the site declares none or a wrong one.")
@click.option("--country", help="ISO 3166-1 alpha-2, such as CN.")
@click.option("--timezone", help="For dates without an offset, such as Asia/Shanghai.")
@click.option("--dry-run", is_flag=True, help="Only show the table.")
def add(url: str, target: Path | None, *, dry_run: bool, **given: str | None) -> None:
    """Find the feeds and sitemaps of the site at URL and add it as a source; its table is shown, and written as a person would."""
    from crawler.sources.writing import source_toml  # noqa: PLC0415 - start-up time of --help

    context = Context()
    path = None if dry_run else _target(context, target)
    source = proposed(context, url, given)
    known = watched(context, source)
    if known is not None and path:
        remedy = f"hirewire sources show {known.id}; its table can be edited"
        raise UsageError(f"{url} is watched already, as {known.id}", remedy=remedy)
    click.echo(source_toml(source).rstrip())
    if path:
        _write(path, [source])
        stderr().print(f"added to {path}; hirewire sources check {source.id} shows what it gives", soft_wrap=True)


def proposed(context: Context, url: str, given: dict[str, str | None] | None = None) -> Source:
    """The source that a site makes, with what the user said of it.

    Raises:
        FetchError: the site could not be had.
        UsageError: the address or what the user said cannot be used.
    """
    from crawler.discovery.homepage import proposed_source  # noqa: PLC0415
    from crawler.extraction.walls import wall_on  # noqa: PLC0415
    from crawler.sources import Source  # noqa: PLC0415
    from crawler.spiders.look import look  # noqa: PLC0415
    from pipeline.urls import check_url  # noqa: PLC0415

    try:
        check_url(url)
    except ValueError as error:
        raise UsageError(str(error), remedy="example: hirewire sources add https://www.example.org/") from error
    with progress(f"looking at {url}"):
        found, trouble = look(url, context.settings)
    if found is None:
        raise FetchError(trouble or f"{url} answers with an error", url=url, remedy="is this the site's own address?")
    if (wall := wall_on(found.home)) is not None:
        kind, reason = wall
        raise FetchError(
            f"{url} answers with a {kind} page ({reason})",
            url=url,
            remedy="such a page is not got around; look for the site's feed, and give its address",
        )
    source = proposed_source(found.home, found.trials, taken=[each.id for each in context.registry])
    said = {{"source_id": "id"}.get(key, key): value for key, value in (given or {}).items() if value}
    if not said:
        return source
    try:
        return Source.model_validate(source.model_dump() | {"publisher": said.get("id", source.id)} | said)
    except ValueError as error:
        raise UsageError(str(error), remedy="see hirewire sources add --help") from error


def watched(context: Context, source: Source) -> Source | None:
    """The source of the registry that watches one of this one's feeds, sitemaps or its listing."""
    own = {*source.feeds, *source.sitemaps, source.listing.url} - {""}
    return next((each for each in context.registry if own & {*each.feeds, *each.sitemaps, each.listing.url}), None)


@click.command("import")
@click.argument("opml", type=click.File("rb"))
@_TO
@click.option("--dry-run", is_flag=True, help="Only show the tables.")
def import_opml(opml: Iterable[bytes], target: Path | None, *, dry_run: bool) -> None:
    """Add the feeds of an OPML file, as feed readers export it (- for stdin); feeds that are watched already are left out."""
    from crawler.discovery.opml import read_opml  # noqa: PLC0415
    from crawler.sources.writing import source_toml  # noqa: PLC0415

    context = Context()
    path = None if dry_run else _target(context, target)
    found = read_opml(b"".join(opml), context.registry)
    for source in found.sources:
        click.echo(source_toml(source))
    if path and found.sources:
        _write(path, found.sources)
    told = f"{len(found.sources)} new, {len(found.known)} known already, {len(found.unusable)} without a web address"
    stderr().print(told + (f"; added to {path}" if path and found.sources else ""), soft_wrap=True)


@click.command("export")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="File to write to. Default: stdout."
)
def export_opml(target: Path | None) -> None:
    """Write the feeds of all enabled sources as OPML, which any feed reader imports."""
    from crawler.discovery.opml import write_opml  # noqa: PLC0415

    document = write_opml(Context().registry.enabled)
    if target:
        target.write_bytes(document)
    else:
        click.echo(document.decode(), nl=False)


def _target(context: Context, given: Path | None) -> Path:
    """The file that new tables go to.

    Raises:
        UsageError: none is named, neither by `--to` nor by HIREWIRE_SOURCES.
    """
    path = given or context.settings.sources
    if path is None:
        raise UsageError("no file for new sources", remedy="name one with --to FILE, or see the table with --dry-run")
    return path / "added.toml" if path.is_dir() else path


def _write(path: Path, sources: Iterable[Source]) -> None:
    from crawler.sources.writing import with_sources  # noqa: PLC0415

    try:
        text = path.read_text("utf-8") if path.exists() else ""
        text = with_sources(text, sources, name=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}", kind="unwritable", remedy="name another file with --to") from error
