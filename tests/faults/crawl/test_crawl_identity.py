"""One article in many guises is one article: guids, trackers, hosts and titles change, feeds empty and fill again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.discovery import discover
from crawler.extraction import extract
from tests.loopback import Answer, Site, source

if TYPE_CHECKING:
    from tests.loopback import SmallStore

TEXT = (
    "The ferry company has tested its new engines for three months and says that they use a fifth less fuel than before.",
    "Passengers noticed only that the boats became quieter, which some of them did not like, for they slept past their stop.",
)


def article(title: str, *more: str) -> Answer:
    body = "".join(f"<p>{line}</p>" for line in (*TEXT, *more))
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed(*items: tuple[str, str, str]) -> Answer:
    """Items of link, guid and title."""
    told = "".join(f"<item><title>{t}</title><link>{u}</link><guid>{g}</guid></item>" for u, g, t in items)
    return Answer(f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{told}</channel></rss>'.encode())


def test_an_article_in_many_guises_is_stored_once(site: Site, go: Any, store: SmallStore) -> None:
    title, one = "Ferry line tests engines", source(site.url + "/feed")
    url = site.url + "/2026/11/ferry-line-tests-engines"
    for path in ("", "/", "?utm_source=rss", "?amp=1", "/amp", "?fbclid=x&amp;utm_medium=y"):
        site.pages["/2026/11/ferry-line-tests-engines" + path.replace("&amp;", "&")] = article(title)

    def visit(*items: tuple[str, str, str]) -> Any:
        site.pages["/feed"] = feed(*items)
        return go(one, extract=extract, discover=discover)["one"]

    assert visit((url, "1", title)).stored == 1
    for number, guise in enumerate(["?utm_source=rss", "/", "?amp=1", "/amp", "?fbclid=x&amp;utm_medium=y"]):
        outcome = visit((url + guise, f"guid-{number}", title))
        assert (outcome.stored, outcome.revised) == (0, 0), guise
    assert visit().stored == 0  # the feed flaps: empty, then full again
    assert visit((url, "1", title), (url + "?utm_source=again", "2", title)).stored == 0
    assert len(store.rows("SELECT * FROM kept")) == 1


def test_an_edited_title_is_a_revision(site: Site, go: Any, store: SmallStore) -> None:
    one, url = source(site.url + "/feed"), site.url + "/2026/11/ferry"
    for title in ("Ferry line tests engines", "Ferry line has tested its engines"):
        site.pages["/2026/11/ferry"] = article(title)
        site.pages["/feed"] = feed((url, title, title))
        outcome = go(one, extract=extract, discover=discover)["one"]
    assert (outcome.stored, outcome.revised) == (0, 1)
    assert [(row.title, row.writes) for row in store.rows("SELECT * FROM kept")] == [(title, 2)]


def test_ten_items_with_one_guid_are_ten_articles(site: Site, go: Any) -> None:
    links = [f"{site.url}/a/{number}.html" for number in range(10)]
    for number in range(10):
        site.pages[f"/a/{number}.html"] = article(f"Ferry number {number}", f"It is the boat with the number {number}.")
    site.pages["/feed"] = feed(*((link, "the same", f"Ferry {n}") for n, link in enumerate(links)))
    assert go(source(site.url + "/feed"), extract=extract, discover=discover)["one"].stored == 10


def test_a_canonical_link_to_elsewhere_does_not_name_the_article(site: Site, go: Any, store: SmallStore) -> None:
    """Within the site it does: a print page and its article are one."""
    plain, printed = f"{site.url}/a/1.html", f"{site.url}/print/1"
    head = '<title>Ferry</title><link rel="canonical" href="{}">'
    body = "<article><h1>Ferry line tests engines</h1>" + "".join(f"<p>{line}</p>" for line in TEXT) + "</article>"
    for path, canonical in {
        "/a/1.html": plain,
        "/print/1": plain,
        "/a/2.html": "http://169.254.169.254/latest",
    }.items():
        html = f"<html><head>{head.format(canonical)}</head><body>{body}</body></html>"
        site.pages[path] = Answer(html.encode(), headers={"Content-Type": "text/html"})
    site.pages["/feed"] = feed(*((link, link, "Ferry") for link in (plain, printed, f"{site.url}/a/2.html")))
    outcome = go(source(site.url + "/feed"), extract=extract, discover=discover)["one"]
    assert (outcome.stored, outcome.unchanged) == (2, 1)
    assert len(store.rows("SELECT * FROM kept")) == 2


def test_pages_of_a_listing_are_read_as_declared(site: Site, go: Any) -> None:
    """Three of five are declared; a listing whose next page is itself ends, too."""
    for number in range(1, 6):
        links = "".join(
            f'<li><a href="/story/{number}{n}.html">Ferry story {number}{n} of today</a></li>' for n in range(3)
        )
        html = f'<html><body><ul>{links}</ul><a class="next" href="/list?page={number + 1}">older</a></body></html>'
        site.pages[f"/list?page={number}"] = Answer(html.encode(), headers={"Content-Type": "text/html"})
        for n in range(3):
            site.pages[f"/story/{number}{n}.html"] = article(f"Ferry story {number}{n}", f"Boat {number}{n} is blue.")
    listing = {"url": f"{site.url}/list?page=1", "links": "li a", "next": "a.next", "pages": 3}
    outcome = go(source((), listing=listing), extract=extract, discover=discover)["one"]
    assert outcome.stored == 9
    assert site.paths("/list") == [f"/list?page={number}" for number in (1, 2, 3)]
    site.pages["/round"] = Answer(b'<html><body><li><a href="/story/10.html">Ferry story of today</a></li><a class="next" href="/round">x</a></body></html>')  # fmt: skip
    listing |= {"url": f"{site.url}/round", "pages": 50}
    go(source((), "two", listing=listing), extract=extract, discover=discover)
    assert site.paths("/round") == ["/round"]
