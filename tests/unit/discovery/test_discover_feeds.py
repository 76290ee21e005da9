"""Feeds as the web really has them: old formats, broken markup, wrong declarations, odd links."""

import gzip
import random
from datetime import UTC, datetime

import pytest

from crawler.discovery import Discovery, Limits, discover
from crawler.page import Page
from crawler.sources import Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED = "https://news.example/feed.xml"


def source(**changes: object) -> Source:
    table = {
        "id": "daily-tech",
        "name": "Daily Tech",
        "homepage": "https://news.example/",
        "language": "en",
        "country": "US",
        "feeds": [FEED],
    }
    return Source.model_validate(table | changes)


def run(
    body: str | bytes, *, content_type: str = "application/xml", limits: Limits | None = None, **changes: object
) -> Discovery:
    page = Page(
        url=FEED,
        requested_url=FEED,
        status=200,
        body=body if isinstance(body, bytes) else body.encode(),
        fetched_at=NOW,
        headers={"content-type": content_type},
    )
    return discover(page, source(**changes), now=NOW, limits=limits)


def rss(items: str, *, head: str = "", declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return (
        f'{declaration}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        f' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Daily</title>{head}{items}</channel></rss>'
    )


def item(number: int = 1, /, **parts: str) -> str:
    values = {"title": f"Headline {number}", "link": f"https://news.example/a/{number}"} | parts
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in values.items() if value) + "</item>"


def test_rss_two() -> None:
    found = run(
        rss(
            item(pubDate="Fri, 20 Nov 2026 10:00:00 +0800", guid="g1", description="<p>Short &amp;amp; plain</p>")
            + item(2, **{"dc:creator": "Ada Writer"}),
            head='<ttl>30</ttl><language>en-us</language><atom:link rel="hub" href="https://hub.example/"/>',
        )
    )
    assert (found.format, found.problem, found.is_partial) == ("rss", "", False)
    assert (found.ttl_seconds, found.hub, found.language, found.title) == (
        1800,
        "https://hub.example/",
        "en-us",
        "Daily",
    )
    first, second = found.links
    assert first.url == "https://news.example/a/1"
    assert first.published_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert first.published_precision == "minute"
    assert (first.guid, first.language) == ("g1", "en-us")
    assert second.authors == ("Ada Writer",)
    assert second.published_at is None
    assert second.published_precision == "unknown"


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (
            (
                '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
                ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>'
                '<item rdf:about="https://news.example/a/1"><title>Headline 1</title><link>https://news.example/a/1</link>'
                "<dc:date>2026-11-20T10:00:00+08:00</dc:date></item></rdf:RDF>"
            ),
            "rss",
        ),
        (
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
            ' "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title>'
            + item(pubDate="2026-11-20T02:00:00Z")
            + "</channel></rss>",
            "rss",
        ),
        (
            '<rss version="0.92"><channel>' + item(pubDate="20 Nov 26 02:00 GMT") + "</channel></rss>",
            "rss",
        ),
        (
            (
                '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title type="html">Headline &lt;b&gt;1&lt;/b&gt;'
                '</title><link href="https://news.example/a/1"/><updated>2026-11-20T02:00:00Z</updated></entry></feed>'
            ),
            "atom",
        ),
        (
            (
                '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Headline 1</title>'
                '<link rel="alternate" type="text/html" href="https://news.example/a/1"/><issued>2026-11-20T10:00:00+08:00</issued>'
                "</entry></feed>"
            ),
            "atom",
        ),
        (
            (
                '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 7, "url": "/a/1", "title": "Headline 1",'
                ' "date_published": "2026-11-20T10:00:00+08:00"}]}'
            ),
            "json-feed",
        ),
    ],
)
def test_every_format_gives_the_same_link(body: str, form: str) -> None:
    found = run(body)
    assert (found.format, found.problem) == (form, "")
    (link,) = found.links
    assert (link.url, link.title) == ("https://news.example/a/1", "Headline 1")
    assert link.published_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def test_chinese_feed_in_every_encoding() -> None:
    title = "月之暗面在上海招募大模型工程师㙍"  # the last one is not in GB2312 but in GB18030
    for charset, declared in (("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "GBK"), ("utf-16", "utf-16")):
        body = rss(item(title=title), declaration=f'<?xml version="1.0" encoding="{declared}"?>').encode(charset)
        assert run(body).links[0].title == title, declared
        assert run(body, content_type=f"text/xml; charset={declared}").links[0].title == title, declared
    body = rss(item(title=title), declaration='<?xml version="1.0"?>').encode("gb18030")
    assert run(body, language="zh-Hans", country="CN").links[0].title == title
    traditional = "鴻海徵求人工智慧工程師，月薪十萬元"
    body = rss(item(title=traditional), declaration="").encode("big5")
    assert run(body, language="zh-Hant", country="TW").links[0].title == traditional


def test_wrong_declarations_give_way_to_the_bytes() -> None:
    title = "OpenAI 聘用研究员 – “团队”"
    for declared in ("iso-8859-1", "gb2312", "bogus-8", "us-ascii", "zip"):
        body = rss(item(title=title), declaration=f'<?xml version="1.0" encoding="{declared}"?>').encode()
        assert run(body, content_type=f"text/xml; charset={declared}").links[0].title == title, declared
    body = rss(item(title="招聘工程师与研究员"), declaration='<?xml version="1.0" encoding="gbk"?>').encode("gbk")
    assert run(body, content_type="text/xml; charset=utf-8").links[0].title == "招聘工程师与研究员"


@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "iso-8859-1", "bogus-8"])
@pytest.mark.parametrize(
    ("real", "title"),
    [
        ("utf-8", "拼多多在上海招募大模型工程师，月薪最高六万元"),
        ("gbk", "拼多多在上海招募大模型工程师，月薪最高六万元"),
        ("gb18030", "拼多多在上海招募大模型工程师㙍，月薪最高六万元"),
        ("big5", "鴻海在台北徵求人工智慧工程師，月薪十萬元"),
        ("shift_jis", "米企業が大規模言語モデルの研究者を募集、年収は最大四千万円"),
    ],
)
def test_no_declaration_makes_mojibake(real: str, title: str, declared: str) -> None:
    items = "".join(item(number, title=title) for number in range(5))
    charset = f"; charset={declared}" if declared else ""
    by_header = run(rss(items, declaration="").encode(real), content_type=f"text/xml{charset}")
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    by_document = run(rss(items, declaration=declaration).encode(real), content_type="text/xml")
    assert {link.title for found in (by_header, by_document) for link in found.links} == {title}


