"""What a change of the registry does to articles that are tagged already: compared, not applied."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.document import Article, ModelTag, PlayerTag


# Names that show what a change is about; a registry that renames a player may touch hundreds.
SHOWN_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChange:
    """One tag that an article gains, loses, or keeps with other mentions; `texts` are the names concerned."""

    what: Literal["player", "model"]
    id: str
    change: Literal["gained", "lost", "moved"]
    texts: tuple[str, ...]


def compare_tags(before: Article, after: Article) -> tuple[TagChange, ...]:
    """How the tags of one document differ; empty where nothing does. Reasons do not count as a difference."""
    return (
        *_compare("player", before.players, after.players),
        *_compare("model", before.models, after.models),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """How many articles gain, lose or move one tag, and by which names, the most frequent first."""

    what: Literal["player", "model"]
    id: str
    change: Literal["gained", "lost", "moved"]
    articles: int
    names: tuple[str, ...]


def count_changes(changes: Iterable[Iterable[TagChange]]) -> list[TagCount]:
    """The changes of many articles summed up by tag, most frequent first."""
    articles: Counter[tuple[Literal["player", "model"], str, Literal["gained", "lost", "moved"]]] = Counter()
    names: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for of_article in changes:
        for one in of_article:
            articles[one.what, one.id, one.change] += 1
            names[one.what, one.id, one.change].update(one.texts)
    return [
        TagCount(
            what=key[0],
            id=key[1],
            change=key[2],
            articles=n,
            names=tuple(t for t, _ in names[key].most_common(SHOWN_NAMES)),
        )
        for key, n in sorted(articles.items(), key=lambda item: (-item[1], item[0]))
    ]


def _compare(
    what: Literal["player", "model"], before: Iterable[PlayerTag | ModelTag], after: Iterable[PlayerTag | ModelTag]
) -> Iterable[TagChange]:
    old = {tag.id: [(m.field, m.start, m.end, m.text) for m in tag.mentions] for tag in before}
    new = {tag.id: [(m.field, m.start, m.end, m.text) for m in tag.mentions] for tag in after}
    for tag in sorted(old.keys() | new.keys()):
        was, is_now = old.get(tag, []), new.get(tag, [])
        if was == is_now:
            continue
        differing = set(was) ^ set(is_now)
        yield TagChange(
            what=what,
            id=tag,
            change="gained" if not was else "lost" if not is_now else "moved",
            texts=tuple(sorted({text for _, _, _, text in differing})),
        )
