from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.discovery import Discovery, discover
from crawler.discovery.homepage import candidates
from crawler.discovery.origins import free_id, language_of, origin_of, slug
from crawler.discovery.proposing import Trial, proposed_source
from crawler.page import Link, Page
from crawler.sources import read_sources
from crawler.sources.writing import source_toml, with_sources
from pipeline.errors import RegistryError

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOME = "https://www.news.example.cn/tech/"


def page(body: str, url: str = HOME, status: int = 200) -> Page:
    return Page(url=url, requested_url=url, status=status, body=body.encode(), fetched_at=NOW)


BODY = """<!doctype html><html lang="zh-CN"><head><title>科技 | 每日新闻</title><meta property="og:site_name" content="每日新闻 Daily">
<link rel="alternate" type="application/rss+xml" title="All" href="/rss.xml"><link rel="ALTERNATE" type="application/atom+xml" href="//www.news.example.cn/atom">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" hreflang="en" href="/en/"><link rel="stylesheet" href="/feed.css">
</head><body><a href="/about/rss/">RSS</a><a href="/a/1.html">Story</a><a href="/feedback">Feedback</a><a href="javascript:rss()">x</a></body></html>"""


def test_what_the_page_and_robots_declare_comes_first() -> None:
    robots = page(
        "User-agent: *\nDisallow: /x\nSITEMAP: https://www.news.example.cn/news.xml\n Sitemap: /other.xml\nSitemap: javascript:x\n",
        HOME,
    )
    found = candidates(page(BODY), robots)
    assert found.declared_feeds == (
        "https://www.news.example.cn/rss.xml",
        "https://www.news.example.cn/atom",
        "https://www.news.example.cn/about/rss/",
    )
    assert found.declared_sitemaps == ("https://www.news.example.cn/news.xml", "https://www.news.example.cn/other.xml")
    assert found.guessed_feeds[0] == "https://www.news.example.cn/tech/feed"
    assert "https://www.news.example.cn/feed" in found.guessed_feeds
    assert "https://www.news.example.cn/rss.xml" not in found.guessed_feeds
    assert "https://www.news.example.cn/sitemap.xml" in found.guessed_sitemaps


@pytest.mark.parametrize("body", ["", "{}", "\x00\x01", "<html>" * 3000, "<a href='" + "x" * 100_000])
def test_odd_pages_still_give_guesses(body: str) -> None:
    found = candidates(page(body), page("nope", status=404))
    assert found.declared_sitemaps == ()
    assert found.guessed_feeds


def found(
    form: str, *urls: str, day: int = 20, problem: str = "", language: str | None = None, title: str = ""
) -> Discovery:
    at = datetime(2026, 11, day, tzinfo=UTC)
    return Discovery(
        format=form,  # type: ignore[arg-type]
        links=tuple(Link(url=url, published_at=at) for url in urls),
        problem=problem,
        language=language,
        title=title,
    )


def test_the_proposed_table_is_complete_and_reads_back() -> None:
    trials = [
        Trial(url="https://www.news.example.cn/dead", discovery=found("", problem="not-a-feed")),
        Trial(url="https://www.news.example.cn/old", discovery=found("rss", "https://a.example/1", day=2)),
        Trial(
            url="https://www.news.example.cn/rss.xml", discovery=found("rss", "https://a.example/2", language="zh_CN")
        ),
        Trial(url="https://www.news.example.cn/rss", discovery=found("rss", "https://a.example/2")),
        Trial(
            url="https://www.news.example.cn/news.xml",
            discovery=found("news-sitemap", "https://a.example/2", "https://a.example/3"),
        ),
        Trial(url="https://www.news.example.cn/all.xml", discovery=found("sitemap", "https://a.example/4")),
        Trial(url="https://www.news.example.cn/empty", discovery=found("rss")),
    ]
    source = proposed_source(page(BODY), trials, taken={"daily"})
    assert (source.id, source.name, source.language, source.country) == ("daily-2", "每日新闻 Daily", "zh-Hans", "CN")
    assert source.feeds == ("https://www.news.example.cn/rss.xml", "https://www.news.example.cn/old")
    assert source.sitemaps == ("https://www.news.example.cn/news.xml",)
    assert source.listing.url == ""
    assert next(iter(read_sources([("a.toml", source_toml(source).encode())]))) == source


def test_without_feed_and_sitemap_the_page_is_the_listing() -> None:
    source = proposed_source(page("<title>Front page - Some Paper</title>", "https://paper.example.org/"), [])
    assert source.listing.url == "https://paper.example.org/"
    assert source.name == "Front page"
    assert proposed_source(page(""), []).name == "www.news.example.cn"


