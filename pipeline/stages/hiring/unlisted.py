"""Employers that the registry does not know, by their name as written in a headline of Latin script.

Strict on purpose: only a name that is all that stands before a verb of hiring ("Hingeworks hires …") or that stands right
behind a verb of joining ("… joins Hingeworks as …").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.knowledge.hiring_phrases import Hit
    from pipeline.stages.hiring.scenes import Scene

_NAME = r"[A-Z][\w&.'’-]*[\w](?:\s(?:[A-Z][\w&.'’-]*[\w]|of|and|&)){0,3}"
_BEFORE = re.compile(rf"^\s*({_NAME})\s+(?:is |are |has |wants to |plans to |to )?$")
_AFTER = re.compile(rf"\s+({_NAME})(?=\s+(?:as|to|from|after|for|in|on|at|and)\b|\s*[,.;:–-]|\s*$)")
_NO_NAME = re.compile(
    r"^(?:The|A|An|Its|Their|Our|His|Her|This|How|Why|What|Who|When|Former|Ex|New|Top|Big|Three|Two|Four|Five|AI|LLM|CEO|CTO|Chief|Head|Report|Exclusive|Tech|La|Le|Les|L|El|Los|Las|Un|Une|Una|Der|Die|Das|Ein|Eine|Des|Zuckerberg|Altman|Musk|Startups?|Companies|Labs?|Board|Team)\b"
)
_SUBJECT_ACTS = {"hire", "poach", "recruit", "team", "freeze"}


def unlisted_employer(hit: Hit, scene: Scene) -> str | None:
    """The name, if the headline states it plainly and the registry has no player in that place."""
    sentence = scene.sentence
    low, high = sentence.span(0, len(sentence.folded))
    text = sentence.original[low:high]
    if not sentence.is_title or len(text) != len(sentence.folded) or hit.phrase.strength < 1:
        return None
    if hit.phrase.act in _SUBJECT_ACTS:
        match = _BEFORE.match(text[: hit.start])
    elif hit.phrase.act == "join":
        match = _AFTER.match(text, hit.end)
    else:
        return None
    if (
        match is None
        or _NO_NAME.match(match[1])
        or any(p.start < match.end(1) and match.start(1) < p.end for p in scene.players)
    ):
        return None
    return match[1]
