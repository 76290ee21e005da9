"""The data that moves: `Document` (after extraction) becomes `Article` (after the stages), or is `Rejected`.

All records are frozen; a stage returns a changed copy. Offsets count Unicode code points in `title` or `text`
(the mention's `field`), and `document.<field>[start:end] == mention.text` holds always. Times know their offset: the
publisher's until they are stored, then UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.facts import Field, Hiring

Precision = Literal["minute", "day", "unknown"]
BlockKind = Literal["heading", "paragraph", "list-item", "table-row", "quote", "caption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of `text` with its structure; blocks are in order, do not overlap, and each is one or more lines."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # of headings: 1 to 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page after extraction: the article's own words and what the page says of itself.

    `text` keeps one paragraph, heading, list item or table row a line, lines parted by one newline, no page junk, no title.
    `id` is `pipeline.urls.article_id(canonical_url)`.
    """

    id: str
    url: str
    canonical_url: str
    title: str
    text: str
    fetched_at: datetime
    source: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_precision: Precision = "unknown"
    published_method: str = "unknown"  # feed, json-ld, meta, url, text, htmldate, given, unknown
    modified_at: datetime | None = None
    declared_language: str | None = None  # of <html lang>, the feed or the sender; BCP 47 as found
    source_language: str | None = None  # of the source's registry table
    source_country: str | None = None  # likewise; ISO 3166-1 alpha-2
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    paywalled: bool = False
    links: tuple[str, ...] = ()  # outbound links of the body, absolute
    blocks: tuple[Block, ...] = ()
    flags: tuple[str, ...] = ()  # slugs of doubts: date-conflict, charset-repaired, ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Why a page or document is no article: a counted value, not an error.

    `kind` is a slug: bot-wall, consent, login, paywall-stub, soft-404, homepage, error-page, too-short, deleted, ...
    """

    kind: str
    reason: str
    url: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """BCP 47 base tag (Chinese as zh-Hans or zh-Hant, `und` where nothing can be said), how it was found, how sure (0 to 1)."""

    tag: str
    method: Literal["script", "declared", "langdetect", "source"]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that names something; `reason` says why it counts, in words for people."""

    text: str
    field: Field
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerTag:
    """A player and every place that names it (also through its units and models, as the mention's reason says)."""

    id: str
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTag:
    """A model family and every place that names it; `player` is its maker's id."""

    id: str
    player: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What duplicates are found by; computed from the document alone.

    `text_hash` is of the normalised text. `bands` are LSH band keys (64-bit signed) of the MinHash `signature` (packed
    little-endian uint32), made by scheme `version`. `anchors` are language-neutral keys such as `player:pdd`,
    `model:qwen`, `number:60000`, `latin:temu`, `link:<host/path>`. `size` counts the shingles, `length` the tokens (words
    or CJK characters). `words` are the distinct stems, Chinese dictionary words or character pairs, as `script` says
    (latin, han, other). `keys` find reports of one event in one language: a 59-bit hash and, in the low 5 bits, what
    sharing it is worth; `bridge_keys` find them in other languages. `lead` are the rare names of title and first sentence.
    `sequence` is the text as a row of token hashes, two bytes each.
    """

    version: int
    text_hash: str
    signature: bytes
    bands: tuple[int, ...]
    anchors: tuple[str, ...]
    script: Literal["latin", "han", "other"] = "latin"
    size: int = 0
    length: int = 0
    words: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()
    bridge_keys: tuple[int, ...] = ()
    lead: tuple[str, ...] = ()
    sequence: bytes = b""


RelationKind = Literal["exact", "near", "translation", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What two articles are to each other; symmetric (`a` < `b` by id). `report` = independent report of one event.

    `score` is 0 to 1; `reasons` are short texts for `explain`: scores, shared anchors, vetoes.
    """

    a: str
    b: str
    kind: RelationKind
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document and what the stages found; each field is set by exactly one stage (None or empty before)."""

    document: Document
    language: Language | None = None
    players: tuple[PlayerTag, ...] = ()
    models: tuple[ModelTag, ...] = ()
    hiring: Hiring | None = None
    fingerprint: Fingerprint | None = None


FateKind = Literal["stored", "revised", "unchanged", "rejected", "quarantined", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one page; every page met ends in exactly one fate, and each is counted once.

    `detail` is the kind of a rejection or the reason of a quarantine or failure.
    """

    kind: FateKind
    url: str
    article_id: str | None = None
    detail: str = ""
    is_duplicate: bool = False
    story_id: str | None = field(default=None)
