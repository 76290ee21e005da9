"""Which of the names found in a document count: by what stands around each, then by what else the document names."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.stages.players.decision import NOT_WRITTEN, VERSION, decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.facts import Field
    from pipeline.stages.players.candidates import Candidate

    Placed = tuple[Field, int, Candidate]

# What stands between two items of an enumeration, in all languages that are read.
_LIST_GAP = re.compile(
    r"[\s\"'“”「」()*]*(?:[,、，/&+;]|and|or|und|et|ou|y|o|和|与|及|或|以及|还有|跟|と|や|와|과|랑)+(?:\s*(?:and|or|und|et|y))?[\s\"'“”「」()*]*"
)
_LONGEST_GAP = 12
# What such a list is called behind it or before it, where its items are firms.
_FIRMS_BEHIND = re.compile(
    r"[\s\"'”」』)]*(?:等|等多家|等头部|这些|在内的|など|などの|といった|등|등의|같은)?\s*(?:ai|大模型|初创|创业|科技|人工智能|中国|国产|新興|国内|주요)?\s*"
    r"(?:公司|企业|厂商|大厂|实验室|机构|巨头|创企|企業|各社|スタートアップ|기업|업체|스타트업|are (?:hiring|recruiting)|employees|researchers|engineers)"
)
_FIRMS_BEFORE = re.compile(
    r"(?:companies|firms|labs|laboratories|start-?ups|rivals|employers|unternehmen|firmen|entreprises|sociétés|empresas|公司|企业|厂商)"
    r"\s*(?:like|such as|including|wie|comme|como|如|包括|例如|[(（:：])\s*$"
)
_BEFORE_LIST = 60
# Names of one place that may overlap, so that the item beside is among the nearest few.
_NEIGHBOURS = 4
_UNCONTESTED = "nothing near it speaks against the name"


def decide_all(found: list[Candidate]) -> None:
    """Decide the doubtful ones; sets `counts` and `why` of each."""
    open_ones: list[Candidate] = []
    players = {(one.text.field, one.start, one.end): one for one in found if one.owner.model is None}
    for one in found:
        if one.counts is not None or not one.owner.rule:
            continue
        one.counts, one.why = decide(one.text.context, one.start, one.end, one.owner.rule)
        if one.counts is None and one.owner.rule.doubt.default and not _twin(one, players):
            one.counts, one.why = True, _UNCONTESTED
        elif one.counts is None:
            open_ones.append(one)
    _weigh_other_senses(found)
    open_ones = _decide_by_makers(open_ones, found)
    while open_ones:
        models = _by_place(one for one in found if one.counts and one.owner.model)
        left = [one for one in open_ones if not _decide_as_model(one, players, models)]
        if len(left) == len(open_ones):
            break
        # An item that counts may speak for the next one of its list.
        open_ones = left


def _decide_as_model(one: Candidate, players: Mapping[tuple[Field, int, int], Candidate], models: list[Placed]) -> bool:
    """Decide a name by the list it stands in, or by its maker of the same name; False where neither says anything."""
    twin = _twin(one, players)
    if not one.owner.rule or (twin and not twin.counts):
        return False
    if one.owner.rule.doubt.listed and (other := _listed_beside(one, models)):
        one.counts, one.why = True, f"{other} stands beside it in a list"
    elif twin and one.owner.rule.doubt.default:
        one.counts, one.why = True, _UNCONTESTED
    return one.counts is not None


def _weigh_other_senses(found: Iterable[Candidate]) -> None:
    """Where a name mostly means something else in a text, a place that says nothing means that too.

    Only places at which nothing speaks for the name follow: "Kimi Antonelli … Kimi is fast", but not "… the chatbot Kimi".
    """
    named: dict[tuple[str, str], list[Candidate]] = {}
    for one in found:
        if one.owner.rule and one.counts is not None:
            named.setdefault((one.owner.player.id, one.owner.name), []).append(one)
    for some in named.values():
        silent = [one for one in some if one.counts and one.why == _UNCONTESTED]
        others = [one for one in some if not one.counts and one.why != NOT_WRITTEN]
        if others and len(others) >= len(silent) and len(others) + len(silent) == len(some):
            for one in silent:
                one.counts, one.why = False, "the same name means something else in the text"


def _twin(one: Candidate, players: Mapping[tuple[Field, int, int], Candidate]) -> Candidate | None:
    """For a model that has its maker's name, the same stretch as that name: if that does not count, the model cannot."""
    if not one.owner.model:
        return None
    twin = players.get((one.text.field, one.start, one.end))
    return twin if twin and twin.owner.player is one.owner.player else None


