"""Walls in place of articles, through a real fetch: none is stored, each is counted by its kind, the source says so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from crawler.discovery import discover
from crawler.extraction import extract
from pipeline.store.crawling import runs
from tests.loopback import Answer, Site, source
from tests.unit.extraction.kind_pages import cases, printed

if TYPE_CHECKING:
    from tests.loopback import SmallStore

HTML = {"Content-Type": "text/html; charset=utf-8"}


def publish(site: Site, pages: dict[str, str]) -> str:
    """The address of a feed that lists these pages."""
    for path, html in pages.items():
        site.pages[path] = Answer(html.encode(), headers=HTML)
    items = "".join(f"<item><title>Ferries</title><link>{site.url}{path}</link></item>" for path in pages)
    site.pages["/feed"] = Answer(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode())
    return f"{site.url}/feed"


def test_no_wall_is_stored_and_each_is_counted(site: Site, go: Any, store: SmallStore) -> None:
    walls = cases("walls.toml")[::2]  # half of them: reading all is the unit test's matter
    feed = publish(site, {f"/w/{number}.html": printed(case) for number, case in enumerate(walls)})
    outcome = go(source(feed), extract=extract, discover=discover)["one"]
    assert store.rows("SELECT * FROM kept") == []
    assert dict(outcome.rejected) == dict(Counter(case["kind"] for case in walls))


def test_articles_about_walls_are_stored(site: Site, go: Any) -> None:
    near = cases("near_walls.toml")[::2]
    pages = {f"/n/{number}.html": printed(case, is_article=True) for number, case in enumerate(near)}
    outcome = go(source(publish(site, pages)), extract=extract, discover=discover)["one"]
    assert (outcome.stored, dict(outcome.rejected)) == (len(near), {})


def test_a_link_that_leads_to_consent_or_login_is_no_article(
    site: Site, other: Site, go: Any, store: SmallStore
) -> None:
    article = printed(cases("near_walls.toml")[0], is_article=True)
    feed = publish(site, {f"/a/{name}.html": "" for name in ("consent", "login", "home", "moved")})
    other.pages["/consent/collect?next=1"] = Answer(article.encode(), headers=HTML)
    site.pages["/login?next=/a"] = Answer(article.encode(), headers=HTML)
    site.pages["/"] = Answer(article.encode(), headers=HTML)
    site.pages["/b/moved.html"] = Answer(article.encode(), headers=HTML)
    for name, target in {
        "consent": f"{other.url}/consent/collect?next=1", "login": "/login?next=/a", "home": "/", "moved": "/b/moved.html",
    }.items():  # fmt: skip
        site.pages[f"/a/{name}.html"] = Answer(status=302, headers={"Location": target})
    outcome = go(source(feed), extract=extract, discover=discover)["one"]
    assert dict(outcome.rejected) == {"consent": 1, "login": 1, "homepage": 1}
    assert outcome.stored == 1


def test_a_source_of_walls_says_so(site: Site, go: Any, store: SmallStore) -> None:
    for kind, state in (("bot-wall", "bot-wall"), ("consent", "consent"), ("login", "login"), ("paywall-stub", "paywall"), ("soft-404", "layout-changed")):  # fmt: skip
        chosen = [case for case in cases("walls.toml") if case["kind"] == kind][:4]
        feed = publish(site, {f"/{kind}/{number}.html": printed(case) for number, case in enumerate(chosen)})
        go(source(feed, kind), extract=extract, discover=discover)
        with store.writing() as writer:
            known = runs.state_of(writer.connection, kind)
        assert known is not None
        assert (known["health"], bool(known["evidence"]), bool(known["remedy"])) == (state, True, True)
