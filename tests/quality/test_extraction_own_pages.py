"""154 pages of our own: eleven articles in six languages through fourteen ways to build a page."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document

sys.path.insert(0, str(Path(__file__).parent))
from tests.quality.page_articles import Article, articles, junk_of
from tests.quality.page_themes import THEMES
from tests.quality.shingles import mean_f1, page_score

pytestmark = pytest.mark.quality

ZONES = {"zh-Hans": "Asia/Shanghai", "zh-Hant": "Asia/Taipei", "ja": "Asia/Tokyo", "ko": "Asia/Seoul"}
CASES = [(theme, article) for theme in THEMES for article in articles()]
NAMED_AUTHORS = {"blog", "newspaper", "portal", "hashed", "next_article"}


def document_of(theme: str, article: Article) -> Document:
    url = f"https://news.example/{article.date}/{theme}.html"
    page = Page(
        url=url,
        requested_url=url,
        status=200,
        body=THEMES[theme](article, junk_of(article.language)).encode(),
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        headers={"content-type": "text/html; charset=utf-8"},
    )
    outcome = extract(page)
    assert isinstance(outcome, Document), outcome
    return outcome


@pytest.mark.parametrize(("theme", "article"), CASES, ids=[f"{theme}-{a.language}-{a.date}" for theme, a in CASES])
def test_page(theme: str, article: Article) -> None:
    document = document_of(theme, article)
    assert document.text.split("\n") == article.lines
    assert document.title == article.title
    zone = (
        ZoneInfo(ZONES[article.language])
        if document.published_precision == "minute" and article.language in ZONES
        else UTC
    )
    assert document.published_at is not None
    assert document.published_at.astimezone(zone).date().isoformat() == article.date
    if theme in NAMED_AUTHORS:
        assert [name.replace(" ", "") for name in document.authors] == [article.author.replace(" ", "")]


def test_mean_f1_over_all_pages() -> None:
    pairs = [("\n".join(article.lines), document_of(theme, article).text) for theme, article in CASES]
    assert mean_f1(pairs) >= 0.995
    assert min(min(page_score(truth, text)) for truth, text in pairs) >= 0.95


def test_blocks_point_into_the_text() -> None:
    for theme, article in CASES:
        document = document_of(theme, article)
        assert [document.text[block.start : block.end] for block in document.blocks] == document.text.split("\n")
