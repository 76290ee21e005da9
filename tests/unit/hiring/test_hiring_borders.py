"""Where LLM hiring ends: unpaid helpers, other fields, jobs given to software; and cuts and growth that do count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

    Read = Callable[[str, str, str], Hiring]


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("zh-Hans", "豆包招募两百名体验员，试用新版语音通话", "豆包今天起招募两百名体验员，参加者可获纪念品。"),
        ("zh-Hant", "Kimi招募五十名校園大使", "Kimi公布招募五十名校園大使，推廣新功能，不設酬勞。"),
        ("en", "Kimi is recruiting 300 unpaid testers for its voice mode", "The testers will get a badge and no pay."),
        ("ja", "Kimi、音声機能のテスターを募集", "参加者には三か月分の利用券が贈られる。"),
        ("fr", "Mistral recrute cent ambassadeurs bénévoles", "Les ambassadeurs présenteront l'assistant sur les campus."),
        ("zh-Hans", "小米汽车高薪招聘辅助驾驶工程师", "辅助驾驶感知算法工程师月薪最高6万元。"),
        ("en", "Xiaomi hires perception engineers for driver assistance", "Perception engineers earn up to 60,000 yuan a month."),
        ("de", "Bank ersetzt 120 Stellen im Kundendienst durch ein Sprachmodell", "Die Anfragen beantwortet künftig Software."),
        ("en", "Insurer replaces 200 jobs with a language model", "Calls will be answered by a model from Microsoft."),
        ("zh-Hans", "保险公司用大模型取代两百名客服", "来电今后由大模型接手。"),
        ("fr", "Un assureur remplace 200 postes par une IA", "Les appels seront traités par un modèle de langage."),
        ("es", "Una aseguradora sustituye 200 puestos por un modelo de lenguaje", "Las llamadas las atiende un modelo."),
    ],
)  # fmt: skip
def test_is_no_llm_hiring(read: Read, language: str, title: str, text: str) -> None:
    assert not read(language, title, text).is_hiring


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("de", "IBM entlässt 70 Mitarbeiter des Granite-Teams", "In Genf arbeiteten sie an der Modellfamilie Granite."),
        ("en", "Tencent's LLM team doubles to 140 people", "Tencent has doubled the headcount of its large language model team in Shenzhen."),
        ("en", "Cohere founds a safety team", "Cohere has founded a team of 12 that will test its large language models."),
        ("zh-Hans", "腾讯混元大模型团队扩至两百人", "腾讯混元大模型团队扩至两百人，仍在招聘算法工程师。"),
        ("zh-Hans", "小米汽车大模型团队招聘研究员", "小米汽车的大模型团队正在招聘大语言模型研究员。"),
    ],
)  # fmt: skip
def test_is_llm_hiring(read: Read, language: str, title: str, text: str) -> None:
    assert read(language, title, text).is_hiring
