"""What goes into a digest and what comes out: plain frozen records, mapped from the store and rendered by templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - at run time too: a stored digest is read back by its types
from typing import Literal

from pipeline.facts import Hiring  # noqa: TC001 - likewise

OutletKind = Literal["original", "translation", "copy", "report"]
Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerName:
    """A player's names as readers of either language know it."""

    id: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """One article of a story, as the store knows it.

    `outlet` is the publisher's name; `kind` what the article is to its story: the original, a translation or copy of
    another article of it, or an independent report. `hiring` is what the stages found, None where it is no hiring news.
    """

    article_id: str
    url: str
    title: str
    outlet: str
    language: str
    kind: OutletKind
    first_seen_at: datetime
    published_at: datetime | None = None
    published_precision: str = "unknown"
    source: str | None = None
    hiring: Hiring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """Articles on one event; `id` may change when stories are joined, the articles' ids do not."""

    id: str
    outlets: tuple[OutletView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFact:
    """The facts of one article as a subscriber was told them."""

    article_id: str
    outlet: str
    hiring: Hiring


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of the ledger: what a subscriber was told of a story, and all articles it had then."""

    story_id: str
    article_ids: tuple[str, ...]
    facts: tuple[ToldFact, ...]
    told_at: datetime
    digest_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Whom a digest is for: a saved query with a schedule and channels.

    `language` orders the fact lines: both languages are shown, that one first. `max_stories` bounds a digest, the rest
    is counted; `max_quotes` and `max_outlets` bound a story.
    """

    id: str
    title: str = "LLM hiring news"
    query: str = ""
    language: Language = "en"
    timezone: str = "UTC"
    schedule: str = ""
    channels: tuple[str, ...] = ()
    max_stories: int = 30
    max_quotes: int = 2
    max_outlets: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence as it stands in an article, which proves the facts."""

    text: str
    language: str
    outlet: str
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLine:
    """What changed since the subscriber was told: in words, with the quotes that said and say so, if any."""

    text: str
    before: str = ""
    after: str = ""
    outlet: str = ""
    is_contradiction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletLine:
    """An article as the digest lists it; `host` is the registrable host behind the link, `url` is empty if not http(s)."""

    article_id: str
    outlet: str
    title: str
    url: str
    host: str
    language: str
    kind: OutletKind
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """One story of a digest. `updates` say what changed since the subscriber was told of it, empty for a new story."""

    id: str
    title: str
    language: str
    lines_en: tuple[str, ...]
    lines_zh: tuple[str, ...]
    quotes: tuple[Quote, ...]
    outlets: tuple[OutletLine, ...]
    more_outlets: int = 0
    updates: tuple[UpdateLine, ...] = ()
    is_rumour: bool = False
    is_denied: bool = False
    is_late: bool = False
    article_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestGroup:
    """The stories of one employer."""

    employer: str
    name: PlayerName
    stories: tuple[DigestStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """New stories since the last digest, by employer; `more` counts those left out by the subscription's bound.

    `id` is the same whenever it is built for one subscription and period, so a message of it can be told apart.
    `told` are the lines for the ledger: the stories shown, with all their articles and facts.
    """

    id: str
    subscription: str
    title: str
    language: Language
    timezone: str
    created_at: datetime
    since: datetime | None
    groups: tuple[DigestGroup, ...]
    more: int = 0
    told: tuple[Told, ...] = ()

    @property
    def stories(self) -> int:
        """How many stories it shows."""
        return sum(len(group.stories) for group in self.groups)
