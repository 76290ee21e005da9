"""Who wrote it: people, each apart, in the page's order, and nobody else."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.authors import find_authors
from crawler.extraction.declared import read_declared
from crawler.extraction.markup import parse
from crawler.extraction.names import split_names
from crawler.extraction.segments import segment


def authors(head: str, body: str = "", *, site: tuple[str, ...] = (), feed: tuple[str, ...] = ()) -> tuple[str, ...]:
    tree = parse(f"<html><head>{head}</head><body><h1>Robots at the port</h1>{body}<p>Cranes moved.</p></body></html>")
    assert tree is not None
    return find_authors(tree, read_declared(tree), segment(tree.find("body")), site, feed)


def structured(author: object, **more: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Robots at the port", "author": author, **more}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Mara Lind and Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("Mara Lind, Jon Vik & Ada Brandt", ["Mara Lind", "Jon Vik", "Ada Brandt"]),
        ("By MARA LIND, Staff Writer", ["MARA LIND"]),
        ("Story by Dr. Mara Lind in Oslo", ["Mara Lind"]),
        ("Mara Lind, Oslo", ["Mara Lind"]),
        ("Mara Lind (Reuters)", ["Mara Lind"]),
        ("Mara Lind and agencies", ["Mara Lind"]),
        ("Mara Lind/AFP", ["Mara Lind"]),
        ("Mara Lind | Harbour correspondent", ["Mara Lind"]),
        ("Mara Lind mara@post.example @maralind", ["Mara Lind"]),
        ("Lind, Mara", ["Mara Lind"]),
        ("By Minh Thu and Yan Sun, Nov. 3, 2026", ["Minh Thu", "Yan Sun"]),
        ("Mara (Elisabet) Lind", ["Mara Lind"]),
        ("Von Mara Lind und Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("Par Mara Lind et Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("Por Mara Lind y Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("di Mara Lind e Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("Door Mara van der Lind en Jon Vik", ["Mara van der Lind", "Jon Vik"]),
        ("Av Mara Lind og Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("Автор: Мара Линд и Йон Вик", ["Мара Линд", "Йон Вик"]),
        ("Oleh: Mara Lind dan Jon Vik", ["Mara Lind", "Jon Vik"]),
        ("Μάρα Λιντ και Γιον Βικ", ["Μάρα Λιντ", "Γιον Βικ"]),
        ("بقلم: مارا ليند", ["مارا ليند"]),
        ("मारा लिंद", ["मारा लिंद"]),
        ("文/林小燕、王磊", ["林小燕", "王磊"]),
        ("本报记者 林小燕 王磊", ["林小燕", "王磊"]),
        ("記者 李四", ["李四"]),
        ("作者：肖文", ["肖文"]),
        ("작성자 홍길동 기자", []),
        ("홍길동 기자", ["홍길동"]),
        ("山田 太郎", ["山田 太郎"]),
        ("史蒂夫·莱恩", ["史蒂夫·莱恩"]),
    ],
)
def test_names_are_told_from_what_stands_around_them(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "admin", "Editorial Team", "Reuters", "AFP", "dpa", "新华社", "연합뉴스", "Harbour News Desk", "Redaktion", "La rédaction", "Redacción",
        "редакция", "Haber Merkezi", "https://post.example/mara", "@maralind", "HP.EXAMPLE", "Von Anfang an war klar", "责任编辑", "港湾日报",
        "3 min read", "December 3, 2026", "Senior Reporter", "Zone Ports et eaux profondes - Radio-Port.ca",
    ],
)  # fmt: skip
def test_what_is_no_person_is_no_author(text: str) -> None:
    assert list(split_names(text)) == []


def test_people_of_json_ld_in_order_without_outlets_and_doubles() -> None:
    listed = [
        {"@type": "Person", "name": "Mara Lind"},
        {"@type": "Organization", "name": "Harbour Post"},
        {"@type": "Person", "name": "Jon Vik"},
        {"@type": "Person", "name": "mara lind"},
        {"@type": "Person", "name": "Harbour Post"},
    ]
    assert authors(structured(listed, publisher={"@type": "Organization", "name": "Harbour Post"})) == (
        "Mara Lind",
        "Jon Vik",
    )


def test_a_reference_is_looked_up_in_the_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "Robots at the port", "author": {"@id": "#mara"}},
            {"@type": "Person", "@id": "#mara", "name": "Mara Lind"},
        ]
    }
    assert authors(f"<script type='application/ld+json'>{json.dumps(graph)}</script>") == ("Mara Lind",)


def test_a_person_by_the_pages_word_needs_no_common_surname() -> None:
    assert authors(structured({"@type": "Person", "name": "我妻千尋"})) == ("我妻千尋",)


def test_a_blogger_who_is_the_publisher_is_the_author() -> None:
    person = {"@type": ["Person", "Organization"], "name": "Mara Lind"}
    assert authors(structured({"@type": "Person", "name": "Mara Lind"}, publisher=person)) == ("Mara Lind",)


def test_the_name_in_the_address_is_the_outlets_unless_it_is_a_bloggers() -> None:
    def on(host: str, author: str) -> tuple[str, ...]:
        return authors(f"<meta property='og:url' content='https://www.{host}/a'>{structured(author)}")

    assert on("harbourpost.example", "Mara Lind, HARBOUR POST") == ("Mara Lind",)
    assert on("harbourpost.example", "HarbourPost") == ()
    assert on("maralind.example", "Mara Lind") == ("Mara Lind",)


@pytest.mark.parametrize(
    "body",
    [
        "<div class='byline'>By <a href='/author/mara-lind'>Mara Lind</a>, Staff Writer <span>3 min read</span></div>",
        "<a rel='author' href='/mara'>Mara Lind</a>",
        "<div itemprop='author'><span itemprop='name'>Mara Lind</span><span>Reporter</span></div>",
        "<p>By Mara Lind | 3 November 2026</p>",
        "<p>Von Mara Lind</p>",
        "<div class='byline'>Mara Lind <span>Fri., Nov. 3, 2026</span></div>",
        "<div class='sidebar'><a rel='author'>Some Other</a></div><p>By Mara Lind</p>",
    ],
)
def test_bylines_on_the_page(body: str) -> None:
    assert authors("", body) == ("Mara Lind",)


def test_a_byline_that_links_to_some_of_its_authors_is_read_as_a_whole() -> None:
    linked = "<a href='/by/mara-lind'>Mara Lind</a>, <a href='/by/jon-vik'>Jon Vik</a>"
    body = f"<p class='byline'>By {linked}, Ada Brandt and Bo Dahl</p>"
    assert authors("", body) == ("Mara Lind", "Jon Vik", "Ada Brandt", "Bo Dahl")


def test_readers_with_one_word_for_a_name_are_no_authors() -> None:
    body = "<p class='author'>Mara Lind</p><p class='author'>crane77</p><p class='author'>Portwatcher</p>"
    assert authors("", body) == ("Mara Lind",)


def test_a_list_of_columnists_is_no_byline() -> None:
    names = ["Ada Berg", "Bo Dahl", "Cy Elm", "Di Falk", "Ed Gran", "Flo Holm", "Gus Ivar", "Hal Jung"]
    assert authors("", "".join(f"<a rel='author'>{name}</a>" for name in names)) == ()


def test_a_photographer_is_no_author_and_the_feed_is_asked_last() -> None:
    assert authors("", "<p>记者 林小燕 摄</p>", feed=("Mara Lind",)) == ("Mara Lind",)
