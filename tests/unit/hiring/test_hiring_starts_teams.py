"""Start dates and teams: what the text says of taking up work, each at its offsets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.stages.hiring.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

PUBLISHED = datetime(2025, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she begins on march 3", ["2026-03-03"]),
        ("in may 2026 and on the 4th of july", ["2026-05", "2025-07-04"]),
        ("they may march on", []),
        ("从12月1日起，明年3月", ["2025-12-01", "2026-03"]),
        ("下个月到岗", ["2025-12"]),
        ("来月1日付で", ["2025-12-01"]),
        ("내년 2월부터, 다음 달", ["2026-02", "2025-12"]),
        ("ab dem 1. januar, nächsten monat", ["2026-01-01", "2025-12"]),
        ("le 1er février, en décembre", ["2026-02-01", "2025-12"]),
        ("el 15 de enero de 2026", ["2026-01-15"]),
        ("since 2025-10-06", ["2025-10-06"]),
        ("月薪3万，工作3月间", []),
    ],
)
def test_dates_as_news_says_them(text: str, expected: list[str]) -> None:
    assert [said.value for said in find_dates(text, PUBLISHED)] == expected


def test_without_a_day_of_publication_only_whole_dates_count() -> None:
    assert [said.value for said in find_dates("on march 3, next month, in june 2026", None)] == ["2026-06"]


STARTS = [
    ("en", "OpenAI has hired Lena Okafor as head of evaluation. She starts on October 6.", ["2025-10-06"]),
    ("en", "Mistral poached a researcher from OpenAI in July; he joins next month.", ["2025-10"]),
    ("en", "Anthropic hired Lena Okafor, who joined DeepSeek in March 2021 and left it in August.", []),
    ("zh-Hans", "DeepSeek研究员周岚将于10月8日正式加入小米大模型团队。", ["2025-10-08"]),
    ("zh-Hant", "Anthropic延攬前OpenAI研究員，下個月到任。", ["2025-10"]),
    ("ja", "OpenAIの研究者が10月1日付でソフトバンクに入社し、大規模言語モデルを開発する。", ["2025-10-01"]),
    ("ko", "오픈AI 출신 연구원이 10월부터 네이버 언어모델팀에 합류한다.", ["2025-10"]),
    ("de", "Aleph Alpha holt einen OpenAI-Forscher. Er beginnt am 1. Oktober in Heidelberg.", ["2025-10-01"]),
    ("fr", "Mistral AI recrute une chercheuse d’OpenAI, qui rejoindra Paris le 6 octobre.", ["2025-10-06"]),
    ("es", "Anthropic ficha a un investigador de OpenAI, que se incorporará en noviembre.", ["2025-11"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), STARTS, ids=[text[:40] for _, text, _ in STARTS])
def test_when_people_start(
    read: Callable[[str, str, str], Hiring], language: str, text: str, expected: list[str]
) -> None:
    starts = read(language, "", text).start_dates
    assert [start.date for start in starts] == expected
    assert all(text[start.start : start.end] == start.quote for start in starts)


TEAMS = [
    ("en", "Meta hired two OpenAI researchers for its new Superintelligence Lab.", ["Superintelligence Lab"]),
    ("en", "Anthropic is hiring for its post-training team in Zurich.", ["post-training team"]),
    ("en", "OpenAI hired three researchers for the team.", []),
    ("zh-Hans", "小米为MiMo大模型团队招聘研究员。", ["MiMo大模型团队"]),
    ("zh-Hant", "Anthropic延攬研究員加入後訓練團隊。", ["後訓練團隊"]),
    ("ja", "ソフトバンクはOpenAIの研究者を引き抜き、基盤モデル開発チームに迎える。", ["基盤モデル開発チーム"]),
    ("ko", "네이버가 오픈AI 연구원을 영입해 언어모델팀에 배치한다.", ["언어모델팀"]),
    ("de", "Aleph Alpha stellt Forscher für das Sprachmodell-Team ein.", ["Sprachmodell-Team"]),
    ("de", "Google entlässt 40 Forscher des Gemini-Teams in Zürich.", ["Gemini-Team"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), TEAMS, ids=[text[:40] for _, text, _ in TEAMS])
def test_teams_are_named_as_the_text_names_them(
    read: Callable[[str, str, str], Hiring], language: str, text: str, expected: list[str]
) -> None:
    teams = read(language, "", text).teams
    assert [team.text for team in teams] == expected
    assert all(text[team.start : team.end] == team.text for team in teams)


def test_a_lab_that_is_a_firm_is_no_team(read: Callable[[str, str, str], Hiring]) -> None:
    assert read("en", "", "Thinking Machines Lab hired three researchers from OpenAI.").teams == ()
    assert read("en", "", "The Paris AI lab Mistral hired three model researchers from OpenAI.").teams == ()
    assert read("de", "", "Das Heidelberger KI-Labor Aleph Alpha stellt Forscher für Sprachmodelle ein.").teams == ()
