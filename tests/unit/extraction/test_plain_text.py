from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import extract_plain
from pipeline.document import Document, Rejected

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PROSE = [
    "Harbour Labs is opening an office in Dublin and plans to hire forty engineers there before the end of the year.",
    "Half of the posts are for people who train models, the company said, the rest for those who keep them running.",
]
HAN = [
    "云桥科技周二宣布，将在成都设立研发中心，并在年底之前招聘三十名大模型工程师，其中一半负责训练。",
    "公司负责人在接受采访时表示，选择成都是因为这里的高校每年培养大量毕业生，而且人才流动率比沿海城市低。",
]


def read(text: str, **given: str) -> Document:
    outcome = extract_plain(text, url="https://x.example/a", fetched_at=NOW, **given)  # type: ignore[arg-type]
    assert isinstance(outcome, Document), outcome
    assert [outcome.text[block.start : block.end] for block in outcome.blocks] == outcome.text.split("\n")
    return outcome


def test_a_text_without_a_title_line_has_an_empty_title() -> None:
    document = read("\n".join(PROSE))
    assert document.title == ""
    assert document.text == "\n".join(PROSE)


def test_a_syndicated_copy_loses_what_the_site_wrote_around_it() -> None:
    around = ["Connect with us", "Shipping", "Harbour Labs opens a Dublin office for its models"]
    below = [
        "Click to comment",
        "You must be logged in to post a comment Login",
        "Leave a Reply",
        "Copyright © 2026 Tide Today",
    ]
    document = read("\n\n".join([*around, *PROSE, *below]))
    assert document.title == "Harbour Labs opens a Dublin office for its models"
    assert document.text == "\n".join(PROSE)


def test_markdown_is_read_as_what_it_means() -> None:
    text = "\n\n".join(
        [
            "# 云桥科技在成都招人",
            "# 云桥科技在成都招人",
            "![](https://img.example/a(1).png)",
            "文 **|林晓燕**",
            "封面来源 **| 视觉库**",
            HAN[0],
            "![](https://img.example/\nb.png)\n_图注：招聘页面的截图。_",
            "**人才从哪里来**",
            HAN[1],
            "- 训练与评测方向",
            "见[招聘页面](https://jobs.example/1)的**全部**职位，以及去年公布的第一批名单，名单上一共有十二个岗位。",
            "责任编辑：王小明",
            "扫码关注我们的公众号",
        ]
    )
    document = read(text)
    assert document.title == "云桥科技在成都招人"
    assert document.text.split("\n") == [
        HAN[0],
        "图注：招聘页面的截图。",
        "人才从哪里来",
        HAN[1],
        "训练与评测方向",
        "见招聘页面的全部职位，以及去年公布的第一批名单，名单上一共有十二个岗位。",
    ]
    assert [block.kind for block in document.blocks] == [
        "paragraph",
        "caption",
        "heading",
        "paragraph",
        "list-item",
        "paragraph",
    ]
    assert document.links == ("https://jobs.example/1",)
    assert document.authors == ("林晓燕",)


def test_a_given_title_is_taken_out_of_the_text() -> None:
    document = read("\n".join(["Technology", "Dublin gets a lab", *PROSE]), title="Dublin gets a lab")
    assert document.title == "Dublin gets a lab"
    assert document.text == "\n".join(PROSE)


def test_sentences_that_speak_of_junk_stay() -> None:
    lines = [
        "The bank threw out its newsletter, in which every paragraph asked readers to subscribe to something else.",
        "All rights are reserved for the reader now, the archivist joked in a talk that was shared ten thousand times.",
        "乘客扫码进站以后，可以在手机上看到下一班渡轮的时间，老年人仍然可以使用纸质车票，窗口照常开放。",
        "法院认为，被告未经许可使用他人的训练数据，应当赔偿损失，并在判决生效后十日内停止使用。",
        "市政府公布了举报电话，一周之内接到三百多个来电，其中大部分与噪声和违法停车有关。",
        *PROSE,
    ]
    assert read("\n".join(lines)).text.split("\n") == lines


def test_what_is_no_article_is_refused() -> None:
    outcome = extract_plain(
        "Page not found. The page you requested does not exist.", url="https://x.example/a", fetched_at=NOW
    )
    assert isinstance(outcome, Rejected)


@given(st.text(max_size=600))
def test_any_text_gives_a_value(text: str) -> None:
    outcome = extract_plain(text, url="https://x.example/a", fetched_at=NOW)
    if isinstance(outcome, Document):
        assert all(outcome.text[block.start : block.end].strip() for block in outcome.blocks)
