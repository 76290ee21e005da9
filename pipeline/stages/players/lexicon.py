"""The registry made ready for matching: one automaton over all names and phrases, one over the words of context."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from pipeline.folding import fold_key
from pipeline.stages.players.misspelling import Misspellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.knowledge.players import Doubt, Model, Player, Registry

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PHRASE = re.compile(r"[A-Z][A-Za-z0-9&.'-]* (?:[a-z]+ ){0,3}[A-Z]")
_SPACED_LENGTH = 8
_ASCII_NAME = re.compile(r"[A-Za-z0-9 .&'-]+")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A doubt with its words of context as numbers in `Lexicon.cue_words` and its neighbours compiled."""

    doubt: Doubt
    needs: frozenset[int]
    against: frozenset[int]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    spellings: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Owner:
    """What a name may stand for: a player, one of its units, or one of its models; `rule` is None for sure names."""

    player: Player
    model: Model | None
    name: str
    is_unit: bool
    rule: Rule | None
    is_phrase: bool = False  # of several words: counts only with its capitals, "preferred networks" is no company


@dataclass(slots=True)
class _Entry:
    owners: list[Owner] = field(default_factory=list)


class Lexicon:
    """All names of a registry, folded; `owners[i]` tells what pattern i stands for (nothing: a phrase that is no name)."""

    def __init__(self, registry: Registry) -> None:
        self.version = registry.version
        self._registry = registry
        self._cue_numbers: dict[str, int] = {}
        entries: dict[str, _Entry] = {}
        for player in registry.players.values():
            for phrase in player.never:
                entries.setdefault(fold_key(phrase), _Entry())
            for owner in self._owners(player):
                for spelling in _spellings(owner):
                    owners = entries.setdefault(fold_key(spelling.name), _Entry()).owners
                    if not any(one.player is spelling.player and one.model is spelling.model for one in owners):
                        owners.append(spelling)
        self.patterns = list(entries)
        self.owners = [tuple(entry.owners) for entry in entries.values()]
        self.names = AhoCorasick(self.patterns)
        self.misspellings = Misspellings(registry)
        self.cue_words = list(self._cue_numbers)
        self.cues = AhoCorasick(self.cue_words)

    def _owners(self, player: Player) -> Iterator[Owner]:
        """Every name of a player with what it stands for, the player itself first."""
        rules = self._rules(player.doubts)
        units = set(player.units)
        for name in player.names:
            yield Owner(
                player=player,
                model=None,
                name=name,
                is_unit=name in units,
                rule=rules.get(name),
                is_phrase=bool(_PHRASE.match(name)),
            )
        for model in player.models:
            rules = self._rules(model.doubts)
            for name in (model.name, *model.names):
                yield Owner(
                    player=player,
                    model=model,
                    name=name,
                    is_unit=False,
                    rule=rules.get(name),
                    is_phrase=bool(_PHRASE.match(name)),
                )

    def _rules(self, doubts: Iterable[Doubt]) -> dict[str, Rule]:
        found: dict[str, Rule] = {}
        for doubt in doubts:
            expand = self._registry.expand
            # A name does not speak for itself: "Gemini" twice in a horoscope is no model.
            itself = {fold_key(name) for name in doubt.names}
            rule = Rule(
                doubt=doubt,
                needs=self._numbers(expand(doubt.needs) - itself),
                against=self._numbers(expand(doubt.against)),
                before=_neighbour(expand(doubt.before), r"(?:^|(?<![a-z]))(?:%s)[ '\"“”‘’「『《(-]*$"),
                after=_neighbour(expand(doubt.after), r"(?:'s|’s)?[ '\"“”‘’」』》)·-]*(?:%s)"),
                spellings=frozenset(doubt.names),
            )
            found.update(dict.fromkeys(doubt.names, rule))
        return found

    def _numbers(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(self._cue_numbers.setdefault(word, len(self._cue_numbers)) for word in sorted(words))


def _neighbour(words: frozenset[str], form: str) -> re.Pattern[str] | None:
    """A pattern for words that touch the name: those of an alphabet whole, others as they stand."""
    if not words:
        return None
    parts = (re.escape(word) + (r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in words)
    return re.compile(form % "|".join(sorted(parts, key=len, reverse=True)))


def _spellings(owner: Owner) -> Iterator[Owner]:
    """The name, and what becomes of its gaps: HuggingFace for Hugging Face, Deep Seek for DeepSeek."""
    yield owner
    name = owner.name
    if owner.rule or not _ASCII_NAME.fullmatch(name) or len(name) < _SPACED_LENGTH:
        return
    gaps = _CAMEL.sub(" ", name)
    for other in {gaps, gaps.replace(" ", "-"), name.replace(" ", ""), name.replace(" ", "-")} - {name}:
        yield Owner(
            player=owner.player,
            model=owner.model,
            name=other,
            is_unit=owner.is_unit,
            rule=None,
            is_phrase=" " in other,
        )