def test_guesses_from_addresses_and_declarations() -> None:
    assert origin_of("https://x.co.uk/").country == "GB"
    assert origin_of("https://x.example.com/").language == "mul"
    assert origin_of("https://x.example.com/", "zh-Hans").timezone == "Asia/Shanghai"
    assert origin_of("https://x.example.com/", "de-AT").country == "DE"
    assert origin_of("https://x.example.sg/", "zh-Hans").country == "SG"
    assert [language_of(tag) for tag in ("EN-us", "zh_CN", "zh-hant-tw", "de_DE", "klingon", "", None, "x-default")] == [
        "en-US", "zh-Hans", "zh-Hant-TW", "de-DE", "", "", "", "",
    ]  # fmt: skip
    assert [slug("Daily Tech (AI)"), slug("每日", "news.example"), slug("", "")] == [
        "daily-tech-ai",
        "news-example",
        "source",
    ]
    assert free_id("a-b", {"a-b", "a-b-2"}) == "a-b-3"


FILE = '# Sources of mine.\n\n[[source]]\nid = "bravo"\n{rest}\n# About delta.\n[[source]]\nid = "delta"\n{rest}'.replace(
    "{rest}",
    'name = "N"\nhomepage = "https://n.example/"\nlanguage = "en"\ncountry = "US"\nfeeds = ["https://n.example/feed"]\n',
)


@pytest.mark.parametrize(("name", "place"), [("Alpha", 0), ("Charlie", 1), ("Echo", 2)])
def test_a_source_is_added_at_its_place_and_comments_stay(name: str, place: int) -> None:
    source = proposed_source(page(f"<title>{name}</title>", f"https://{name.lower()}.example/"), [])
    changed = with_sources(FILE, [source])
    ids = [each.id for each in read_sources([("a.toml", changed.encode())])]
    assert ids.index(source.id) == place
    assert changed.startswith("# Sources of mine.\n\n")
    assert '# About delta.\n[[source]]\nid = "delta"' in changed
    assert changed.count("\n\n\n") == 0
    with pytest.raises(RegistryError, match="is taken"):
        with_sources(changed, [source])


def test_a_source_is_added_to_an_empty_and_to_an_unsorted_file() -> None:
    source = proposed_source(page("<title>Alpha</title>", "https://alpha.example/"), [])
    assert with_sources("", [source]) == source_toml(source)
    unsorted = FILE.replace('"bravo"', '"zulu"')
    assert with_sources(unsorted, [source]).endswith(source_toml(source))
    with pytest.raises(RegistryError):
        with_sources("[[source]\n", [source])


def test_a_feed_names_its_site() -> None:
    feed = (
        "<rss version='2.0'><channel><link>https://paper.example.cn/</link><item><link>/1</link></item></channel></rss>"
    )
    asked, given = "https://feeds.example/abc", "https://feeds.example/abc.xml"
    home = replace(page(feed, given), requested_url=asked)
    trials = [Trial(url=asked, discovery=discover(home, now=NOW))]
    source = proposed_source(home, trials)
    assert (source.homepage, source.country, source.feeds) == ("https://paper.example.cn/", "CN", (asked,))


@pytest.mark.parametrize(
    ("headlines", "language"),
    [
        (("芯片公司扩大招聘规模", "高校与企业共建实验室", "城市开放自动驾驶测试道路"), "zh-Hans"),
        (("研究者の採用を増やす計画を発表", "新しい工場の建設が始まった"), "ja"),
        (
            ("A factory by the river hires again after three quiet years", "Why the council wants more buses at night"),
            "en",
        ),
        ((), "mul"),
    ],
)
def test_headlines_tell_the_language_where_nothing_is_declared(headlines: tuple[str, ...], language: str) -> None:
    anchors = "".join(f"<a href='/{number}'>{headline}</a>" for number, headline in enumerate(headlines))
    assert proposed_source(page(anchors, "https://paper.example.com/"), []).language == language


def test_a_link_header_declares_feeds() -> None:
    header = (
        '</style.css>; rel=preload; as=style, </feed.atom>; rel="alternate"; type="application/atom+xml"; title="All, of it", '
        "<https://www.news.example.cn/en/>; rel=alternate; hreflang=en, </comments/feed>; rel=alternate; type=application/rss+xml"
    )
    home = replace(page("<p>no head</p>"), headers={"link": header})
    assert candidates(home).declared_feeds == ("https://www.news.example.cn/feed.atom",)


@pytest.mark.parametrize(
    "link",
    [
        "https://social.example/feed/?share=1", "/feedback/", "/2026/how-to-feed-a-model", "/blog/sunsetting-atom/",
        "/search?q=x&utm_source=big-feed-item", "/guides/product-feed-specification", "https://other.example/rss",
    ],
)  # fmt: skip
def test_pages_that_only_sound_like_feeds_are_not_asked_for(link: str) -> None:
    assert candidates(page(f'<a href="{link}">How a feed of products is made</a>')).declared_feeds == ()


@pytest.mark.parametrize(
    "link",
    [
        "/rss_news.html", "/rss2", "/news-feed/", "/feeds/posts.xml", "/blog.atom", "/blog?format=rss", "/?feed=rss2", "/?rss=1",
        "//rss.example.cn/tech.xml", "https://feeds.elsewhere.example/abc", "https://feeds.feedburner.com/abc", "/index.rdf",
    ],
)  # fmt: skip
def test_addresses_that_are_called_feeds_are(link: str) -> None:
    assert len(candidates(page(f'<a href="{link}">More</a>')).declared_feeds) == 1
