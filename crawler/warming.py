"""Pages to look at before the first real one, so that what is loaded when it is first needed is loaded once, before any fork."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT = datetime(2026, 1, 5, tzinfo=UTC)
_ENGLISH = (
    "OpenAI is hiring research engineers for the team that trains its language models",
    "The company said on Monday that it will add 40 people in London this year and pays up to $400,000 a year.",
    "Applicants should have trained large models before; the team has lost three researchers to Meta since the spring.",
    "Rivals such as Anthropic and Google DeepMind have raised salaries as well, according to people who know the offers.",
)
_CHINESE = (
    "智谱正在为大模型团队招聘算法工程师",
    "公司周一表示，今年将在北京新增四十个岗位，年薪最高一百万元，主要负责大模型的训练与推理。",
    "应聘者需要有大模型训练经验；自春季以来，该团队已有三名研究员离职，加入阿里巴巴和字节跳动。",
    "据了解情况的人士说，月之暗面等公司也提高了薪酬，以留住负责预训练的工程师。",
)
_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>One</title>
<link>https://example.org/a/1</link><pubDate>Mon, 05 Jan 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


def pages() -> Iterator[Page]:
    """An article in each of the two languages that most sources write in."""
    for language, texts in (("en", _ENGLISH), ("zh", _CHINESE)):
        title, *paragraphs = texts
        body = "".join(f"<p>{text}</p>" for text in paragraphs)
        yield _page(
            f"https://example.org/{language}/a/1",
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="article:published_time" content="2026-01-05T08:00:00Z"></head>'
            f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>",
        )


def feed() -> Page:
    """A feed of one item."""
    return _page("https://example.org/feed.xml", _FEED)


def _page(url: str, text: str) -> Page:
    return Page(url=url, requested_url=url, status=200, body=text.encode(), fetched_at=_AT)
