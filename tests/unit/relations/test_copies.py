"""What makes a copy: runs of the same words, and the same names and numbers where words differ; title, slug and outlet."""

from __future__ import annotations

import pytest

from pipeline.folding import fold_key
from pipeline.memory import trace
from pipeline.sequence import MOST_TOKENS, sequence
from pipeline.stages.duplicates import explain, relate
from pipeline.stages.duplicates.alignment import align
from pipeline.stages.duplicates.copies import copy_evidence, leaning, slug_words
from pipeline.stages.fingerprint.shingles import tokens
from pipeline.stages.stories.derivation import derive
from tests.unit.relations.newswire import HARBOUR_EN, HARBOUR_ZH, ORCHARD_EN, ORCHARD_ZH, article, filler

FRAME = "Read by people who love ports. {} More from our pages: ferries, tides, the best walks along the old sea wall."
FRAME_ZH = "临江晚报网讯，欢迎关注我们的栏目。{}更多精彩：秋季徒步路线、社区图书馆延长开放时间、老街菜市场重新开张。"


def laid(text: str) -> bytes:
    return sequence(tokens(fold_key(text)), ())


def test_gaps_show_which_names_and_numbers_are_others() -> None:
    short, long = (
        f"Shares of {name} rose {number} per cent on Monday after the firm said it would hire more staff for its labs this year"
        for name, number in (("Ashgrove", 14), ("Bellweather", 23))
    )
    found = align(laid(short), laid(long))
    assert (found.changed, found.numbers_changed, found.numbers_kept) == (2, 1, 0)
    assert found.cover == pytest.approx(18 / 23)
    assert align(laid(short), laid(short)).changed == 0
    assert align(laid(short), b"").cover == 0.0


def test_a_move_within_the_text_is_no_exchange() -> None:
    one, two = filler(1, 40), filler(2, 40)
    found = align(laid(one + " " + two), laid(two + " " + one + " " + filler(3, 10)))
    assert 0.45 < found.cover < 0.55
    assert found.changed == 0


def test_long_texts_are_kept_to_a_bound() -> None:
    assert len(laid(filler(1, 3 * MOST_TOKENS))) == 2 * MOST_TOKENS


@pytest.mark.parametrize(
    ("original", "frame", "language"), [(HARBOUR_EN, FRAME, "en"), (HARBOUR_ZH, FRAME_ZH, "zh-Hans")]
)
def test_a_teaser_in_a_frame_is_a_copy_and_two_texts_in_one_frame_are_not(
    original: str, frame: str, language: str
) -> None:
    other = ORCHARD_EN if language == "en" else ORCHARD_ZH
    whole = trace(article("whole", original, language=language))
    teaser = trace(
        article("teaser", frame.format(original[: len(original) * 6 // 10]), language=language, host="o.example")
    )
    beside = trace(article("beside", frame.format(other), language=language, host="p.example"))
    assert (edge := relate(whole, teaser)) is not None
    assert edge.kind == "near"
    assert relate(teaser, beside) is None


@pytest.mark.parametrize(
    ("one", "other", "leans"),
    [
        (("a.example", "port-hires-forty-engineers", ""), ("b.example", "9-port-hires-forty-engineers", ""), 1),
        (("a.example", "1", "Port hires forty"), ("b.example", "2", "Port Hires Forty!"), 1),
        (("a.example", "1", "Port hires forty"), ("a.example", "2", "Quay hires ninety"), -1),
        (("a.example", "1", "Port hires forty"), ("b.example", "2", "Quay hires ninety"), 0),
        (("a.example", "1", ""), ("a.example", "2", "Port hires forty"), 0),
    ],
)
def test_title_slug_and_outlet_lean(one: tuple[str, str, str], other: tuple[str, str, str], leans: int) -> None:
    here, there = (trace(article(slug, HARBOUR_EN, host=host, title=title)) for host, slug, title in (one, other))
    assert leaning(here, there) == leaning(there, here) == leans


def test_slugs_are_words_without_ids_and_days() -> None:
    assert slug_words("https://a.example/2026/05/04/port-hires-forty-4711.html") == ("port", "hires", "forty")
    assert slug_words("https://a.example/a/20260504/4711") == ()


def test_one_outlet_with_two_titles_must_agree_in_more() -> None:
    text = HARBOUR_EN + " " + ORCHARD_EN
    changed = text.replace("Rotterdam", "Zeebrugge").replace("Oldenburg", "Vandamme").replace("Tidewater", "Ebbstone")
    assert changed != text
    first = trace(article("one", text, title="Harbour jobs"))
    series = trace(article("two", changed, title="Canal jobs"))
    edge = relate(first, series)
    assert edge is None or edge.kind == "report"
    assert copy_evidence(first, series).alignment.changed >= 3


def test_a_footer_that_many_texts_have_joins_none_of_them() -> None:
    footer = "All our letters, forums, archives, crosswords and jigsaw puzzles are one click away at the Harbourside Gazette reader club."
    news = [trace(article(f"n{at}", filler(at) + " " + footer, host=f"h{at}.example")) for at in range(4)]
    alone = trace(article("footer", footer, host="h9.example"))
    edges = [edge for each in news if (edge := relate(alone, each))]
    assert {edge.kind for edge in edges} == {"near"}
    marks = derive({each.id: each for each in [*news, alone]}, edges)
    assert {mark.duplicate_of for mark in marks} == {None}
    known = {each.id: each for each in (news[0], alone)}
    kept = derive(known, [edge for edge in edges if {edge.a, edge.b} == known.keys()])
    assert sum(mark.duplicate_of is not None for mark in kept) == 1


def test_the_explanation_says_what_is_the_same_and_what_is_not() -> None:
    lines = explain(trace(article("a", HARBOUR_EN)), trace(article("b", "Ours:\n" + HARBOUR_EN, host="b.example")))
    assert lines[0].startswith("near")
    assert any("0 exchanged" in line for line in lines)
