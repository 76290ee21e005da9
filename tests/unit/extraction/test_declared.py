"""What a page declares of itself: broken JSON-LD, the right article among several, section, tags, image, address, paywall."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract
from crawler.extraction.declared import Declared, is_paywalled, read_declared, tags_of
from crawler.extraction.markup import parse
from crawler.page import Page
from pipeline.document import Document

URL = "https://www.harbourpost.example/tech/robots-at-the-port"


def declared(head: str) -> Declared:
    tree = parse(f"<html><head>{head}</head><body><p>Cranes moved all night.</p></body></html>")
    assert tree is not None
    return read_declared(tree)


def script(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Robots", "datePublished": "2026-11-03"}',
        '<![CDATA[ {"@type": "NewsArticle", "headline": "Robots", "datePublished": "2026-11-03"} ]]>',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Robots", "datePublished": "2026-11-03"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Robots", "datePublished": "2026-11-03",}',
        '{"@type": "NewsArticle", "image": {"url": "/a.png"}\n"headline": "Robots",\n"datePublished": "2026-11-03"}',
        '{"@type": "NewsArticle", "headline": "Robots", "datePublished": "2026-11-03", "description": "the "port" case", }',
        '{"@type": "NewsArticle", "headline": "Robots", "datePublished": "2026-11-03", "articleBody": "cut o',
    ],
)
def test_json_ld_is_read_however_broken(text: str) -> None:
    found = declared(script(text))
    assert found.article_text("headline") == "Robots"
    assert found.article_text("datePublished") == "2026-11-03"


def test_quotes_in_a_broken_headline_and_its_authors_are_kept() -> None:
    text = (
        '{"@type": "NewsArticle", "headline": "He said "no" to the port", "author": [{"@type": "Person", "name": "Mara Lind"},'
        ' {"@type": "Person", "name": "J\\u00f8rn Vik"}], "publisher": {"name": "Harbour Post"}}'
    )
    (node,) = declared(script(text)).articles
    assert node["headline"] == 'He said "no" to the port'
    assert [author["name"] for author in node["author"]] == ["Mara Lind", "Jørn Vik"]


def test_a_script_that_speaks_of_no_article_is_left_out() -> None:
    assert declared(script('{"@type": "BreadcrumbList", "itemListElement": [')).nodes == ()


def test_the_article_of_this_page_comes_alone_and_not_its_teasers() -> None:
    teaser = '{"@type": "NewsArticle", "headline": "Storm ahead", "url": "https://www.harbourpost.example/weather/storm", "datePublished": "2026-11-01", "author": {"name": "Some Other"}}'
    main = f'{{"@type": "NewsArticle", "headline": "Machines take the quay", "mainEntityOfPage": {{"@id": "{URL}/"}}, "datePublished": "2026-11-03"}}'
    found = declared(f"<link rel='canonical' href='{URL}'>{script(f'[{teaser}, {main}]')}")
    assert [node["datePublished"] for node in found.articles] == ["2026-11-03"]
    by_title = declared(f"<title>Storm ahead - Harbour Post</title>{script(f'[{main}, {teaser}]')}")
    assert by_title.articles[0]["headline"] == "Storm ahead"


def test_a_front_pages_address_marks_no_article() -> None:
    home = '{"@type": "NewsArticle", "headline": "One", "url": "https://www.harbourpost.example/"}'
    other = '{"@type": "NewsArticle", "headline": "Two", "url": "https://www.harbourpost.example/"}'
    head = f"<link rel='canonical' href='https://www.harbourpost.example/'>{script(f'[{home}, {other}]')}"
    assert len(declared(head).articles) == 2


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (script('{"@type": "NewsArticle", "isAccessibleForFree": false}'), True),
        (script('{"@type": "NewsArticle", "isAccessibleForFree": "False"}'), True),
        (script('{"@type": "NewsArticle", "isAccessibleForFree": true}'), False),
        ("<meta property='article:content_tier' content='metered'>", True),
        ("<meta property='article:content_tier' content='free'>", False),
        ("", False),
    ],
)
def test_paywalls_are_known_by_what_the_page_says(head: str, expected: bool) -> None:  # noqa: FBT001
    assert is_paywalled(declared(head)) is expected


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        (
            "<meta property='article:tag' content='Ports'><meta property='article:tag' content='Robots'>",
            ("Ports", "Robots"),
        ),
        (script('{"@type": "NewsArticle", "keywords": ["Ports", "Robots", "Ports"]}'), ("Ports", "Robots")),
        (script('{"@type": "NewsArticle", "keywords": "Ports, Robots"}'), ("Ports", "Robots")),
        ("<meta name='keywords' content='港口，机器人、起重机'>", ("港口", "机器人", "起重机")),
    ],
)
def test_tags_come_each_once(head: str, tags: tuple[str, ...]) -> None:
    assert tags_of(declared(head)) == tags


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["Person", "NewsArticle", "#a", "2026-11-03"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "author",
                    "name",
                    "headline",
                    "datePublished",
                    "publisher",
                    "url",
                    "keywords",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(_JSON, st.booleans())
def test_no_shape_of_json_ld_raises(value: object, is_cut: bool) -> None:  # noqa: FBT001
    text = json.dumps([{"@type": "NewsArticle"}, value])
    html = f"<html><head>{script(text[: len(text) // 2] if is_cut else text)}</head><body><h1>Robots</h1></body></html>"
    page = Page(
        url=URL, requested_url=URL, status=200, body=html.encode("utf-8", "replace"),
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC), headers={},
    )  # fmt: skip
    assert extract(page) is not None


def test_all_that_a_page_says_of_itself_reaches_the_document() -> None:
    body = "<h1>Robots at the port</h1>" + "".join(
        f"<p>On quay {quay} the cranes moved all night, and nobody sat in them, the harbour said, for the {quay}th time this year.</p>"
        for quay in range(4, 16)
    )
    head = (
        "<html lang='en'><head><title>Robots at the port - Harbour Post</title>"
        f"<link rel='canonical' href='{URL}?utm_source=feed'>"
        "<meta property='og:image' content='/pictures/crane.jpg'>"
        "<meta property='article:section' content='Technology'><meta property='article:tag' content='Ports'>"
        "<meta property='article:published_time' content='2026-11-03T08:00:00+02:00'>"
        "<meta property='article:modified_time' content='2026-11-04T09:30:00+02:00'>"
        "<meta property='article:content_tier' content='locked'></head>"
    )
    page = Page(
        url=f"{URL}?ref=home", requested_url=URL, status=200, body=f"{head}<body>{body}</body></html>".encode(),
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC), headers={"content-type": "text/html; charset=utf-8"},
    )  # fmt: skip
    document = extract(page)
    assert isinstance(document, Document)
    assert document.canonical_url == URL
    assert document.image_url == "https://www.harbourpost.example/pictures/crane.jpg"
    assert (document.section, document.tags, document.paywalled) == ("Technology", ("Ports",), True)
    assert document.published_at == datetime(2026, 11, 3, 6, tzinfo=UTC)
    assert document.modified_at == datetime(2026, 11, 4, 7, 30, tzinfo=UTC)
    assert (document.published_precision, document.published_method) == ("minute", "meta")