def _decide_by_makers(open_ones: list[Candidate], found: Iterable[Candidate]) -> list[Candidate]:
    """Decide by the makers named; twice, since a name that counts so may speak for another. Returns what stays open."""
    for _ in range(2):
        if not open_ones:
            break
        named: dict[str, list[Candidate]] = {}
        for one in found:
            if one.counts:
                named.setdefault(one.owner.player.id, []).append(one)
        placed = {player: _by_place(some) for player, some in named.items()}
        same = {(one.owner.player.id, one.owner.name) for some in named.values() for one in some}
        for one in open_ones:
            one.counts, one.why = _decide_by_maker(one, placed.get(one.owner.player.id, []), same)
        open_ones = [one for one in open_ones if one.counts is None]
    return open_ones


def _by_place(some: Iterable[Candidate]) -> list[Placed]:
    """Candidates with their places, in order, for looking up what stands around another."""
    return sorted(((one.text.field, one.start, one) for one in some), key=_place)


def _place(placed: Placed) -> tuple[Field, int]:
    return placed[:2]


def _decide_by_maker(one: Candidate, named: list[Placed], same: set[tuple[str, str]]) -> tuple[bool | None, str]:
    """Whether a name counts because the document names its player, which `named` shows."""
    maker = one.owner.rule.doubt.maker if one.owner.rule else "never"
    if maker == "never" or not named:
        return None, one.why
    if maker == "anywhere":
        return True, f"the text names {one.owner.player.name}"
    if (one.owner.player.id, one.owner.name) in same:
        return True, "the same name counts elsewhere in the text"
    low, high = one.text.context.window(one.start, one.end)
    first = bisect_left(named, (one.text.field, low), key=_place)
    if first < len(named) and _place(named[first]) < (one.text.field, high):
        return True, f"{one.owner.player.name} is named near it"
    return None, one.why


def _listed_beside(one: Candidate, models: list[Placed]) -> str | None:
    """The model of another family that an enumeration puts next to the name."""
    text = one.text.folded.text
    at = bisect_left(models, (one.text.field, one.start), key=_place)
    for field, _, other in models[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]:
        if field != one.text.field or other.owner.model is one.owner.model:
            continue
        version = VERSION.match(text, other.end)
        other_end = version.end() if version else other.end
        low, high = (other_end, one.start) if other_end <= one.start else (one.end, other.start)
        if high - low <= _LONGEST_GAP and _LIST_GAP.fullmatch(text, low, high):
            if _lists_firms(text, min(one.start, other.start), max(one.end, other_end)):
                return None
            return other.owner.name
    return None


def _lists_firms(text: str, start: int, end: int) -> bool:
    """Whether what stands around two items of a list says that they are firms: "MiniMax与Kimi等公司"."""
    return bool(_FIRMS_BEHIND.match(text, end) or _FIRMS_BEFORE.search(text[max(0, start - _BEFORE_LIST) : start]))


def longest(counted: list[Candidate]) -> list[Candidate]:
    """Leftmost and longest first; a name inside a longer one is dropped, and one stretch stands for one player."""
    counted.sort(key=lambda one: (one.text.field == "text", one.start, -one.end))
    kept: list[Candidate] = []
    for one in counted:
        last = kept[-1] if kept else None
        if last and last.text is one.text and one.start < last.end:
            same = (one.start, one.end) == (last.start, last.end)
            if not (same and one.owner.player is last.owner.player and one.owner.model is not last.owner.model):
                continue
        kept.append(one)
    return kept
