"""`hirewire articles`, `hirewire stories`, `hirewire hiring`: one query language, the same filters, newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.context import Context
from crawler.cli.output import format_option, plain_cell, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.search.query import Query

Row = dict[str, Any]
DEFAULT_LIMIT = 50


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in (
        click.argument("query", nargs=-1),
        click.option("--player", "players", multiple=True, metavar="ID", help="Any of these players is named."),
        click.option("--language", metavar="TAG", help="Such as en, zh, zh-Hant."),
        click.option("--source", metavar="ID", help="Found by this source."),
        click.option("--hiring", is_flag=True, help="Only LLM-hiring news."),
        click.option("--since", metavar="DATE", help="From this date on: 2026-11-01, 7d, today."),
        click.option("--until", metavar="DATE", help="Up to and with this date."),
        click.option("--limit", default=DEFAULT_LIMIT, show_default=True, help="At most so many rows."),
    ):
        command = decorate(command)
    return format_option(command)


def _query(query: tuple[str, ...], *, hiring: bool, **filters: Any) -> Query:
    from pipeline.search.query import EXPORT_LIMIT, Query  # noqa: PLC0415 - start-up time of --help

    return Query.of(
        " ".join(query), hiring=True if hiring else None, max_limit=EXPORT_LIMIT, now=datetime.now(UTC), **filters
    )


@click.command
@_filters
def articles(query: tuple[str, ...], output_format: str, **filters: Any) -> None:
    """List stored articles that match QUERY, newest first."""
    rows = Context().store.articles(_query(query, **filters))
    show(
        rows,
        output_format,
        columns=("published_at", "language", "source", "title", "players", "id"),
        cell=_article_cell,
    )


@click.command
@_filters
def stories(query: tuple[str, ...], output_format: str, **filters: Any) -> None:
    """List stories with an article that matches QUERY, newest first."""
    rows = Context().store.stories(_query(query, **filters))
    show(
        rows,
        output_format,
        columns=("first_seen_at", "title", "outlets", "languages", "players", "id"),
        cell=_story_cell,
    )


@click.command
@_filters
def hiring(query: tuple[str, ...], output_format: str, **filters: Any) -> None:
    """List the hiring facts of articles that match QUERY, newest first; copies of one article are told once."""
    rows = Context().store.facts(_query(query, **filters))
    columns = ("published_at", "actions", "employers", "losing", "roles", "places", "headcount", "pay", "title")
    show(rows, output_format, columns=columns, cell=_fact_cell)


def _article_cell(row: Row, column: str) -> str:
    if column == "title" and row.get("duplicate_kind"):
        return f"{row['title']} [{row['duplicate_kind']}]"
    return plain_cell(row, column)


def _story_cell(row: Row, column: str) -> str:
    return str(len(row["coverage"])) if column == "outlets" else plain_cell(row, column)


def _fact_cell(row: Row, column: str) -> str:
    if column == "pay":
        return "; ".join(pay["quote"] for pay in row["pay"])
    return plain_cell(row, column)
