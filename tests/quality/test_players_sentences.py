"""Players and models in sentences of eight languages, written for this test: a floor that only rises."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.document import Article, Document
from pipeline.stages.language import LanguageStage
from pipeline.stages.players import PlayersStage

PLAYERS = set(
    "01ai alibaba amazon anthropic apple baichuan baidu bytedance character-ai cognition cohere cursor databricks deepl "
    "deepseek didi google huawei huggingface ibm inflection jd meituan meta microsoft midjourney minimax mistral moonshot "
    "nvidia openai pdd perplexity salesforce samsung scale-ai ssi tencent thinking-machines windsurf xai xiaomi zhipu".split()
)
MODELS = set(
    "gpt o-series chatgpt codex sora dall-e claude gemini llama sam meta-ai grok copilot apple-intelligence qwen quark m6 "
    "ernie hunyuan yuanbao doubao seedance pangu kimi minimax deepseek zhipu-qingyan le-chat granite devin cursor kiro "
    "midjourney".split()
)
SENTENCES = [
    (language, *sentence)
    for language, table in tomllib.loads(Path(__file__).with_name("players_sentences.toml").read_text("utf-8")).items()
    for sentence in table["sentences"]
]
STAGE = PlayersStage()


@pytest.mark.quality
@pytest.mark.parametrize(("language", "text", "players", "models"), SENTENCES)
def test_all_named_are_found_and_no_others(language: str, text: str, players: str, models: str) -> None:
    document = Document(
        id="x", url="u", canonical_url="u", title="", text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    article = LanguageStage()(Article(document=document))
    assert isinstance(article, Article)
    assert article.language
    assert article.language.tag == language
    found = STAGE.tag(article)
    assert {tag.id for tag in found.players} & PLAYERS == set(players.split())
    assert {tag.id for tag in found.models} & MODELS == set(models.split())
