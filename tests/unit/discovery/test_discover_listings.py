from datetime import UTC, datetime

from crawler.discovery import Discovery, discover
from crawler.page import Page
from crawler.sources import Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://www.news.example/tech/"


def run(body: str, *, content_type: str = "text/html; charset=utf-8", url: str = URL, **listing: object) -> Discovery:
    source = Source.model_validate(
        {"id": "x", "name": "X", "homepage": URL, "language": "zh-Hans", "country": "CN", "timezone": "Asia/Shanghai"}
        | {"feeds": ["https://www.news.example/feed"], "listing": {"url": URL} | listing}
    )
    encoding = content_type.rpartition("=")[2]
    page = Page(
        url=url,
        requested_url=url,
        status=200,
        body=body.encode(encoding),
        fetched_at=NOW,
        headers={"content-type": content_type},
    )
    return discover(page, source, now=NOW)


CARDS = """<!doctype html><html lang="zh-CN"><head><title>科技</title></head><body>
<nav><a href="/">首页</a><a href="/about">关于</a><a href="/tag/ai-and-more-words-here">AI</a><a href="#top">top</a></nav>
<div class="card"><a href="/a/10001.html"><img alt=""></a><h3><a class="t" href="/a/10001.html">月之暗面招募研究员</a></h3>
  <a href="/a/10001.html">更多</a><span>2小时前</span></div>
<div class="card"><h3><a class="t" href="//www.news.example/a/10002.html?utm_source=list">智谱在北京扩招</a></h3><time datetime="2026-11-19T10:00:00+08:00">昨天</time></div>
<div class="card"><h3><a class="t" href="https://other.example/x-y-z-1234.html">Elsewhere</a></h3></div>
<a href="/login/12345.html">login</a><a href="javascript:void(0)">x</a><a href="/files/report-2026.pdf">pdf</a>
<a href="/tech/">self</a><a rel="next" href="/tech/?page=2">下一页</a>
</body></html>"""


def test_the_selector_names_the_articles() -> None:
    found = run(CARDS, links="h3 a.t")
    assert (found.format, found.problem, found.language) == ("listing", "", "zh-CN")
    assert [link.title for link in found.links] == ["月之暗面招募研究员", "智谱在北京扩招", "Elsewhere"]
    assert found.links[0].published_at == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert found.links[1].published_at == datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
    assert found.links[2].published_at is None


def test_a_selector_of_boxes_takes_their_first_link() -> None:
    assert len(run(CARDS, links=".card").links) == 3


def test_without_a_selector_links_of_the_site_that_look_like_articles_are_taken() -> None:
    assert [link.url for link in run(CARDS).links] == [
        "https://www.news.example/a/10001.html",
        "https://www.news.example/a/10002.html?utm_source=list",
    ]


def test_old_charsets_are_read() -> None:
    for charset in ("gb2312", "gbk", "utf-8"):
        assert (
            run(CARDS, content_type=f"text/html; charset={charset}", links="h3 a.t").links[0].title
            == "月之暗面招募研究员"
        )
    undeclared = discover(
        Page(
            url=URL,
            requested_url=URL,
            status=200,
            body=CARDS.replace("<head>", '<head><meta charset="gb2312">').encode("gbk"),
            fetched_at=NOW,
        ),
        Source.model_validate(
            {
                "id": "x",
                "name": "X",
                "homepage": URL,
                "language": "zh-Hans",
                "country": "CN",
                "listing": {"url": URL, "links": "h3 a.t"},
            }
        ),
        now=NOW,
    )
    assert undeclared.links[0].title == "月之暗面招募研究员"


def test_a_page_whose_layout_changed_is_trouble() -> None:
    assert run(CARDS, links=".gone a").problem == "no-links"
    assert run("<html><body><div id=app></div><script src=x></script></body></html>").problem == "no-links"


def test_the_next_page_is_told_where_the_source_declares_pages() -> None:
    assert run(CARDS, links="h3 a").next_url == ""
    assert run(CARDS, links="h3 a", pages=3).next_url == "https://www.news.example/tech/?page=2"
    assert run(CARDS, links="h3 a", next="a[rel=next]", pages=3).next_url == "https://www.news.example/tech/?page=2"


def test_a_base_counts() -> None:
    body = '<html><head><base href="https://www.news.example/deep/"></head><body><a href="a/20001.html">Story words</a></body></html>'
    assert run(body).links[0].url == "https://www.news.example/deep/a/20001.html"


def test_a_page_at_a_feeds_or_sitemaps_address_is_no_listing() -> None:
    assert run(CARDS, url="https://www.news.example/sitemap-2.xml.gz").problem == "not-a-feed"
    assert run(CARDS, url="https://www.news.example/tech/?page=2").problem == ""
    assert run(CARDS, url="https://www.news.example/feed").problem == "not-a-feed"
