"""The articles and the page junk, in six languages, that the pages of `page_themes` are made of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Junk = dict[str, Any]


@dataclass(frozen=True)
class Article:
    language: str
    title: str
    author: str
    site: str
    date: str
    paragraphs: tuple[str, ...]
    heading: str
    items: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The body as it is to be extracted: the heading stands before the last two paragraphs, the list at the end."""
        return [*self.paragraphs[:4], self.heading, *self.paragraphs[4:], *self.items]

    @property
    def shown_date(self) -> str:
        year, month, day = self.date.split("-")
        if self.language in {"zh-Hans", "zh-Hant", "ja"}:
            return f"{year}年{int(month)}月{int(day)}日"
        if self.language == "ko":
            return f"{year}.{month}.{day}."
        if self.language == "de":
            names = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
            return f"{int(day)}. {names[int(month) - 1]} {year}"
        names = "January February March April May June July August September October November December".split()
        return f"{names[int(month) - 1]} {int(day)}, {year}"


def articles() -> list[Article]:
    table = tomllib.loads((HERE / "articles.toml").read_text("utf-8"))
    return [
        Article(**{**entry, "paragraphs": tuple(entry["paragraphs"]), "items": tuple(entry["items"])})
        for entry in table["article"]
    ]


def junk_of(language: str) -> Junk:
    table: Junk = tomllib.loads((HERE / "page_junk_lines.toml").read_text("utf-8"))[language]
    return table
