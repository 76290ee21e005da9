"""What each sentence holds: phrases, players, models; the ground that decision and facts stand on."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pipeline.folding import fold_key
from pipeline.knowledge.hiring_phrases import FOR, heads, phrasebook, pure_play
from pipeline.knowledge.players import load_players

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.document import Article
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.sentences import Sentence


_GO_BETWEENS = {"recruiter", "job-platform", "outlet"}

# What belongs to a chief's name, so that what stands before all of it tells its place: "(leave) the company of Sam Altman".
_FIRM_OF = (
    r"(?:(?:the |la |l'|una? |une |die )?(?:empresa|compañía|firma|entreprise|société|firm|company)(?: dirigida por| led by| de| of| von) )?"
    r"(?:(?:sam|mark|elon|sundar|satya|tim|mira|ilya|demis|dario|jensen) )?"
)
_AI_AT_LARGE = (
    "ai ", "ai-", "ai公司", "ai企业", "ai初创", "ai实验室", "deepmind", "google brain", "google deepmind", "谷歌brain", "达摩院",
    "ディープマインド", "딥마인드", "fair",
)  # fmt: skip
_AI_MEANS_LLM_SINCE = 2023  # before, an AI researcher without more worked on vision, speech, driving …


@dataclass(frozen=True, slots=True)
class Named:
    """A player named in a sentence, at offsets of its folded text; `by_model` where only a model of its is named."""

    id: str
    start: int
    end: int
    by_model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One sentence with what was found in it."""

    sentence: Sentence
    hits: tuple[Hit, ...]
    players: tuple[Named, ...]  # that can act: go-betweens and outlets are apart
    go_betweens: tuple[Named, ...]  # recruiters, job platforms and outlets: they tell of jobs, and seldom give them
    heads: tuple[Named, ...]  # well-known chiefs of players that the article names: "Zuckerberg hires …"
    has_model: bool
    acts: frozenset[str]  # of the hits
    events: tuple[Hit, ...]  # the hits that speak for hiring
    is_llm: bool  # speaks of LLM or generative-AI work or people; algorithm engineers of other fields are none
    has_pure_player: bool  # names a pure-play LLM lab
    seen: dict[tuple[str, int], bool] = field(default_factory=dict, compare=False, repr=False)  # what was asked before

    def of(self, *acts: str) -> list[Hit]:
        """The hits of these acts or terms."""
        return [hit for hit in self.hits if hit.phrase.act in acts] if self.has(*acts) else []

    def has(self, *acts: str) -> bool:
        """Whether one of these acts or terms was found."""
        return not self.acts.isdisjoint(acts)

    def recall(self, question: str, at: int, answer: Callable[[], bool]) -> bool:
        """The answer to a question about one place, found once: several acts of a sentence ask the same."""
        key = question, at
        if key not in self.seen:
            self.seen[key] = answer()
        return self.seen[key]


@cache
def go_betweens() -> frozenset[str]:
    """Ids of recruiters, job platforms and outlets in the registry."""
    return frozenset(player.id for player in load_players().players.values() if player.kind in _GO_BETWEENS)


@cache
def head_names() -> dict[str, str]:
    """Player id by a chief's folded name."""
    return {fold_key(name): player for player, names in heads().items() for name in names}


@lru_cache(maxsize=256)
def chiefs_of(players: frozenset[str]) -> tuple[tuple[str, ...], re.Pattern[str]] | None:
    """The chiefs of these players, and a pattern that finds them whole."""
    names = [name for name, player in head_names().items() if player in players]
    if not names:
        return None
    either = "|".join(map(re.escape, names))
    return tuple(names), re.compile(rf"(?<![a-zà-ÿ]){_FIRM_OF}({either})(?![a-zà-ÿ])")


def read_scenes(sentences: Sequence[Sentence], article: Article, language: str) -> list[Scene]:
    """Look through all sentences once."""
    book = phrasebook(language)
    published = article.document.published_at
    ai_is_llm = published is None or published.year >= _AI_MEANS_LLM_SINCE
    named = _by_field(article)
    chiefs = chiefs_of(frozenset(tag.id for tag in article.players))
    scenes = []
    for sentence in sentences:
        hits = book.find(sentence.folded)
        if not ai_is_llm:
            hits = [hit for hit in hits if not _says_only_ai(hit, sentence)]
        players = tuple(_players_in(sentence, named[sentence.field]))
        scenes.append(_scene(sentence, tuple(hits), players, chiefs))
    return scenes


def _says_only_ai(hit: Hit, sentence: Sentence) -> bool:
    return hit.phrase.act == "ai_staff" or (
        hit.phrase.act == "llm" and sentence.folded.startswith(_AI_AT_LARGE, hit.start)
    )


def _scene(
    sentence: Sentence,
    hits: tuple[Hit, ...],
    players: tuple[Named, ...],
    chiefs: tuple[tuple[str, ...], re.Pattern[str]] | None,
) -> Scene:
    acts = frozenset(hit.phrase.act for hit in hits)
    acting = tuple(player for player in players if player.id not in go_betweens())
    has_model = any(player.by_model for player in acting)
    return Scene(
        sentence=sentence,
        hits=hits,
        players=acting,
        go_betweens=tuple(player for player in players if player.id in go_betweens()),
        heads=_heads(sentence, chiefs) if chiefs and hits else (),
        has_model=has_model,
        acts=acts,
        events=tuple(hit for hit in hits if hit.phrase.act in FOR),
        is_llm=has_model or "llm" in acts or ("ai_staff" in acts and "other_field" not in acts),
        has_pure_player=any(player.id in pure_play() for player in acting),
    )


def _heads(sentence: Sentence, chiefs: tuple[tuple[str, ...], re.Pattern[str]]) -> tuple[Named, ...]:
    names, whole = chiefs
    text = sentence.folded
    if not any(name in text for name in names):
        return ()
    return tuple(Named(head_names()[found[1]], found.start(), found.end()) for found in whole.finditer(text))


def _by_field(article: Article) -> dict[str, list[tuple[int, int, str, bool]]]:
    """Mentions of players as (start, end, id, by model) in original offsets, sorted."""
    found: dict[str, set[tuple[int, int, str, bool]]] = {"title": set(), "text": set()}
    by_model = {(m.field, m.start, m.end) for tag in article.models for m in tag.mentions}
    for tag in article.players:
        for m in tag.mentions:
            found[m.field].add((m.start, m.end, tag.id, (m.field, m.start, m.end) in by_model))
    return {field: sorted(mentions) for field, mentions in found.items()}


def _players_in(sentence: Sentence, mentions: list[tuple[int, int, str, bool]]) -> list[Named]:
    if not mentions:
        return []
    low, high = sentence.span(0, len(sentence.folded))
    found = []
    for start, end, player, by_model in mentions[bisect_left(mentions, (low,)) :]:
        if start >= high:
            break
        found.append(Named(player, sentence.inner(start), sentence.inner(end), by_model))
    return found
