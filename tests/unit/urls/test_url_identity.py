import re
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.urls import TRACKERS, article_id, canonical_url, check_url, identity_key, without_secrets

ARTICLE = "https://www.news.example/2026/11/20/openai-hires?id=42&page=2"
WECHAT = "https://mp.weixin.qq.com/s?__biz=MzA3MzI4MjgzMw==&mid=2650901234&idx=1&sn=0123456789abcdef"

names = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
urls = st.builds(
    lambda scheme, host, path, query, fragment: f"{scheme}://{host}/{path}" + (f"?{query}" if query else "") + fragment,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(
        [
            "news.example",
            "www.news.example",
            "m.news.example:80",
            "News.Example.",
            "新闻.example",
            "[2001:db8::1]:8080",
            "www.www.news.example",
            "www.m.news.example",
            "news-example.cdn.ampproject.org/c/s/www.news.example",
            "www.google.com/amp/s/www.google.com/amp/news.example",
            "www.google.com/url?q=https://www.news.example",
            "link.zhihu.com/?target=http%3A//m.news.example",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="?#\\", exclude_categories=["Cc"]), max_size=20),
    st.text(st.sampled_from("ab=&%20;utm_x1招+ "), max_size=20),
    st.sampled_from(["", "#x", "#!/y", "#/y/7", "#:~:text=a", "#!", "#/"]),
)


@pytest.mark.parametrize(
    "variant",
    [
        ARTICLE,
        ARTICLE.replace("https", "http"),
        ARTICLE.replace("www.", ""),
        ARTICLE.replace("www.", "m."),
        ARTICLE.replace("www.news.example", "WWW.News.Example:443"),
        ARTICLE + "#comments",
        ARTICLE + "&utm_source=rss&utm_medium=feed&fbclid=abc",
        ARTICLE + "&ref=twitter&UTM_Campaign=x",
        ARTICLE + "&from=singlemessage&isappinstalled=0",
        ARTICLE.replace("openai-hires?", "openai-hires/?"),
        ARTICLE.replace("openai-hires?", "openai-hires/amp/?"),
        ARTICLE + "&amp=1",
        "https://www.news.example/2026/11/20/openai-hires?page=2&id=42",
        "https://www.news.example//2026/11/20/openai%2Dhires?id=42&page=2",
        "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/2026/11/20/openai-hires?id=42&page=2",
        "  " + ARTICLE + "\n",
        ARTICLE.replace("&", "&amp;"),
        ARTICLE + "?utm_source=feed",
        ARTICLE + "&print=1",
        ARTICLE + "&PHPSESSID=0a1b2c",
        ARTICLE + "#:~:text=hires",
        ARTICLE.replace("www.", "touch."),
        "https://www.google.com/url?rct=j&sa=t&url=" + quote(ARTICLE, safe="") + "&ct=ga&cd=abc",
        "https://www.google.com/amp/s/amp.news.example/2026/11/20/openai-hires%3Fid=42&page=2".replace("%3F", "?"),
        "https://news-example.cdn.ampproject.org/v/s/www.news.example/2026/11/20/openai-hires?id=42&page=2&usqp=x&amp_js_v=0.1",
    ],
)
def test_variants_of_one_article_have_one_id(variant: str) -> None:
    assert article_id(variant) == article_id(ARTICLE)


@pytest.mark.parametrize(
    "other",
    [
        ARTICLE.replace("id=42", "id=43"),
        ARTICLE.replace("page=2", "page=3"),
        ARTICLE.replace("news.example", "news2.example"),
        ARTICLE.replace("www.", "tech."),
        ARTICLE.replace("openai-hires", "OpenAI-hires"),
        ARTICLE.replace("/2026/", "/2025/"),
        "https://www.news.example/",
    ],
)
def test_other_articles_have_other_ids(other: str) -> None:
    assert article_id(other) != article_id(ARTICLE)


