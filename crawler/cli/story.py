"""How `hirewire stories show` writes one story for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, Any]
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))


def write(row: Row) -> None:
    """Write a story: title and counts, outlets in the order they reported, linked stories, former ids."""
    click.echo(row["title"])
    languages = ", ".join(row["languages"])
    click.echo(
        f"story {row['id']}: {_count(row['articles'], 'article')}, {_count(row['coverage'], 'outlet')}, {languages}"
    )
    if row["first_to_report"]:
        click.echo(f"first to report: {row['first_to_report']}, {_minute(row['published_at'])}")
    click.echo(f"fullest report of its own: {row['lead']['outlet']}, {row['lead']['url']}")
    click.echo()
    for outlet in row["coverage"]:
        click.echo(f"  {lag(outlet['lag_seconds']):>10}  {outlet['kind']:<11}  {outlet['outlet']}{_more(outlet)}")
        click.echo(f"  {'':>10}  {outlet['language']:<11}  {outlet['title'] or '(no title)'}")
        click.echo(f"  {'':>10}  {'':<11}  {outlet['url']}")
    if row["linked"]:
        click.echo("\nlinked stories:")
    for other in row["linked"]:
        click.echo(f"  {_minute(other['at'])}  {other['order']:<6}  {other['id']}  {other['title']}")
    if row["former_ids"]:
        click.echo(f"\nformer ids: {', '.join(row['former_ids'])}")


def lag(seconds: float | None) -> str:
    """How long after the first report: `first`, `+35 min`, `+2 h 5 min`, `+3 d 4 h`; `undated` where nothing tells."""
    if seconds is None:
        return "undated"
    parts = []
    for unit, size in _UNITS:
        count, seconds = divmod(int(seconds), size)
        if count:
            parts.append(f"{count} {unit}")
    return "+" + " ".join(parts[:2]) if parts else "first"


def _more(outlet: Mapping[str, Any]) -> str:
    others = len(outlet["articles"]) - 1
    return f" (and {others} more)" if others else ""


def _count(things: list[Any], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _minute(instant: str | None) -> str:
    return instant[:16].replace("T", " ") if instant else "undated"
