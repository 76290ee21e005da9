"""`hirewire sources add`, `import` and `export`: the verbs that change a file of sources, or write one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.context import Context
from crawler.cli.output import stderr
from crawler.cli.source_proposal import proposed
from pipeline.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crawler.sources import Source

_TO = click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="File or folder to write to. Default: HIREWIRE_SOURCES, else sources.toml in HIREWIRE_HOME.",
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
    """Find the feeds of the site at URL and add it as a source.

    URL may be a home page, a section's page or a feed. The new table is shown; guesses in it are noted.
    """
    from crawler.sources.writing import source_toml  # noqa: PLC0415 - start-up time of --help

    context = Context()
    path = written_to(context, target)
    said = {{"source_id": "id"}.get(key, key): value for key, value in given.items() if value}
    known = [*context.registry, *(_sources_in(path) if path != context.own_sources else ())]
    check_said(said, taken=[source.id for source in known])
    source = proposed(context, url, said, known)
    if (twin := watched(source, known)) is not None and not dry_run:
        seen = f"hirewire sources show {twin.id}; its" if twin.id in context.registry else f"in {path}; its"
        remedy = f"{seen} table can be edited"
        raise UsageError(f"{url} is watched already, as {twin.id}", remedy=remedy)
    click.echo(source_toml(source).rstrip())
    if not dry_run:
        _write(path, [source])
        _remark(f"added to {path}; {way_on(context, path, source.id)}")


def check_said(said: dict[str, str], *, taken: Collection[str]) -> None:
    """See whether what the user says of a source can be used, before any page is fetched.

    Raises:
        UsageError: it cannot.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - start-up time of --help

    from crawler.sources import Source, faults_of  # noqa: PLC0415

    some = {"id": "some", "name": "Some", "homepage": "https://site.example/", "language": "en", "country": "US"}
    try:
        Source.model_validate(some | {"publisher": "some", "enabled": False} | said)
    except ValidationError as error:
        raise UsageError("; ".join(f"--{fault}" for fault in faults_of(error))) from error
    if said.get("id") in taken:
        raise UsageError(f"--id: there is a source {said['id']!r} already", remedy="choose another id")


def way_on(context: Context, path: Path, source_id: str) -> str:
    """What to type to have a new source visited."""
    visit = f"hirewire crawl {source_id}"
    if path == context.own_sources or context.settings.sources in {path, path.parent}:
        return f"{visit} visits it"
    return f"HIREWIRE_SOURCES={path} {visit} visits it"


def watched(source: Source, known: Iterable[Source]) -> Source | None:
    """The known source that watches one of this one's feeds, sitemaps or its listing."""
    own = {*source.feeds, *source.sitemaps, source.listing.url} - {""}
    return next((each for each in known if own & {*each.feeds, *each.sitemaps, each.listing.url}), None)


@click.command("import")
@click.argument("opml", type=click.File("rb"))
@_TO
@click.option("--dry-run", is_flag=True, help="Only show the tables.")
def import_opml(opml: Iterable[bytes], target: Path | None, *, dry_run: bool) -> None:
    """Add the feeds of an OPML file, as feed readers export it (- for stdin); feeds that are watched already are left out."""
    from crawler.discovery.opml import read_opml  # noqa: PLC0415
    from crawler.sources.writing import source_toml  # noqa: PLC0415

    context = Context()
    path = written_to(context, target)
    own = () if path == context.own_sources else _sources_in(path)
    found = read_opml(b"".join(opml), [*context.registry, *own])
    for source in found.sources:
        click.echo(source_toml(source))
    if found.sources and not dry_run:
        _write(path, found.sources)
    for each in found.unusable:
        _remark(f"left out: {each}")
    told = f"{len(found.sources)} new, {len(found.known)} known already, {len(found.unusable)} unusable"
    _remark(told + (f"; added to {path}" if found.sources and not dry_run else ""))


@click.command("export")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="File to write to. Default: stdout."
)
def export_opml(target: Path | None) -> None:
    """Write the feeds of all enabled sources as OPML, which any feed reader imports."""
    from crawler.discovery.opml import write_opml  # noqa: PLC0415

    document = write_opml(Context().registry.enabled)
    if target:
        with _writing(target):
            target.write_bytes(document)
    else:
        click.echo(document.decode(), nl=False)


def written_to(context: Context, given: Path | None) -> Path:
    """The file that new tables go to."""
    path = given or context.settings.sources or context.own_sources
    return path / "added.toml" if path.is_dir() else path.absolute()


def _sources_in(path: Path) -> Iterable[Source]:
    from crawler.sources import load_sources  # noqa: PLC0415 - start-up time of --help

    return load_sources(path) if path.exists() and path.stat().st_size else ()


def _write(path: Path, sources: Iterable[Source]) -> None:
    """Add the tables; the file is replaced as a whole, so that it is never half written."""
    from crawler.sources.writing import with_sources  # noqa: PLC0415

    with _writing(path):
        text = path.read_text("utf-8") if path.exists() else ""
        text = with_sources(text, sources, name=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.resolve()  # a link stays a link
        part = whole.with_name(whole.name + ".part")
        part.write_text(text, "utf-8")
        part.replace(whole)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{path} cannot be written: {reason}"
        raise InputError(message, kind="unwritable", remedy="name another file with --to") from error


def _remark(text: str) -> None:
    stderr().print(text, markup=False, soft_wrap=True)
