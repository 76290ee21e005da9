"""Floors of the hiring decision and its facts: raised freely, lowered only on purpose.

`labels/hiring_items.jsonl` holds own paraphrases of news with own labels; `url` is the article that was read, null where
the event was paraphrased from general knowledge.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.document import Article, Document, Language
from pipeline.stages.hiring import HiringStage
from pipeline.stages.players import PlayersStage

if TYPE_CHECKING:
    from pipeline.facts import Hiring

from datetime import UTC, datetime

pytestmark = pytest.mark.quality

TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
# Measured on 2026-11-27: own labels hiring .995, pay .934, employers .916, places .872; development texts .990, 1.0, .958,
# and whom people leave .918. The phrase tables and rules were read against both sets; what they do on news nobody had looked
# at is lower. Ten rounds of 11 to 28 real news texts, two fifths Chinese, each labelled before it was run and the rules mended
# between the rounds: employers .785, .703, .800, .683, .842, .727, .759, .824, .688, .909; whom people leave .894, .600,
# .667, .526, .850, .791, .636, .842, .696, .875; hiring 27 of 28, 26/28, 27/28, 18/22, 21/23, 22/22, 17/20, 17/18, 9/11, 13/13.
OWN = {"hiring": 0.985, "pay": 0.92, "employers": 0.9, "places": 0.85}
DEVELOPMENT = {"hiring": 0.97, "pay": 0.97, "employers": 0.94, "losing": 0.9}


def items(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_all(rows: list[dict[str, Any]]) -> list[Hiring]:
    players, stage = PlayersStage(), HiringStage()
    found = []
    for item in rows:
        year = (item.get("date") or "2025")[:4]
        document = Document(
            id=item["id"], url="", canonical_url="", title=item["title"] or "", text=item["text"],
            fetched_at=datetime(2026, 12, 1, tzinfo=UTC), published_at=datetime(int(year), 6, 15, tzinfo=UTC),
        )  # fmt: skip
        tagged = players(
            Article(
                document=document,
                language=Language(tag=TAGS.get(item["lang"], item["lang"]), method="declared", confidence=1.0),
            )
        )
        assert isinstance(tagged, Article)
        hiring = stage(tagged).hiring
        assert hiring is not None
        quoted = [(e.field, e.start, e.end, e.quote) for e in hiring.evidence] + [
            (p.field, p.start, p.end, p.quote) for p in hiring.pay
        ]
        assert all(getattr(document, field)[start:end] == quote for field, start, end, quote in quoted)
        found.append(hiring)
    return found


def figures(rows: list[Any]) -> Counter[tuple[Any, ...]]:
    def of(row: Any, name: str) -> Any:
        value = row[name] if isinstance(row, dict) else getattr(row, name)
        return float(value) if isinstance(value, int) else value

    found = [tuple(of(row, name) for name in ("min", "max", "currency", "period")) for row in rows]
    return Counter(figure for figure in found if figure[0] is not None or figure[1] is not None)


def f1(pairs: list[tuple[Counter[Any], Counter[Any]]]) -> float:
    hit = sum(sum((true & said).values()) for true, said in pairs)
    return 2 * hit / max(1, sum(sum(true.values()) + sum(said.values()) for true, said in pairs))


def measure(rows: list[dict[str, Any]], known: set[str] | None = None) -> dict[str, float]:
    said = read_all(rows)
    truth = [row["hiring"] or {} for row in rows]
    return {
        "hiring": f1(
            [
                (Counter(["yes"] * row["is_llm_hiring"]), Counter(["yes"] * hiring.is_hiring))
                for row, hiring in zip(rows, said, strict=True)
            ]
        ),
        "pay": f1(
            [
                (figures(true.get("pay", [])), figures(list(hiring.pay)))
                for true, hiring in zip(truth, said, strict=True)
            ]
        ),
        "employers": f1(
            [
                (
                    Counter(x for x in true.get("employers", []) if known is None or x in known),
                    Counter(x for x in hiring.employers if known is None or x in known),
                )
                for true, hiring in zip(truth, said, strict=True)
            ]
        ),
        "losing": f1(
            [
                (
                    Counter(x for x in true.get("losing", []) if known is None or x in known),
                    Counter(x for x in hiring.losing if known is None or x in known),
                )
                for true, hiring in zip(truth, said, strict=True)
            ]
        ),
        "places": f1(
            [
                (Counter(true.get("places", [])), Counter(place.name for place in hiring.places))
                for true, hiring in zip(truth, said, strict=True)
            ]
        ),
    }


def test_floors_on_own_labels() -> None:
    rows = items(Path(__file__).parent / "labels" / "hiring_items.jsonl")
    assert sum(row["url"] is not None for row in rows) >= 200
    measured = measure(rows)
    assert all(measured[name] >= floor for name, floor in OWN.items()), measured


def test_floors_on_development_texts(shared: Path) -> None:
    rows = items(shared / "gold" / "dev.jsonl")
    measured = measure(rows, known={player for row in rows for player in row["players"]})
    assert all(measured[name] >= floor for name, floor in DEVELOPMENT.items()), measured


def test_the_texts_the_project_starts_from(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    rows = [
        {"id": str(n), "title": "", "text": text, "lang": "zh-cn" if n == 2 else "en", "date": "2023-11-27"}
        for n, text in enumerate(texts)
    ]
    said = read_all(rows)
    assert all(hiring.is_hiring for hiring in said)
    assert (None, 60000.0, "CNY", "month") in figures(list(said[0].pay))
    assert all((None, 1300000.0, "CNY", "year") in figures(list(hiring.pay)) for hiring in said[1:3])
    assert not figures(list(said[3].pay))
    assert said[3].pay, "tens of thousands to several million: amount phrases without a number"
    assert all("pdd" in hiring.employers for hiring in said[:3])
    assert all("cn-shanghai" in {place.id for place in hiring.places} for hiring in said[:3])
