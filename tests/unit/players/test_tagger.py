"""Where names are found, where not, and what is said of each."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from pipeline.document import Article, Document, Language
from pipeline.stages.players import PlayersStage, Tagging

STAGE = PlayersStage()


def read(text: str, title: str = "", language: str = "en") -> Tagging:
    document = Document(
        id="x", url="u", canonical_url="u", title=title, text=text, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return STAGE.tag(Article(document=document, language=Language(tag=language, method="declared", confidence=1.0)))


def players(text: str, language: str = "en") -> list[str]:
    return [tag.id for tag in read(text, language=language).players]


def texts(text: str) -> list[str]:
    return [mention.text for tag in read(text).players for mention in tag.mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("exclusiveLearned,PinduoduoA group of dozens", ["Pinduoduo"]),
        ("GoogleThe firm said", ["Google"]),
        ("In 2023OpenAI grew", ["OpenAI"]),
        ("Tencent’s offer, Baidu's answer", ["Tencent", "Baidu"]),
        ("an ex-Google researcher, OpenAI-backed", ["Google", "OpenAI"]),
        ("Chat GPT and Chat-GPT", ["Chat GPT", "Chat-GPT"]),
        ("Byte Dance and Deep Seek", ["Byte Dance", "Deep Seek"]),
        ("ＯｐｅｎＡＩと騰訊", ["ＯｐｅｎＡＩ", "騰訊"]),
        ("ﾏｲｸﾛｿﾌﾄが採用", ["ﾏｲｸﾛｿﾌﾄ"]),
        ("Open\u00adAI hires", ["Open\u00adAI"]),
        ("d'OpenAI, l'OpenAI", ["OpenAI", "OpenAI"]),
        ("Google2023年财报", ["Google"]),
        ("Ｍｅｔａとａｐｐｌｅ、ｘＡＩ", ["Ｍｅｔａ", "ｘＡＩ"]),
        ("#OpenAI (OpenAI) “OpenAI”", ["OpenAI", "OpenAI", "OpenAI"]),
        ("구글은 오픈AI와 경쟁한다", ["구글", "오픈AI"]),
        ("グーグルの研究者", ["グーグル"]),
    ],
)
def test_names_in_all_their_guises(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "a machine in training",
        "philanthropic gifts",
        "googled it",
        "see https://openai.com/careers?x=OpenAI",
        "write to jobs@anthropic.com",
        "on www.google.com/search",
        "at github.com/openai/gym",
        "visit deepseek.com today",
        "(Photo: Google)",
        "（图源：百度）",
        "[그림=챗GPT]",
        "파인애플 농장과 메타버스",
        "メタバースとメタデータ",
        "清华硕士在北京东城区，几百度高温",
        "预处理字节数组",
    ],
)
def test_no_names_in_words_addresses_and_credits(text: str) -> None:
    assert texts(text) == []


def test_a_domain_written_as_a_name_counts() -> None:
    assert players("Amazon.com and Character.AI and Z.ai") == ["amazon", "character-ai", "zhipu"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pinduodu's rules", ["pdd"]),
        ("Antrhopic said", ["anthropic"]),
        ("at Micrsoft", ["microsoft"]),
        ("Gogle and Aple and Mtea", []),
        ("anthropoid apes", []),
        ("at https://a.example/Pinduodu", []),
    ],
)
def test_light_misspellings_of_long_names_alone(text: str, found: list[str]) -> None:
    assert players(text) == found


def test_the_german_genitive_is_german() -> None:
    assert players("Metas KI-Chef geht.", language="de") == ["meta"]
    assert players("Metas of the world.", language="en") == []


def test_the_longest_name_stands_for_the_stretch() -> None:
    found = read("Google DeepMind and Llama Nemotron")
    assert [(tag.id, [m.text for m in tag.mentions]) for tag in found.players] == [
        ("google", ["Google DeepMind"]),
        ("nvidia", ["Llama Nemotron"]),
    ]


def test_a_model_takes_its_version_along_and_counts_for_its_maker() -> None:
    found = read("Qwen2.5, GPT-4o, Claude 4.6 and Kimi K2 in 2026")
    assert [(tag.id, tag.player, tag.mentions[0].text) for tag in found.models] == [
        ("qwen", "alibaba", "Qwen2.5"),
        ("gpt", "openai", "GPT-4o"),
        ("claude", "anthropic", "Claude 4.6"),
        ("kimi", "moonshot", "Kimi K2"),
    ]
    assert [tag.id for tag in found.players] == ["alibaba", "openai", "anthropic", "moonshot"]


def test_every_tag_says_why() -> None:
    found = read("DeepMind hires.\nClaude is a chatbot.\nThe start-up Runway grew.")
    reasons = {tag.id: tag.mentions[0].reason for tag in found.players}
    assert reasons == {
        "google": "unit of Google",
        "anthropic": "Claude, a model of Anthropic; may mean a French given name; counts: “chatbot” stands near",
        "runway": "name of Runway; may mean airport, fashion, cash runway of start-ups; counts: “start-up” stands beside it",
    }


def test_what_does_not_count_is_kept_with_its_reason() -> None:
    refused = read("Claude Shannon and Devin Booker met; the orchard sells Apple crates and fruit.").refused
    assert [(one.player, one.mention.text) for one in refused] == [
        ("anthropic", "Claude"),
        ("cognition", "Devin"),
        ("apple", "Apple"),
    ]
    assert all(one.mention.reason.endswith("does not count: a surname follows") for one in refused[:2])
    assert refused[2].mention.reason.endswith("does not count: “orchard” stands near")


def test_a_person_of_the_text_is_not_the_product() -> None:
    assert players("Kimi Antonelli was late. The team waited for Kimi.") == []
    assert players("Kimi Antonelli was late. He asked the chatbot Kimi why.") == ["moonshot"]
    assert players("Kimi has more users than last year.") == ["moonshot"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("研究员离开OpenAI，加入meta。", ["openai", "meta"]),
        ("程序员用claude写代码。", ["anthropic"]),
        ("网页里有meta标签，也有meta 属性。", []),
        ("They meta, apple and claude in code.", []),
    ],
)
def test_small_letters_name_something_amid_han_alone(text: str, found: list[str]) -> None:
    assert players(text, language="zh-Hans") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Claude 宣布新功能。", ["anthropic"]),
        ("昨夜 Codex 又升级了。", ["openai"]),
        ("育碧的Claude Guillemot遇难。", []),
        ("Claude said hello.", []),
        ("xAI 发布 grok-voice-quick-1.0 接口。", ["xai"]),
        ("the flags grok-cap and grok-all stay; claude-shop too", []),
        ("run it with claude-fast-4 or gemini-2.5-pro", ["anthropic", "google"]),
    ],
)
def test_letters_amid_han_and_technical_names_are_products(text: str, found: list[str]) -> None:
    assert players(text, language="zh-Hans") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("グーグルのジェミニアシスタントを試す。", ["google"]),
        ("メタスーパーインテリジェンス部門はグーグルから採用した。", ["meta", "google"]),
        ("グーグルとメタバースの話。", ["google"]),
        ("メタプログラミングの本をグーグルで探す。", ["google"]),
    ],
)
def test_katakana_goes_on_behind_a_name_with_a_few_nouns(text: str, found: list[str]) -> None:
    assert players(text, language="ja") == found


def test_a_list_of_firms_is_no_list_of_models() -> None:
    assert [tag.id for tag in read("MiniMax与Kimi等公司招人。").models] == ["kimi"]
    assert [tag.id for tag in read("Labs such as DeepSeek and Kimi hire.").models] == ["kimi"]
    assert [tag.id for tag in read("MiniMax与Kimi等模型更新。").models] == ["minimax", "kimi"]


def test_names_without_a_gap_between_them_are_found() -> None:
    assert texts("구글딥마인드 연구원") == ["딥마인드"]
    assert texts("グーグルディープマインドの研究者") == ["グーグル", "ディープマインド"]


def test_a_list_of_models_is_read_to_its_end() -> None:
    found = read("The names to know are GPT, DeepSeek and Gemini 3.")
    assert [tag.id for tag in found.models] == ["gpt", "deepseek", "gemini"]
    assert [tag.id for tag in read("Applicants know BERT, GPT and PyTorch.").models] == []
    assert [tag.id for tag in read("OpenAI keeps its GPT series closed.").models] == ["gpt"]


def test_a_shared_name_goes_to_the_maker_that_its_context_names() -> None:
    assert players("머스크의 챗봇 그록이 답했다.", language="ko") == ["xai"]
    assert players("추론 칩을 만드는 그록이 투자를 받았다. LPU 기반이다.", language="ko") == ["groq"]


def test_the_maker_elsewhere_in_the_text_decides() -> None:
    assert players("Gemini is late.") == []
    assert players("Gemini is late.\nGoogle said so.") == ["google"]


def test_title_and_text_are_told_apart() -> None:
    found = read("Meta hires.", title="OpenAI loses staff")
    assert [(tag.id, tag.mentions[0].field) for tag in found.players] == [("openai", "title"), ("meta", "text")]


def test_a_line_in_capitals_spells_no_names() -> None:
    assert players("META AND APPLE RAISE PAY") == ["meta", "apple"]


@pytest.mark.benchmark
def test_a_very_long_text_takes_linear_time() -> None:
    """A book of names, addresses and doubts on one line: 25 times the text takes about 25 times as long.

    Quadratic work would take 625 times as long; the bound lies far from both, for processors are shared.
    """
    sentence = "Claude, Gemini and Cursor beat Kimi K2, says https://a.example/x; DeepSeek, Grok and Devin differ. "
    read(sentence)

    def seconds(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    short = min(seconds(sentence * 40) for _ in range(3))
    assert seconds(sentence * 1000) < 150 * short
