"""The fields of the query language: one entry each, and command, API, web and subscriptions have it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.search.names import models_named, places_named, players_named, roles_named
from pipeline.search.segments import phrase
from pipeline.search.tree import Tagged

if TYPE_CHECKING:
    from collections.abc import Callable

ACTIONS = ("hire", "poach", "recruit", "team", "acquihire", "loss", "layoff", "freeze", "pay", "retention", "market")
YES = frozenset({"yes", "true", "1", "y", "是"})
NO = frozenset({"no", "false", "0", "n", "否"})
# What people write for the two Chinese scripts, which are told apart here as BCP 47 does.
_CHINESE = MappingProxyType({
    "zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-my": "zh-hans",
    "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "cn": "zh", "chinese": "zh", "english": "en",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A field: an example for help and messages, and what makes a value of what was typed (ValueError: a message).

    `resolve` gives the ids that a name means, in fields that hold ids.
    """

    name: str
    example: str
    meaning: str
    read: Callable[[str], str]
    resolve: Callable[[str], frozenset[str]] = lambda _value: frozenset()

    def tagged(self, typed: str) -> Tagged:
        """The condition.

        Raises:
            ValueError: what was typed is no value of this field.
        """
        value = self.read(typed)
        return Tagged(self.name, value, self.resolve(value))


def _slug(value: str) -> str:
    return value.strip().casefold()


def _words(value: str) -> str:
    if phrase(value) is None:
        raise ValueError("has no word in it")
    return value.strip()


def _language(value: str) -> str:
    tag = _slug(value).replace("_", "-")
    if not re.fullmatch(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", tag):
        raise ValueError("is no language tag")
    return _CHINESE.get(tag, tag)


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", value.strip()):
        raise ValueError("is no country code of two letters")
    return value.strip().upper()


def _yes_or_no(value: str) -> str:
    word = _slug(value)
    if word not in YES | NO:
        raise ValueError("is neither yes nor no")
    return "yes" if word in YES else "no"


def _action(value: str) -> str:
    if _slug(value) not in ACTIONS:
        raise ValueError("is none of " + ", ".join(ACTIONS))
    return _slug(value)


FIELDS = MappingProxyType({
    field.name: field
    for field in (
        Field("player", "player:openai", "names this company or lab", _slug, players_named),
        Field("model", "model:qwen", "names this model family", _slug, models_named),
        Field("lang", "lang:zh", "is written in this language; zh is both zh-Hans and zh-Hant", _language),
        Field("source", "source:scmp-tech", "comes from this source", _slug),
        Field("country", "country:CN", "comes from a source of this country, or tells of jobs there", _country),
        Field("hiring", "hiring:yes", "is LLM-hiring news, or is not", _yes_or_no),
        Field("action", "action:poach", "tells of this kind of act", _action),
        Field("place", "place:Shanghai", "tells of jobs in this place", _words, places_named),
        Field("role", "role:engineer", "tells of jobs with this word in their name", _words, roles_named),
        Field("employer", "employer:meta", "tells that this player or firm hires", _words, players_named),
        Field("losing", "losing:apple", "tells that people leave this player or firm", _words, players_named),
        Field("platform", "platform:liepin", "tells of hiring through this recruiter or job platform", _words, players_named),
        Field("story", "story:1f0c9a2b3d4e5f60", "belongs to this story", _slug),
    )
})  # fmt: skip
