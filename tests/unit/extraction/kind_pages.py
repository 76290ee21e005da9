"""Pages in HTML out of `walls.toml` and `near_walls.toml`: bare, as a site prints them, or with banners around."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TEASERS = {
    "zh": ["渡轮公司订购十艘电动船", "果园引进采摘机器人", "图书馆延长开放时间", "邮局测试无人车", "气象站更换传感器"],
    "": [
        "Ferry line orders ten electric boats",
        "Orchard buys picking robots",
        "Library opens on Sundays again",
        "Post office tests small vans",
        "Weather stations get new sensors",
    ],
}
COOKIES = (
    '<div id="cookie-banner"><p>We use cookies to make our site work and to show advertising. By clicking "Accept all" '
    "you agree to this use of cookies.</p><p>Accept all</p><p>Reject all</p></div>"
)
LOGIN = (
    '<div class="box"><p>Please log in to continue.</p><p>Email</p><p>Password</p><p>Forgot your password?</p></div>'
)
METER = "<div><p>You have 2 free articles left this month. Subscribe for unlimited access.</p><p>Already a subscriber? Sign in</p></div>"
LINKED = '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferries", "isAccessibleForFree": {free}}}</script>'


def cases(name: str) -> list[dict[str, Any]]:
    """The tables of one file."""
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text("utf-8"))["page"]
    return found


def printed(case: dict[str, Any], *, is_article: bool = False) -> str:
    """The page of a table."""
    around = case.get("around", [])
    is_article = is_article or case.get("is_article", False)
    heading = case.get("heading") or (case["title"] if is_article else "")
    body = (f"<h1>{heading}</h1>" if heading else "") + "".join(f"<p>{line}</p>" for line in case["lines"])
    if is_article:
        body = f"<article>{body}</article>"
    if is_article or case.get("has_site"):
        body = _site(body, case["language"], around)
    head = "".join(
        LINKED.format(free=str(mark == "declared").lower()) for mark in around if mark in {"declared", "locked"}
    )
    title = f"{case['title']} | Example Media" if is_article else case["title"]
    return (
        f'<!doctype html><html lang="{case["language"]}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def _site(body: str, language: str, around: list[str]) -> str:
    menu = "".join(f'<li><a href="/{part}">{part}</a></li>' for part in ("news", "business", "video", "jobs"))
    teasers = "".join(
        f'<li><a href="/a/{number}.html">{title}</a></li>'
        for number, title in enumerate(TEASERS.get(language[:2], TEASERS[""]))
    )
    boxes = "".join(box for mark, box in (("cookies", COOKIES), ("login", LOGIN), ("meter", METER)) if mark in around)
    latest = f"<section><h2>Latest</h2><ul>{teasers}</ul></section>" if "teasers" in around else ""
    return (
        f"<header><nav><ul>{menu}</ul></nav></header>{boxes}<main>{body}{latest}</main>"
        '<footer><a href="/about">About us</a><p>© 2026 Example Media. All rights reserved.</p></footer>'
    )
