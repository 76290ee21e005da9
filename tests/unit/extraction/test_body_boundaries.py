"""Where a body begins and ends on pages that make it hard to tell."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.page import Page
from pipeline.document import Document

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TITLE = "The ferry to Skerrow sails again"
STORY = [
    "After two winters in dry dock the ferry to Skerrow left the old pier on Monday with eleven passengers and a goat.",
    "The crew had repaired the engine with parts of a fishing boat, for nobody has built such pistons since the sixties.",
    "Islanders say they will believe in the timetable when they see it kept in February, when the swell comes from the north.",
    "The council paid for half of the repair and hopes that the summer visitors will pay for the rest of it by August.",
]


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def body_of(html: str, head: str = "") -> list[str]:
    url = "https://harbour.example/2026/ferry.html"
    page_html = f"<html><head><title>{TITLE}</title>{head}</head><body>{html}</body></html>"
    page = Page(url=url, requested_url=url, status=200, body=page_html.encode(), fetched_at=NOW)
    document = extract(page)
    assert isinstance(document, Document), document
    return document.text.split("\n")


def test_a_zone_counts_inside_a_wrapper_of_an_unlucky_name() -> None:
    share = f'<div class="share-panel"><h4>{TITLE}</h4><p>{STORY[0]}</p><p>A link has been sent to your friend today.</p></div>'
    html = f'<div class="right-rail">{share}<h1>{TITLE}</h1><div class="text">{paragraphs(STORY)}</div></div>'
    assert body_of(html) == STORY


def test_a_wrapper_named_like_the_parts_it_is_built_of_hides_none_of_them() -> None:
    parts = "".join(f'<div class="widget"><p>{line}</p></div>' for line in STORY)
    assert body_of(f'<h1>{TITLE}</h1><div class="widget">{parts}</div>') == STORY


def test_the_words_of_a_heading_open_no_zone() -> None:
    html = f'<h1>{TITLE}</h1><div class="text">{paragraphs(STORY[:2])}<h2 id="who-will-share-the-cost">Who pays</h2>{paragraphs(STORY[2:])}</div>'
    assert body_of(html) == [*STORY[:2], "Who pays", *STORY[2:]]


def test_nothing_above_the_headline_belongs_to_the_body() -> None:
    above = "<h4>Sent!</h4><p>Let the people you know hear what you are reading about on this page today.</p>"
    html = f'<div class="all">{above}<h1>{TITLE}</h1><p class="when">12 May 2026</p>{paragraphs(STORY)}</div>'
    assert body_of(html) == STORY


def test_a_first_paragraph_in_a_box_of_its_own_is_kept() -> None:
    html = (
        f"<article><h1>{TITLE}</h1><div class='opening'><p>{STORY[0]}</p></div>"
        f"<div class='text'>{paragraphs([*STORY[1:], *(line.upper() for line in STORY)])}</div></article>"
    )
    assert body_of(html)[:2] == STORY[:2]


@pytest.mark.parametrize(
    "pointer",
    [
        "See also: <a href='/b.html'>The pier that nobody wanted to pay for</a>",
        "(MORE: <a href='/b.html'>The pier that nobody wanted to pay for</a>)",
        "ON THE PIER: <a href='/b.html'>Why nobody wanted to pay for it</a>",
        "Baca juga: <a href='/b.html'>Dermaga lama di pulau itu ditutup</a>",
        "À lire aussi : <a href='/b.html'>La vieille jetée que personne ne voulait payer</a>",
        "Читайте также: <a href='/b.html'>Старый причал, за который никто не хотел платить</a>",
        "यह भी पढ़ें: <a href='/b.html'>पुराना घाट अब बंद</a>",
        "延伸閱讀：<a href='/b.html'>沒有人願意付錢的舊碼頭</a>",
    ],
)
def test_pointers_to_other_articles_go(pointer: str) -> None:
    html = f"<h1>{TITLE}</h1><div class='text'>{paragraphs([STORY[0], pointer, *STORY[1:]])}</div>"
    assert body_of(html) == STORY


def test_a_sentence_that_says_more_on_something_ends_nothing() -> None:
    story = [*STORY[:3], "More on that in the report of the harbour master.", STORY[3]]
    assert body_of(f"<h1>{TITLE}</h1><div class='text'>{paragraphs(story)}</div>") == story


def card(number: int) -> str:
    return f"<h3><a href='/c{number}.html'>Harbour news of the week, number {number}</a></h3><p>What number {number} is about, told in one line that says hardly more than its title says already.</p>"


def test_teasers_below_the_article_go() -> None:
    cards = "".join(f"<div class='x'>{card(n)}</div>" for n in range(4))
    assert body_of(f"<h1>{TITLE}</h1><div class='a'><div class='text'>{paragraphs(STORY)}</div>{cards}</div>") == STORY


def test_a_round_up_of_linked_titles_keeps_its_form() -> None:
    cards = "".join(f"<div class='x'>{card(n)}</div>" for n in range(9))
    assert len(body_of(f"<h1>{TITLE}</h1><div class='a'><p>{STORY[0]}</p>{cards}</div>")) >= 9


def stated(lines: list[str]) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "articleBody": " ".join(lines)}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ASIDE = "The old pier, seen from the lighthouse on a calm day"
BEHIND = "Harbour Weekly is made by four people above the chandler's shop, who also answer the telephone."


def test_a_stated_body_shows_what_is_no_part_of_it() -> None:
    html = f"<h1>{TITLE}</h1><div class='text'>{paragraphs([STORY[0], ASIDE, *STORY[1:], BEHIND])}</div>"
    assert body_of(html) == [STORY[0], ASIDE, *STORY[1:], BEHIND]
    assert body_of(html, stated(STORY)) == STORY


def test_a_stated_body_that_is_cut_short_takes_nothing_away() -> None:
    html = f"<h1>{TITLE}</h1><div class='text'>{paragraphs([*STORY, *map(str.upper, STORY)])}</div>"
    assert body_of(html, stated(STORY)) == [*STORY, *map(str.upper, STORY)]


def test_a_stated_body_of_another_text_is_no_witness() -> None:
    html = f"<h1>{TITLE}</h1><div class='text'>{paragraphs(STORY)}</div>"
    assert body_of(html, stated([line[::-1] for line in STORY])) == STORY
