"""What is LLM-hiring news and what only looks like it; every sentence is this project's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

    Read = Callable[[str, str, str], Hiring]

YES = [
    (
        "en",
        "OpenAI hires a new head of alignment",
        "Mara Lind will join OpenAI next month from a hedge fund to lead alignment research.",
    ),
    (
        "en",
        "Meta poaches three model researchers from Google",
        "The trio worked on large language models and will join Meta's superintelligence lab.",
    ),
    ("en", "xAI co-founder quits", "Teo Brandt announced his departure from xAI on Tuesday."),
    ("en", "Anthropic freezes hiring in its policy team", "The company has paused recruitment, two people said."),
    (
        "en",
        "Amazon forms a new AGI team in Boston",
        "The retailer is hiring researchers for large language models there.",
    ),
    (
        "en",
        "Demand for LLM engineers doubles, recruiters say",
        "There is a shortage of AI researchers, and headhunters name salaries of $500,000 a year.",
    ),
    ("zh-Hans", "字节跳动挖来大模型负责人", "一名做大语言模型的研究员从谷歌离职，加入字节跳动。"),
    ("zh-Hans", "月之暗面联合创始人离职", "消息人士称，他已于上周离开公司。"),
    ("zh-Hans", "拼多多在上海招聘大模型工程师", "招聘网站显示，大模型推理工程师月薪最高5万元。"),
    ("zh-Hans", "智谱大规模裁员", "公司裁减了三十名员工。"),
    ("zh-Hant", "OpenAI 徵才 找資安主管", "職缺顯示年薪40萬美元。"),
    ("zh-Hant", "Google 大型語言模型團隊研究員求去", "他將加入 Anthropic。"),
    ("ja", "OpenAIの研究責任者が退社", "最高研究責任者はAnthropicに移籍する。"),
    ("ja", "Preferred Networks、生成AIの技術者を大量採用", "年収1500万円で研究者を募集する。"),
    ("ko", "오픈AI, 구글 연구원 영입", "거대언어모델을 만들던 연구원이 오픈AI에 합류했다."),
    ("ko", "앤트로픽 공동창업자 퇴사", "그는 이달 말 회사를 떠난다."),
    ("de", "Meta wirbt KI-Forscher von OpenAI ab", "Drei Forscher wechseln zu Meta."),
    ("de", "Mistral stellt 100 Entwickler ein", "Das KI-Labor baut sein Team in Paris aus."),
    ("fr", "Un chercheur d'OpenAI rejoint Mistral", "Il dirigera une équipe de modèles de langage."),
    ("fr", "Meta débauche deux chercheurs en IA", "Ils quittent Google DeepMind."),
    ("es", "OpenAI ficha a un directivo de Google", "Se une a la empresa como jefe de investigación."),
    ("es", "Un investigador de IA deja Meta y se une a Anthropic", "Trabajaba en grandes modelos de lenguaje."),
]

NO = [
    ("en", "Google launches a smaller Gemini", "The model answers faster and is available today."),
    ("en", "Mistral raises $500 million at a valuation of $6 billion", "The round was led by two funds."),
    ("en", "Chipmaker's revenue beats forecasts", "Data-centre sales drove the quarter."),
    ("en", "Carmaker to cut 4 percent of its workforce", "Robots and AI make the plants more efficient."),
    (
        "en",
        "Machine learning engineer (f/m/d)",
        "About the role: you will train ranking models. Qualifications: five years. Apply now. Equal opportunity employer.",
    ),
    (
        "en",
        "How to land a job in AI without a doctorate",
        "Our tips: build a portfolio and practise interview questions.",
    ),
    (
        "en",
        "Start-up sells an AI recruiter that screens applicants",
        "The hiring platform reads résumés and ranks them.",
    ),
    ("en", "Call-centre jobs replaced by AI", "A bank will need fewer people because chatbots answer the phone."),
    ("en", "Claude joins the spreadsheet menu", "Users can now ask the assistant for charts."),
    ("en", "A banker joins OpenAI's board of directors", "The board now has nine members."),
    ("en", "Shops can hire AI agents by the hour", "The agent marketplace lists digital workers."),
    ("en", "Club signs striker in the transfer window", "The midfielder joins on a free transfer."),
    ("en", "Robotaxi firm hires a head of autonomous driving", "She will lead sensor work for self-driving cars."),
    ("zh-Hans", "阿里发布通义千问新模型", "新版本支持更长文本，用户可免费体验。"),
    ("zh-Hans", "百川智能完成新一轮融资", "本轮融资由两家基金领投，估值翻倍。"),
    ("zh-Hans", "夸克粒子研究获新进展", "物理学家在对撞机中观测到新的夸克态。"),
    ("zh-Hans", "招聘平台上线AI面试官", "系统自动筛选简历并给求职者打分。"),
    ("zh-Hans", "高考志愿：人工智能专业就业指南", "专家建议考生理性选择，培训班宣传的高薪并不可信。"),
    ("zh-Hans", "多家工厂用机器人替代人工", "降本增效之下，流水线岗位减少。"),
    ("zh-Hans", "Kimi 招募内测体验官", "报名用户可提前体验新功能。"),
    ("zh-Hans", "腾讯收购一家游戏公司", "交易完成后，对方将继续独立运营。"),
    ("zh-Hant", "台積電校園徵才 碩士年薪200萬元", "晶圓廠招募八千名工程師。"),
    ("ja", "IBM、新しい言語モデルを発表", "混合方式を採用し、推論コストを下げた。"),
    ("ja", "採用支援のAI面接サービスを提供開始", "応募者の書類選考を自動化する。"),
    ("ko", "네이버, 새 언어모델 공개", "성능을 높인 모델을 서비스에 적용한다."),
    ("ko", "AI 면접 솔루션 출시", "채용 과정을 자동화하는 서비스다."),
    ("de", "Gericht weist Klage gegen KI-Firma ab", "Der Vergleich kostet drei Millionen Euro."),
    ("fr", "Mistral lève 600 millions d'euros", "La valorisation atteint six milliards."),
    ("es", "Google presenta Gemini con nuevas funciones", "La actualización estará disponible en la aplicación."),
]


@pytest.mark.parametrize(("language", "title", "text"), YES, ids=[title[:40] for _, title, _ in YES])
def test_news_of_llm_hiring(read: Read, language: str, title: str, text: str) -> None:
    hiring = read(language, title, text)
    assert hiring.is_hiring, hiring.reasons
    assert hiring.evidence
    assert hiring.actions


@pytest.mark.parametrize(("language", "title", "text"), NO, ids=[title[:40] for _, title, _ in NO])
def test_what_only_looks_like_it(read: Read, language: str, title: str, text: str) -> None:
    hiring = read(language, title, text)
    assert not hiring.is_hiring, hiring.reasons
    assert (hiring.pay, hiring.employers, hiring.places) == ((), (), ())
    assert 0 <= hiring.score < 1


def test_every_reason_quotes_what_stands_at_its_offsets(read: Read) -> None:
    for language, title, text in [*YES, *NO]:
        hiring = read(language, title, text)
        for found in [*hiring.evidence, *(reason.evidence for reason in hiring.reasons if reason.evidence)]:
            assert {"title": title, "text": text}[found.field][found.start : found.end] == found.quote


def test_the_reasons_say_what_would_turn_the_decision(read: Read) -> None:
    for case in (YES[0], NO[0]):
        assert any(reason.name.startswith("would turn it") for reason in read(*case).reasons)


def test_an_unrelated_paragraph_changes_nothing(read: Read) -> None:
    more = "The museum opens at nine. Tickets are sold at the gate, and the garden is closed in winter."
    for language, title, text in YES[:6]:
        before, after = read(language, title, text), read(language, title, f"{text}\n{more}")
        assert (after.is_hiring, after.employers, after.pay, after.places) == (
            before.is_hiring,
            before.employers,
            before.pay,
            before.places,
        )


def test_an_empty_document_is_no_news(read: Read) -> None:
    hiring = read("und", "", "")
    assert not hiring.is_hiring


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "en",
            "Corvid Systems puts hiring for its Cohere LLM team on ice",
            "Cohere has frozen external hiring for the team.",
        ),
        ("zh-Hans", "智谱冻结大模型团队社招名额", "智谱本月冻结大模型团队的社会招聘名额。"),
        (
            "fr",
            "Mistral gèle ses recrutements de chercheurs en modèles de langage",
            "Mistral a gelé tous ses recrutements.",
        ),
        ("es", "OpenAI congela todas sus contrataciones", "OpenAI ha congelado sus contrataciones de investigadores."),
    ],
)
def test_the_hiring_that_a_freeze_names_is_no_hiring(read: Read, language: str, title: str, text: str) -> None:
    assert read(language, title, text).actions == ("freeze",)
