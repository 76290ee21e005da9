"""Texts of templated series: what two of a series share is the form, and they are no copies of each other."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.quality.near_copies import Text

if TYPE_CHECKING:
    import random

_SLOT = re.compile(r"\{(\w+)\}")
_MONTHS = "January February March April May June July August September October November December".split()


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("templates.toml").read_text(encoding="utf-8"))


def templates() -> list[dict[str, str]]:
    """The templates: `kind`, `tongue`, `title`, `body`."""
    found: list[dict[str, str]] = _table()["template"]
    return found


def _filled(slot: str, tongue: str, dice: random.Random) -> str:
    kind = slot.rstrip("0123456789")
    if kind in {"n", "k"}:
        return str(dice.randint(13, 59) if kind == "n" else dice.randint(104, 4985))
    if kind == "d":
        return f"{dice.randint(1, 29)}.{dice.randint(11, 99)}"
    if kind == "date":
        month, day = dice.randint(1, 12), dice.randint(1, 28)
        return f"{month}月{day}日" if tongue == "zh" else f"{_MONTHS[month - 1]} {day}"
    pool: str = _table()["pools"][tongue][kind]
    return dice.choice(pool.split("|"))


def series(template: dict[str, str], dice: random.Random, size: int) -> list[Text]:
    """Texts of one template, no two with the same firm or, where it has none, town."""
    made: dict[str, Text] = {}
    tongue = template["tongue"]
    while len(made) < size:
        slots = dict.fromkeys(_SLOT.findall(template["title"] + template["body"]))
        filled = {slot: _filled(slot, tongue, dice) for slot in slots}
        title, body = (template[part].format_map(filled) for part in ("title", "body"))
        made.setdefault(filled.get("firm") or filled["town"], Text(title, body, tongue))
    return list(made.values())