def test_one_broken_byte_does_not_change_the_charset() -> None:
    body = rss("".join(item(n, title=f"上海招聘工程师 {n}") for n in range(20))).encode()
    broken = body.replace("聘".encode(), "聘".encode()[:2], 1)
    titles = [link.title for link in run(broken, language="zh-Hans", country="CN").links]
    assert titles[1:] == [f"上海招聘工程师 {n}" for n in range(1, 20)]


@pytest.mark.parametrize("keep", [0.5, 0.73, 0.9])
def test_a_truncated_feed_keeps_its_items_and_its_chinese(keep: float) -> None:
    body = rss("".join(item(n, title=f"招聘大模型工程师 {n}") for n in range(50))).encode()
    found = run(body[: int(len(body) * keep)], language="zh-Hans", country="CN")
    assert found.is_partial
    assert found.problem == ""
    assert len(found.links) >= int(50 * keep) - 3
    assert found.links[3].title == "招聘大模型工程师 3"


def test_truncated_gzip_is_partial() -> None:
    words = random.Random(4)
    packed = gzip.compress(rss("".join(item(n, title=f"Headline {words.random()}") for n in range(200))).encode())
    found = run(packed[: len(packed) // 2])
    assert found.is_partial
    assert len(found.links) > 50
    assert not run(packed).is_partial
    assert len(run(gzip.compress(packed)).links) == 200


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><html><head><title>We value your privacy</title></head><body>Accept cookies</body></html>",
        "<html><body><h1>安全验证</h1><p>请完成验证</p></body></html>",
        "<script>location.href='/challenge'</script>",
        "Too many requests",
        '{"error": "login required"}',
        '[{"title": "x"}]',
        "<?xml version='1.0'?><error>no such feed</error>",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "%PDF-1.7 \x00\x01",
        "null",
    ],
)
def test_what_is_no_feed_is_trouble_not_nothing_new(body: str) -> None:
    found = run(body)
    assert found.problem == "not-a-feed"
    assert found.links == ()


def test_an_empty_feed_is_no_trouble_but_an_empty_answer_is() -> None:
    assert run(rss("")).problem == ""
    assert run('<feed xmlns="http://www.w3.org/2005/Atom"></feed>').problem == ""
    assert run("").problem == "empty"
    assert run(" \n\t ").problem == "empty"


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>no link at all</title></item>"),
        rss(item(link="javascript:alert(1)")),
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}',
        '{"version": "https://jsonfeed.org/version/1", "items": [',
    ],
)
def test_items_without_usable_links_are_trouble(body: str) -> None:
    assert run(body).problem == "bad-feed"


