"""The order of evidence, the same answer always and everywhere, and no text that raises."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Article, Document
from pipeline.stages.language import LanguageStage, base_tag, detect_language

REPOSITORY = Path(__file__).parents[3]
SIMPLIFIED = "国内的大模型公司正在争抢人才，猎头说顶尖研究员的薪酬已经翻倍，而应届博士也能拿到百万年薪。"


def document(title: str = "", text: str = "", declared: str | None = None, source: str | None = None) -> Document:
    return Document(
        id="x",
        url="u",
        canonical_url="u",
        title=title,
        text=text,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        declared_language=declared,
        source_language=source,
    )


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("en-US", "en"),
        ("EN", "en"),
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh", "zh"),
        ("jp", "ja"),
        ("nb", "no"),
        ("x-default", None),
        ("english", None),
        ("und", None),
        ("", None),
        (None, None),
    ],
)
def test_declared_tags_are_reduced(declared: str | None, tag: str | None) -> None:
    assert base_tag(declared) == tag


def test_the_same_article_in_both_scripts() -> None:
    traditional = opencc.OpenCC("s2twp").convert(SIMPLIFIED)
    assert detect_language(document(text=SIMPLIFIED)).tag == "zh-Hans"
    assert detect_language(document(text=traditional)).tag == "zh-Hant"


def test_script_beats_what_a_page_declares() -> None:
    assert detect_language(document(text=SIMPLIFIED, declared="en")).tag == "zh-Hans"
    assert detect_language(document(text="研究者を引き抜きました。", declared="zh-CN")).tag == "ja"


def test_text_beats_a_wrong_declaration() -> None:
    text = (
        "Die Forscher verlassen das Unternehmen, weil sie bei der Konkurrenz mehr verdienen und freier arbeiten können."
    )
    found = detect_language(document(text=text, declared="en"))
    assert (found.tag, found.method) == ("de", "langdetect")


@pytest.mark.parametrize(("declared", "source", "method"), [("ja", None, "declared"), (None, "ja", "source")])
def test_kanji_only_headlines_follow_what_is_known(declared: str | None, source: str | None, method: str) -> None:
    found = detect_language(document(title="人材育成会議", declared=declared, source=source))
    assert (found.tag, found.method) == ("ja", method)


def test_chinese_without_telling_characters_follows_the_source() -> None:
    assert detect_language(document(title="人才大招募", source="zh-TW")).tag == "zh-Hant"
    assert detect_language(document(title="人才大招募", source="zh-CN")).tag == "zh-Hans"
    assert detect_language(document(title="人才大招募")).tag == "zh-Hans"


def test_names_alone_take_the_declared_language() -> None:
    found = detect_language(document(title="Meta, OpenAI", declared="fr"))
    assert (found.tag, found.method) == ("fr", "declared")


def test_the_lead_outweighs_a_foreign_title() -> None:
    assert detect_language(document(title="OpenAI hires again", text=SIMPLIFIED)).tag == "zh-Hans"


def test_the_stage_assigns_the_language_alone() -> None:
    stage = LanguageStage()
    article = stage(Article(document=document(text=SIMPLIFIED)))
    assert isinstance(article, Article)
    assert article.language
    assert article.language.tag == "zh-Hans"
    assert stage.requires == frozenset({"document"})
    assert stage.assigns == frozenset({"language"})


@given(st.text(max_size=80), st.none() | st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_nothing_raises_and_nothing_changes(text: str, declared: str | None) -> None:
    found = detect_language(document(text=text, declared=declared))
    assert found == detect_language(document(text=text, declared=declared))
    assert 0 <= found.confidence <= 1


SCRIPT = """
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pipeline.document import Document
from pipeline.stages.language import detect_language
texts = ["Nvidia unveils new AI chips for labs", "Meta wirbt Forscher ab", "OpenAI发布GPT-5", "La guerra por el talento"]
documents = [Document(id="x", url="u", canonical_url="u", title=t, text="", fetched_at=datetime(2026, 1, 1, tzinfo=timezone.utc)) for t in texts]
with ThreadPoolExecutor(16) as pool:
    first = list(pool.map(detect_language, documents * 4))
answers = {tuple(found[i : i + 4]) for found in [first] for i in range(0, 16, 4)}
answers |= {tuple(map(detect_language, documents)) for _ in range(50)}
print(answers)
"""


def test_sixteen_threads_at_once_in_five_processes_give_one_answer() -> None:
    """The first call loads the profiles; langdetect itself shows them to other threads before they are complete."""

    def run(_: int) -> str:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=REPOSITORY, capture_output=True, text=True, check=True
        )
        return done.stdout

    with ThreadPoolExecutor(2) as pool:
        outputs = set(pool.map(run, range(5)))
    assert len(outputs) == 1
    answer = outputs.pop()
    assert answer.count("Language(tag=") == 4
    assert [tag for tag in ("'en'", "'de'", "'zh-Hans'", "'es'") if tag in answer] == [
        "'en'",
        "'de'",
        "'zh-Hans'",
        "'es'",
    ]


@pytest.mark.parametrize("title", ["業界動向", "社会", "最新動向", "2027年採用計画", "技術者流出"])
def test_kanji_alone_are_japanese_where_the_source_is(title: str) -> None:
    assert detect_language(document(title, source="ja")).tag == "ja"


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Nvidia contrata mais engenheiros no Brasil", "pt"),
        ("As vagas de IA não param de crescer", "pt"),
        ("Google assume altri ricercatori a Milano", "it"),
        ("Gli stipendi dell'IA non si fermano più", "it"),
    ],
)
def test_neighbours_of_spanish_are_told_from_it(title: str, language: str) -> None:
    assert detect_language(document(title)).tag == language
