from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.markup import parse
from crawler.extraction.segments import segment


def texts(html: str) -> list[str]:
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    return [item.text for item in segment(tree)]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>An<b>other</b> word, <i>half</i>way.</p>", "Another word, halfway."),
        ("<p>Tech <a>exclusive</a><a>Learned</a> today</p>", "Tech exclusive Learned today"),
        ("<p>It ends.<span>Next it begins.</span></p>", "It ends. Next it begins."),
        ("<p>the i<b>Phone</b> and <b>Deep</b>Mind</p>", "the iPhone and DeepMind"),
        ("<p><span class=drop>T</span>he first word</p>", "The first word"),
        ("<p>大<b>模型</b>团队</p>", "大模型团队"),
    ],
)
def test_inline_elements_neither_glue_nor_split_words(html: str, text: str) -> None:
    assert texts(html) == [text]


def test_kinds_rows_and_breaks() -> None:
    tree = parse(
        "<html><body><h2>Head</h2><p>One<br>Two</p><ul><li>Item</li></ul><blockquote><p>Said</p></blockquote>"
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table></body></html>"
    )
    assert tree is not None
    assert [(item.kind, item.text) for item in segment(tree)] == [
        ("heading", "Head"),
        ("paragraph", "One"),
        ("paragraph", "Two"),
        ("list-item", "Item"),
        ("quote", "Said"),
        ("table-row", "A | B"),
        ("table-row", "1 | 2"),
    ]


def test_scripts_and_menus_are_told_from_prose() -> None:
    tree = parse(
        '<html><body><nav><a href="/">Home</a></nav><script>var x = "no";</script>'
        '<div class="related-posts"><a href="/2">Another story</a></div><p>'
        + "Long prose, " * 20
        + "</p></body></html>"
    )
    assert tree is not None
    assert [item.zone for item in segment(tree)] == ["nav", "related", ""]


@given(
    st.lists(
        st.sampled_from(
            "<p> <div> </p> </div> <b> </b> <table> <tr> <td> text 中文 <br> <ul> <li> </li> <a href=x> </a> &amp; <!--".split()
        ),
        max_size=40,
    )
)
def test_any_markup_can_be_segmented(parts: list[str]) -> None:
    tree = parse("<html><body>" + "".join(parts) + "</body></html>")
    if tree is not None:
        assert all(item.text.strip() for item in segment(tree))
