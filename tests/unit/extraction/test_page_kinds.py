from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document, Rejected
from tests.unit.extraction.kind_pages import cases, printed

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def fetched(
    html: str, url: str = "https://news.example/a/1.html", asked: str = "", status: int = 200
) -> Document | Rejected:
    return extract(Page(url=url, requested_url=asked or url, status=status, body=html.encode(), fetched_at=NOW))


def html(title: str, *lines: str, lang: str = "en") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head><body><div>{body}</div></body></html>'


LONG = [
    "The ferry company has tested its new engines for three months and says that they use a fifth less fuel than before.",
    "Passengers noticed only that the boats became quieter, which some of them did not like, because they slept past their stop.",
    "The director wants to refit the rest of the fleet by spring, if the harbour pays for the chargers, as it had promised to do.",
]


@pytest.mark.parametrize("case", cases("walls.toml"), ids=lambda case: f"{case['kind']}-{case['language']}")
def test_what_is_no_article_is_refused_by_kind(case: dict[str, Any]) -> None:
    outcome = fetched(printed(case))
    assert isinstance(outcome, Rejected), outcome
    assert outcome.kind == case["kind"], outcome.reason


@pytest.mark.parametrize("case", cases("near_walls.toml"), ids=lambda case: str(case["title"][:30]))
def test_articles_about_such_pages_and_short_ones_pass(case: dict[str, Any]) -> None:
    outcome = fetched(printed(case, is_article=True))
    assert isinstance(outcome, Document), outcome
    assert any(line[:20] in outcome.text for line in case["lines"])


def test_a_text_too_short_to_be_news_is_refused() -> None:
    for lines in (["More soon."], ["Video", "Share"], ["图片来源：网络"], ["Loading ..."]):
        outcome = fetched(html("Ferry line tests electric boats", *lines))
        assert isinstance(outcome, Rejected)
        assert outcome.kind == "too-short"


@pytest.mark.parametrize(
    ("kind", "markup"),
    [
        ("bot-wall", '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'),
        ("bot-wall", '<script>var dd={"host":"geo.captcha-delivery.com"}</script>'),
        ("bot-wall", '<iframe src="/_Incapsula_Resource?SWUDNSAI=31"></iframe>'),
        ("login", '<form action="/in"><label>User</label><input type="password" name="p"></form>'),
        ("too-short", '<noscript>This application runs in browsers.</noscript><div id="root"></div>'),
    ],
)
def test_pages_without_words_are_known_by_their_markup(kind: str, markup: str) -> None:
    outcome = fetched(f"<html><head><title>news.example</title></head><body>{markup}</body></html>")
    assert getattr(outcome, "kind", "") == kind


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("login", "https://news.example/login?next=/a/1.html"),
        ("login", "https://passport.news.example/enter?url=a"),
        ("consent", "https://consent.news.example/v2/collectConsent?id=3"),
        ("bot-wall", "https://news.example/captcha/?from=/a/1.html"),
        ("soft-404", "https://news.example/404.html"),
    ],
)
def test_where_a_link_was_led_to_tells_the_kind(kind: str, url: str) -> None:
    page = html("Ferries", *LONG)
    assert getattr(fetched(page, url=url, asked="https://news.example/a/1.html"), "kind", "") == kind
    assert isinstance(fetched(page, url=url, asked=url), Document), "what was asked for is judged by its words"


def test_an_article_led_to_its_new_address_is_kept() -> None:
    for path in (
        "2026/11/login-startup-raises-millions.html",
        "challenge/ferry-line-tests-engines",
        "accounts/2026112001.html",
    ):
        moved = f"https://www.news.example/{path}"
        assert isinstance(fetched(html("Ferries", *LONG), url=moved, asked="https://news.example/a/1.html"), Document)


def test_status_counts() -> None:
    assert getattr(fetched(html("Gone", *LONG), status=404), "kind", "") == "soft-404"
    assert getattr(fetched(html("Down", *LONG), status=503), "kind", "") == "error-page"


