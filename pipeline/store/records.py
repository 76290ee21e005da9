"""Between the records of `pipeline.document` and `pipeline.facts` and columns of JSON, both ways."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipeline.document import Article, Block, Document, Language, Mention, ModelTag, PlayerTag
from pipeline.facts import Evidence, Hiring, Pay, Person, Place, Reason, Role, StartDate, Team

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import RowMapping

    from pipeline.rows import Row

_SAME = (
    "id url canonical_url title text fetched_at source published_at published_precision published_method modified_at "
    "declared_language source_language section image_url paywalled"
).split()
TITLE_CHARACTERS = 80  # of those that have no title and are listed by their first words
NO_HIRING = Hiring(is_hiring=False, score=0.0)


def content_hash(document: Document) -> str:
    """What tells whether an article's words have changed: a hash of title and text, blind to white space."""
    words = " ".join(document.title.split()) + "\n" + " ".join(document.text.split())
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()


def document_columns(document: Document) -> dict[str, Any]:
    """The columns that the page itself fills; not `seq`, `id` and the times of the store."""
    return {
        "source": document.source,
        "country": document.source_country,
        "published_at": document.published_at,
        "published_precision": document.published_precision,
        "published_method": document.published_method,
        "modified_at": document.modified_at,
        "fetched_at": document.fetched_at,
        "content_hash": content_hash(document),
        "declared_language": document.declared_language,
        "source_language": document.source_language,
        "section": document.section,
        "paywalled": document.paywalled,
        "title": document.title,
        "url": document.url,
        "canonical_url": document.canonical_url,
        "image_url": document.image_url,
        "authors": list(document.authors),
        "tags": list(document.tags),
        "flags": list(document.flags),
        "text": document.text,
        "blocks": [[block.kind, block.start, block.end, block.level] for block in document.blocks],
        "links": list(document.links),
    }


def finding_columns(article: Article) -> dict[str, Any]:
    """The columns that the stages fill."""
    language, hiring = article.language, article.hiring or NO_HIRING
    return {
        "language": language.tag if language else "und",
        "language_method": language.method if language else None,
        "language_confidence": language.confidence if language else 0.0,
        "is_hiring": hiring.is_hiring,
        "score": hiring.score,
        "players": [asdict(tag) for tag in article.players],
        "models": [asdict(tag) for tag in article.models],
        "hiring": asdict(hiring),
        "text_hash": article.fingerprint.text_hash if article.fingerprint else None,
    }


def article_of(row: RowMapping) -> Article:
    """The article of a row of `articles`; its fingerprint and relations are kept elsewhere."""
    tag, method, confidence = row["language"], row["language_method"], row["language_confidence"]
    return Article(
        document=document_of(row),
        language=Language(tag=tag, method=method, confidence=confidence) if method else None,
        players=tuple(PlayerTag(**{**tag, "mentions": _mentions(tag)}) for tag in row["players"]),
        models=tuple(ModelTag(**{**tag, "mentions": _mentions(tag)}) for tag in row["models"]),
        hiring=hiring_of(row["hiring"]),
    )


def document_of(row: RowMapping) -> Document:
    """The document of a row of `articles`, as it went into the stages."""
    columns = {name: row[name] for name in _SAME} | {
        name: tuple(row[name]) for name in ("authors", "tags", "links", "flags")
    }
    blocks = tuple(Block(kind=kind, start=start, end=end, level=level) for kind, start, end, level in row["blocks"])
    return Document(source_country=row["country"], blocks=blocks, **columns)


def hiring_of(data: Mapping[str, Any]) -> Hiring:
    """The decision and its facts; fields that an older program did not know keep their defaults."""
    records = {
        "roles": Role, "places": Place, "people": Person, "pay": Pay, "evidence": Evidence, "start_dates": StartDate, "teams": Team,
    }  # fmt: skip
    fields: dict[str, Any] = {
        **{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()},
        **{name: tuple(record(**each) for each in data.get(name, ())) for name, record in records.items()},
        "reasons": tuple(_reason(each) for each in data.get("reasons", ())),
    }
    return Hiring(**fields)


def _reason(data: Mapping[str, Any]) -> Reason:
    evidence = data["evidence"]
    return Reason(name=data["name"], weight=data["weight"], evidence=Evidence(**evidence) if evidence else None)


def _mentions(tag: Mapping[str, Any]) -> tuple[Mention, ...]:
    return tuple(Mention(**mention) for mention in tag["mentions"])


def plain(row: RowMapping) -> Row:
    """A row as JSON takes it."""
    return {str(name): iso(value) for name, value in row.items()}


def iso(value: Any) -> Any:
    """An instant in ISO 8601; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def ids_of(tags: Iterable[Mapping[str, Any]]) -> list[str]:
    """The ids of players or models, as stored."""
    return [tag["id"] for tag in tags]


def first_words(text: str) -> str:
    """What a text without a title is listed by."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1].rstrip() + "…"
