"""Who hires and whom people leave, told by grammar: one sentence of this project's own for each turn of phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.facts import Hiring

    Read = Callable[[str, str, str], Hiring]

# language, headline, text, employers
WORDINGS = [
    # a joining that does not come about
    ("en", "Google pays AI researchers to rest", "Google pays its AI staff a salary for a year rather than letting them join OpenAI.", {"google"}),
    ("en", "Google binds its model researchers", "Noncompete clauses keep researchers of its language models from joining Anthropic.", {"google"}),
    ("zh-Hans", "谷歌限制大模型研究员", "谷歌用一年带薪假留住大模型研究员，不让他们加入 OpenAI。", {"google"}),
    # verbs at the end, chiefs for firms
    ("de", "Forscher kehren Apple den Rücken", "Es sind Fachleute für Sprachmodelle, die zu den Rivalen Google und Meta wechseln.", {"google", "meta"}),
    ("en", "Zuckerberg hires three model researchers", "They trained large language models and start at Meta in June.", {"meta"}),
    ("zh-Hant", "祖克柏親自挖角研究員", "他們將在 Meta 訓練大型語言模型。", {"meta"}),
    # particles and headlines in Japanese and Korean
    ("ja", "メタ、アップルのモデル責任者を獲得", "大規模言語モデルの専門家だ。", {"meta"}),
    ("ja", "MetaがAIラボから人材を獲得", "MetaはOpenAI、Google、Anthropicから研究者を採用した。", {"meta"}),
    ("ja", "OpenAIの研究者が古巣に復帰", "この引き抜きに対してGoogleは沈黙した。研究者はOpenAIに復帰した。", {"openai"}),
    ("ko", "메타 연구원 두 명, 오픈AI 복귀", "거대언어모델을 만들던 두 사람이 메타를 떠났다.", {"openai"}),
    ("ko", "메타, 오픈AI 연구원 영입", "오픈AI CEO가 메타의 인재 영입 공세를 비판했다. 거대언어모델 연구원이다.", {"meta"}),
    # the one that suffers it
    ("zh-Hans", "苹果大模型团队被挖角", "两名研究员离开苹果，跳槽到 Meta。", {"meta"}),
    ("zh-Hans", "字节研究员离职", "他做大语言模型，下一站是 Meta。字节跳动正成为 Meta 挖角名单上的目标。", {"meta"}),
    # lists, examples and rivals
    ("zh-Hans", "大厂抢人", "百度、京东、腾讯等纷纷对大模型人才求贤若渴。", {"baidu", "jd", "tencent"}),
    ("en", "A contest for AI researchers", "Companies such as Meta and OpenAI compete for AI researchers and raise their salaries.", {"meta", "openai"}),
    ("en", "OpenAI executive joins its rival Anthropic", "She led alignment work on large language models.", {"anthropic"}),
    ("fr", "Les créateurs du modèle Llama quittent Meta", "Deux ont rejoint Mistral, les autres ont rejoint Google, Cohere ou Anthropic.", {"mistral", "google", "cohere", "anthropic"}),
    # pay reported of a firm's people
    ("es", "El sueldo de un ingeniero de OpenAI", "Los ingenieros de modelos de lenguaje cobran 700.000 dólares al año.", {"openai"}),
    ("de", "Was KI-Forscher verdienen", "Die besten KI-Forscher bekommen bei OpenAI mehrere Millionen Dollar.", {"openai"}),
    ("en", "Stars of AI research are dear", "Observers marvel at the salaries Meta is offering to AI researchers.", {"meta"}),
    # what is history in the news of a departure
    ("en", "Chief AI scientist leaves Meta", "He will found a start-up for language models. Meta had hired another AI chief last summer.", set()),
    ("zh-Hans", "字节大模型骨干离职", "他转投 Meta。他在年初才加入字节跳动。", {"meta"}),
    ("de", "Aleph Alpha bekommt einen zweiten Chef", "Aleph Alpha holt sich einen Manager für seine Sprachmodelle. Von Accenture kommt ein weiterer.", {"aleph-alpha"}),
    # German: active and passive perfect, the verb last, backers, what was before
    ("de", "Kampf um KI-Forscher", "Meta, die Mutter von Facebook, hat acht KI-Forscher von OpenAI abgeworben.", {"meta"}),
    ("de", "Kampf um KI-Forscher", "Acht KI-Forscher wurden von Meta abgeworben.", {"meta"}),
    ("de", "Talente sind knapp, während Meta OpenAI abwirbt", "Es geht um Forscher für Sprachmodelle.", {"meta"}),
    ("de", "Forscher verlässt OpenAI", "Er sagte, dass er zu Anthropic, einem von Amazon finanzierten KI-Startup, wechseln werde.", {"anthropic"}),
    ("en", "Co-founder departs xAI", "Other departures include a manager who left for a role at OpenAI.", {"openai"}),
    # the year of a thing dates no act; where somebody goes told in a sentence of its own
    ("en", "A laureate leaves the lab", "The winner of the 2024 Nobel Prize is leaving Google DeepMind. His destination: Anthropic.", {"anthropic"}),
    ("zh-Hant", "大模型研究員離職潮", "她離開 Meta，離職轉往 OpenAI。", {"openai"}),
    ("zh-Hans", "千问大模型团队骨干离职", "智谱 AI、谷歌 DeepMind 等对手已向他们伸出橄榄枝。", {"zhipu", "google"}),
    ("ja", "AI研究者の争奪戦", "OpenAI、Google、xAIといった大手は、AI研究者の獲得に巨額の報酬を提示している。", {"openai", "google", "xai"}),
    ("en", "An early xAI engineer leaves", "He left to return to his former employer and xAI rival OpenAI.", {"openai"}),
    ("de", "Abgänge bei Apples Sprachmodellen", "Apple hat zehn KI-Forscher an Wettbewerber wie Meta und Cohere verloren.", {"meta", "cohere"}),
    ("de", "Apples Sprachmodell-Team schrumpft", "Der Leiter, der bei Apple das Sprachmodell baute und im Mai zu Meta wechselte, bekommt Gesellschaft.", {"meta"}),
    ("de", "Apples Sprachmodell-Team schrumpft", "Zwei KI-Forscher wechselten zu OpenAI und xAI.", {"openai", "xai"}),
    ("es", "La guerra por el talento en IA", "Cohere y xAI han reclutado investigadores de modelos de lenguaje de Apple.", {"cohere", "xai"}),
    ("zh-Hans", "大模型负责人离职", "阿里通义实验室负责人离职，模型一号位由同事代管。", set()),
    ("en", "OpenAI loses safety researchers", "While OpenAI grows, rival lab Anthropic has countered by hiring away its safety researchers.", {"anthropic"}),
    ("zh-Hans", "两家公司招揽大模型人才", "腾讯邀请曾任职OpenAI的研究员出任首席AI科学家。", {"tencent"}),
    ("ja", "アップルでAI人材の流出が相次ぐ", "AI研究者四名が退社した。研究者の転職先はグーグルとOpenAIだ。", {"google", "openai"}),
    ("en", "Cohere draws model researchers", "Cohere is siphoning top talent from xAI and Mistral.", {"cohere"}),
    ("fr", "Microsoft débauche des chercheurs en modèles de langage", "Google travaille d'arrache-pied à son modèle.", {"microsoft"}),
    ("en", "A model researcher leaves Google for xAI", "Two years earlier Google had paid to hire her team of language models.", {"xai"}),
    # what people used to be, and what is only threatened
    ("en", "Two Meta superintelligence hires return to OpenAI", "They had trained large language models.", {"openai"}),
    ("fr", "Meta nomme un directeur scientifique de l'IA", "Ce chercheur menaçait de rejoindre OpenAI. Il travaille sur les grands modèles de langage.", {"meta"}),
    ("zh-Hans", "DeepSeek 带热大模型人才市场", "大模型行业迎来新的变化。一位猎头分析道，小米正在招聘大模型工程师。", {"xiaomi"}),
    # where people go, with the team between verb and firm; the payer behind the word for pay
    ("fr", "Trois chercheurs quittent OpenAI", "Ils rejoignent l'équipe de grands modèles de Meta.", {"meta"}),
    ("en", "Meta loses researchers of language models", "Zuckerberg has been losing AI talent to firms like Anthropic and Mistral.", {"anthropic", "mistral"}),
    ("en", "What salaries Cohere and Mistral pay their AI researchers", "Cohere pays its AI researchers up to $3 million.", {"cohere", "mistral"}),
    ("ko", "AI 인재 유출", "AI 연구원 일부는 구글이나 애플 같은 빅테크로 떠났다.", {"google", "apple"}),
]  # fmt: skip


@pytest.mark.parametrize("row", WORDINGS, ids=[f"{row[0]} {row[1][:36]}" for row in WORDINGS])
def test_who_hires(read: Read, row: tuple[str, str, str, set[str]]) -> None:
    language, title, text, employers = row
    hiring = read(language, title, text)
    assert hiring.is_hiring
    assert set(hiring.employers) == employers


LEFT = [
    ("de", "Meta wirbt KI-Forscher ab", "Meta hat Forscher von OpenAI, Google und Anthropic für sein Sprachmodell abgeworben.", {"openai", "google", "anthropic"}),
    ("ja", "アップルとOpenAIから引き抜き", "Metaは基盤モデルの研究者をアップル・OpenAIから引き抜いた。", {"apple", "openai"}),
    ("ko", "메타, 언어모델 연구원 영입", "오픈AI(OpenAI)의 핵심 연구원이 메타(Meta)에 합류한다.", {"openai"}),
    ("ja", "OpenAIが研究者を獲得", "Thinking Machines研究所からは、三名の研究者がOpenAIに移籍した。", {"thinking-machines"}),
    ("fr", "Meta débauche des chercheurs", "Meta a réussi à débaucher trois experts qui travaillaient au sein du bureau OpenAI de Zurich.", {"openai"}),
    ("en", "Meta and Google court AI researchers", "Meta and Google raise their salaries for AI researchers. Meta recruited a model researcher from Google.", {"google"}),
    ("en", "Meta loses researchers of language models", "Zuckerberg has been losing AI talent to firms like Anthropic and Mistral.", {"meta"}),
    ("en", "Cohere recruits OpenAI AI safety veteran", "Cohere names a new head of model safety.", {"openai"}),
    ("en", "OpenAI safety researcher defects to Cohere", "An OpenAI senior safety researcher joined Cohere.", {"openai"}),
    ("fr", "Le responsable de l'IA chez Meta envisage de quitter l'entreprise", "Il travaille sur les modèles de langage. Zuckerberg a embauché l'ancien directeur de Scale AI pour diriger les modèles de langage.", {"meta"}),
    ("fr", "Coupes dans l'IA", "Cent chercheurs en IA de Meta ont été licenciés.", {"meta"}),
    ("en", "Safe Superintelligence chief goes to Meta", "The former chief of the model lab Safe Superintelligence joins Meta.", {"ssi"}),
]  # fmt: skip


@pytest.mark.parametrize("row", LEFT, ids=[row[1][:36] for row in LEFT])
def test_whom_people_leave(read: Read, row: tuple[str, str, str, set[str]]) -> None:
    language, title, text, losing = row
    assert set(read(language, title, text).losing) == losing


def test_who_speaks_of_losses_loses_nobody(read: Read) -> None:
    hiring = read("en", "Rivals lose AI researchers", "The head of Perplexity said that losing AI researchers is dear.")
    assert "perplexity" not in hiring.losing


REORGANISED = [
    ("zh-Hans", "零一万物调整大模型团队", "数名研究员拿到阿里巴巴的工作邀请，阿里将吸纳他们。", True),
    ("ko", "카카오 조직 개편", "카카오가 생성형 AI 조직을 신설하고 AI 책임자를 영입했다.", True),
    ("zh-Hans", "腾讯组织架构升级", "腾讯成立大语言模型部，并聘请一名研究员出任首席AI科学家。", True),
    ("zh-Hans", "公司架构调整", "大模型团队整体并入云事业群，汇报线调整，办公地点搬迁。", False),
]


@pytest.mark.parametrize("row", REORGANISED, ids=[row[1] for row in REORGANISED])
def test_a_reorganisation_counts_if_it_founds_or_hires(read: Read, row: tuple[str, str, str, bool]) -> None:
    language, title, text, is_hiring = row
    assert read(language, title, text).is_hiring is is_hiring


ADVICE = [
    ("ja", "AIエンジニアの年収と転職戦略", "この記事では平均年収と必要なスキルを解説します。"),
    ("ja", "", "本記事では、生成AI人材の採用手法を解説します。採用担当者のためのガイドラインです。"),
    ("zh-Hans", "香港面向内地抢人才", "特区政府的人才服务办公室举办博览会，介绍优才计划，吸引人才来港。"),
]


@pytest.mark.parametrize("row", ADVICE, ids=[row[1] or row[2][:12] for row in ADVICE])
def test_a_guide_in_which_no_firm_acts_is_none(read: Read, row: tuple[str, str, str]) -> None:
    assert not read(*row).is_hiring


UNLISTED = [
    ("en", "A new rival for OpenAI", "The start-up Hingeworks is hiring engineers for large language models.", "Hingeworks"),
    ("en", "More work for model builders", "Hingeworks, a Norwegian start-up for language models, hires forty AI researchers.", "Hingeworks"),
    ("en", "A researcher of language models moves on", "She joined the model start-up Hingeworks in May.", "Hingeworks"),
    ("de", "Neue Stellen für Sprachmodelle", "Das Start-up Hingeworks holt zwei KI-Forscher.", "Hingeworks"),
    ("zh-Hans", "大模型创业热", "初创公司“星桥”正在招聘大模型工程师。", "星桥"),
    ("zh-Hans", "星桥智能招聘大模型研究员", "岗位在成都。", "星桥智能"),
    ("ja", "言語モデルの求人", "スタートアップのホシバシが大規模言語モデルの研究者を採用する。", "ホシバシ"),
    ("ko", "언어모델 개발자 찾는다", "스타트업 별다리가 거대언어모델 개발자를 채용한다.", "별다리"),
]  # fmt: skip


@pytest.mark.parametrize("row", UNLISTED, ids=[row[2][:30] for row in UNLISTED])
def test_an_employer_that_the_text_calls_a_firm(read: Read, row: tuple[str, str, str, str]) -> None:
    language, title, text, name = row
    assert name in read(language, title, text).employers


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("zh-Hans", "公司竞相招人", "多家公司正在竞相招聘大模型工程师，公司恢复招聘。"),
        ("de", "Bank holt KI-Forscher", "Forscher für Sprachmodelle sind begehrt."),
        ("es", "La guerra por el talento en IA", "Los investigadores de modelos de lenguaje cobran sueldos altos."),
    ],
)
def test_common_nouns_are_no_employers(read: Read, language: str, title: str, text: str) -> None:
    assert not read(language, title, text).employers


def test_one_german_word_in_the_singular_is_a_firm(read: Read) -> None:
    text = "Vierzig Fachleute sollen Sprachmodelle bauen."
    assert read("de", "Bosch sucht vierzig Fachleute für Sprachmodelle", text).employers == ("Bosch",)
    for title in ("Konzern sucht Fachleute für Sprachmodelle", "Forscher suchen Stellen bei Sprachmodellen"):
        assert not read("de", title, text).employers
