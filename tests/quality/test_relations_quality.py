"""Floors of relations on the development texts, raised freely, lowered only on purpose."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.document import Article, Document, Language
from pipeline.folding import to_simplified
from pipeline.memory_twin import MemoryTwin
from pipeline.run import pure_pipeline, relate_article
from pipeline.stages.fingerprint import FingerprintStage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

pytestmark = pytest.mark.quality

Row = dict[str, Any]
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
STAGE = FingerprintStage()


def article(name: str, text: str, language: str, day: str = "2021-09-01") -> Article:
    first, _, rest = text.partition("\n")
    title, body = (first, rest) if rest and len(first) <= 160 else ("", text)
    url = f"https://{language[:2]}.example/{name}"
    at = datetime.fromisoformat(day).replace(hour=8, tzinfo=UTC)
    document = Document(
        id=name, url=url, canonical_url=url, title=title, text=body, fetched_at=FETCHED, published_at=at
    )
    return STAGE(Article(document=document, language=Language(tag=language, method="declared", confidence=1.0)))


def filed(articles: Iterable[Article]) -> MemoryTwin:
    twin = MemoryTwin()
    for each in articles:
        relate_article(twin, each)
    return twin


def rows(shared: Path, group: str, kind: str) -> list[Row]:
    lines = (shared / "data" / "translations.jsonl").read_text(encoding="utf-8").split("\n")
    return [row for row in map(json.loads, filter(None, lines)) if (row["group"], row["kind"]) == (group, kind)]


def traditional(text: str) -> str:
    back = {simplified: char for char, simplified in to_simplified().items()}
    return "".join(back.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("group", "kind", "script", "recall", "precision"),
    [
        ("wmt21", "human", "zh-Hans", 0.98, 0.99),
        ("wmt21", "machine", "zh-Hans", 0.99, 0.99),
        ("hextra", "llm", "zh-Hans", 0.98, 0.99),
        ("wmt21", "human", "zh-Hant", 0.97, 0.99),
        ("hextra", "llm", "zh-Hant", 0.97, 0.99),
    ],
)
def test_translations(shared: Path, *, group: str, kind: str, script: str, recall: float, precision: float) -> None:
    articles = []
    for row in rows(shared, group, kind):
        source = traditional(row["src"]) if script == "zh-Hant" else row["src"]
        day = row.get("date") or "2021-09-01"
        articles += [article("zh " + row["id"], source, script, day), article("en " + row["id"], row["tgt"], "en", day)]
    random.Random(7).shuffle(articles)
    marks = [mark for mark in filed(articles).marked.values() if mark.duplicate_kind == "translation"]
    right = sum(mark.article_id[3:] == (mark.duplicate_of or "")[3:] for mark in marks)
    assert right / len(marks) >= precision
    assert right / (len(articles) / 2) >= recall


def _lines(text: str, *, start: int = 0, chars: int = 10_000) -> int:
    """Where a passage ends that begins at a line and has so many characters."""
    lines, at, length = text.split("\n"), start, 0
    while at < len(lines) and length < chars:
        length += len(lines[at])
        at += 1
    return at


def _passages(row: Row, *, start: int, chars: int) -> tuple[str, str]:
    """The same lines of both sides, as many as give the Chinese one so many characters."""
    end = _lines(row["src"], start=start, chars=chars)
    return "\n".join(row["src"].split("\n")[start:end]), "\n".join(row["tgt"].split("\n")[start:end])


def _cut(text: str, share: float) -> str:
    return text[: int(len(text) * share)]


# How a pair is made short, and the least recall among all others cut alike: passages of 150 and of 50 Chinese characters from
# the beginning and from the middle (the scores of whole items are above), the first line, and one side as a summary.
SHORTENED: dict[str, tuple[Callable[[Row], tuple[str, str]], float]] = {
    "150 characters": (lambda row: _passages(row, start=0, chars=110), 0.97),
    "50 characters": (lambda row: _passages(row, start=0, chars=45), 0.95),
    "50 characters from the middle": (lambda row: _passages(row, start=6, chars=45), 0.94),
    "first line": (lambda row: _passages(row, start=0, chars=1), 0.84),
    "English summary of 40%": (lambda row: (row["src"], _cut(row["tgt"], 0.4)), 0.95),
    "Chinese summary of 40%": (lambda row: (_cut(row["src"], 0.4), row["tgt"]), 0.96),
    "English summary of 25%": (lambda row: (row["src"], _cut(row["tgt"], 0.25)), 0.88),
    "Chinese summary of 25%": (lambda row: (_cut(row["src"], 0.25), row["tgt"]), 0.86),
}


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("how", SHORTENED)
def test_translations_of_short_items_and_summaries(shared: Path, *, how: str, script: str) -> None:
    shorten, least = SHORTENED[how]
    articles = []
    for row in rows(shared, "wmt21", "human"):
        source, target = shorten(row)
        source = traditional(source) if script == "zh-Hant" else source
        articles += [article("zh " + row["id"], source, script), article("en " + row["id"], target, "en")]
    marks = [mark for mark in filed(articles).marked.values() if mark.duplicate_kind == "translation"]
    right = sum(mark.article_id[3:] == (mark.duplicate_of or "")[3:] for mark in marks)
    assert right / len(marks) >= 0.99
    assert right / (len(articles) / 2) >= least


def _b_cubed(told: dict[str, str], true: dict[str, str], ids: list[str]) -> float:
    def mean(share: Callable[[set[str], set[str]], float]) -> float:
        return sum(
            share({j for j in ids if told[j] == told[i]}, {j for j in ids if true[j] == true[i]}) for i in ids
        ) / len(ids)

    precision = mean(lambda here, there: len(here & there) / len(here))
    recall = mean(lambda here, there: len(here & there) / len(there))
    return 2 * precision * recall / (precision + recall)


def labelled(shared: Path) -> tuple[list[Article], dict[str, str]]:
    """The labelled items through all pure stages, and the event of each: its own id where it stands alone."""
    pipeline, articles, events = pure_pipeline(), [], {}
    for item in map(json.loads, filter(None, (shared / "gold/dev.jsonl").read_text(encoding="utf-8").split("\n"))):
        day = (item["date"] + "-15")[:10] if item["date"] else None
        url = item["url"] or f"https://none.example/{item['id']}"
        document = Document(
            id=item["id"],
            url=url,
            canonical_url=url,
            title=item["title"] or "",
            text=item["text"],
            fetched_at=FETCHED,
            published_at=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
        )
        found = pipeline(Article(document=document))
        assert isinstance(found, Article)
        articles.append(found)
        events[item["id"]] = item["story"] or item["id"]
    return articles, events


def test_stories_of_labelled_news(shared: Path) -> None:
    articles, true = labelled(shared)
    told = {key: mark.story_id for key, mark in filed(articles).marked.items()}
    sizes = Counter(true.values())
    assert _b_cubed(told, true, [each for each, event in true.items() if sizes[event] > 1]) >= 0.97
    assert _b_cubed(told, true, list(true)) >= 0.98


def test_no_order_of_arrival_changes_a_story_of_labelled_news(shared: Path) -> None:
    articles, _ = labelled(shared)
    straight, dice = filed(articles), random.Random(11)
    for _ in range(3):
        dice.shuffle(articles)
        shuffled = filed(articles)
        assert shuffled.marked == straight.marked
        assert shuffled.relations == straight.relations


def test_a_text_whose_translation_is_missing_is_seldom_given_to_another(shared: Path) -> None:
    dice, articles, whole = random.Random(3), [], 0
    for at, row in enumerate(rows(shared, "hextra", "llm")):
        sides = [("zh", row["src"], "zh-Hans"), ("en", row["tgt"], "en")]
        whole += at % 2 == 0
        for name, text, language in sides if at % 2 == 0 else [dice.choice(sides)]:
            articles.append(article(f"{name} {row['id']}", text, language, row["date"]))
    marks = [mark for mark in filed(articles).marked.values() if mark.duplicate_kind == "translation"]
    right = sum(mark.article_id[3:] == (mark.duplicate_of or "")[3:] for mark in marks)
    assert right / len(marks) >= 0.98
    assert right / whole >= 0.97


def test_the_seeds(shared: Path) -> None:
    pipeline, articles = pure_pipeline(), []
    for path in sorted((shared / "seeds").glob("*.txt")):
        name = path.stem[:3]
        url = f"https://seed.example/{name}"
        text = path.read_text(encoding="utf-8")
        found = pipeline(
            Article(document=Document(id=name, url=url, canonical_url=url, title="", text=text, fetched_at=FETCHED))
        )
        assert isinstance(found, Article)
        articles.append(found)
    marks = filed(articles).marked
    assert marks["000"].story_id == marks["001"].story_id == marks["002"].story_id != marks["003"].story_id
    assert (marks["001"].duplicate_of, marks["001"].duplicate_kind) == ("002", "translation")
    assert {marks[name].duplicate_of for name in ("000", "002", "003")} == {None}
