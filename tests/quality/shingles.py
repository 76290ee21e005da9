"""Body text compared by 4-gram shingles, as scrapinghub/article-extraction-benchmark does; CJK by characters."""

from __future__ import annotations

import re
from collections import Counter
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)) if tokens)


def page_score(truth: str, text: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    true, found = shingles(truth), shingles(text)
    same = sum((true & found).values())
    return same / (sum(found.values()) or 1), same / (sum(true.values()) or 1)


def mean_f1(pages: Sequence[tuple[str, str]]) -> float:
    """F1 of the mean precision and recall over (truth, text) pairs."""
    scores = [page_score(truth, text) for truth, text in pages]
    precision, recall = mean(score[0] for score in scores), mean(score[1] for score in scores)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
