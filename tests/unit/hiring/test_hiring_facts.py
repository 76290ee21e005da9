"""Employers, whom people leave, places, roles, people and headcount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

    Read = Callable[[str, str, str], Hiring]

EMPLOYERS = [
    ("en", "Meta hires two researchers from OpenAI", "They will work on large language models.", {"meta"}, {"openai"}),
    ("en", "OpenAI researcher joins Anthropic", "She starts in May.", {"anthropic"}, {"openai"}),
    ("en", "Three OpenAI engineers poached by Meta", "They built reasoning models.", {"meta"}, {"openai"}),
    ("en", "OpenAI's chief says Meta tried to poach his staff", "No one has left so far.", {"meta"}, set()),
    (
        "en",
        "Google and Microsoft are hiring LLM engineers",
        "Both want to double their model teams.",
        {"google", "microsoft"},
        set(),
    ),
    ("en", "Head of Apple's model team leaves for Meta", "He led work on large language models.", {"meta"}, {"apple"}),
    ("en", "xAI co-founder departs", "He wants to rest, he said.", set(), {"xai"}),
    ("zh-Hans", "字节跳动从谷歌挖来研究员", "他将负责大模型预训练。", {"bytedance"}, {"google"}),
    ("zh-Hans", "两名研究员被 Meta 挖走", "他们此前在 OpenAI 训练大模型。", {"meta"}, set()),
    ("zh-Hans", "谷歌大模型专家加盟阿里", "他将带领语言模型团队。", {"alibaba"}, {"google"}),
    ("ja", "MetaがOpenAIの研究者を引き抜き", "大規模言語モデルの専門家だ。", {"meta"}, {"openai"}),
    ("ja", "OpenAIの研究者がAnthropicに移籍", "来月入社する。", {"anthropic"}, {"openai"}),
    ("ko", "메타, 오픈AI 연구원 영입", "거대언어모델 전문가다.", {"meta"}, {"openai"}),
    ("de", "Meta hat drei OpenAI-Forscher abgeworben", "Sie arbeiten an Sprachmodellen.", {"meta"}, {"openai"}),
    ("de", "OpenAI-Forscher wechselt zu Meta", "Er leitete ein Sprachmodell-Team.", {"meta"}, {"openai"}),
    (
        "fr",
        "Une chercheuse quitte OpenAI pour Mistral",
        "Elle rejoint l'équipe de modèles de langage.",
        {"mistral"},
        {"openai"},
    ),
    ("es", "Meta ficha a tres investigadores de OpenAI", "Trabajan en modelos de lenguaje.", {"meta"}, {"openai"}),
]


@pytest.mark.parametrize("row", EMPLOYERS, ids=[row[1][:40] for row in EMPLOYERS])
def test_who_hires_and_whom_people_leave(read: Read, row: tuple[str, str, str, set[str], set[str]]) -> None:
    language, title, text, employers, losing = row
    hiring = read(language, title, text)
    assert set(hiring.employers) == employers
    assert losing <= set(hiring.losing)


@pytest.mark.parametrize(
    ("title", "employers"),
    [
        ("Hingeworks hires LLM engineers in Oslo", ("Hingeworks",)),
        ("OpenAI researcher joins Hingeworks as chief scientist", ("Hingeworks",)),
        ("How companies hire LLM engineers", ()),
        ("Researchers of large language models join a small team", ()),
    ],
)
def test_an_employer_outside_the_registry_keeps_its_name(read: Read, title: str, employers: tuple[str, ...]) -> None:
    assert (
        read("en", title, "The work is on large language models, and AI researchers are sought.").employers == employers
    )


PLACES = [
    (
        "en",
        "OpenAI is hiring researchers in Zurich and Tokyo",
        "The posts are for large language models.",
        {"ch-zurich", "jp-tokyo"},
    ),
    (
        "en",
        "OpenAI is hiring",
        "Toronto-based rivals of OpenAI watch. A Stanford University professor joins OpenAI.",
        set(),
    ),
    ("zh-Hans", "DeepSeek 在杭州招聘工程师", "北京时间周一，公司公布了岗位。", {"cn-hangzhou"}),
    ("ja", "OpenAIが東京で研究者を採用", "来年までに増員する。", {"jp-tokyo"}),
    ("ko", "오픈AI, 서울에서 연구원 채용", "지난달 공고를 냈다.", {"kr-seoul"}),
]


@pytest.mark.parametrize(("language", "title", "text", "expected"), PLACES, ids=[row[1][:40] for row in PLACES])
def test_where_the_hired_work(read: Read, language: str, title: str, text: str, expected: set[str]) -> None:
    assert {place.id for place in read(language, title, text).places} == expected


def test_roles_keep_their_words_and_get_an_id(read: Read) -> None:
    hiring = read("en", "Anthropic is hiring inference engineers", "The posts are in London.")
    assert [(role.text, role.id) for role in hiring.roles] == [("inference engineers", "inference")]


def test_headcount_and_people(read: Read) -> None:
    assert read("en", "OpenAI to hire 200 engineers in Dublin", "The posts are for model work.").headcount == 200
    assert read("zh-Hans", "智谱裁员 30 人", "公司未回应。").headcount == 30
    move = read("en", "OpenAI hires Mara Lind", "Mara Lind will lead research at OpenAI.")
    assert [person.name for person in move.people] == ["Mara Lind"]
    assert move.headcount == 1


def test_rumours_and_denials_are_marked(read: Read) -> None:
    hiring = read(
        "en",
        "Meta denies offering OpenAI researchers $100 million bonuses",
        "People familiar with the matter said offers were made to hire AI researchers.",
    )
    assert hiring.is_denied
    assert hiring.is_rumour
    assert any(pay.is_denied for pay in hiring.pay)