def test_what_tells_wechat_articles_apart_stays_and_nothing_else() -> None:
    shared = "&chksm=84e&scene=27&srcid=0101&sharer_shareid=x&key=y&ascene=0&from=timeline&poc_token=z#wechat_redirect"
    assert article_id(WECHAT + shared) == article_id(WECHAT) == article_id(WECHAT.replace("https", "http"))
    for name, value in (("idx", "2"), ("mid", "2650901235"), ("sn", "0f"), ("__biz", "MzA3")):
        other = re.sub(rf"(?<={name}=)[^&]+", value, WECHAT)
        assert article_id(other) != article_id(WECHAT), name
    assert article_id("https://mp.weixin.qq.com/s/AbCdEf") != article_id("https://mp.weixin.qq.com/s/aBcDeF")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://new.qq.com/rain/a/20261120A01", "https://news.qq.com/rain/a/20261120A01"),
        ("https://m.163.com/dy/article/J1.html", "https://3g.163.com/dy/article/J1.html"),
        ("https://news.example/a/index.html", "https://news.example/a/"),
        ("https://news.example/story.amp.html", "https://news.example/story.html"),
        ("https://news.example/story;jsessionid=AB12?id=1", "https://news.example/story?id=1"),
        ("https://www.google.com/amp/s/news.example/story", "https://news.example/story"),
        (
            "https://新闻.example/a",
            "https://xn--ivtv45f.example/a".replace("ivtv45f", "新闻".encode("idna").decode()[4:]),
        ),
    ],
)
def test_known_aliases(one: str, other: str) -> None:
    assert article_id(one) == article_id(other)


# How sites name their articles; `{}` is the id. Two ids never give one article, in whatever variant of the address.
SHAPES = [
    "https://news.example/{}", "https://news.example/a/{}.html", "https://news.example/a/{}/", "https://news.example/?p={}",
    "https://news.example/?id={}", "https://news.example/read.php?newsid={}&type=1", "https://news.example/v.do?articleId={}",
    "https://news.example/index.php?m=content&id={}", "https://news.example/index.php/archives/{}", "https://news.example/#!/a/{}",
    "https://news.example/#/detail/{}", "https://news.example/article_{}_2.html", "https://news.example/a?page={}",
    "https://mp.weixin.qq.com/s?__biz=MzA3&mid={}&idx=1&sn=0f", "https://mp.weixin.qq.com/s?__biz=MzA3&mid=26&idx={}&sn=0f",
    "https://mp.weixin.qq.com/s/{}", "https://news.example/a-{}-b.shtml", "https://news.example/a;id={}",
    "https://news.example/view?contentid={}&from=singlemessage", "https://www.google.com/url?url=https://news.example/{}",
    "https://news.example/show.asp?sid={}", "https://news.example/story?ref={}", "https://news.example/story?source={}",
]  # fmt: skip
DRESSES = [
    lambda url: url,
    lambda url: url.replace("https://news", "http://m.news"),
    lambda url: url.replace("https://news", "https://www.news"),
    lambda url: (
        url.replace("https://news.example", "https://www.google.com/amp/s/news.example") if "#" not in url else url
    ),
]


@pytest.mark.parametrize("shape", SHAPES)
@given(st.data())
def test_two_ids_are_two_articles_in_whatever_dress(shape: str, data: st.DataObject) -> None:
    numbers = st.integers(1, 10**12).map(str)
    one, other = data.draw(st.lists(numbers, min_size=2, max_size=2, unique=True))
    first, second = data.draw(st.sampled_from(DRESSES)), data.draw(st.sampled_from(DRESSES))
    assert article_id(first(shape.format(one))) == article_id(second(shape.format(one)))
    assert article_id(first(shape.format(one))) != article_id(second(shape.format(other)))