def test_markup_that_is_not_well_formed_is_read() -> None:
    found = run(rss(item(title="Q&A: R&D at&nbsp;labs <b>now</b> & then &bogus;") + item(2)[: -len("</item>")]))
    assert found.links[0].title == "Q&A: R&D at labs now & then &bogus;"
    assert len(found.links) == 2


def test_text_before_the_feed_is_passed_over() -> None:
    body = "\ufeff\n\n<br /><b>Warning</b>: something in feed.php on line 3<br />\n" + rss(item())
    assert len(run(body).links) == 1
    assert len(run("<!-- made by <html> tools --><?xml-stylesheet href='x'?>" + rss(item())).links) == 1


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<![CDATA[Google&#8217;s team]]>", "Google’s team"),
        ("AT&amp;amp;T hires", "AT&T hires"),
        ("Meta&amp;#8217;s offer", "Meta’s offer"),
        ("&lt;em&gt;Big&lt;/em&gt; offer", "Big offer"),
        ("a\x08b\x00c", "abc"),
        ("  two\n   lines ", "two lines"),
        ("1 &lt; 2 offers", "1 < 2 offers"),
        ("a &#0;&#xD800;&#99999999;&#x110000;b", "a b"),
        ("<![CDATA[a &#xFFFFFFFFFF; b]]>", "a b"),
        ("a < b", "a < b"),
    ],
)
def test_titles_are_made_plain(raw: str, shown: str) -> None:
    assert run(rss(item(title=raw))).links[0].title == shown


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a/9", "https://news.example/a/9"),
        ("a/9", "https://news.example/a/9"),
        ("//cdn.example/a/9", "https://cdn.example/a/9"),
        ("\n   https://news.example/a/9\n  ", "https://news.example/a/9"),
        ("https://news.example/a/\n9", "https://news.example/a/9"),
        ("https://news.example/招聘/9", "https://news.example/%E6%8B%9B%E8%81%98/9"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://news.example/a/9#comments", "https://news.example/a/9"),
        ("https://news.example/a?x=1&amp;y=2", "https://news.example/a?x=1&y=2"),
        ("https://news.example/a?x=1&amp;amp;y=2", "https://news.example/a?x=1&y=2"),
        ("HTTPS://News.Example/a/9", "https://news.example/a/9"),
    ],
)
def test_links_are_made_absolute(link: str, url: str) -> None:
    assert (
        run(rss(item(link=link))).links[0].url.replace("News.Example", "news.example").replace("HTTPS", "https") == url
    )


def test_xml_base_and_the_first_alternate_link_count() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/blog/"><entry xml:base="2026/">'
        '<title>T</title><link rel="enclosure" href="x.mp3"/><link rel="alternate" href="post"/></entry></feed>'
    )
    assert run(body).links[0].url == "https://base.example/blog/2026/post"


def test_the_publishers_own_address_wins_over_a_feed_services() -> None:
    found = run(rss(item(link="https://feeds.example/~r/x/1", **{"feedburner:origLink": "https://news.example/a/1"})))
    assert found.links[0].url == "https://news.example/a/1"


def test_a_permalink_guid_serves_where_the_link_is_missing() -> None:
    assert run(rss(item(link="", guid="https://news.example/a/5"))).links[0].url == "https://news.example/a/5"


def test_one_guid_for_all_items_identifies_none() -> None:
    found = run(rss("".join(item(n, guid="same") for n in range(10))))
    assert len(found.links) == 10
    assert {link.guid for link in found.links} == {""}


def test_one_link_for_all_items_gives_way_to_guids_that_are_addresses() -> None:
    found = run(
        rss("".join(item(n, link="https://news.example/", guid=f"https://news.example/a/{n}") for n in range(5)))
    )
    assert len({link.url for link in found.links}) == 5


def test_repeated_articles_are_one_link() -> None:
    found = run(rss(item() + item(1, link="http://www.news.example/a/1?utm_source=rss") + item(2)))
    assert [link.url for link in found.links] == ["https://news.example/a/1", "https://news.example/a/2"]


def test_empty_attributes_and_elements_do_no_harm() -> None:
    found = run(
        rss('<item><title/><link>https://news.example/a/1</link><guid isPermaLink=""/><pubDate/><author/></item>')
    )
    assert found.links[0].url == "https://news.example/a/1"


