"""Words that surround amounts of money: `pay.toml`, read strictly and compiled once.

Patterns match folded text (`pipeline.folding.fold_key`). Language families are en, de, fr, es and cjk; a text is read
with its own family and English, because headlines, quotes and role names borrow English everywhere.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick

from pipeline.folding import fold_key
from pipeline.knowledge.latin import is_latin, is_one_word

FAMILIES = ("en", "de", "fr", "es", "cjk")
_SECTIONS = {
    "currency",
    "local",
    "scale",
    "bounds",
    "period",
    "pay",
    "pay_weak",
    "not_pay",
    "not_pay_after",
    "phrases",
    "number_words",
    "vague",
}
_OPEN = "*"  # before a word that may end a longer one (*gehalt: Mediangehalt), after one that may begin it (gehalts*)
_NO = ("non-", "nicht-")  # a non-profit speaks of no profit
# What may stand between a bound and its amount: "up to a staggering", 高达四年.
_FILLING = (
    r"[\s::]*(?:(?:a|an|the|de|los|un|une|una|reported|staggering|whopping|stunning|jaw-dropping|hefty|massive|cool|record|eye-popping"
    r"|ampliamente|holgadamente|con frecuencia|con creces|largement|souvent|facilement|deutlich|locker) )*"
    r"(?:[\d一二两三四五六七八]\s?年间?(?:共|总共|合计|で|に)?[\s,]?)?"
)
_BOUNDS = ("max_before", "max_after", "min_before", "min_after", "about_before", "about_after")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that speaks of pay, of other money or of time; `kind` is pay, weak, other, or a period (year … total, base, none)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cues:
    """All words around amounts, found in one pass."""

    automaton: AhoCorasick
    kinds: tuple[tuple[str, ...], ...]
    opens: tuple[tuple[bool, bool], ...]  # whether a word may end, and begin, a longer one

    def find(self, text: str) -> list[Cue]:
        """All cues in folded text, whole words only, the longest of a kind where several begin or end together."""
        found: dict[tuple[str, int], Cue] = {}
        for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            ends, begins = self.opens[index]
            glued = (start > 0 and is_one_word(text[start - 1], text[start]) and not ends) or (
                end < len(text) and is_one_word(text[end - 1], text[end]) and not begins
            )
            if glued or text.endswith(_NO, 0, start):
                continue
            for kind in self.kinds[index]:
                known = found.get((kind, start))
                if known is None or known.end < end:
                    found[kind, start] = Cue(kind, start, end)
        return sorted(found.values(), key=lambda cue: (cue.start, -cue.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayWords:
    """Compiled words of one language family (with English); every pattern expects folded text."""

    currency_before: dict[str, str]
    currency_after: dict[str, str]
    scale: dict[str, float]
    before: re.Pattern[str]  # of the bounds that stand before an amount; groups max, min, about
    after: re.Pattern[str]
    cues: Cues
    not_pay_after: re.Pattern[str]
    phrases: re.Pattern[str]
    number_words: dict[str, float]
    vague: tuple[str, ...]
    yuan_sign: dict[str, str]
    yuan_word: dict[str, str]
    bare: dict[str, str]


def family(language: str) -> str:
    """The family of a BCP 47 tag: Chinese, Japanese and Korean together, and English for every other language."""
    base = language.split("-", maxsplit=1)[0]
    return "cjk" if base in {"zh", "ja", "ko"} else base if base in FAMILIES else "en"


def alternatives(words: list[str]) -> str:
    """One regular expression for any of the words, the longest first; letters do not continue them on either side."""
    return "|".join(_bounded(word) for word in sorted({fold_key(word) for word in words}, key=len, reverse=True))


def _bounded(word: str) -> str:
    """Latin words end at their letters; Chinese, Japanese and Korean ones may stand glued."""
    left = r"(?<![a-zà-ÿ])" if is_latin(word[0]) else ""
    right = r"(?![a-zà-ÿ])" if is_latin(word[-1]) else ""
    return left + re.escape(word).replace(r"\ ", r"\s+") + right


@cache
def _tables() -> dict[str, Any]:
    tables = tomllib.loads((files("pipeline.knowledge") / "pay.toml").read_text(encoding="utf-8"))
    if set(tables) != _SECTIONS:
        raise ValueError(f"pay.toml: sections {sorted(set(tables) ^ _SECTIONS)} are missing or unknown")
    if set(tables["bounds"]) != set(_BOUNDS):
        raise ValueError(f"pay.toml: [bounds] needs exactly {_BOUNDS}")
    for currency in tables["currency"]:
        if set(currency) != {"code", "before", "after"} or not re.fullmatch("[A-Z]{3}", currency["code"]):
            raise ValueError(f"pay.toml: a currency needs code, before and after: {currency}")
    return tables


def _words(by_family: dict[str, list[str]], name: str) -> list[str]:
    return [*by_family.get(name, ()), *(by_family["en"] if name != "en" else ())]


@cache
def pay_words(language: str) -> PayWords:
    """The words for a text of this language.

    Raises:
        ValueError: pay.toml has an unknown or missing section; says which.
    """
    return _compiled(family(language))


@cache
def _compiled(name: str) -> PayWords:
    tables = _tables()
    bounds = tables["bounds"]
    return PayWords(
        currency_before={fold_key(word): c["code"] for c in tables["currency"] for word in c["before"]},
        currency_after={fold_key(word): c["code"] for c in tables["currency"] for word in c["after"]},
        scale={fold_key(k): v for k, v in {**tables["scale"]["en"], **tables["scale"][name]}.items()},
        before=re.compile(_side(bounds, "before") + _FILLING),
        after=re.compile(r"[\s]*" + _side(bounds, "after")),
        cues=_cues(
            {**tables["period"], "pay": tables["pay"], "weak": tables["pay_weak"], "other": tables["not_pay"]}, name
        ),
        not_pay_after=re.compile(r"[\s-]*(?:" + "|".join(map(fold_key, tables["not_pay_after"]["patterns"])) + ")"),
        phrases=re.compile("|".join(_words(tables["phrases"], name))),
        number_words={
            fold_key(k): float(v) for k, v in {**tables["number_words"]["en"], **tables["number_words"][name]}.items()
        },
        vague=tuple(fold_key(word) for word in _words(tables["vague"], name)),
        yuan_sign=tables["local"]["yuan_sign"],
        yuan_word=tables["local"]["yuan_word"],
        bare=tables["local"]["bare"],
    )


def _cues(tables: dict[str, dict[str, list[str]]], name: str) -> Cues:
    kinds: dict[str, list[str]] = {}
    for kind, by_family in tables.items():
        for word in _words(by_family, name):
            kinds.setdefault(fold_key(word), []).append(kind)
    words = [word.removeprefix(_OPEN).removesuffix(_OPEN) for word in kinds]
    opens = tuple((word.startswith(_OPEN), word.endswith(_OPEN)) for word in kinds)
    return Cues(AhoCorasick(words), tuple(tuple(some) for some in kinds.values()), opens)


def _side(bounds: dict[str, list[str]], side: str) -> str:
    kinds = (f"(?P<{kind}>{alternatives(bounds[f'{kind}_{side}'])})" for kind in ("max", "min", "about"))
    return f"(?:{'|'.join(kinds)})"


def local(table: dict[str, str], language: str) -> str | None:
    """The entry for a language tag, for its first part, or for all languages."""
    return table.get(language) or table.get(language.split("-", maxsplit=1)[0]) or table.get("*")
