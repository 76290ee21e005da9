"""How news words hiring: `hiring_phrases.toml` and `hiring_terms.toml`, read strictly and compiled to one automaton a language.

Forms are literal text matched in folded text (`pipeline.folding`): Latin words whole, `*` lets a word go on,
" … " leaves a gap in the sentence.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from ahocorasick_rs import AhoCorasick

from pipeline.folding import fold_key
from pipeline.knowledge.latin import is_latin, is_one_word
from pipeline.knowledge.roles import roles

if TYPE_CHECKING:
    from collections.abc import Iterator

Side = Literal["subject", "target", "losing", "against", "term"]

FOR = ("hire", "join", "poach", "recruit", "team", "acquihire", "leave", "layoff", "freeze", "retain", "pay", "market")
AGAINST = (
    "product", "funding", "takeover", "earnings", "advert", "advice", "tool", "replaced", "cuts", "sport", "board",
    "legal", "shuffle", "volunteers",
)  # fmt: skip
TERMS = ("llm", "as_tool", "ai_staff", "staff", "other_field", "background", "rumour", "denial")
STRENGTHS = {"strong": 1.0, "medium": 0.6, "weak": 0.35}
_KEYS = {"side", "against", "unless_after", "unless_before", *STRENGTHS}
_LANGUAGES = ("en", "zh", "ja", "ko", "de", "fr", "es")
_SHORT = 3  # role names up to this length say too little outside their list
_GAP_LATIN, _GAP_CJK = 70, 28  # characters that " … " may leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One form of one act, compiled: `head` is what the automaton finds, `tails` follow within a gap."""

    act: str
    language: str
    side: Side
    strength: float
    head: str
    tails: tuple[re.Pattern[str], ...]
    goes_on: bool  # the head may be the beginning of a longer word
    unless_after: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a sentence, at offsets of its folded text."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases that apply to texts of one language."""

    phrases: tuple[tuple[Phrase, ...], ...]
    automaton: AhoCorasick

    def find(self, text: str) -> list[Hit]:
        """All hits in a folded sentence, the longest of each act at one place."""
        hits: dict[tuple[str, int], Hit] = {}
        for index, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if start and is_one_word(text[start - 1], text[start]):
                continue
            goes_on = end < len(text) and is_one_word(text[end - 1], text[end])
            for phrase in self.phrases[index]:
                hit = _check(phrase, text, start, end, goes_on=goes_on)
                if hit and ((old := hits.get((phrase.act, start))) is None or _rank(old) < _rank(hit)):
                    hits[phrase.act, start] = hit
        return sorted(hits.values(), key=lambda hit: (hit.start, -hit.end))


def _rank(hit: Hit) -> tuple[float, int]:
    return hit.phrase.strength, hit.end - hit.start


def _check(phrase: Phrase, text: str, start: int, end: int, *, goes_on: bool) -> Hit | None:
    if goes_on:
        if not phrase.goes_on:
            return None
        while end < len(text) and is_latin(text[end]):
            end += 1
    finish = end
    for tail in phrase.tails:
        match = tail.match(text, finish)
        if match is None:
            return None
        finish = match.end()
    if phrase.unless_after and phrase.unless_after.match(text, finish if not phrase.tails else end):
        return None
    if phrase.unless_before:
        window = max(0, start - 40)
        if any(before.end() == start - window for before in phrase.unless_before.finditer(text[window:end])):
            return None
    return Hit(phrase, start, finish)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("pipeline.knowledge") / name).read_text(encoding="utf-8"))


@cache
def pure_play() -> frozenset[str]:
    """Ids of the pure-play LLM labs, where any staff move counts."""
    return frozenset(_load("hiring_terms.toml")["pure_play"])


@cache
def heads() -> dict[str, list[str]]:
    """Names of the chiefs that news puts for their firm ("Zuckerberg hires …"), by player id."""
    found: dict[str, list[str]] = _load("hiring_terms.toml")["heads"]
    return found


@cache
def phrasebook(language: str) -> Phrasebook:
    """The phrases for one language and English (headlines, quotes and role names borrow it everywhere), and the terms.

    Raises:
        ValueError: a table has an unknown act, key or language; says which.
    """
    base = language.split("-", maxsplit=1)[0]
    books = {"en", base if base in _LANGUAGES else "en"}
    by_head: dict[str, list[Phrase]] = {}
    for phrase in _all_phrases():
        if phrase.language in books or phrase.language == "*":
            by_head.setdefault(phrase.head, []).append(phrase)
    heads = list(by_head)
    return Phrasebook(tuple(tuple(by_head[head]) for head in heads), AhoCorasick(heads))


@cache
def _all_phrases() -> tuple[Phrase, ...]:
    found: list[Phrase] = []
    for language, acts in _load("hiring_phrases.toml").items():
        if language not in _LANGUAGES or set(acts) - {*FOR, *AGAINST}:
            raise ValueError(
                f"hiring_phrases.toml: unknown language or act in [{language}]: {sorted(set(acts) - {*FOR, *AGAINST})}"
            )
        for act, table in acts.items():
            if unknown := set(table) - _KEYS:
                raise ValueError(f"hiring_phrases.toml: [{language}.{act}] has unknown keys {sorted(unknown)}")
            found.extend(_phrases_of(language, act, table))
    terms = _load("hiring_terms.toml")
    if set(terms) != {"pure_play", "llm_roles", "heads", *TERMS}:
        raise ValueError(f"hiring_terms.toml: tables must be pure_play, llm_roles, heads and {TERMS}")
    if unknown := set(terms["llm_roles"]) - set(roles()):
        raise ValueError(f"hiring_terms.toml: llm_roles names roles that roles.toml has not: {sorted(unknown)}")
    terms["ai_staff"] += [
        f"{name}*" for role in terms["llm_roles"] for name in roles()[role].names if len(name) > _SHORT
    ]
    for term in TERMS:
        found.extend(_phrases_of("*", term, {"side": "term", "strong": terms[term]}))
    return tuple(found)


def _phrases_of(language: str, act: str, table: dict[str, Any]) -> Iterator[Phrase]:
    after, before = table.get("unless_after"), table.get("unless_before")
    for strength, weight in STRENGTHS.items():
        for form in table.get(strength, ()):
            head, *tails = fold_key(form).split(" … ")
            stem, star, rest = head.partition("*")
            gap = _GAP_LATIN if head[-1].isascii() or is_latin(head[-1]) else _GAP_CJK
            yield Phrase(
                act=act,
                language=language,
                side="against" if table.get("against") else table["side"],
                strength=weight,
                head=stem,
                tails=(
                    *([_tail(rest.strip(), 1)] if rest else []),
                    *(_tail(tail, gap, of_clause=act == "join") for tail in tails),
                ),
                goes_on=bool(star),
                unless_after=re.compile(fold_key(after)) if after else None,
                unless_before=re.compile(f"(?<![a-zà-ÿ])(?:{fold_key(before)})") if before else None,
            )


def _tail(tail: str, gap: int, *, of_clause: bool = False) -> re.Pattern[str]:
    word = re.escape(tail.rstrip("*"))
    left = r"(?<![a-zà-ÿ])" if is_latin(tail[0]) else ""
    right = r"(?![a-zà-ÿ])" if is_latin(tail[-1]) else ""
    # In Chinese, Japanese and Korean a comma parts clauses that share no verb.
    # So it is with where people go: "geht, weil … zu" is no "geht zu".
    between = "[^,。;]" if of_clause or gap not in (_GAP_LATIN, 1) else "."
    return re.compile(rf"{between}{{0,{gap}}}?{left}{word}{right}")
