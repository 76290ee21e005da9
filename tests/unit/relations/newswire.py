"""Invented news for the tests of relations: reports, copies, translations and look-alikes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.document import Article, Document, Language, PlayerTag
from pipeline.stages.fingerprint import FingerprintStage
from pipeline.urls import article_id

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

HARBOUR_EN = (
    "Harbourlight Systems will hire 240 engineers in Rotterdam for its language model Kestrel, the company said on Monday. "
    "Chief executive Marta Oldenburg told reporters that the new team would work on speech recognition for container ports. "
    "The jobs pay up to 96,000 euros a year. Harbourlight raised 310 million dollars in March from a group led by Tidewater Capital. "
    "Oldenburg said the firm had outgrown its laboratory in Antwerp, where 85 people build its models. "
    "Dockers' unions fear that the software will replace planners; Oldenburg denied this and promised retraining for 400 workers."
)
HARBOUR_ZH = (
    "公司周一表示，Harbourlight Systems将在鹿特丹为其语言模型Kestrel招聘240名工程师。"
    "首席执行官Marta Oldenburg告诉记者，新团队将研究集装箱港口的语音识别。这些工作年薪最高9.6万欧元。"
    "Harbourlight今年3月从Tidewater Capital领导的集团筹集了3.1亿美元。Oldenburg说，公司在安特卫普的实验室已经容纳不下，那里有85人建造模型。"
    "码头工人工会担心软件会取代规划人员；Oldenburg否认了这一点，并承诺为400名工人提供再培训。"
)
HARBOUR_REPORT = (
    "Rotterdam is getting a new artificial intelligence employer. Harbourlight, maker of the Kestrel model, plans to recruit 240 "
    "people in the city, its boss Marta Oldenburg announced. Salaries go up to 96,000 euros. City officials welcomed the plan, while "
    "the dockers' union asked for guarantees. The company, backed by Tidewater Capital, is best known for software that listens to radio traffic in ports."
)
ORCHARD_EN = (
    "Fruit growers in the Okanagan valley report the best cherry harvest in eleven years. Mild nights and an early bloom gave "
    "packing houses 14,200 tonnes by the end of June. Exporters expect higher prices in Japan, where the first boxes were sold at auction. "
    "Growers still struggle to find pickers and ask the province to build more housing for seasonal workers near Osoyoos."
)
ORCHARD_ZH = (
    "奥卡诺根山谷的水果种植者报告了十一年来最好的樱桃收成。温和的夜晚和提早的花期使包装厂到六月底收到14200吨。"
    "出口商预计日本的价格会更高，第一批箱子已经在那里拍卖。种植者仍然难以找到采摘工人，要求省政府在奥索尤斯附近为季节工人建造更多住房。"
)


def filler(seed: int, words: int = 120) -> str:
    """A text of its own for every seed: what every article of a large archive is."""
    numbers, state = [], seed * 7919 + 17
    for _ in range(words):
        state = (state * 1103515245 + 12345) % 2**31
        numbers.append(f"{_SYLLABLES[state // 7 % 20]}{_SYLLABLES[state // 131 % 20]}{_SYLLABLES[state // 2087 % 20]}")
    return " ".join(numbers).capitalize() + "."


_SYLLABLES = "ba co du fe gi ho ju ka le mi no pu qua ro se ti vo wa xe zu".split()


def article(
    slug: str,
    text: str,
    *,
    title: str = "",
    language: str = "en",
    host: str = "daily.example",
    at: datetime | None = NOON,
    players: tuple[str, ...] = (),
    fetched_at: datetime = NOON + timedelta(days=1),
) -> Article:
    """A fingerprinted article."""
    url = f"https://{host}/news/{slug}"
    return FingerprintStage()(
        Article(
            document=Document(
                id=article_id(url),
                url=url,
                canonical_url=url,
                title=title,
                text=text,
                fetched_at=fetched_at,
                published_at=at,
            ),
            language=Language(tag=language, method="script", confidence=1.0),
            players=tuple(PlayerTag(id=each, name=each, mentions=()) for each in players),
        )
    )


def corpus() -> list[Article]:
    """Two events in several wordings and languages, copies of them, and articles that stand alone: 24 in all."""
    made = [
        article("en", HARBOUR_EN, title="Harbourlight hires"),
        article("zh", HARBOUR_ZH, language="zh-Hans", host="xinwen.example", at=NOON + timedelta(hours=3)),
        article("copy", "Our paper adds.\n" + HARBOUR_EN, host="copies.example", at=NOON + timedelta(hours=2)),
        article("short", HARBOUR_EN[: len(HARBOUR_EN) * 2 // 3], host="short.example", at=NOON + timedelta(hours=4)),
        article("report", HARBOUR_REPORT, host="city.example", at=NOON + timedelta(hours=1)),
        article("cherries", ORCHARD_EN, at=NOON - timedelta(hours=5)),
        article("cherries-again", ORCHARD_EN, host="fruit.example", at=NOON + timedelta(days=2)),
        article("yingtao", ORCHARD_ZH, language="zh-Hans", host="xinwen.example"),
    ]
    return made + [article(f"alone-{at}", filler(at), host=f"h{at % 5}.example") for at in range(16)]
