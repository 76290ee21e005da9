"""Whether an article matches a query, and why: the same answer as SQL gives, with the places that gave it.

For `hirewire explain`, for the line under a search result, and for alerts on an article that has just come.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.search.rates import convert, rates
from pipeline.search.segments import find_all, phrase
from pipeline.search.subject import fact_rows, index_text_of
from pipeline.search.tree import And, Dated, Node, Not, Or, Pays, Tagged, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from pipeline.document import Article, Mention
    from pipeline.facts import Field
    from pipeline.search.segments import Phrase

_COMPARE = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "=": operator.eq}
PLACES_A_REASON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A part of a query that the article fulfils: what was asked, and where it stands, if it is words."""

    asked: str
    field: Field | None = None
    start: int = 0
    end: int = 0


class Subject:
    """An article as queries see it.

    Args:
        article: after the stages.
        first_seen_at: when it was stored; its date where it has no other.
        story_id: of the story it belongs to; default the article's own.
    """

    def __init__(self, article: Article, *, first_seen_at: datetime, story_id: str | None = None) -> None:
        self.article = article
        self.dated_at = article.document.published_at or first_seen_at
        self.story_id = story_id or article.document.id
        self.words = index_text_of(article)
        self.is_hiring = article.hiring is not None and article.hiring.is_hiring
        self.facts = list(fact_rows(article.hiring))


def matches(node: Node, subject: Subject) -> bool:
    """Whether the article is found by the query."""
    match node:
        case And(parts):
            return all(matches(part, subject) for part in parts)
        case Or(parts):
            return any(matches(part, subject) for part in parts)
        case Not(part):
            return not matches(part, subject)
        case _:
            return _has(node, subject)


def _has(leaf: Node, subject: Subject) -> bool:
    match leaf:
        case Words(_, sought):
            return sought.needle in subject.words
        case Dated(since, until):
            return (since is None or subject.dated_at >= since) and (until is None or subject.dated_at < until)
        case Pays():
            return any(_is_paid(leaf, fact) for fact in subject.facts)
        case Tagged(field, value):
            is_fulfilled = _FIELDS.get(field)
            return is_fulfilled(value, subject) if is_fulfilled else _is_named(leaf, subject)
        case _:
            raise AssertionError(leaf)


def explain(node: Node, subject: Subject) -> tuple[Because, ...]:
    """Why the article is found: the parts of the query it fulfils, each with its first places; empty where it is not."""
    return tuple(_reasons(node, subject)) if matches(node, subject) else ()


def _reasons(node: Node, subject: Subject) -> Iterator[Because]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                if matches(part, subject):
                    yield from _reasons(part, subject)
        case Not():
            return
        case Words(typed, sought):
            yield from _places(typed, sought, subject)
        case Dated(since, until):
            given = [f"after {since:%Y-%m-%d}"] if since else []
            yield Because(asked=" ".join([*given, *([f"before {until:%Y-%m-%d}"] if until else [])]))
        case Pays(comparison, amount, currency):
            for fact in [each for each in subject.facts if _is_paid(node, each)][:PLACES_A_REASON]:
                yield Because(asked=f"pay{comparison}{amount:.0f} {currency}: {fact['value']}")
        case Tagged():
            yield from _tags(node, subject)


def _places(typed: str, sought: Phrase, subject: Subject) -> Iterator[Because]:
    document = subject.article.document
    texts: tuple[tuple[Field, str], ...] = (("title", document.title), ("text", document.text))
    spans = [(field, span) for field, text in texts for span in find_all(text, sought)]
    for field, (start, end) in spans[:PLACES_A_REASON]:
        yield Because(asked=typed, field=field, start=start, end=end)
    if not spans:  # in a name that is glued to other letters in the text
        yield Because(asked=typed)


def _tags(node: Tagged, subject: Subject) -> Iterator[Because]:
    asked, ids = f"{node.field}:{node.value}", node.ids or {node.value.casefold()}
    mentions = [mention for tagged, found in _tags_of(node.field, subject) if tagged in ids for mention in found]
    for mention in mentions[:PLACES_A_REASON]:
        yield Because(asked=asked, field=mention.field, start=mention.start, end=mention.end)
    if not mentions:
        yield Because(asked=asked)


def _is_in_language(value: str, subject: Subject) -> bool:
    language = subject.article.language
    tag = (language.tag if language else "und").lower()
    return tag == value or ("-" not in value and tag.startswith(value + "-"))


def _is_of_country(value: str, subject: Subject) -> bool:
    return value in {subject.article.document.source_country, *(fact["country"] for fact in subject.facts)}


def _is_named(node: Tagged, subject: Subject) -> bool:
    """Whether a tag or fact has one of the ids the name means, or a fact these words in its name."""
    ids = node.ids or {node.value.casefold()}
    if node.field in {"player", "model"}:
        return any(tagged in ids for tagged, _ in _tags_of(node.field, subject))
    sought = phrase(node.value)
    return any(
        fact["kind"] == node.field and (fact["value"] in ids or (sought is not None and sought.needle in fact["label"]))
        for fact in subject.facts
    )


def _tags_of(field: str, subject: Subject) -> Iterator[tuple[str, tuple[Mention, ...]]]:
    if field == "player":
        yield from ((tag.id, tag.mentions) for tag in subject.article.players)
    elif field == "model":
        yield from ((tag.id, tag.mentions) for tag in subject.article.models)


_FIELDS: Mapping[str, Callable[[str, Subject], bool]] = {
    "lang": _is_in_language,
    "source": lambda value, subject: subject.article.document.source == value,
    "country": _is_of_country,
    "hiring": lambda value, subject: subject.is_hiring is (value == "yes"),
    "story": lambda value, subject: subject.story_id == value,
}


def _is_paid(node: Pays, fact: dict[str, Any]) -> bool:
    better = fact["annual_low"] if fact["annual_high"] is None else fact["annual_high"]
    if better is None or fact["currency"] not in rates():
        return False
    return bool(_COMPARE[node.comparison](better, convert(node.amount, node.currency, fact["currency"])))
