"""A source as its table in the registry says, checked field by field."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import available_timezones

from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, model_validator

from crawler.sources.cadence import CronFields, parse_cron, parse_duration
from crawler.sources.tags import check_country, check_language
from pipeline.urls import check_url

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["news", "tech", "ai-lab-blog", "jobs", "aggregator", "newswire"]
Paywall = Literal["none", "metered", "hard"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 64


def _slug(value: str) -> str:
    if not _ID.fullmatch(value) or len(value) > _LONGEST_ID:
        raise ValueError(
            f"{value!r} is no slug; use lower-case letters, digits and single hyphens, at most {_LONGEST_ID}"
        )
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # walks a folder: once is enough


def _timezone(value: str) -> str:
    if value not in _zones():
        raise ValueError(f"{value!r} is no IANA time zone; example: Asia/Shanghai")
    return value


def _selector(value: str) -> str:
    try:
        if value:
            HTMLTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise ValueError(f"{value!r} is no CSS selector: {error}; example: article h2 a") from error
    return value


def _duration(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else _only(value, timedelta, "a duration such as 30m")


def _cron(value: object) -> object:
    return parse_cron(value) if isinstance(value, str) else _only(value, CronFields, "a cron line such as */30 * * * *")


def _only(value: object, kind: type, what: str) -> object:
    if value is not None and not isinstance(value, kind):
        raise ValueError(f"{value!r} is not {what}, in quotes")
    return value


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands there twice")
    return values


Slug = Annotated[str, AfterValidator(_slug)]
Words = Annotated[str, Field(min_length=1)]
Url = Annotated[str, AfterValidator(check_url)]
Urls = Annotated[tuple[Url, ...], AfterValidator(_unique)]
Names = Annotated[tuple[Words, ...], AfterValidator(_unique)]
Selector = Annotated[str, AfterValidator(_selector)]
OptionalUrl = Annotated[str, AfterValidator(lambda value: check_url(value) if value else value)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)


class Listing(_Table):
    """A page that lists articles: its address, the CSS selector of article links, and where the next page is.

    Without `links`, links of the same site that look like articles are taken. `next` selects the link to the next page;
    without it, or with `pages = 1`, only the first page is read.
    """

    url: OptionalUrl = ""
    links: Selector = ""
    next: Selector = ""
    pages: Annotated[int, Field(ge=1, le=50, strict=True)] = 1


class Expect(_Table):
    """What a healthy source yields: lowest and highest number of new articles a week."""

    articles_per_week: tuple[Annotated[int, Field(ge=0, strict=True)], Annotated[int, Field(ge=0, strict=True)]]

    @model_validator(mode="after")
    def _rising(self) -> Expect:
        if self.articles_per_week[0] > self.articles_per_week[1]:
            raise ValueError("articles_per_week: the lower bound comes first")
        return self


class Source(_Table):
    """One publisher's feeds, sitemaps and listing, and the rules we keep with it.

    `language` is BCP 47 (`mul` for several), `timezone` is for dates without an offset. `every` or `cron` declares the
    cadence, neither means adaptive. `keep_params`/`drop_params` are URL parameters that identify an article or do not;
    `delay_seconds` is the least gap between requests where the default is too fast; `outlet_names` are the names as they
    stand in titles and attribution lines; sections of one outlet share its `publisher` slug.
    """

    id: Slug
    name: Words
    homepage: Url
    language: Annotated[str, AfterValidator(check_language)]
    country: Annotated[str, AfterValidator(check_country)]
    kind: Kind = "news"
    publisher: Slug = ""
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    feeds: Urls = ()
    sitemaps: Urls = ()
    listing: Listing = Listing()
    every: Annotated[timedelta | None, BeforeValidator(_duration)] = None
    cron: Annotated[CronFields | None, BeforeValidator(_cron)] = None
    expect: Expect | None = None
    enabled: StrictBool = True
    disabled_reason: str = ""
    keep_params: Names = ()
    drop_params: Names = ()
    delay_seconds: Annotated[float, Field(ge=0, le=3600)] | None = None
    outlet_names: Names = ()
    paywall: Paywall = "none"
    notes: str = ""

    @model_validator(mode="before")
    @classmethod
    def _own_publisher(cls, data: Any) -> Any:
        if isinstance(data, dict) and "publisher" not in data and isinstance(data.get("id"), str):
            return {**data, "publisher": data["id"]}
        return data

    @model_validator(mode="after")
    def _consistent(self) -> Source:
        if self.every is not None and self.cron is not None:
            raise ValueError("every and cron are both given; keep one of them")
        if self.enabled and not (self.feeds or self.sitemaps or self.listing.url):
            raise ValueError("nothing to watch; give feeds, sitemaps or listing.url, or set enabled = false")
        if self.enabled and self.disabled_reason:
            raise ValueError("disabled_reason is given although enabled; set enabled = false or remove it")
        both = sorted(set(self.keep_params) & set(self.drop_params))
        if both:
            raise ValueError(f"{', '.join(both)} is both in keep_params and drop_params; keep it in one")
        return self


class Registry:
    """All known sources by id, in the order of the files."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self._by_id = {source.id: source for source in sources}

    def __iter__(self) -> Iterator[Source]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._by_id

    def __getitem__(self, source_id: str) -> Source:
        """The source of that id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[source_id]

    def get(self, source_id: str) -> Source | None:
        """The source of that id, or None."""
        return self._by_id.get(source_id)

    @property
    def enabled(self) -> tuple[Source, ...]:
        """The sources that are watched."""
        return tuple(source for source in self.sources if source.enabled)
