"""The headline: agreement of what the page says, without the site's name, and never a piece of it less."""

from __future__ import annotations

import json

import pytest

from crawler.extraction.declared import read_declared
from crawler.extraction.markup import parse
from crawler.extraction.segments import segment
from crawler.extraction.site_names import outlet_names, without_site
from crawler.extraction.titles import find_title

URL = "https://www.harbourpost.example/tech/2026/11/robots-at-the-port"


def title_of(head: str, body: str = "", *, url: str = URL, from_feed: str = "") -> str:
    tree = parse(f"<html><head>{head}</head><body>{body}<p>Cranes moved all night.</p></body></html>")
    assert tree is not None
    declared, segments = read_declared(tree), segment(tree.find("body"))
    return find_title(tree, declared, segments, outlet_names(declared, (), url), from_feed=from_feed, url=url)


def og(title: str, site: str = "") -> str:
    name = f"<meta property='og:site_name' content='{site}'>" if site else ""
    return f"<meta property='og:title' content='{title}'>{name}"


def structured(**values: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **values})}</script>"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Robots run the port | Harbour Post", "Robots run the port"),
        ("Robots run the port - Harbour Post", "Robots run the port"),
        ("Robots run the port – Tech – Harbour Post", "Robots run the port"),
        ("Robots run the port — harbourpost.example", "Robots run the port"),
        ("Robots run the port · Harbour Post", "Robots run the port"),
        ("Robots run the port :: Harbour Post", "Robots run the port"),
        ("Robots run the port (Harbour Post)", "Robots run the port"),
        ("Robots run the port - 03/11/2026 - Tech - Harbour Post", "Robots run the port"),
        ("Robots run the port - 03.11.2026", "Robots run the port"),
        ("Robots_run the port @ Harbour Post :: Tech ::", "Robots_run the port"),
        ("Harbour Post | Robots run the port", "Robots run the port"),
        ("机器人接管码头_港湾日报", "机器人接管码头"),
        ("机器人接管码头 - 港湾日报", "机器人接管码头"),
        ("机器人接管码头｜港湾日报", "机器人接管码头"),
        ("ロボットが港を動かす：港湾日報", "ロボットが港を動かす"),
        ("【港湾日報】ロボットが港を動かす", "ロボットが港を動かす"),
    ],
)
def test_site_names_go_whatever_parts_them(title: str, expected: str) -> None:
    assert without_site(title, ["Harbour Post", "港湾日报", "港湾日報"], ["Tech"]) == expected


@pytest.mark.parametrize(
    "title",
    [
        "GPT-4 | what next",
        "Why Harbour Post readers distrust chatbots",
        "Harbour Post: 40 reporters to go",
        "Robots in figures: 03.11.2026",
        "A former Harbour-Post editor speaks",
        "Ports, robots - and the people between",
    ],
)
def test_a_headline_that_only_looks_like_one_with_a_site_stays_whole(title: str) -> None:
    assert without_site(title, ["Harbour Post"]) == title


def test_the_name_is_known_from_the_publisher_the_handle_and_the_address() -> None:
    publisher = structured(headline="Robots run the port", publisher={"@type": "Organization", "name": "HP Media"})
    assert title_of(f"<title>Robots run the port - HP Media</title>{publisher}") == "Robots run the port"
    handle = "<meta name='twitter:site' content='@HarbourNews'>"
    assert title_of(f"<title>Robots run the port - Harbour News</title>{handle}") == "Robots run the port"
    assert title_of("<title>Robots run the port - HarbourPost</title>") == "Robots run the port"


def test_a_part_of_the_title_that_stands_on_the_page_is_the_headline() -> None:
    tag = "<title>Robots run the port - The Complete Voice of the Northern Coast</title>"
    assert title_of(tag, "<div class='headline'>Robots run the port</div>") == "Robots run the port"
    assert (
        title_of("<title>码头迎来首批机器人 海湾区政府</title>", "<h2>码头迎来首批机器人</h2>") == "码头迎来首批机器人"
    )


def test_the_visible_headline_beats_a_social_variant_and_a_search_variant() -> None:
    head = (
        f"<title>Port robots: all you need to know - Harbour Post</title>{og('You will not believe these port robots')}"
    )
    assert title_of(head, "<h1>Robots now run the port at night</h1>") == "Robots now run the port at night"


