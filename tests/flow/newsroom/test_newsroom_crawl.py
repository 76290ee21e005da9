"""A crawl of the newsroom: every page in exactly one fate, good manners, and nothing stored but articles."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from crawler.newsroom.site import FEED_PATHS

if TYPE_CHECKING:
    from tests.flow.newsroom.conftest import Crawled

FATES = ("stored", "revised", "unchanged", "quarantined", "failed")
# Page junk that must be in no text, and the share of texts that hold no other furniture: a floor, only to be raised.
NEVER = (
    "Connect with us", "Click to comment", "You must be logged in", "Leave a Reply", "Copyright ©", "Content is protected",
    "All rights reserved", "Share this", "You may also like", "Sign up for our newsletter", "use cookies", "Most popular",
    "责任编辑", "扫码关注", "相关阅读", "热门推荐", "网友评论", "当前位置", "特别声明", "不得转载", "打开微信",
    "延伸閱讀", "熱門新聞", "分享到臉書", "関連記事", "무단 전재", "Ähnliche Beiträge", "Alle Rechte vorbehalten",
)  # fmt: skip
CLEAN_FLOOR = 0.76
LEAST_JUNK_CHARACTERS = 8  # shorter furniture ("Home", "Save") may be words of an article, too


def fates(row: dict[str, Any]) -> int:
    return sum(int(row.get(fate) or 0) for fate in FATES) + sum(int(number) for number in row["rejected"].values())


def test_every_page_meets_one_fate(crawled: Crawled) -> None:
    pages = Counter(truth.publisher for truth in crawled.desk.newsroom.truth.values())
    assert {source: fates(row) for source, row in crawled.first.items()} == dict(pages)


def test_refused_pages_are_counted_by_kind(crawled: Crawled) -> None:
    expected: dict[str, Counter[str]] = {source: Counter() for source in crawled.first}
    for truth in crawled.desk.newsroom.truth.values():
        if truth.expected.kind != "article":
            expected[truth.publisher][truth.expected.kind] += 1
    assert {source: Counter(row["rejected"]) for source, row in crawled.first.items()} == expected


def test_exactly_the_articles_are_stored(crawled: Crawled) -> None:
    assert set(crawled.stored) == set(crawled.desk.articles())


def test_a_second_crawl_stores_nothing_new(crawled: Crawled) -> None:
    for source, row in crawled.again.items():
        assert (row["stored"], row["revised"], row["failed"]) == (0, 0, 0), source
    again = crawled.desk.newsroom.hits[crawled.hits_of_first :]
    lists = {url for publisher in crawled.first for url in crawled.desk.newsroom.feed_urls(publisher)}
    asked = [hit for hit in again if hit.url in lists]
    assert len(asked) >= len(crawled.first)
    # An index is asked anew: a 304 of it would hide sitemaps below it that a killed crawl never reached.
    indexes = {url for url in lists if url.endswith(FEED_PATHS["sitemap-index"])}
    assert all(hit.is_conditional and hit.status == 304 for hit in asked if hit.url not in indexes)


def test_forbidden_pages_are_never_asked_for(crawled: Crawled) -> None:
    assert not [hit for hit in crawled.desk.newsroom.hits if hit.path.startswith("/members/")]


def test_robots_are_read_before_anything_else(crawled: Crawled) -> None:
    for site in crawled.desk.newsroom.sites.values():
        assert next(hit.path for hit in crawled.desk.newsroom.hits if hit.url.startswith(site.base)) == "/robots.txt"


def test_crawl_delay_is_kept(crawled: Crawled) -> None:
    site = crawled.desk.newsroom.sites["yuanfan-bao"]
    first = crawled.desk.newsroom.hits[: crawled.hits_of_first]
    times = [hit.at for hit in first if hit.url.startswith(site.base)]
    assert min(later - earlier for earlier, later in pairwise(times[1:])) >= 0.45


def test_the_agent_names_itself(crawled: Crawled) -> None:
    agents = {hit.user_agent for hit in crawled.desk.newsroom.hits}
    assert all("hirewire" in agent and "+" in agent for agent in agents)


def test_texts_are_whole(crawled: Crawled) -> None:
    missing = {
        (truth.key, line)
        for url, truth in crawled.judged.items()
        for line in truth.lines
        if squeezed(line) not in squeezed(crawled.stored[url]["text"])
    }
    assert not missing


def test_no_page_junk_is_stored(crawled: Crawled) -> None:
    texts = {truth.key: crawled.stored[url]["text"] for url, truth in crawled.judged.items()}
    assert not {(key, phrase) for key, text in texts.items() for phrase in NEVER if phrase in text}


def test_most_texts_are_free_of_any_other_furniture(crawled: Crawled) -> None:
    found = {
        truth.key: [
            junk
            for junk in truth.junk
            if junk in crawled.stored[url]["text"].splitlines()
            or (len(junk) >= LEAST_JUNK_CHARACTERS and junk in crawled.stored[url]["text"])
        ]
        for url, truth in crawled.judged.items()
    }
    soiled = {key: junk for key, junk in found.items() if junk}
    assert 1 - len(soiled) / len(found) >= CLEAN_FLOOR, soiled


def test_titles_are_clean(crawled: Crawled) -> None:
    wrong = {
        truth.key: crawled.stored[url]["title"]
        for url, truth in crawled.judged.items()
        if squeezed(crawled.stored[url]["title"]) != squeezed(truth.title)
    }
    assert not wrong


def test_times_are_right(crawled: Crawled) -> None:
    wrong = {
        truth.key: (crawled.stored[url]["published_at"], crawled.stored[url]["published_precision"])
        for url, truth in crawled.judged.items()
        if crawled.stored[url]["published_at"] != truth.published_at.isoformat()
        or crawled.stored[url]["published_precision"] != "minute"
    }
    assert not wrong


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