def test_a_removed_article_that_leads_home_is_refused() -> None:
    outcome = fetched(html("News", *LONG), url="https://news.example/", asked="https://news.example/a/1.html")
    assert isinstance(outcome, Rejected)
    assert outcome.kind == "homepage"


PROSE = " ".join(LONG)


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (b"%PDF-1.7\n" + PROSE.encode(), "application/pdf"),
        (b"%PDF-1.7\n" + PROSE.encode(), "text/html"),
        (b"PK\x03\x04" + PROSE.encode(), "application/octet-stream"),
        (b"\xff\xd8\xff\xe0JFIF" + PROSE.encode(), "image/jpeg"),
        (b"\x00\x00\x00\x18ftypmp42" + PROSE.encode(), "video/mp4"),
        (b'{"title": "Ferries", "content": "' + PROSE.encode() + b'"}', "application/json"),
        (b'{"title": "Ferries", "content": "' + PROSE.encode() + b'"}', "text/html"),
        (b"var text = '" + PROSE.encode() + b"';", "application/javascript"),
        (b'<?xml version="1.0"?><data><row>' + PROSE.encode() + b"</row></data>", "application/xml"),
    ],
)
def test_documents_and_data_are_no_pages(body: bytes, declared: str) -> None:
    page = Page(
        url="https://news.example/a/1", requested_url="https://news.example/a/1", status=200, body=body, fetched_at=NOW,
        headers={"content-type": declared},
    )  # fmt: skip
    assert getattr(extract(page), "kind", "") == "not-a-page"


@pytest.mark.parametrize("declared", ["application/octet-stream", "application/xml", "text/plain", "", "nonsense"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_page_under_a_wrong_label_is_one(declared: str, charset: str) -> None:
    page = Page(
        url="https://news.example/a/1", requested_url="https://news.example/a/1", status=200, fetched_at=NOW,
        body=html("Ferry line tests engines", *LONG).replace("utf-8", charset).encode(charset),
        headers={"content-type": declared},
    )  # fmt: skip
    assert isinstance(extract(page), Document)


BANNER = (
    '<div class="x1"><p>We use cookies to make our site work, to measure it and to show advertising.</p>'
    '<p>By clicking "Accept all" you agree to the use of cookies for these purposes.</p><p>You can change your mind at any '
    "time. Some partners do not ask for your consent, but rely on what they call their legitimate interest.</p></div>"
)


@pytest.mark.parametrize(
    "line",
    ["月之暗面二十日在上海招聘大模型工程师八十人。", "Moonshot will hire eighty engineers in Shanghai, it said."],
)
@pytest.mark.parametrize("place", ["<body>", "</article>"])
def test_a_banner_larger_than_a_flash_takes_nothing_of_it(line: str, place: str) -> None:
    page = f"<html><head><title>Hiring in Shanghai this winter</title></head><body><article><h1>Hiring in Shanghai this winter</h1><p>{line}</p></article></body></html>"
    outcome = fetched(page.replace(place, place + BANNER))
    assert isinstance(outcome, Document), outcome
    assert outcome.text == line


def test_a_banner_alone_is_consent_and_an_article_on_cookies_keeps_its_sentences() -> None:
    assert getattr(fetched(f"<html><body>{BANNER}</body></html>"), "kind", "") == "consent"
    told = (
        'The banner said "We use cookies", and 812 partners were named below it, which nobody in the study ever read.'
    )
    outcome = fetched(html("How banners grew", *LONG, told))
    assert isinstance(outcome, Document)
    assert told in outcome.text


def test_huge_and_odd_markup_ends_in_a_value() -> None:
    deep = (
        "<html><body>"
        + "<div>" * 5_000
        + "".join(f"<p>{line}</p>" for line in LONG)
        + "</div>" * 5_000
        + "</body></html>"
    )
    document = fetched(deep)
    assert isinstance(document, Document)
    assert document.text.split("\n") == LONG
    assert getattr(fetched("<p>" + "word " * 4_000_000 + "</p>"), "kind", "") == "too-large"
    for broken in (
        "",
        "\x00\x01",
        "<",
        "<html",
        "{}",
        "<p>\ud83d</p>".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    ):
        assert isinstance(fetched(broken), Rejected)