def test_a_section_a_site_or_a_foreign_heading_is_no_headline() -> None:
    head = f"<title>Robots run the port - Harbour Post</title>{og('Robots run the port', 'Harbour Post')}"
    for heading in (
        "<h1>Harbour Post</h1>",
        "<h1><a href='/'>The paper of the coast</a></h1>",
        "<h1>Business</h1>",
        "<div class='related'><h1>Robots run the port of yesterday</h1></div>",
        "<nav><h1>All sections</h1></nav>",
    ):
        assert title_of(head, f"{heading}<h2>Robots run the port</h2>") == "Robots run the port"


def test_of_several_headings_the_one_that_the_rest_speaks_of() -> None:
    head = "<title>Robots run the port</title>"
    assert title_of(head, "<h1>Weather for sailors</h1><h1>Robots run the port</h1>") == "Robots run the port"


def test_a_kicker_inside_the_heading_goes_where_the_page_itself_does_without_it() -> None:
    heading = "<h1><span class='kicker'>Automation</span> <span>Robots run the port</span></h1>"
    assert title_of(og("Robots run the port"), heading) == "Robots run the port"
    assert title_of(og("Automation: Robots run the port"), heading).endswith("Robots run the port")


def test_a_heading_of_several_lines_is_one_headline() -> None:
    head = f"<title>Robots run the port, and the cranes sing - Harbour Post</title>{og('Robots run the port, and the cranes sing')}"
    assert title_of(head, "<h1>Robots run the port,<br>and the cranes sing</h1>").endswith("and the cranes sing")
    assert title_of(
        head, "<h1><div>Automation</div><div>Robots run the port, and the cranes sing</div></h1>"
    ).startswith("Robots")
    assert title_of("", "<h1>Robots run the port,<br>and the cranes sing</h1>").endswith("and the cranes sing")


def test_a_site_name_that_repeats_the_headline_cuts_nothing() -> None:
    assert (
        title_of(og("Robots run the port", "Robots run the port"), "<h1>Robots run the port</h1>")
        == "Robots run the port"
    )


def test_accents_do_not_hide_a_site_in_its_address() -> None:
    url = "https://www.pristavnideník.example/a".replace("í", "i")
    assert title_of("<title>Roboti řídí přístav - Přístavní deník.cz</title>", url=url) == "Roboti řídí přístav"


def test_a_headline_cut_off_by_a_template_is_completed() -> None:
    whole = "Robots run the port at night while the council still argues over who pays the crane drivers"
    cut = structured(headline=whole[:70] + "...")
    assert title_of(f"{cut}{og(whole[:70] + '…')}<title>{whole} - Harbour Post</title>", f"<h1>{whole}</h1>") == whole
    assert title_of(f"{cut}<title>{whole} - HarbourPost</title>") == whole


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ports &amp;amp; robots: &amp;quot;no turning back&amp;quot;", 'Ports & robots: "no turning back"'),
        ("Ro\u00adbots   run\n the\u200b port", "Robots run the port"),
    ],
)
def test_entities_soft_hyphens_and_spaces_are_put_right(written: str, expected: str) -> None:
    assert title_of(f"<title>{written}</title>") == expected


def test_markup_in_a_machine_field_goes_and_in_a_headline_stays() -> None:
    assert title_of(structured(headline="Robots <em>run</em> the port")) == "Robots run the port"
    assert title_of("<title>Thirty years of &lt;br&gt;</title>") == "Thirty years of <br>"


def test_of_equal_statements_the_one_not_shouted_is_shown() -> None:
    assert title_of(og("Robots run the port"), "<h1>ROBOTS RUN THE PORT</h1>") == "Robots run the port"


def test_a_section_after_the_headline_goes_by_the_address_of_the_page() -> None:
    url = "https://www.harbourpost.example/opinion/robots-at-the-port"
    head = og("Robots run the port | Opinion")
    assert title_of(head, "<h1>Robots run the port | Opinion</h1>", url=url) == "Robots run the port"


def test_the_feed_has_a_voice() -> None:
    assert title_of("", "<h2>Robots run the port</h2>", from_feed="Robots run the port") == "Robots run the port"


def test_a_page_without_any_statement_takes_its_first_heading_or_nothing() -> None:
    assert title_of("", "<h3>Robots run the port</h3>") == "Robots run the port"
    assert title_of("") == ""
