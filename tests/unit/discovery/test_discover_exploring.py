import asyncio
from datetime import UTC, datetime

import pytest

from crawler.discovery.exploring import Exploration, explore
from crawler.discovery.proposing import proposed_source
from crawler.page import Page

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def page(body: str, url: str, status: int) -> Page:
    return Page(url=url, requested_url=url, status=status, body=body.encode(), fetched_at=NOW)


class Site:
    """Pages by path, and what was asked for."""

    def __init__(self, **pages: str) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def fetch(self, url: str) -> Page | None:
        self.asked.append(url)
        body = self.pages.get(url.removeprefix("https://site.example/") or "home")
        return page(body or "<html>not found</html>", url, status=200 if body else 404)


FEED = "<rss version='2.0'><channel><title>Site News</title><language>fr</language><item><link>https://site.example/a/1</link></item></channel></rss>"
NEWS_MAP = (
    "<urlset><url><loc>https://site.example/a/1</loc><publication_date>2026-11-20</publication_date></url></urlset>"
)


def explored(site: Site, path: str = "") -> Exploration:
    result = asyncio.run(explore("https://site.example/" + path, site.fetch, now=NOW))
    assert result is not None
    return result


def test_a_declared_feed_is_found_and_no_guess_is_made() -> None:
    site = Site(home='<link rel="alternate" type="application/rss+xml" href="/news.rss">', **{"news.rss": FEED})
    result = explored(site)
    source = proposed_source(result.home, result.trials)
    assert (source.id, source.feeds, source.language) == ("site-news", ("https://site.example/news.rss",), "fr")
    assert site.asked == [f"https://site.example/{path}" for path in ("", "robots.txt", "news.rss")]
    assert result.requests == 3


def test_a_feed_at_a_usual_place_is_found() -> None:
    site = Site(home="<title>x</title>", **{"rss.xml": FEED})
    assert proposed_source(explored(site).home, explored(site).trials).feeds == ("https://site.example/rss.xml",)


def test_sitemaps_of_robots_serve_where_there_is_no_feed() -> None:
    site = Site(home="<title>x</title>", **{"robots.txt": "Sitemap: /maps/news.xml", "maps/news.xml": NEWS_MAP})
    result = explored(site)
    assert proposed_source(result.home, result.trials).sitemaps == ("https://site.example/maps/news.xml",)


def test_a_feeds_own_address_is_taken_as_it_is() -> None:
    site = Site(feed=FEED)
    result = explored(site, "feed")
    source = proposed_source(result.home, result.trials)
    assert (source.homepage, source.feeds) == ("https://site.example/", ("https://site.example/feed",))
    assert site.asked == ["https://site.example/feed"]


def test_a_site_without_anything_is_not_asked_for_ever() -> None:
    result = explored(Site(home="<html><a href='/a/some-long-story-words'>x</a></html>"))
    assert result.requests <= 14
    assert proposed_source(result.home, result.trials).listing.url == "https://site.example/"
    refused = explored(Site())
    assert (refused.home.status, refused.requests, refused.trials) == (404, 1, ())

    async def no_answer(url: str) -> None:
        assert url == "https://site.example/"

    assert asyncio.run(explore("https://site.example/", no_answer, now=NOW)) is None


def feed_of(*paths: str, title: str = "Site News", link: str = "") -> str:
    items = "".join(f"<item><link>https://site.example/{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel><title>{title}</title><link>{link}</link>{items}</channel></rss>"


@pytest.mark.parametrize(
    "named",
    [
        '<a href="/syndication.xml">RSS</a>',
        '<a href="/syndication.xml" title="Our RSS feed"><svg></svg></a>',
        '<a href="/syndication.xml"><img src="/i.png" alt="XML"></a>',
        '<link rel="alternate" type="text/xml" href="/syndication.xml">',
        '<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/syndication.xml">',
        '<link rel="feed" href="/syndication.xml">',
    ],
)
def test_a_feed_is_found_by_how_it_is_named(named: str) -> None:
    result = explored(Site(home=f"<title>x</title>{named}", **{"syndication.xml": FEED}))
    assert proposed_source(result.home, result.trials).feeds == ("https://site.example/syndication.xml",)


@pytest.mark.parametrize("home", ['<a href="/rss">RSS</a>', "<p>its page of feeds lies where many have their feed</p>"])
def test_the_feeds_of_an_overview_page_are_found(home: str) -> None:
    overview = "<h1>Feeds</h1><ul><li><a href='/rss/top.xml'>Top</a></li><li><a href='/rss/tech.xml'>Tech</a></li></ul>"
    site = Site(home=home, rss=overview, **{"rss/top.xml": FEED, "rss/tech.xml": feed_of("t/1", "t/2")})
    result = explored(site)
    assert set(proposed_source(result.home, result.trials).feeds) == {
        "https://site.example/rss/top.xml",
        "https://site.example/rss/tech.xml",
    }
    assert len(site.asked) == len(set(site.asked))


def test_comments_and_what_another_feed_has_as_well_are_left_out() -> None:
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{path}" title="{title}">'
        for path, title in (("all", "All"), ("part", ""), ("talk", ""), ("more", "Site » Comments Feed"), ("whole", ""))
    )
    feeds = {
        "all": feed_of("1", "2"), "part": feed_of("2"), "whole": feed_of("1", "2", "3"),
        "talk": feed_of("1#c1", "1?c=2", title="Comments on: Site News"), "more": feed_of("9"),
    }  # fmt: skip
    site = Site(home=head, **feeds)
    result = explored(site)
    assert proposed_source(result.home, result.trials).feeds == ("https://site.example/whole",)
    assert "https://site.example/more" not in site.asked
    only = explored(Site(home=head.partition(">")[0] + ">", all=feeds["talk"]))
    assert proposed_source(only.home, only.trials).feeds == ("https://site.example/all",)


def test_what_the_site_names_but_does_not_give_is_told() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/gone"><link rel="alternate" type="application/rss+xml" href="/page">'
    result = explored(Site(home=head, page="<html><body>no feed</body></html>", **{"rss.xml": FEED}))
    assert result.missed == (
        "https://site.example/gone: answers 404",
        "https://site.example/page: the answer is no feed, sitemap or listing: a web page or something else came with status 200",
    )
    assert proposed_source(result.home, result.trials).feeds == ("https://site.example/rss.xml",)
