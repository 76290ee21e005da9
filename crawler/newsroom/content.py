"""What the newsroom prints: publishers, items and what a reader should find in them, read from TOML.

`articles/*.toml` hold one event (or kind) each. The body of an item is plain text in blocks parted by blank lines; see
`crawler.newsroom.markup` for the marks. An item with `copy_of` and no body prints the other item's body.
"""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

Channel = Literal["rss", "rdf", "atom", "jsonfeed", "news-sitemap", "sitemap-index", "listing"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One invented outlet; `path` is the pattern of its article paths, with `{number}` and `{slug}`."""

    id: str
    name: str
    tagline: str
    language: str
    country: str
    kind: str
    timezone: str
    theme: str
    path: str
    channels: tuple[Channel, ...]
    section: str
    encoding: str = "utf-8"
    declared_charset: str = "utf-8"
    excerpts: bool = False
    disallow: tuple[str, ...] = ()
    crawl_delay_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPay:
    """A pay figure as the text states it; the fields mean what they mean in `pipeline.facts.Pay`."""

    quote: str
    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a careful reader finds in an item; `kind` is `article`, a kind of rejection, or `robots`.

    Who offers pay to keep somebody is an employer, too. `headcount` is None where readers would count differently.
    `follows` names the story this one goes on from, which some readers would call the same event.
    """

    kind: str = "article"
    players: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    is_hiring: bool = False
    actions: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    headcount: int | None = None
    pay: tuple[ExpectedPay, ...] = ()
    story: str | None = None
    follows: str | None = None
    duplicate_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A later version of an item, which a publisher prints at the same address."""

    body: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One page of a publisher: an article, or a page that only looks like one (`page`).

    `age` is how long before the newsroom's day it was published. `copy_of` names the item it copies or translates as
    `publisher/slug`; `credit` the outlet a syndicated copy names. `wrong_charset` is declared in place of the true one.
    `json_only` prints the body only inside the page's JSON, as pages do that are built by scripts.
    """

    publisher: str
    slug: str
    title: str
    age: timedelta
    body: str = ""
    author: str = ""
    page: str = "article"
    under: str = ""
    doubled_title: bool = False
    copy_of: str | None = None
    credit: str = ""
    wrong_charset: str | None = None
    json_only: bool = False
    edition: int = 1
    second_edition: Edition | None = None
    expected: Expected = field(default_factory=Expected)

    @property
    def key(self) -> str:
        """`publisher/slug`, unique in the newsroom."""
        return f"{self.publisher}/{self.slug}"

    @property
    def number(self) -> int:
        """A seven-digit number for paths, the same at every start."""
        return 1_000_000 + zlib.crc32(self.key.encode()) % 9_000_000

    def published_at(self, now: datetime) -> datetime:
        """When it came out, seen from `now`: the same for the whole of a UTC day, so that a later crawl finds no change."""
        return now.replace(hour=0, minute=0, second=0, microsecond=0) - self.age

    def next_edition(self) -> Item:
        """The item as its second edition prints it.

        Raises:
            ValueError: it has none.
        """
        if self.second_edition is None:
            raise ValueError(f"{self.key} has no second edition")
        return replace(
            self,
            title=self.second_edition.title or self.title,
            body=self.second_edition.body,
            edition=self.edition + 1,
            second_edition=None,
        )


@cache
def publishers() -> tuple[Publisher, ...]:
    """All publishers, in the order of their addresses."""
    table = tomllib.loads((files(__package__) / "publishers.toml").read_text("utf-8"))
    return tuple(Publisher(**_tuples(entry)) for entry in table["publisher"])


@cache
def items() -> tuple[Item, ...]:
    """All items; copies carry the body and the findings of what they copy.

    Raises:
        ValueError: a copy names no item, or two items share a key.
    """
    folder = files(__package__) / "articles"
    tables = [
        table
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
        for table in tomllib.loads(file.read_text("utf-8"))["article"]
    ]
    originals = {f"{table['publisher']}/{table['slug']}": table for table in tables}
    if len(originals) != len(tables):
        raise ValueError("two items of the newsroom share publisher and slug")
    return tuple(_item(table, originals) for table in tables)


def _item(table: dict[str, Any], originals: dict[str, dict[str, Any]]) -> Item:
    expected = dict(table.get("expected", {}))
    body = table.get("body", "")
    if not body and "copy_of" in table:
        original = originals[table["copy_of"]]
        kept = original["body"].strip().split("\n\n")
        body = "\n\n".join(kept[: table.get("keep_paragraphs", len(kept))])
        expected = original["expected"] | expected
    expected["pay"] = tuple(ExpectedPay(**pay) for pay in expected.get("pay", ()))
    own = {name: value for name, value in table.items() if name not in {"age_hours", "keep_paragraphs"}}
    if "second_edition" in own:
        own["second_edition"] = Edition(**own["second_edition"])
    return Item(
        **own | {"body": body, "age": timedelta(hours=table["age_hours"]), "expected": Expected(**_tuples(expected))}
    )


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
