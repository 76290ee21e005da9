"""Fit the weights of the hiring decision on labelled items, and say honestly how they generalise.

    python tests/quality/fit_hiring.py [ITEMS.jsonl]...

A logistic sum with the signs fixed (signs of hiring never count against), drawn towards the shipped weights, so that
features no item shows keep them. Prints the cross-validated figures of five folds, then the weights fitted on all. No
story stands in two folds: items of one labelled story, and items of one month that name the same players, stay together.
Without arguments it takes the project's own labels, and the development texts where they lie beside the checkout.
"""

from __future__ import annotations

import json
import math
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline.document import Article, Document, Language
from pipeline.knowledge.hiring_weights import weights
from pipeline.stages.hiring import features_of
from pipeline.stages.players import PlayersStage

Vector = dict[str, float]
Row = tuple[Vector, bool, tuple[str, ...]]  # features, label, and what it shares with items of its story
FOLDS = 5
TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
PULL, BIAS_PULL, STEPS, RATE = 1.0, 0.2, 400, 4.0
PLAYERS = PlayersStage()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def labelled(path: Path) -> list[dict[str, Any]]:
    """Items of a file of JSON lines: title, text, lang, date, is_llm_hiring."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article(item: dict[str, Any]) -> Article:
    """The item after language and players."""
    day = (item.get("date") or "").split("-")
    published = datetime(int(day[0]), 6, 15, tzinfo=UTC) if day[0].isdigit() else None
    document = Document(
        id=item["id"], url="", canonical_url="", title=item["title"] or "", text=item["text"],
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC), published_at=published,
    )  # fmt: skip
    found = PLAYERS(
        Article(
            document=document,
            language=Language(tag=TAGS.get(item["lang"], item["lang"]), method="declared", confidence=1.0),
        )
    )
    assert isinstance(found, Article)
    return found


def rows_of(path: Path) -> list[Row]:
    """Features, label and signs of the story of each item."""
    found = []
    for item in labelled(path):
        read = article(item)
        vector = {k: v for k, v in features_of(read).items() if v}
        found.append((vector, item["is_llm_hiring"], tuple(signs(item, {tag.id for tag in read.players}))))
    return found


def signs(item: dict[str, Any], players: set[str]) -> Iterator[str]:
    """What an item shares with others of its story: the labelled story, or the month with all players named."""
    yield item["id"]
    if item.get("story"):
        yield f"story {item['story']}"
    if players and item.get("date"):
        yield f"{item['date'][:7]} {' '.join(sorted(players))}"


def folds_of(rows: list[Row]) -> list[list[Row]]:
    """Five lists of about one size; rows that share a sign are in one list."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        members = [row]
        for sign in row[2]:
            for member in groups.get(sign, []):
                if not any(member is other for other in members):
                    members.append(member)
        for member in members:
            for sign in member[2]:
                groups[sign] = members
    apart = list({id(members): members for members in groups.values()}.values())
    random.Random(0).shuffle(apart)
    folds: list[list[Row]] = [[] for _ in range(FOLDS)]
    for members in sorted(apart, key=len, reverse=True):
        min(folds, key=len).extend(members)
    return folds


def chance(vector: Vector, model: Vector, bias: float) -> float:
    """The score of a vector, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(model.get(k, 0.0) * v for k, v in vector.items())))))


def fit(rows: list[Row]) -> tuple[Vector, float]:
    """Weights and bias by gradient descent from the shipped ones; no weight changes its sign."""
    prior, start = weights().weights, weights().bias
    model, bias = dict(prior), start
    for _ in range(STEPS):
        gradient = {k: PULL * (model[k] - prior[k]) for k in model}
        slope = BIAS_PULL * (bias - start)
        for vector, label, _ in rows:
            error = chance(vector, model, bias) - label
            slope += error
            for k, v in vector.items():
                if k in gradient:
                    gradient[k] += error * v
        for k, old in list(model.items()):
            value = old - RATE * gradient[k] / len(rows)
            model[k] = max(0.0, value) if prior[k] >= 0 else min(0.0, value)
        bias -= RATE * slope / len(rows)
    return model, bias


def f1(pairs: list[tuple[bool, bool]]) -> str:
    """F1 of the yes class, with precision and recall, of (said, true)."""
    tp = sum(s and t for s, t in pairs)
    fp, fn = sum(s and not t for s, t in pairs), sum(t and not s for s, t in pairs)
    return f"F1 {2 * tp / (2 * tp + fp + fn or 1):.3f} (tp {tp}, fp {fp}, fn {fn})"


def judge(rows: list[Row], model: Vector, bias: float) -> list[tuple[bool, bool]]:
    """(said, true) of each row."""
    return [(chance(vector, model, bias) >= weights().threshold, label) for vector, label, _ in rows]


def main(paths: list[Path]) -> None:
    """Report shipped weights, five folds, and each file held out; then the weights fitted on all."""
    sets = [rows_of(path) for path in paths]
    rows = [row for some in sets for row in some]
    shipped = weights()
    for path, some in zip(paths, sets, strict=True):
        _say(f"{path.name}: shipped {f1(judge(some, shipped.weights, shipped.bias))}")
    folds = folds_of(rows)
    folded = [
        pair
        for at, fold in enumerate(folds)
        for pair in judge(fold, *fit([row for other, some in enumerate(folds) if other != at for row in some]))
    ]
    _say(f"five folds over stories, fitted on four and judged on one: {f1(folded)}")
    for path, some in zip(paths, sets, strict=True):
        others = [row for row in rows if row not in some]
        if others:
            _say(f"{path.name}: fitted on the other files alone {f1(judge(some, *fit(others)))}")
    model, bias = fit(rows)
    _say(f"fitted on all: {f1(judge(rows, model, bias))}\nbias = {bias:.2f}")
    _say("\n".join(f"{name} = {value:.2f}" for name, value in model.items()))


if __name__ == "__main__":
    own = Path(__file__).parent / "labels" / "hiring_items.jsonl"
    near = [folder / "shared" / "gold" / "dev.jsonl" for folder in Path(__file__).resolve().parents]
    main([Path(name) for name in sys.argv[1:]] or [own, *[path for path in near if path.is_file()][:1]])
