"""Facts a reader would stumble over: speakers, informants, contrasts, conversions and side remarks are no facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.hiring.test_hiring_pay_wordings import UNRELATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

    Read = Callable[[str, str, str], Hiring]


@pytest.mark.parametrize(
    ("language", "title", "text", "roles"),
    [
        ("zh-Hans", "智谱招聘大模型算法工程师", "智谱人力资源负责人表示，将招聘推理引擎工程师三十名。", {"大模型算法工程师", "推理引擎工程师"}),
        ("zh-Hans", "xAI挖走OpenAI推理团队负责人", "xAI从OpenAI挖走了推理团队负责人。", {"推理团队负责人"}),
        ("zh-Hant", "智譜三名骨幹離職", "智譜的三名骨幹離職，其中有一位大牛。", set()),
        ("en", "Anthropic hires research engineers", "The chief people officer said Anthropic hired them in May.", {"research engineers"}),
    ],
)  # fmt: skip
def test_roles_are_those_of_the_staff(read: Read, language: str, title: str, text: str, roles: set[str]) -> None:
    assert {role.text for role in read(language, title, text).roles} == roles


@pytest.mark.parametrize(
    ("language", "title", "text", "people"),
    [
        ("en", "OpenAI hires Dana Whitlock", 'Harbour Gazette learned that OpenAI hired Dana Whitlock for the project "Silver Pine" in Palo Alto.', {"Dana Whitlock"}),
        ("ja", "Anthropic、OpenAIの研究者を引き抜き", "AnthropicはOpenAIで研究を率いていたエマ・ロウ氏を引き抜いた。", {"エマ・ロウ"}),
    ],
)  # fmt: skip
def test_people_are_no_outlets_places_or_code_names(
    read: Read, language: str, title: str, text: str, people: set[str]
) -> None:
    assert {person.name for person in read(language, title, text).people} == people


@pytest.mark.parametrize(
    ("language", "title", "text", "places"),
    [
        ("en", "OpenAI is hiring researchers in Tokyo, Japan", "OpenAI is hiring in Tokyo, Japan, its first posts outside San Francisco and London.", {"Tokyo"}),
        ("en", "IBM lays off its Granite team in Dublin", "IBM lays off 40 people of the Granite team in Dublin and moves what is left of the project to New York.", {"Dublin"}),
        ("zh-Hans", "智谱在武汉招聘大模型工程师", "智谱将在武汉组建大模型团队，这是除北京和上海外首次招聘。", {"Wuhan"}),
        ("zh-Hant", "中國電商平台京東在南京徵才", "京東在南京招募大型語言模型工程師。", {"Nanjing"}),
        ("ko", "오픈AI, 서울에서 연구원 채용", "오픈AI가 서울에서 연구원을 채용한다. 미국 시카고에서도 면접을 진행한다.", {"Seoul"}),
        ("ja", "OpenAI、大阪で研究者を採用", "OpenAIが大阪で研究者を採用する。同社の日本法人が募集している。", {"Osaka"}),
        ("de", "Mistral sucht Forscher in München", "Mistral sucht Forscher in München. Das Pariser Labor stellt ein.", {"Munich", "Paris"}),
    ],
)  # fmt: skip
def test_places_are_where_the_work_is(read: Read, language: str, title: str, text: str, places: set[str]) -> None:
    assert {place.name for place in read(language, title, text).places} == places


HEADCOUNTS = [
    ("zh-Hans", "智谱组建智能体团队", "智谱已经组建了一个数十人的大模型团队，正在招聘算法工程师。", None),
    ("zh-Hans", "智谱组建智能体团队", "智谱已经组建了一个三十人的大模型团队，正在招聘算法工程师。", 30),
    ("en", "OpenAI poaches engineers from xAI", "OpenAI has hired xAI engineers, three people briefed on the move said.", None),
    ("en", "Cohere founds a 30-strong safety team", "It will test large language models.", 30),
    ("en", "Tencent builds an LLM team", "Tencent is hiring LLM engineers. About forty people have already moved into the unit.", 40),
    ("zh-Hans", "智谱组建大模型团队", "智谱已组建一支约三十人的大模型团队，三名知情人士说。", 30),
    ("zh-Hans", "智谱招聘照常", "智谱大模型团队目前在招岗位为52个。", 52),
    ("ko", "오픈AI 서울 연구원 채용", "오픈AI가 경력 연구원 60명을 채용한다.", 60),
    ("ja", "OpenAI、研究者を採用", "OpenAIが研究者を採用する。採用人数は15人を予定する。", 15),
    ("de", "IBM entlässt Beschäftigte des Granite-Teams", "IBM entlässt 70 Beschäftigte des Granite-Teams.", 70),
    ("de", "Mistral wirbt um Fachleute von DeepMind", "Mistral hat sechs führende KI-Forscher von DeepMind abgeworben.", 6),
    ("ko", "오픈AI, 딥마인드 연구원 영입", "오픈AI가 딥마인드에서 거대언어모델 연구원 세 명을 영입했다.", 3),
    ("en", "OpenAI hires a new chief scientist", "The company builds large language models.", 1),
    ("en", "Mistral researcher joins Anthropic", "The move was confirmed; she worked on large language models.", 1),
    ("en", "Cohere's chief departs", "Mira Feld leaves Cohere, an LLM maker. Of its original nine co-founders six are gone.", 1),
    ("en", "A wave of departures at Cohere", "Mira Feld leaves the LLM maker Cohere, as others did before.", None),
    ("zh-Hans", "智谱核心人员离职", "智谱大模型负责人洪嘉言离职，多名同事随后离开。", None),
    ("zh-Hans", "智谱大模型负责人洪嘉言离职", "智谱此前挖来八名研究员。", 1),
    ("ja", "OpenAIの研究者が退社", "OpenAIの大規模言語モデル研究者2人が退社した。関係者4人の話では円満だという。", 2),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "headcount"), HEADCOUNTS)
def test_headcount_counts_staff_only(read: Read, language: str, title: str, text: str, headcount: int | None) -> None:
    assert read(language, title, text).headcount == headcount


@pytest.mark.parametrize(("language", "title", "text", "headcount"), HEADCOUNTS)
def test_an_unrelated_paragraph_changes_no_fact(
    read: Read, language: str, title: str, text: str, headcount: int | None
) -> None:
    alone, longer = read(language, title, text), read(language, title, f"{text}\n{UNRELATED[language]}")
    assert longer.headcount == headcount
    assert (longer.places, longer.people, longer.roles, longer.employers) == (
        alone.places,
        alone.people,
        alone.roles,
        alone.employers,
    )
    assert (longer.teams, longer.start_dates, longer.is_hiring) == (alone.teams, alone.start_dates, alone.is_hiring)


@pytest.mark.parametrize(
    ("language", "title", "text", "pay"),
    [
        ("zh-Hant", "美團徵大型語言模型工程師", "美團招聘大型語言模型工程師，月薪上看7萬元人民幣，約合新台幣31萬元。", {(None, 70000, "CNY", "month")}),
        ("ko", "삼성전자, 수원서 거대언어모델 연구원 채용", "삼성전자가 최대 연봉 2억원을 제시하며 거대언어모델 연구원을 채용한다.", {(None, 2e8, "KRW", "year")}),
        ("en", "OpenAI tries to keep a researcher", "OpenAI made a counteroffer of $15 million to the researcher who leaves.", {(15e6, 15e6, "USD", "total")}),
        ("de", "Mistral zahlt Forschern Bleibeprämien", "Mistral zahlt Forschern Bleibeprämien von 800.000 Euro.", {(8e5, 8e5, "EUR", "total")}),
    ],
)  # fmt: skip
def test_pay_once_with_bound_and_period(
    read: Read, language: str, title: str, text: str, pay: set[tuple[float | None, float | None, str, str]]
) -> None:
    assert {(one.min, one.max, one.currency, one.period) for one in read(language, title, text).pay} == pay


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Anthropic lures away OpenAI's head of evaluation"),
        ("zh-Hans", "Anthropic挖走OpenAI评测负责人"),
        ("ja", "Anthropic、OpenAIの評価責任者を引き抜き"),
        ("ko", "앤스로픽, 오픈AI 평가 책임자 영입"),
    ],
)
def test_poacher_and_former_employer(read: Read, language: str, title: str) -> None:
    found = read(language, title, title)
    assert (found.employers, found.losing) == (("anthropic",), ("openai",))


def test_departures_name_only_whom_people_leave(read: Read) -> None:
    found = read("zh-Hant", "智譜兩名骨幹離職", "智譜兩名骨幹離職。公司指人事變動屬正常。有獵頭表示，大廠開價進取。")
    assert (found.employers, found.losing) == ((), ("zhipu",))


@pytest.mark.parametrize(
    ("language", "title", "text", "remark"),
    [
        ("zh-Hans", "月之暗面迎来首席科学家", "月之暗面聘请首席科学家。公司没有透露他的薪酬。", "没有透露"),
        ("zh-Hant", "智譜兩名骨幹離職", "智譜兩名骨幹離職。有獵頭表示，大廠開價進取，挖角成風。", "獵頭"),
        ("en", "Cohere hires an AI researcher", "Cohere hired an AI researcher. Cohere did not disclose the salary.", "disclose"),
    ],
)  # fmt: skip
def test_evidence_is_proof_not_remark(read: Read, language: str, title: str, text: str, remark: str) -> None:
    evidence = read(language, title, text).evidence
    assert evidence
    assert evidence[0].quote == title
    assert not any(remark in one.quote for one in evidence)


def test_departures_of_others_further_down_are_not_this_news(read: Read) -> None:
    text = (
        "Three researchers have left Zhipu, people close to the lab said. It confirmed the departures. The group will be "
        "led by a deputy. Training goes on as planned. Co-founders have left Baichuan and Moonshot AI this year, too."
    )
    assert read("en", "Three researchers leave Zhipu", text).losing == ("zhipu",)


def test_the_first_proof_names_the_employer(read: Read) -> None:
    text = "応募は今月末まで受け付け、年収は最大3000万円となる。OpenAIが福岡で研究者の採用を始めた。"
    assert "OpenAI" in read("ja", "OpenAI、研究者を募集", text).evidence[1].quote


def test_a_vice_president_is_neither_cut_nor_an_employer(read: Read) -> None:
    text = "知情人士称，原谷歌研究副总裁李明已加入字节跳动的大模型团队，常驻新加坡，年薪超过900万元，两名知情人士说。"
    found = read("zh-Hans", "字节跳动挖来谷歌研究副总裁", text)
    assert (found.employers, found.losing) == (("bytedance",), ("google",))
    assert "layoff" not in found.actions
    assert [person.name for person in found.people] == ["李明"]
    assert [place.name for place in found.places] == ["Singapore"]


def test_a_role_ends_before_the_verb(read: Read) -> None:
    title = "Apple's head of foundation models leaves for Meta"
    assert [role.text for role in read("en", title, title).roles] == ["head of foundation models"]
