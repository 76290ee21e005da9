import gzip
from datetime import UTC, datetime

import pytest

from crawler.discovery import Discovery, Limits, discover
from crawler.page import Page

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://news.example/sitemap.xml"
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def run(body: str | bytes, *, url: str = URL, limits: Limits | None = None) -> Discovery:
    body = body if isinstance(body, bytes) else body.encode()
    return discover(Page(url=url, requested_url=url, status=200, body=body, fetched_at=NOW), now=NOW, limits=limits)


def urls(*entries: str) -> str:
    return f"<?xml version='1.0'?><urlset {NEWS}>" + "".join(f"<url>{entry}</url>" for entry in entries) + "</urlset>"


def news(number: int, day: int = 20) -> str:
    return (
        f"<loc>https://news.example/a/{number}</loc><lastmod>2026-11-20</lastmod><news:news><news:publication><news:name>N</news:name>"
        f"<news:language>zh-cn</news:language></news:publication><news:publication_date>2026-11-{day:02d}T10:00:00+08:00"
        f"</news:publication_date><news:title>招聘 &amp; {number}</news:title></news:news>"
        "<image:image xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><image:loc>https://x.example/i.jpg</image:loc>"
        "<image:title>A picture</image:title></image:image>"
    )


def test_a_news_sitemap_knows_titles_and_dates() -> None:
    found = run(urls(news(1, day=18), news(2)))
    assert (found.format, found.problem) == ("news-sitemap", "")
    newest, older = found.links
    assert (newest.url, newest.title, newest.language) == ("https://news.example/a/2", "招聘 & 2", "zh-cn")
    assert newest.published_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert older.url == "https://news.example/a/1"


def test_lastmod_orders_but_is_no_date_of_publication() -> None:
    found = run(
        urls(
            "<loc>https://news.example/old</loc><lastmod>2020-01-01</lastmod>",
            "<loc>https://news.example/new</loc><lastmod>2026-11-19T10:00:00.123Z</lastmod>",
            "<loc>https://news.example/undated</loc>",
        )
    )
    assert [link.url.rpartition("/")[2] for link in found.links] == ["new", "old", "undated"]
    assert {link.published_at for link in found.links} == {None}


def test_without_dates_the_highest_numbers_are_kept() -> None:
    found = run(
        urls(*(f"<loc>https://news.example/a/{n}.html</loc>" for n in range(900, 1300))), limits=Limits(links=50)
    )
    assert found.dropped == 350
    assert {int(link.url.rpartition("/")[2].removesuffix(".html")) for link in found.links} == set(range(1250, 1300))


def test_an_empty_sitemap_is_no_trouble() -> None:
    for body in (urls(), "<urlset/>", "<sitemapindex></sitemapindex>"):
        assert run(body).problem == ""


def test_gzip_is_undone_and_what_is_none_is_read_as_it_is() -> None:
    body = urls(news(1)).encode()
    assert len(run(gzip.compress(body), url=URL + ".gz").links) == 1
    assert len(run(body, url=URL + ".gz").links) == 1
    cut = gzip.compress(urls(*(news(n) for n in range(300))).encode())
    assert run(cut[:-200]).is_partial


def test_cdata_spaces_prefixes_and_missing_namespaces_are_read() -> None:
    for body in (
        "<urlset><url><loc><![CDATA[https://news.example/a/1]]></loc></url></urlset>",
        "<urlset>\n<url>\n<loc>\n  https://news.example/a/1\n</loc></url></urlset>",
        "<sm:urlset xmlns:sm='http://www.sitemaps.org/schemas/sitemap/0.9'><sm:url><sm:loc>/a/1</sm:loc></sm:url></sm:urlset>",
        "<urlset><url><loc>https://news.example/a/1</loc><title>x & y</title></url>",
        "\ufeff\n<!-- made by x --><?xml version='1.0'?><?xml-stylesheet href='/s.xsl'?><urlset><url><loc>https://news.example/a/1</loc></url></urlset>",
    ):
        assert [link.url for link in run(body).links] == ["https://news.example/a/1"], body


def test_an_index_names_the_freshest_children_first() -> None:
    entries = [
        ("https://news.example/sitemap-2019-01.xml", ""),
        ("https://news.example/sitemap-2026-10.xml.gz", ""),
        ("https://news.example/sitemap-2026-11.xml.gz", ""),
        ("https://news.example/posts.xml", "<lastmod>2026-11-20T08:00:00Z</lastmod>"),
        ("https://news.example/news-sitemap.xml", ""),
        ("https://news.example/sitemap.xml", ""),
        ("javascript:alert(1)", ""),
    ]
    body = (
        "<sitemapindex>"
        + "".join(f"<sitemap><loc>{url}</loc>{more}</sitemap>" for url, more in entries)
        + "</sitemapindex>"
    )
    found = run(body)
    assert found.format == "sitemap-index"
    assert [url.rpartition("/")[2] for url in found.children] == [
        "news-sitemap.xml",
        "posts.xml",
        "sitemap-2026-11.xml.gz",
        "sitemap-2026-10.xml.gz",
        "sitemap-2019-01.xml",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<urlset><url><loc>ftp://x</loc></url></urlset>",
        "<sitemapindex><sitemap><loc>javascript:x</loc></sitemap></sitemapindex>",
    ],
)
def test_entries_without_usable_addresses_are_trouble(body: str) -> None:
    assert run(body).problem == "bad-sitemap"


def test_plain_text_sitemaps_are_read() -> None:
    assert len(run("https://news.example/a/1\nhttps://news.example/a/2\n").links) == 2
    assert run("https://news.example/a/1\nhello\n").problem == "not-a-feed"


def test_a_truncated_sitemap_keeps_its_entries() -> None:
    body = urls(*(news(n) for n in range(40)))
    found = run(body[: len(body) // 2])
    assert found.is_partial
    assert 15 <= len(found.links) <= 20


def test_fifty_thousand_addresses_are_few_seconds_of_work() -> None:
    found = run(urls(*(f"<loc>https://news.example/a/{n}</loc><lastmod>2026-11-19</lastmod>" for n in range(50_000))))
    assert (len(found.links), found.dropped) == (200, 49_800)


def test_bare_ampersands_stay_in_addresses() -> None:
    found = run("<urlset><url><loc>https://a.example/?id=1&page=2&amp;x=3</loc></url></urlset>")
    assert [link.url for link in found.links] == ["https://a.example/?id=1&page=2&x=3"]


def test_parts_of_an_index_that_hold_no_articles_are_left_out() -> None:
    names = (
        "post-sitemap.xml",
        "author-sitemap.xml",
        "post_tag-sitemap2.xml",
        "wp-sitemap-users-1.xml",
        "news-image-sitemap.xml",
    )

    def index(*names: str) -> str:
        entries = "".join(f"<sitemap><loc>https://a.example/{name}</loc></sitemap>" for name in names)
        return f"<sitemapindex>{entries}</sitemapindex>"

    found = run(index(*names))
    assert set(found.children) == {"https://a.example/post-sitemap.xml", "https://a.example/news-image-sitemap.xml"}
    assert found.dropped == 3
    assert run(index("category-sitemap.xml")).children == ("https://a.example/category-sitemap.xml",)
