"""Stories to make digests of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.digest.records import OutletView, PlayerName, StoryView, Subscription
from pipeline.facts import Evidence, Hiring, Pay, Place, Role

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ORIGINAL_TITLE = "拼多多高薪招募大模型工程师"
TRANSLATED_TITLE = "Pinduoduo seeks large-model engineers for top pay"

NAMES = {
    "pdd": PlayerName(id="pdd", en="Pinduoduo", zh="拼多多"),
    "moonshot": PlayerName(id="moonshot", en="Moonshot AI", zh="月之暗面"),
    "openai": PlayerName(id="openai", en="OpenAI", zh="OpenAI"),
}
SUBSCRIPTION = Subscription(id="team", timezone="Asia/Shanghai")


def pay(**changes: Any) -> Pay:
    values: dict[str, Any] = {
        "quote": "月薪最高6万元",
        "field": "text",
        "start": 0,
        "end": 8,
        "min": None,
        "max": 60000.0,
    }
    return Pay(**(values | {"currency": "CNY", "period": "month"} | changes))


def hiring(**changes: Any) -> Hiring:
    values: dict[str, Any] = {
        "is_hiring": True,
        "score": 0.95,
        "actions": ("recruit",),
        "employers": ("pdd",),
        "roles": (Role(text="大模型工程师", id="llm-engineer"),),
        "places": (Place(id="shanghai", name="Shanghai", country="CN"),),
        "pay": (pay(),),
        "evidence": (Evidence(quote="拼多多正在上海招募大模型工程师，月薪最高6万元。", field="text", start=0, end=25),),
    }
    return Hiring(**(values | changes))


def outlet(article_id: str = "a1", **changes: Any) -> OutletView:
    values: dict[str, Any] = {
        "article_id": article_id,
        "url": f"https://www.news.example.co.uk/{article_id}",
        "title": ORIGINAL_TITLE,
        "outlet": "每日科技",
        "language": "zh-Hans",
        "kind": "original",
        "first_seen_at": NOW - timedelta(hours=2),
        "published_at": NOW - timedelta(hours=3),
        "published_precision": "minute",
        "hiring": hiring(),
    }
    return OutletView(**(values | changes))


def story() -> StoryView:
    """An original, its translation, a copy and a report."""
    english = replace(
        hiring(),
        roles=(Role(text="LLM engineer", id="llm-engineer"),),
        evidence=(Evidence(quote="Pinduoduo offers up to 60,000 yuan a month.", field="text", start=0, end=43),),
    )
    return StoryView(
        id="a1",
        outlets=(
            outlet(
                "a2",
                kind="translation",
                language="en",
                outlet="Wire in English",
                title=TRANSLATED_TITLE,
                hiring=english,
            ),
            outlet(),
            outlet("a3", kind="copy", outlet="转载网", first_seen_at=NOW - timedelta(hours=1)),
            outlet(
                "a4",
                kind="report",
                language="en",
                outlet="The Report",
                title="Big pay",
                published_at=None,
                hiring=english,
            ),
        ),
    )
