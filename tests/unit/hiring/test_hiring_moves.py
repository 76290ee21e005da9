"""News told from the past of the one hired, returns, chiefs, replacements and careers: own sentences for each turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipeline.stages.hiring import HiringStage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.document import Article
    from pipeline.facts import Hiring

    Read = Callable[[str, str, str], Hiring]

# language, headline, text, employers, losing
MOVES = [
    # what a relative clause says of a person dates no act
    ("en", "Staff news", "Cohere poached Ann Field, who worked at Google, to lead large language models.", {"cohere"}, {"google"}),
    ("en", "Staff news", "Field joined Cohere, where she previously interned, to build large language models.", {"cohere"}, set()),
    # nor does the year of a thing; that of an act does
    ("en", "Staff news", "Cohere hired a co-author of the celebrated 2017 paper to lead its large language models.", {"cohere"}, set()),
    # a firm that only has a team by that name, or ought to keep people, hires nobody
    ("en", "Meta's superintelligence lab loses scientists to OpenAI", "The lab was set up in June. Its ability to retain AI talent is in question.", {"openai"}, {"meta"}),
    ("en", "Meta loses AI scientists and forms a new model team", "Two model researchers left Meta.", {"meta"}, {"meta"}),
    # those who come back had left before
    ("en", "OpenAI welcomes back three researchers", "OpenAI rehired people who'd left the company for the start-up Thinking Machines. They are returning to OpenAI from Thinking Machines.", {"openai"}, {"thinking-machines"}),
    ("de", "KI-Forscher wechselt zu Cohere", "Nach den vielen Abgängen bekommt Cohere Zuwachs: Der KI-Forscher wechselt von Google zu Cohere.", {"cohere"}, {"google"}),
    ("de", "Vordenker der Sprachmodelle verlässt Meta", "Er geht, weil er die Wette auf Sprachmodelle für verfehlt hält, zu früh.", set(), {"meta"}),
    # about to go, or wooed, is not gone
    ("fr", "Un chercheur en IA reste chez Meta", "Il était sur le point de rejoindre OpenAI. Meta a nommé ce chercheur directeur de l'IA.", {"meta"}, set()),
    ("en", "Meta tried to poach model researchers", "Meta tried to poach OpenAI's model researchers, and all of them stayed.", {"meta"}, set()),
    # several firms are left at once; one only stands beside another
    ("en", "AI researchers leave for start-ups", "Researchers of language models are leaving posts at Google, Meta and OpenAI.", set(), {"google", "meta", "openai"}),
    ("zh-Hans", "Meta挖角苹果大模型研究员", "Meta从苹果挖走两名大模型研究员，以便在与OpenAI、谷歌的竞争中领先。", {"meta"}, {"apple"}),
    ("zh-Hans", "阿里大模型骨干离职", "智谱已向阿里的离职团队伸出橄榄枝。", {"zhipu"}, {"alibaba"}),
    # whose people take over a post do not hire for it
    ("en", "Amazon's head of AI resigns, succeeded by IBM executive", "She ran the work on language models.", {"amazon"}, {"amazon", "ibm"}),
    ("en", "Amazon AI chief retires", "Amazon appointed a model researcher from IBM as its new head of AI.", {"amazon"}, {"amazon", "ibm"}),
    # careers at several firms, and lines of a career, tell of no leaving
    ("en", "Ex-OpenAI and Google model lead joins Cohere", "The researcher trains large language models.", {"cohere"}, set()),
    ("en", "Ex-OpenAI model lead joins Cohere", "The researcher trains large language models.", {"cohere"}, {"openai"}),
    ("zh-Hans", "腾讯聘请首席AI科学家", "腾讯邀请曾任职OpenAI的研究员出任首席AI科学家，负责大模型。", {"tencent"}, set()),
    # nouns, plundered firms, lookers-on, passives with their agent
    ("en", "Cohere grows with a notable DeepMind hire", "Cohere is on a hiring spree for model engineers.", {"cohere"}, set()),
    ("en", "Cohere raided Baidu", "Nine builders of language models went.", {"cohere"}, {"baidu"}),
    ("es", "Mistral pierde ingenieros de IA", "Mistral vio cómo dos de sus ingenieros eran reclutados por Cohere.", {"cohere"}, {"mistral"}),
    # chiefs for their firms
    ("es", "Investigadores de IA abandonan la empresa de Sam Altman", "Cohere contrata a tres investigadores de modelos de lenguaje de OpenAI.", {"cohere"}, {"openai"}),
    ("ja", "AI研究者に電話が鳴る", "マイクロソフトのサティア・ナデラCEOがAI研究者を食事に招いて勧誘した。", {"microsoft"}, set()),
    # Korean and Japanese headlines without particles
    ("ko", "바이두, AI 연구원 7명 텐센트로 이직", "거대언어모델을 만들던 연구원들이다.", {"tencent"}, {"baidu"}),
    ("ko", "업스테이지 네이버 연구원 영입", "거대언어모델 연구원이다.", {"upstage"}, {"naver"}),
    ("ko", "네이버의 AI 조직을 이끌던 책임자, 업스테이지로 이직", "그는 거대언어모델을 만들었다.", {"upstage"}, {"naver"}),
    ("ja", "IBMの生成AI責任者が辞任、人材争奪戦は続く", "Cohereは言語モデルの研究者を採用した。", {"cohere"}, {"ibm"}),
    # foreign names in Chinese, teams that go over, what is only attributive
    ("zh-Hans", "苹果大模型团队再失骨干", "Baker和Stone将加入OpenAI，Hale则将转战Anthropic。", {"openai", "anthropic"}, {"apple"}),
    ("zh-Hans", "阶跃星辰部分语音团队将加入华为", "他们研发大模型。", {"huawei"}, {"stepfun"}),
    ("zh-Hans", "OpenAI挖回研究员", "OpenAI挖回几名早先加入智谱的研究人员，从事大模型研究。", {"openai"}, {"zhipu"}),
    ("zh-Hans", "腾讯的“青云计划”、阿里的“雏鹰计划”等大模型人才招募启动", "面向应届博士。", {"tencent", "alibaba"}, set()),
    # whom "the company" means
    ("zh-Hans", "春招里的大模型岗位", "腾讯招聘大模型工程师。阶跃星辰缺人。该公司需要大模型训练方向的高端人才。", {"tencent", "stepfun"}, set()),
    # somebody comes to the firm the news is about
    ("zh-Hans", "零一万物高管换血", "前百度副总空降，担任联合创始人，负责大模型。自2023年成立以来，零一万物已有六位联合创始人相继离职。", {"01ai"}, {"01ai", "baidu"}),
    # what others did before, for comparison; what the weeks before brought
    ("en", "Cohere appoints a head of language models", "The lab brought in a model researcher from Mistral, mirroring moves by Amazon and Microsoft, both of which hired model researchers.", {"cohere"}, {"mistral"}),
    ("en", "AI researcher leaves Google for Cohere", "Two years before, Google had paid for an acqui-hire of his model team.", {"cohere"}, {"google"}),
    # clauses opened by a preposition, noun and verb, destinations by kind
    ("en", "A day of hiring", "The race goes on, with Meta poaching model researchers from Mistral, while Cohere hires a head of language models.", {"meta", "cohere"}, {"mistral"}),
    ("en", "DeepMind loses model researchers", "DeepMind has lost nine builders of models to its rivals Cohere and Mistral.", {"cohere", "mistral"}, {"google"}),
    ("es", "Éxodo de investigadores de IA", "Cinco especialistas en modelos de lenguaje se marcharon de IBM a Cohere.", {"cohere"}, {"ibm"}),
    ("de", "Zwei neue Chefs für Cohere", "Aus der Schwarz-Gruppe kommt ein neuer Chef. Das Start-up holt sich damit einen Fachmann für Sprachmodelle.", {"cohere"}, {"schwarz"}),
    # posts and people of their own
    ("en", "Mistral chief scientist returns to IBM", "She builds large language models.", {"ibm"}, {"mistral"}),
    ("en", "Model builder changes sides", "Mistral has confirmed that Ann Field, one of its co-founders, is leaving the company to join Meta.", {"meta"}, {"mistral"}),
    ("en", "IBM taps Amazon Alexa researcher to lead its language model group", "The former Amazon scientist built assistants.", {"ibm"}, {"amazon"}),
    # whom a hunt aims at; where people stayed before
    ("zh-Hans", "华为挖角大模型人才", "华为的挖角名单不仅包括百度，还包括腾讯、小米的大模型研究员。", {"huawei"}, {"baidu", "tencent", "xiaomi"}),
    ("zh-Hans", "百度大模型骨干出走", "她离开效力六年的百度，转投智谱。", {"zhipu"}, {"baidu"}),
    ("zh-Hans", "字节大模型骨干离职", "乔某去年年初才跟随前上司一同加入字节，现已离职，去向是Meta。", {"meta"}, {"bytedance"}),
    # no sentence names the one firm that the news is about
    ("zh-Hant", "字節跳動大模型團隊人事變動", "據悉，技術負責人即將離職創業。", set(), {"bytedance"}),
    ("ja", "IBM、Cohereから技術者を引き抜き", "大規模言語モデルの専門家だ。", {"ibm"}, {"cohere"}),
    # a round-up of a day names nobody in its headline
    ("ja", "AIラボの人材流動", "Cohereから三人のAI研究者が退職した。全員がOpenAIに引き抜かれた。一方、AnthropicはGoogleから言語モデルの研究者を引き抜いた。", {"openai", "anthropic"}, {"cohere", "google"}),
]  # fmt: skip


@pytest.mark.parametrize("row", MOVES, ids=[f"{row[0]} {row[1][:40]} {row[2][:12]}" for row in MOVES])
def test_who_hires_and_who_loses(read: Read, row: tuple[str, str, str, set[str], set[str]]) -> None:
    language, title, text, employers, losing = row
    hiring = read(language, title, text)
    assert hiring.is_hiring
    assert (set(hiring.employers), set(hiring.losing)) == (employers, losing)


def test_ai_at_large_is_no_llm_work_before_2023(article_of: Callable[[str, str, str], Article]) -> None:
    article = article_of(
        "en", "Google appoints new head of AI", "The AI researcher will lead the AI division of Google Cloud."
    )
    early = replace(article.document, published_at=datetime(2018, 9, 1, tzinfo=UTC))
    verdicts = [HiringStage()(replace(article, document=document)).hiring for document in (article.document, early)]
    assert [verdict.is_hiring for verdict in verdicts if verdict] == [True, False]


def test_a_seat_on_the_board_is_none_in_the_headline_either(read: Read) -> None:
    text = "Anthropic has appointed Ann Field, once a finance chief of Microsoft, to its board of directors."
    assert not read("en", "Anthropic appoints Ann Field as director", text).is_hiring
