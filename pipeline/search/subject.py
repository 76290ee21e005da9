"""What of an article can be searched for: its words and its facts, the same for the tables and for explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.search.segments import index_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document import Article
    from pipeline.facts import Hiring


def index_text_of(article: Article) -> str:
    """What full-text search finds the article by: title, text, and the names as tagged, which may be glued to others."""
    tagged = [tag.mentions for tag in article.players] + [tag.mentions for tag in article.models]
    names = {mention.text for mentions in tagged for mention in mentions}
    return index_text(article.document.title, article.document.text, *sorted(names))


def fact_rows(hiring: Hiring | None) -> Iterator[dict[str, Any]]:
    """The rows of `article_facts`; only articles that are hiring news have any."""
    if hiring is None or not hiring.is_hiring:
        return
    named = {
        "action": hiring.actions,
        "employer": hiring.employers,
        "losing": hiring.losing,
        "platform": hiring.platforms,
        "person": [person.name for person in hiring.people],
        "team": [team.text for team in hiring.teams],
    }
    for kind, names in named.items():
        for name in dict.fromkeys(names):
            yield _fact(kind, name, name)
    for role in hiring.roles:
        yield _fact("role", role.id or role.text, f"{role.text} {role.id or ''}")
    for place in hiring.places:
        yield _fact("place", place.id, place.name, country=place.country)
    for start in hiring.start_dates:
        yield _fact("start", start.date, start.quote)
    if hiring.headcount is not None:
        yield _fact("headcount", str(hiring.headcount), "")
    for pay in hiring.pay:
        yield _fact(
            "pay", pay.quote, pay.quote, currency=pay.currency, annual_low=pay.annual_min, annual_high=pay.annual_max
        )


def _fact(
    kind: str,
    value: str,
    label: str,
    *,
    country: str | None = None,
    currency: str | None = None,
    annual_low: float | None = None,
    annual_high: float | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "value": value.strip().casefold(),
        "label": index_text(label),
        "country": country,
        "currency": currency,
        "annual_low": annual_low,
        "annual_high": annual_high,
    }