def test_dates_are_read_in_the_sources_zone() -> None:
    dates = {
        "zone": "2026-11-20 10:00:00",
        "cst": "Fri, 20 Nov 2026 10:00:00 CST",
        "day": "2026-11-20",
        "future": "2099-01-01",
    }
    found = run(
        rss("".join(item(n, pubDate=raw) for n, raw in enumerate(dates.values()))),
        timezone="Asia/Shanghai",
        country="CN",
    )
    by_name = dict(zip(dates, found.links, strict=True))
    assert by_name["zone"].published_at == by_name["cst"].published_at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert by_name["day"].published_precision == "day"
    assert (by_name["future"].published_at, by_name["future"].published_precision) == (None, "unknown")


def test_a_bad_date_gives_way_to_a_good_one() -> None:
    found = run(rss(item(pubDate="0000-00-00", **{"dc:date": "2026-11-19T10:00:00Z"})))
    assert found.links[0].published_at == datetime(2026, 11, 19, 10, 0, tzinfo=UTC)


def test_syndication_module_and_http_header() -> None:
    found = run(rss(item(), head="<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"))
    assert found.ttl_seconds == 1800
    page = Page(
        url=FEED,
        requested_url=FEED,
        status=200,
        body=rss(item()).encode(),
        fetched_at=NOW,
        headers={"link": '<https://hub.example/>; rel="hub", <https://news.example/feed.xml>; rel="self"'},
    )
    assert discover(page, now=NOW).hub == "https://hub.example/"


def test_next_pages_are_told() -> None:
    body = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?page=2"/><entry><link href="/a/1"/></entry></feed>'
    assert run(body).next_url == "https://news.example/feed?page=2"
    body = '{"version": "https://jsonfeed.org/version/1.1", "next_url": "/feed.json?p=2", "items": [{"id": "1", "url": "/a/1"}]}'
    assert run(body).next_url == "https://news.example/feed.json?p=2"


def test_json_feeds_with_odd_values() -> None:
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "language": 3, "hubs": [1, {"type": "WebSub", "url": "https://hub.example/"}],'
        ' "authors": {"name": "x"}, "items": [null, 4, {"url": ["x"]}, {"url": "/a/1", "title": true, "authors": [{"name": 5}, "x"],'
        ' "date_published": null, "date_modified": 1763600000}]}'
    )
    found = run(body)
    assert [link.url for link in found.links] == ["https://news.example/a/1"]
    assert found.links[0].published_at == datetime(2025, 11, 20, 0, 53, 20, tzinfo=UTC)
    assert found.hub == "https://hub.example/"
    assert found.unusable == 3


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("joe@mail.example (Joe Doe)", ("Joe Doe",)),
        ("joe@mail.org (Joe Doe)", ("Joe Doe",)),
        ("Joe Doe &lt;joe@mail.example&gt;", ("Joe Doe",)),
        ("joe@mail.example", ()),
        ("李雷（上海）", ("李雷（上海）",)),
        ("Joe Doe (Reuters)", ("Joe Doe (Reuters)",)),
    ],
)
def test_authors_are_names_not_mail_addresses(raw: str, names: tuple[str, ...]) -> None:
    assert run(rss(item(author=raw))).links[0].authors == names


def test_what_follows_the_end_does_not_make_a_feed_partial() -> None:
    for after in ("<!-- cached 12:00 -->\n", "<script>track()</script>", "\n\n\n"):
        assert not run(rss(item()) + after).is_partial
    assert not run(
        '<RSS VERSION="2.0"><CHANNEL><ITEM><LINK>https://news.example/a/1</LINK></ITEM></CHANNEL></RSS>'
    ).is_partial


def test_titles_of_pictures_and_of_other_outlets_are_not_the_items() -> None:
    media = '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="x"><media:title>Picture</media:title></media:content>'
    extra = (
        media
        + "<source url='https://other.example/rss'>Other</source><image><title>Logo</title><link>https://x.example/</link></image>"
    )
    (link,) = run(rss(item()[: -len("</item>")] + extra + "</item>")).links
    assert (link.title, link.url) == ("Headline 1", "https://news.example/a/1")


def test_an_entry_that_only_links_to_itself_is_linked() -> None:
    body = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><id>tag:x</id><link rel="self" href="/a/1"/></entry></feed>'
    assert run(body).links[0].url == "https://news.example/a/1"


def test_utf_16_without_a_mark_is_read() -> None:
    for charset in ("utf-16-le", "utf-16-be"):
        assert run(rss(item(title="招聘"), declaration="").encode(charset)).links[0].title == "招聘"
