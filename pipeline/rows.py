"""Articles as JSON objects: the shape `hirewire analyze`, the exports and the API show."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.document import Article, Mention, Rejected
    from pipeline.facts import Hiring, Pay

Row = dict[str, Any]


def article_row(article: Article) -> Row:
    """The article with everything the stages found; offsets count code points in `title` or `text`."""
    document, language = article.document, article.language
    return {
        "id": document.id,
        "url": document.url,
        "canonical_url": document.canonical_url,
        "kind": "article",
        "title": document.title,
        "text": document.text,
        "authors": list(document.authors),
        "published_at": document.published_at and document.published_at.isoformat(),
        "published_precision": document.published_precision,
        "published_method": document.published_method,
        "modified_at": document.modified_at and document.modified_at.isoformat(),
        "source": document.source,
        "section": document.section,
        "tags": list(document.tags),
        "image_url": document.image_url,
        "paywalled": document.paywalled,
        "flags": list(document.flags),
        "language": language.tag if language else "und",
        "language_method": language.method if language else None,
        "language_confidence": language.confidence if language else 0.0,
        "players": [
            {"id": tag.id, "name": tag.name, "mentions": [_mention(mention) for mention in tag.mentions]}
            for tag in article.players
        ],
        "models": [
            {"id": tag.id, "player": tag.player, "mentions": [_mention(mention) for mention in tag.mentions]}
            for tag in article.models
        ],
        "hiring": hiring_row(article.hiring) if article.hiring else {"is_hiring": False},
    }


def rejected_row(rejected: Rejected) -> Row:
    """Why a page is no article."""
    return {
        "url": rejected.url,
        "kind": rejected.kind,
        "reason": rejected.reason,
        "text": "",
        "hiring": {"is_hiring": False},
    }


def hiring_row(hiring: Hiring) -> Row:
    """The decision and, where it is yes, the facts."""
    return {
        "is_hiring": hiring.is_hiring,
        "score": round(hiring.score, 4),
        "actions": list(hiring.actions),
        "employers": list(hiring.employers),
        "losing": list(hiring.losing),
        "roles": [role.text for role in hiring.roles],
        "role_ids": [role.id for role in hiring.roles],
        "places": [place.name for place in hiring.places],
        "place_ids": [place.id for place in hiring.places],
        "people": [asdict(person) for person in hiring.people],
        "headcount": hiring.headcount,
        "start_dates": [asdict(start) for start in hiring.start_dates],
        "teams": [team.text for team in hiring.teams],
        "platforms": list(hiring.platforms),
        "pay": [pay_row(pay) for pay in hiring.pay],
        "evidence": [asdict(evidence) for evidence in hiring.evidence],
        "is_rumour": hiring.is_rumour,
        "is_denied": hiring.is_denied,
    }


def pay_row(pay: Pay) -> Row:
    """One pay figure; whole amounts are written without a fraction."""
    return {name: _plain(value) for name, value in asdict(pay).items()}


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _mention(mention: Mention) -> Row:
    return asdict(mention)
