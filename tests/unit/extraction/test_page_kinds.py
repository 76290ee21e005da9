from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document, Rejected

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


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        (
            "bot-wall",
            html(
                "Just a moment...",
                "Checking if the site connection is secure",
                "Enable JavaScript and cookies to continue",
                "Ray ID: 8f2b3c4d5e6f7a8b",
            ),
        ),
        (
            "bot-wall",
            html(
                "Access to this page",
                "Please verify you are a human. Press & Hold to confirm you are a human (and not a bot).",
            ),
        ),
        ("bot-wall", html("安全验证", "请完成下方验证后继续访问", lang="zh")),
        ("bot-wall", html("提示", "您的访问过于频繁，请稍后再试，或拖动滑块完成验证。", lang="zh")),
        ("bot-wall", html("確認", "ロボットではないことを確認してください。", lang="ja")),
        (
            "consent",
            html(
                "Before you continue",
                "We and our 812 partners store and access information on your device.",
                "Accept all",
                "Reject all",
            ),
        ),
        (
            "consent",
            html("Ihre Einwilligung", "Wir und unsere 200 Partner verarbeiten Daten. Zustimmen und weiter", lang="de"),
        ),
        ("login", html("Log in", "Email address", "Forgot your password?", "Sign up")),
        ("login", html("会员", "请先登录后查看完整内容", lang="zh")),
        (
            "paywall-stub",
            html(
                "Ferry line tests engines",
                "The ferry company has tested its new engines.",
                "Subscribe to continue reading this article. Already a subscriber? Log in.",
            ),
        ),
        ("paywall-stub", html("渡轮公司试用新发动机", "渡轮公司试用了新的发动机。", "开通会员即可阅读全文", lang="zh")),
        ("soft-404", html("Page not found", "Sorry, the page you are looking for could not be found. Try our search.")),
        ("soft-404", html("提示信息", "抱歉，您访问的页面不存在或已被删除。", lang="zh")),
        ("soft-404", html("오류", "요청하신 페이지를 찾을 수 없습니다. 존재하지 않는 페이지입니다.", lang="ko")),
        ("error-page", html("502 Bad Gateway", "The server returned an invalid response.")),
        ("error-page", html("Shop", "You need to enable JavaScript to run this app.")),
        ("too-short", html("Ferry", "More soon.")),
    ],
)
def test_what_is_no_article_is_refused_by_kind(kind: str, page: str) -> None:
    outcome = fetched(page)
    assert isinstance(outcome, Rejected), outcome
    assert outcome.kind == kind


def test_status_counts() -> None:
    assert getattr(fetched(html("Gone", *LONG), status=404), "kind", "") == "soft-404"
    assert getattr(fetched(html("Down", *LONG), status=503), "kind", "") == "error-page"


def test_a_removed_article_that_leads_home_is_refused() -> None:
    outcome = fetched(html("News", *LONG), url="https://news.example/", asked="https://news.example/a/1.html")
    assert isinstance(outcome, Rejected)
    assert outcome.kind == "homepage"


@pytest.mark.parametrize(
    "page",
    [
        html(
            "Why CAPTCHAs still ask whether you are human",
            *LONG,
            "Many pages ask readers to verify that you are human, a researcher said, and robots now pass more often than people do.",
            "She counted four hundred such walls in a week.",
        ),
        html(
            "How to write a good 404 page",
            *LONG,
            "A page that was not found should say so, and offer a search, instead of a joke about lost sheep.",
        ),
        html(
            "Paywalls in numbers",
            *LONG,
            "Half of the papers asked readers to subscribe to continue reading after the third article.",
        ),
        html(
            "验证码的历史",
            "验证码最早用来区分人与机器，二十年前由几位研究人员提出，当时的字母还很容易辨认。",
            "如今很多网站要求用户完成安全验证，拖动滑块或者点击图片，老年人常常因此放弃。",
            "研究者认为，机器识别图片的能力已经超过普通人，新的办法应当不再打扰用户。",
            lang="zh",
        ),
    ],
)
def test_articles_about_such_pages_pass(page: str) -> None:
    assert isinstance(fetched(page), Document)


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
