"""Pages built to break a reader: what comes out is a document or a named refusal, never an exception."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document, Rejected

NOW = datetime(2026, 11, 20, tzinfo=UTC)
STORY = [
    "The mill wheel of Ostrova turned again on Sunday, after a beaver had blocked its stream for most of the autumn.",
    "Three carpenters and a priest took the dam apart by hand, and the beaver watched them from the other bank.",
    "It is the first time since the flood that flour is ground in the village, the miller told the people at the gate.",
]
TEXT = "".join(f"<p>{line}</p>" for line in STORY)


def read(body: bytes | str) -> Document | Rejected:
    url = "https://mill.example/2026/wheel.html"
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    return extract(Page(url=url, requested_url=url, status=200, body=raw, fetched_at=NOW))


@pytest.mark.parametrize("levels", [300, 1_000, 5_000])
@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "table><tr><td", "ul><li", "b"])
def test_deep_nesting_keeps_the_text(tag: str, levels: int) -> None:
    outcome = read(f"<html><body><h1>The wheel turns</h1>{f'<{tag}>' * levels}{TEXT}</body></html>")
    assert isinstance(outcome, Document)
    assert set(outcome.text.split("\n")) >= set(STORY)


def test_very_many_paragraphs_are_read() -> None:
    lines = [
        f"Line {number} of the miller's book tells of sacks, rain and the price of rye." for number in range(100_000)
    ]
    outcome = read("<html><body><h1>The book</h1>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>")
    assert isinstance(outcome, Document)
    assert len(outcome.text.split("\n")) > 20_900


def test_a_text_node_of_twenty_megabytes_is_refused_by_name() -> None:
    outcome = read("<html><body><p>" + "rye and rain " * 1_600_000 + "</p></body></html>")
    assert isinstance(outcome, Rejected)
    assert outcome.kind == "too-large"


def test_a_long_text_node_is_read() -> None:
    outcome = read("<html><body><p>" + "rye and rain " * 300_000 + "</p></body></html>")
    assert isinstance(outcome, Document)
    assert len(outcome.text) > 3_800_000


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\x00" * 1_000,
        "<" * 50_000,
        "<!--" * 10_000 + TEXT,
        "<script>" + "{" * 100_000 + "</script>" + TEXT,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + TEXT,
        '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":' + '{"a":' * 900 + "</script>" + TEXT,
        f"<table>{'<tr><td>' * 3_000}{TEXT}",
        f"<p class='{'x ' * 50_000}'>{TEXT}",
        "<p " + " ".join(f"a{number}=1" for number in range(2_000)) + f">{TEXT}",
        "<a href='#'>" * 5_000 + TEXT,
        "<article>" * 1_000 + TEXT,
        "\ud800\udfff" + TEXT,
        f'<div {{{{ width }}}} {{class}}="a" {{"hidden":true}} {{}}>{TEXT}</div>',
    ],
    ids=range(14),
)
def test_broken_markup_raises_nothing(body: str) -> None:
    assert isinstance(read(f"<html><body>{body}"), Document | Rejected)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=related>", "</div>", "<h1>", "</h1>", "<li>", "<td>", "<a href=/x>", "</a>", "<pre>", "<figure>", *STORY]), max_size=60))  # fmt: skip
def test_any_order_of_tags_gives_blocks_that_point_into_the_text(pieces: list[str]) -> None:
    outcome = read("<html><body>" + "".join(pieces))
    if isinstance(outcome, Document):
        assert [outcome.text[block.start : block.end] for block in outcome.blocks] == outcome.text.split("\n")
