"""How long the hiring stage takes: at most 3 ms an article of 5 kB on one core of an idle machine."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import pytest

from pipeline.document import Article, Document, Language
from pipeline.stages.hiring import HiringStage
from pipeline.stages.players import PlayersStage

pytestmark = pytest.mark.benchmark

ENGLISH = (
    "OpenAI has hired two researchers from Google to lead work on large language models, people familiar with the matter said. "
    "The company pays up to $900,000 a year for such posts. Revenue of the lab rose to $4 billion in the quarter. "
    "The museum in the north of the city opens at nine, and its garden is closed in winter. "
)
CHINESE = "字节跳动从谷歌挖来一名做大语言模型的研究员，团队位于上海。招聘网站显示，推理工程师月薪最高6万元。公司第三季度营收同比增长两成。市中心的公园每天早上九点开放，冬季关闭。"


OTHER = {
    "en": "The assistant answers questions about rail timetables and costs nothing in the first month. Its makers in Lyon say that version 2.1 needs half the memory, and that 40 cities will get it next year.\n",
    "zh-Hans": "新版本在推理和写作上都有提升，价格比上一代便宜三成。公司表示，今年已有四十座城市接入该服务，明年还会扩大范围。\n",
}


@pytest.mark.parametrize(("language", "sentence"), [("en", ENGLISH), ("zh-Hans", CHINESE)])
def test_time_an_article(language: str, sentence: str) -> None:
    plain = OTHER[language]
    text = sentence + "\n" + plain * ((5000 - len(sentence.encode())) // len(plain.encode()) + 1)
    document = Document(
        id="x", url="", canonical_url="", title="", text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    article = PlayersStage()(
        Article(document=document, language=Language(tag=language, method="declared", confidence=1.0))
    )
    assert isinstance(article, Article)
    stage = HiringStage()
    stage(article)
    best = min(_seconds(stage, article) for _ in range(30))
    sys.stdout.write(f"{language}: {best * 1000:.2f} ms for {len(text.encode())} bytes\n")


def _seconds(stage: HiringStage, article: Article) -> float:
    start = time.process_time()
    stage(article)
    return time.process_time() - start
