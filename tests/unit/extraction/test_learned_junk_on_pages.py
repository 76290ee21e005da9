"""A site of six pages, built in three ways, whose own furniture no general formula knows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.extraction import extract, extract_plain
from crawler.page import Page
from pipeline.document import Document
from pipeline.page_junk import JunkCounts

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TOWNS = "Arden Brook Calder Dunmore Elswick Farnley".split()
FURNITURE = [
    "The Valley Lantern is written by neighbours for neighbours and printed on Thursdays in the old mill.",
    "Night desk: ext. {number}",
    "Bring your own stories to the mill on Saturdays between nine and noon, and stay for a cup of tea.",
]


def story(number: int) -> list[str]:
    town = TOWNS[number]
    return [
        f"{town} has closed its last telephone box, after {number + 3} years in which nobody was seen to use it for a call.",
        f"Children of {town} had turned it into a library, the keeper said, with {12 * number + 7} books and one umbrella.",
        f"The box goes to a museum in the county town, where a second one from {town} already stands beside the stairs.",
        f"A bench will take its place, paid for by the {town} choir, which promised not to rehearse on it before noon.",
    ]


def classic(title: str, lines: list[str], below: list[str]) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in [*lines, *below])
    return f'<article><h1>{title}</h1><div class="entry-content">{paragraphs}</div></article>'


def broken_lines(title: str, lines: list[str], below: list[str]) -> str:
    return f'<h1>{title}</h1><div class="content">{"<br><br>".join([*lines, *below])}</div>'


def wrappers(title: str, lines: list[str], below: list[str]) -> str:
    parts = "".join(
        f'<div class="x{i % 2}"><p>{line}</p></div>' for i, line in enumerate([below[0], *lines, *below[1:]])
    )
    return f'<main><h1>{title}</h1><div class="flow">{parts}</div></main>'


@pytest.mark.parametrize("theme", [classic, broken_lines, wrappers])
def test_junk_goes_from_the_third_page_on_and_the_article_stays(
    theme: Callable[[str, list[str], list[str]], str],
) -> None:
    junk = JunkCounts()
    for number, town in enumerate(TOWNS):
        title = f"{town} says goodbye to its telephone box"
        below = [line.format(number=number) for line in FURNITURE]
        url = f"https://lantern.example/{number}.html"
        html = f"<html><head><title>{title}</title></head><body>{theme(title, story(number), below)}</body></html>"
        page = Page(url=url, requested_url=url, status=200, body=html.encode(), fetched_at=NOW, source="lantern")
        document = extract(page, junk=junk)
        assert isinstance(document, Document)
        kept = document.text.split("\n")
        assert [line for line in kept if line not in below] == story(number)
        assert any(line in below for line in kept) is (number < 2)
        assert [document.text[block.start : block.end] for block in document.blocks] == kept


@pytest.mark.parametrize("form", ["{}", "**{}**", "> {}"], ids=["plain", "bold", "quoted"])
def test_texts_and_markdown_lose_what_their_source_repeats(form: str) -> None:
    junk = JunkCounts()
    for number, town in enumerate(TOWNS):
        below = [line.format(number=number) for line in FURNITURE]
        text = "\n\n".join([f"# {town} says goodbye to its telephone box", *story(number), *map(form.format, below)])
        url = f"https://lantern.example/{number}.txt"
        document = extract_plain(text, url=url, fetched_at=NOW, source="lantern", junk=junk)
        assert isinstance(document, Document)
        kept = document.text.split("\n")
        assert [line for line in kept if line not in below] == story(number)
        assert any(line in below for line in kept) is (number < 2)
