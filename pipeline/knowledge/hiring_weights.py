"""The weights of the hiring decision: `hiring_weights.toml`, a file people can read and argue with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """Bias and weights of a logistic sum; a document is hiring news from `threshold` (0 to 1) on."""

    bias: float
    threshold: float
    weights: dict[str, float]


@cache
def weights() -> Weights:
    """The shipped weights.

    Raises:
        ValueError: the file has other keys than bias, threshold and [weights].
    """
    table = tomllib.loads((files("pipeline.knowledge") / "hiring_weights.toml").read_text(encoding="utf-8"))
    if set(table) != {"bias", "threshold", "weights"}:
        raise ValueError("hiring_weights.toml needs exactly bias, threshold and [weights]")
    return Weights(float(table["bias"]), float(table["threshold"]), {k: float(v) for k, v in table["weights"].items()})
