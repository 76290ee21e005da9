"""A lead with a paywall's box behind it is refused; a short article with what free pages show is kept."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction import extract
from crawler.extraction.offers import OfferLine, find_offer
from crawler.page import Page
from pipeline.document import Document, Rejected

PAGES = tomllib.loads((Path(__file__).parent / "offer_pages.toml").read_text("utf-8"))
LEADS = {
    "en": ("Ferry line buys ten boats", "The ferry line of Aarlund has ordered ten electric boats, its director said on Monday.", "They will replace the whole fleet by spring."),
    "de": ("Reederei kauft zehn Boote", "Die Reederei von Aarlund hat zehn elektrische Boote bestellt, teilte sie am Montag mit."),
    "fr": ("La compagnie achète dix bateaux", "La compagnie de ferries d’Aarlund a commandé dix bateaux électriques, a-t-elle annoncé lundi."),
    "es": ("La naviera compra diez barcos", "La naviera de Aarlund ha encargado diez barcos eléctricos, según informó el lunes."),
    "pt": ("Empresa compra dez barcos", "A empresa de balsas de Aarlund encomendou dez barcos elétricos, informou na segunda."),
    "it": ("La compagnia compra dieci barche", "La compagnia dei traghetti di Aarlund ha ordinato dieci barche elettriche."),
    "ja": ("渡船会社が電動船を発注", "オーランドの渡船会社は20日、電動船10隻を発注したと発表した。来春までに全て入れ替える。"),
    "ko": ("여객선사, 전기선 10척 주문", "올란드의 여객선사가 전기 여객선 10척을 주문했다고 20일 밝혔다. 내년 봄까지 모두 교체한다."),
    "zh": ("渡轮公司订购十艘电动船", "奥兰的渡轮公司周一表示，已订购十艘电动船，明年春天将替换全部船只。"),
}  # fmt: skip
DECLARED = {"free": True, "locked": False, "withheld": False, "delivered": False}
SELECTORS = {"withheld": ".rest", "delivered": ".text"}


def judged(case: dict[str, Any]) -> Document | Rejected:
    title, *lead = LEADS[case["language"]]
    declared: dict[str, Any] = {"@type": "NewsArticle", "headline": title}
    if "ld" in case:
        declared["isAccessibleForFree"] = DECLARED[case["ld"]]
    if case.get("ld") in SELECTORS:
        declared["hasPart"] = {"isAccessibleForFree": False, "cssSelector": SELECTORS[case["ld"]]}
    text = (
        lead
        if case.get("ld") != "delivered"
        else [*lead, *LEADS["en"][1:], "The harbour master called it a start. " * 2]
    )
    body = f'<article><h1>{title}</h1><div class="text">{"".join(f"<p>{line}</p>" for line in text)}</div>{case["box"]}</article>'
    script = f'<script type="application/ld+json">{json.dumps(declared)}</script>'
    page = f'<html lang="{case["language"]}"><head><meta charset="utf-8"><title>{title}</title>{script}</head><body>{body}</body></html>'
    url = "https://news.example/a/1.html"
    return extract(
        Page(url=url, requested_url=url, status=200, body=page.encode(), fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    )


@pytest.mark.parametrize("case", PAGES["wall"], ids=lambda case: f"{case['language']}-{case['box'][-40:]}")
def test_an_offer_behind_a_lead_is_a_paywall(case: dict[str, Any]) -> None:
    outcome = judged(case)
    assert isinstance(outcome, Rejected), outcome.text
    assert outcome.kind == "paywall-stub", outcome.reason


@pytest.mark.parametrize("case", PAGES["free"], ids=lambda case: f"{case['language']}-{case['box'][-40:]}")
def test_what_free_pages_offer_is_none(case: dict[str, Any]) -> None:
    outcome = judged(case)
    assert isinstance(outcome, Document), outcome.reason
    assert LEADS[case["language"]][1] in outcome.text


def test_a_long_text_is_no_lead_whatever_stands_behind_it() -> None:
    box = PAGES["wall"][0]["box"]
    many = "".join(
        f"<p>Boat number {n} was built in yard {n}, and its crew has trained on it since week {n}.</p>"
        for n in range(30)
    )
    page = f"<html><head><title>Ferries</title></head><body><article><h1>Ferry line buys ten boats</h1>{many}{box}</article></body></html>"
    url = "https://news.example/a/1.html"
    outcome = extract(
        Page(url=url, requested_url=url, status=200, body=page.encode(), fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    )
    assert isinstance(outcome, Document)


def test_nothing_is_offered_before_the_article_begins() -> None:
    offer = [OfferLine("Keep reading for £1 a week", is_body=False)]
    lead = [OfferLine("The ferry line has ordered ten boats.", is_body=True)]
    assert find_offer([*lead, *offer]).wall
    assert not find_offer([*offer, *lead]).wall
    assert not find_offer(offer).wall
