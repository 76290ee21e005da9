from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document

SLUG = "https://news.example/tech/2026/harbour-tug-learns-to-dock-alone"
QUERY = "https://news.example/read.php?id=42"
SHORT = "https://news.example/p/tug"
TEXT = "The harbour of Aarlund has let a tug dock without its crew for the first time. It took the boat nine minutes, two more than its captain needs on a calm day, and nobody on the quay noticed. "


def canonical(url: str, head: str = "", body: str = "") -> str:
    page = f"<html><head><title>Tug docks alone</title>{head}</head><body><article><h1>Tug docks alone</h1><p>{TEXT}</p>{body}</article></body></html>"
    outcome = extract(
        Page(
            url=url,
            requested_url=url,
            status=200,
            body=page.encode(),
            fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        )
    )
    assert isinstance(outcome, Document), outcome
    return outcome.canonical_url


def link(address: str) -> str:
    return f'<link rel="canonical" href="{address}">'


@pytest.mark.parametrize(
    ("url", "named", "known_as"),
    [
        (SLUG + "/amp/", SLUG, SLUG),
        (SLUG + "/2", SLUG, SLUG),
        (SLUG + "?share=boat", "/tech/2026/harbour-tug-learns-to-dock-alone", SLUG),
        (SHORT + "?r=ab", SHORT, SHORT),
        (QUERY, "https://news.example/a/20261120042.html", "https://news.example/a/20261120042.html"),
        ("https://m.news.example/a/7", "//www.news.example/a/7", "https://www.news.example/a/7"),
    ],
)
def test_the_address_that_a_page_names_counts(url: str, named: str, known_as: str) -> None:
    assert canonical(url, link(named)) == known_as
    assert canonical(url, f'<meta property="og:url" content="{named}">') == known_as


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (SLUG, "https://news.example/"),
        (SLUG, "/"),
        (SLUG, "https://news.example/tech/"),
        (SLUG, "https://news.example/tech/2026"),
        (SLUG, "https://news.example/business"),
        (SLUG, "https://other.example/tech/2026/harbour-tug-learns-to-dock-alone"),
        (SLUG, "https://news.example/login?next=/tech"),
        (SLUG, "https://news.example/404.html"),
        (SLUG, "javascript:void(0)"),
        (SLUG, "https://news.example:99999/a"),
        (SLUG, ""),
        (QUERY, "https://news.example/read.php"),
        ("https://news.example/view?articleId=a7f", "/view"),
    ],
)
def test_what_a_template_names_for_every_article_does_not(url: str, named: str) -> None:
    assert canonical(url, link(named)) == url


def test_of_several_the_own_address_counts_and_those_in_the_content_never() -> None:
    other = "https://news.example/tech/2026/another-boat-learns-to-swim"
    assert canonical(SLUG + "?utm_source=feed", link(other) + link(SLUG)) == SLUG
    assert canonical(SHORT, body=link(other)) == SHORT
    assert canonical(SHORT, "<div>stray</div>" + link(SLUG)) == SLUG