@pytest.mark.parametrize(
    ("led", "target"),
    [
        ("https://link.zhihu.com/?target=https%3A//news.example/a%3Fid%3D7", "https://news.example/a?id=7"),
        ("https://weibo.cn/sinaurl?u=https%3A%2F%2Fnews.example%2Fa", "https://news.example/a"),
        ("https://www.google.com/url?q=https://out.reddit.com/?url=https://news.example/a", "https://news.example/a"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"),
        (
            "https://news.example/url?url=https://other.example/a",
            "https://news.example/url?url=https://other.example/a",
        ),
    ],
)
def test_pages_that_lead_on_give_way_to_their_target(led: str, target: str) -> None:
    assert article_id(led) == article_id(target)
    assert urlsplit(canonical_url(led)).netloc == urlsplit(target).netloc


@pytest.mark.parametrize(
    "name",
    ["cid", "uid", "eid", "keyword", "source", "from", "id", "p", "ref", "t", "s", "v", "newsid", "idxno", "scene"],
)
def test_parameters_that_may_be_ids_stay(name: str) -> None:
    assert article_id(f"https://news.example/a?{name}=1001") != article_id(f"https://news.example/a?{name}=1002")


@pytest.mark.parametrize("name", [*sorted(TRACKERS), "utm_anything", "pk_x", "UTM_SOURCE"])
def test_trackers_go(name: str) -> None:
    assert canonical_url(f"https://news.example/a?id=1&{name}=x%3Dy") == "https://news.example/a?id=1"


def test_a_sources_rules_count() -> None:
    url = "https://news.example/read?id=7&CMP=share&session=x"
    assert canonical_url(url, drop=("cmp", "session")) == "https://news.example/read?id=7"
    assert canonical_url(url, drop=("CMP", "session")) == "https://news.example/read?id=7"
    assert canonical_url(url, keep=("id",)) == "https://news.example/read?id=7"
    assert canonical_url(url, keep=("id", "session")) == "https://news.example/read?id=7&session=x"


@given(urls, st.lists(names, max_size=2), st.lists(names, max_size=2))
def test_canonical_urls_stay_as_they_are(url: str, keep: list[str], drop: list[str]) -> None:
    once = canonical_url(url, keep=keep, drop=drop)
    assert canonical_url(once, keep=keep, drop=drop) == once
    assert once.isascii()
    assert urlsplit(once).scheme == "https"


@given(urls)
def test_keys_stay_as_they_are_and_do_not_depend_on_the_first_step(url: str) -> None:
    key = identity_key(url)
    assert identity_key(key) == key
    assert identity_key(canonical_url(url)) == key


@given(urls, st.sampled_from(sorted(TRACKERS)), st.text(max_size=10))
def test_a_tracker_changes_nothing(url: str, name: str, value: str) -> None:
    base, _, fragment = url.partition("#")
    assume("%" not in base and base == base.strip())
    tracked = f"{base}{'&' if '?' in base else '?'}{name}={quote(value, errors='replace')}#{fragment}"
    assert article_id(tracked) == article_id(url)


@given(st.text(max_size=60) | urls.map(lambda url: url.replace("/", ":", 1)))
def test_whatever_is_no_address_is_refused_with_a_value_error(text: str) -> None:
    for function in (canonical_url, identity_key, check_url, article_id):
        try:
            function(text)
        except ValueError:
            continue
        assert text.strip().lower().startswith("http")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "ftp://news.example/a",
        "//news.example/a",
        "javascript:alert(1)",
        "https:///a",
        "http://[::1/a",
        "https://x:99999/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    for function in (canonical_url, article_id, check_url):
        with pytest.raises(ValueError, match=r"."):
            function(url)


def test_credentials_and_ports_are_told_apart() -> None:
    assert canonical_url("http://user:secret@news.example:80/a") == "https://news.example/a"
    assert canonical_url("http://news.example:8080/a") == "https://news.example:8080/a"
    assert canonical_url("http://[2001:DB8::1]:8080/a") == "https://[2001:db8::1]:8080/a"
    with pytest.raises(ValueError, match="user name"):
        check_url("https://user:secret@news.example/a")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/feed?token=abc&page=2", "https://a.example/feed?token=***&page=2"),
        ("https://a.example/feed?page=2&access_token=abc#x", "https://a.example/feed?page=2&access_token=***#x"),
        ("https://a.example/feed?API-KEY=abc;sig=d", "https://a.example/feed?API-KEY=***;sig=***"),
        ("https://a.example/s?keyword=ferry&monkey=1", "https://a.example/s?keyword=ferry&monkey=1"),
    ],
)
def test_secrets_are_starred(url: str, shown: str) -> None:
    assert without_secrets(url) == shown
