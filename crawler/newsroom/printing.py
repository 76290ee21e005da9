"""Items and feeds, printed: what a publisher's theme makes of them, as text before encoding."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from crawler.newsroom.markup import Stretch, story_lines, stretches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.newsroom.content import Item, Publisher

FEED_TYPES: Mapping[str, str] = {
    "rss": "application/rss+xml",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml",
    "jsonfeed": "application/feed+json",
    "news-sitemap": "application/xml",
    "sitemap": "application/gzip",
    "sitemap-index": "application/xml",
}
SUMMARY_CHARACTERS = 140  # long enough to tell articles apart, short enough to be no article
LANGUAGE_OF_SITEMAPS: Mapping[str, str] = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as a list of articles shows it."""

    title: str
    url: str
    guid: str
    author: str
    summary: str
    published_at: datetime
    changed_at: datetime
    timezone: str

    @property
    def local_time(self) -> str:
        """The time on the publisher's clock, without an offset, as pages show it."""
        return self.published_at.astimezone(ZoneInfo(self.timezone)).strftime("%Y-%m-%d %H:%M")

    @property
    def rfc822(self) -> str:
        """The time as RSS wants it, on the publisher's clock."""
        return format_datetime(self.published_at.astimezone(ZoneInfo(self.timezone)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of articles in one of the formats of `FEED_TYPES`."""

    publisher: Publisher
    url: str
    home: str
    entries: tuple[Entry, ...]
    charset: str = "utf-8"

    @property
    def changed_at(self) -> datetime:
        """When its newest entry changed."""
        return max((entry.changed_at for entry in self.entries), default=datetime(2026, 1, 1, tzinfo=UTC))

    @property
    def sitemap_language(self) -> str:
        """The language as news sitemaps write it."""
        return LANGUAGE_OF_SITEMAPS.get(self.publisher.language, self.publisher.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All a theme needs to print an item."""

    publisher: Publisher
    item: Item
    url: str
    host: str
    published_at: datetime
    related: tuple[Entry, ...] = ()

    @property
    def charset(self) -> str:
        """What the page says its charset is, right or wrong."""
        return self.item.wrong_charset or self.publisher.declared_charset

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The blocks of the body."""
        return stretches(self.item.body)

    @property
    def summary(self) -> str:
        """The beginning of the article, for descriptions."""
        return summary(self.item)

    @property
    def local_time(self) -> str:
        """The publisher's clock, the way its language writes it, without an offset."""
        local = self.published_at.astimezone(ZoneInfo(self.publisher.timezone))
        if self.publisher.language == "ko":
            return local.strftime("%Y.%m.%d %H:%M")
        if self.publisher.language.startswith("zh") or self.publisher.language == "ja":
            return f"{local.year}年{local.month:02}月{local.day:02}日 {local:%H:%M}"
        return local.strftime("%Y-%m-%d %H:%M")

    @property
    def local_date(self) -> str:
        """The publisher's date, the way its language writes it."""
        local = self.published_at.astimezone(ZoneInfo(self.publisher.timezone))
        return local.strftime("%d.%m.%Y" if self.publisher.language == "de" else "%B %d, %Y")

    @property
    def feed_type(self) -> str:
        """MIME type of the publisher's feed; empty where it has none."""
        return next((FEED_TYPES[kind] for kind in self.publisher.channels if kind in {"rss", "rdf", "atom"}), "")

    @property
    def image_url(self) -> str:
        """The picture for previews."""
        return f"/img/{self.item.number}.jpg"

    @property
    def words(self) -> Mapping[str, Any]:
        """The words of the theme's furniture in the publisher's language."""
        return _words()[self.publisher.language]

    @property
    def json_ld(self) -> Markup:
        """schema.org's description of the article; with its whole text where the page has it nowhere else."""
        about: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.item.title,
            "datePublished": self.published_at.isoformat(),
            "inLanguage": self.publisher.language,
            "author": [{"@type": "Person", "name": self.item.author}],
            "publisher": {"@type": "Organization", "name": self.publisher.name},
            "mainEntityOfPage": self.url,
        }
        if self.item.json_only:
            about["articleBody"] = "\n\n".join(story_lines(self.item.body))
        return _script_json(about)

    @property
    def next_data(self) -> Markup:
        """What the page's scripts would build it from."""
        story = {"headline": self.item.title, "body": [{"p": line} for line in story_lines(self.item.body)]}
        return _script_json({"props": {"pageProps": {"story": story}}, "page": "/p/[slug]", "buildId": "7f3a"})


def summary(item: Item) -> str:
    """The beginning of the item's first line; its title where there is no body."""
    first = next(iter(story_lines(item.body)), item.title)
    return first if len(first) <= SUMMARY_CHARACTERS else first[:SUMMARY_CHARACTERS].rstrip() + "…"


def print_sheet(sheet: Sheet) -> str:
    """The page of an item in its publisher's theme, or the page that stands in its place."""
    refused = sheet.item.page != "article"
    name = f"refused/{sheet.item.page}" if refused else sheet.publisher.theme
    return _environment().get_template(f"{name}.html.j2").render(page=sheet)


def print_front(sheet: Sheet) -> str:
    """The publisher's front page: all its articles, newest first."""
    return _environment().get_template("front.html.j2").render(page=sheet)


def print_feed(kind: str, feed: Feed) -> str:
    """The list of articles in a format of `FEED_TYPES`."""
    if kind == "jsonfeed":
        return _json_feed(feed)
    return _environment().get_template(f"feed-{kind}.xml.j2").render(feed=feed)


def _json_feed(feed: Feed) -> str:
    entries = [
        {
            "id": entry.guid,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "date_published": entry.published_at.isoformat(),
            "authors": [{"name": entry.author}],
            "language": feed.publisher.language,
        }
        for entry in feed.entries
    ]
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.publisher.name,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": feed.publisher.language,
        "items": entries,
    }
    return json.dumps(about, ensure_ascii=False, indent=1)


def _script_json(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))  # noqa: S704 - cannot close the script


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("crawler.newsroom", "themes"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "themes" / "words.toml").read_text("utf-8"))
