"""What is known of a player: who it is, how texts name it and its models, and when a doubtful name counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.folding import fold_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal[
    "model-lab",
    "big-tech",
    "infrastructure",
    "chip",
    "app",
    "vertical",
    "institute",
    "university",
    "data",
    "investor",
    "recruiter",
    "job-platform",
    "outlet",
]
Language = Literal["en", "zh-Hans", "zh-Hant", "ja", "ko", "other"]
Maker = Literal["anywhere", "near", "never"]


# Words of context that are shown before the rest is counted.
_SHOWN = 6


def _some(words: tuple[str, ...], where: str) -> str:
    more = f" (and {len(words) - _SHOWN} more)" if len(words) > _SHOWN else ""
    return f"{'/'.join(words[:_SHOWN])}{more} {where}" if words else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """When a name that also means something else counts.

    It counts if a version number follows (`version`), a word of `needs` stands near or one of `before` or `after` touches
    it, or a sure name of the same player stands anywhere in the text or near (`maker`); it does not if a word of `against`
    stands near. Where nothing speaks, `default` decides. `case`: only as spelled. `person`: not before a surname.
    `listed`: a model of another family beside it in an enumeration speaks for it. `latin`: in letters amid Chinese, Japanese
    or Korean it counts, since what else it means would be written in their script.
    """

    names: tuple[str, ...]
    means: str
    needs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    version: bool = False
    maker: Maker = "anywhere"
    default: bool = False
    case: bool = False
    person: bool = False
    listed: bool = False
    latin: bool = False

    def in_words(self) -> str:
        """What else the names mean and when they count, for people."""
        maker = {"anywhere": "the player is named anywhere", "near": "the player is named near it", "never": ""}[
            self.maker
        ]
        speaks = (
            "a version number follows" if self.version else "",
            _some(self.needs, "is near"),
            _some(self.before, "stands before it"),
            _some(self.after, "stands behind it"),
            maker,
            "a model stands beside it in a list" if self.listed else "",
            "it is in letters amid another script" if self.latin else "",
        )
        against = (
            "it is written otherwise" if self.case else "",
            "a surname follows" if self.person else "",
            _some(self.against, "is near"),
        )
        counts = "counts by default" if self.default else "counts if " + (", or ".join(filter(None, speaks)) or "never")
        refused = ", or ".join(filter(None, against))
        return f"may mean {self.means}; {counts}" + (f"; not if {refused}" if refused else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A family of models or an assistant, with every name it goes by."""

    id: str
    name: str
    names: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A company, lab or institute. `evidence` says what the facts rest on; `never` are phrases that only contain a name."""

    id: str
    name: str
    kind: Kind
    country: str
    evidence: str
    homepage: str = ""
    parent: str | None = None
    tickers: tuple[str, ...] = ()
    by_language: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    legal: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    models: tuple[Model, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    never: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the player itself, in all languages, then those of its units; models apart."""
        local = (name for names in self.by_language.values() for name in names)
        return tuple(dict.fromkeys((self.name, *local, *self.legal, *self.units)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All players by id; `version` changes with any fact, so that history can be tagged anew after a change."""

    players: Mapping[str, Player]
    cues: Mapping[str, tuple[str, ...]]
    version: str

    def expand(self, words: Iterable[str]) -> frozenset[str]:
        """The folded words, each `@group` replaced by the words of that group in `cues.toml`."""
        found: set[str] = set()
        for word in words:
            found.update(map(fold_key, self.cues[word[1:]] if word.startswith("@") else (word,)))
        found.update([word.replace(" ", "-") for word in found])
        return frozenset(found)
