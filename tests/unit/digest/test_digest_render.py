from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from pipeline.digest import Digest, StoryView, build_digest, render_html, render_text, subject
from pipeline.digest.safety import registrable_host, visible, web_link
from pipeline.facts import Evidence, Role
from tests.unit.digest.samples import NAMES, NOW, SUBSCRIPTION, hiring, outlet, story

EVIL = '<script>alert(1)</script>" onmouseover="x\' \u202egpj.exe\u202c a\u200bb {{ 7*7 }} &lt;'


def build(*stories: StoryView, **changes: object) -> Digest:
    subscription = replace(SUBSCRIPTION, **changes)  # type: ignore[arg-type]
    return build_digest(stories, subscription=subscription, since=NOW - timedelta(days=1), now=NOW, names=NAMES)


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def evil_story() -> StoryView:
    words = hiring(
        employers=(EVIL,),
        roles=(Role(text=EVIL),),
        evidence=(Evidence(quote=EVIL, field="text", start=0, end=5, reason=EVIL),),
    )
    shown = outlet("e", title=EVIL, outlet=EVIL, language=EVIL, url="javascript:alert(1)", hiring=words)
    linked = outlet("f", kind="copy", url='https://news.example/"><script>x</script>', hiring=words)
    return StoryView(id=EVIL, outlets=(shown, linked))


def test_nothing_a_stranger_wrote_becomes_markup() -> None:
    page = render_html(build(evil_story(), title=EVIL))
    seen = Seen(page)
    assert seen.open == []
    assert "script" not in seen.tags
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert all(value and value.startswith(("http://", "https://")) for name, value in seen.attributes if name == "href")
    assert "javascript:" not in page
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert "49" not in page


def test_the_page_needs_nothing_from_elsewhere() -> None:
    seen = Seen(render_html(build(story())))
    assert not {"script", "link", "img", "style", "iframe", "form", "base"} & set(seen.tags)
    assert not [
        value
        for name, value in seen.attributes
        if name == "style" and value and ("url(" in value or "@import" in value)
    ]
    assert ("name", "viewport") in seen.attributes


def test_the_real_host_stands_beside_each_link() -> None:
    page = render_html(build(story()))
    assert page.count("example.co.uk") >= 2 * 4


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_and_page_tell_the_same(language: str) -> None:
    digest = build(story(), language=language)
    text, page = render_text(digest), render_html(digest)
    shown = digest.groups[0].stories[0]
    for words in (
        shown.title,
        *shown.lines_en,
        *shown.lines_zh,
        *(quote.text for quote in shown.quotes),
        *(line.url for line in shown.outlets),
    ):
        assert words in text
        assert words in page
    assert text.index(shown.lines_zh[0]) < text.index(shown.lines_en[0]) if language == "zh" else True


def test_text_keeps_ampersands_and_ends_with_one_newline() -> None:
    text = render_text(build(StoryView(id="x", outlets=(outlet("x", title="R&D at <labs>"),))))
    assert "R&D at <labs>" in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_an_empty_digest_says_so() -> None:
    assert "Nothing new." in render_text(build())
    assert "Nothing new." in render_html(build())
    assert subject(build()) == "LLM hiring news: Nothing new."


def test_what_is_left_out_is_counted() -> None:
    stories = [StoryView(id=f"s{n}", outlets=(outlet(f"s{n}"),)) for n in range(3)]
    assert "and 2 more" in render_text(build(*stories, max_stories=1))
    many = StoryView(id="m", outlets=tuple(outlet(f"m{n}") for n in range(12)))
    assert "and 4 more" in render_html(build(many))


def test_marks_are_words() -> None:
    before = build(StoryView(id="a1", outlets=(outlet("a1", hiring=hiring(places=())),))).told
    updated = build_digest([story()], subscription=SUBSCRIPTION, since=None, now=NOW, names=NAMES, told=before)
    assert "Update: " + updated.groups[0].stories[0].title in render_text(updated)
    denied = StoryView(id="d", outlets=(outlet("d", hiring=hiring(is_denied=True)),))
    assert "[Denied]" in render_text(build(denied))
    rumour = StoryView(id="r", outlets=(outlet("r", hiring=hiring(is_rumour=True)),))
    assert "传闻" in render_html(build(rumour, language="zh"))


def test_the_subject_is_one_line_and_names_whom_it_is_about() -> None:
    assert subject(build(story())) == "LLM hiring news: 1 (Pinduoduo)"
    assert "\n" not in subject(build(story(), title="a\r\nBcc: someone@example.org"))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\u202eb", "ab"),
        ("two\r\nlines\u2028three", "two lines three"),
        ("x\x00y\x1bz", "x y z"),
        ("\U000e0041tag", "tag"),
        ("中文，标点。", "中文，标点。"),
        ("emoji 👍", "emoji 👍"),
        ("a" * 400, "a" * 299 + "…"),
    ],
)
def test_invisible_characters_go(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "data:text/html,x",
        "https://u:p@a.example/",
        "//a.example",
        "",
        "https://a b/",
        "file:///etc/passwd",
    ],
)
def test_only_plain_web_links_are_links(url: str) -> None:
    assert web_link(url) == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.news.example.co.uk/x", "example.co.uk"),
        ("https://news.qq.com/rain/a/1", "qq.com"),
        ("https://openai.com.evil.example/x", "evil.example"),
        ("https://оpenai.com/x", "xn--penai-iye.com"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://localhost:8000/x", "localhost"),
        ("", ""),
    ],
)
def test_the_host_is_the_registered_one(url: str, host: str) -> None:
    assert registrable_host(url) == host
