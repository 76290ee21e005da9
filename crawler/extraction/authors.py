"""Who wrote it: people, not desks, outlets, agencies' handles or "admin"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crawler.extraction.declared import squeezed, types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.extraction.declared import Declared
    from crawler.extraction.segments import Segment

_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "cxenseparse:author",
    "article.author",
    "article:author_name",
    "og:article:author",
    "byline",
    "creator",
    "twitter:data1",
)
_PREFIX = re.compile(
    r"^(?:(?:story|text|words|written|reported|posted|published|edited|reviewed|fact checked)\s+)?by[:\s]+|^(?:von|par|por|di|door|av|af|przez|автор)\s*:?\s+|^(?:author|authors|autor|autore|auteur|writer|reporter|redaktion)\s*[:：]\s*|^(?:文|撰文|作者|记者|記者|采访|采写|本报记者|撰稿|編輯|责编|文字)\s*[:：/／|｜丨]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,|;|；|、|/|\||｜|\band\b|\bund\b|\bet\b|\by\b(?=\s+[A-ZÁÉÍÓÚ])|&|\n|和(?=[\u4e00-\u9fff]{2,4}$))\s*"
)
_TAIL = re.compile(r"\s*(?:\(.*?\)|（.*?）|\[.*?\]|[·•|].*$|\s[-–—]\s.*$|https?://\S+|@\w+|,\s.*$)\s*")
_HONORIFIC = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir)\.?\s+", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:admin\w*|administrator|webmaster|editors?|editorial\w*|editor in chief|staff\w*|newsroom|news desk|web ?desk|guest\w*|contributors?|author|unknown|anonymous|none|null|"
    r"user\w*|team|the team|press release|redaktion|redaction|rédaction|redacci[oó]n|redazione|agenc\w+|associated press|ap|reuters|afp|dpa|xinhua|新华社|中新社|新华网|"
    r"小编|编辑|编辑部|本站|网络|佚名|匿名|管理员|记者|通讯员|综合|来源|原创|facebook|twitter|linkedin|instagram|home|news|share|follow)$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:news|team|staff|desk|media|magazine|times|press|editorial|editors?|group|inc|ltd|llc|gmbh|agency|agencies|wire|studio|network|online|tv|radio|redaktion|bureau|correspondents?|reporters?|contributors?|university|institute|company|corporation|services?|blog|department)\b|(?:网|社|报|日报|晚报|客户端|编辑部|工作室|公司|新闻|传媒|频道|中心|局|部|委|平台|号|杂志|周刊|電子報|新聞|編輯部)$",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(
    r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff·]{4,12}$|^[가-힣]{2,4}$|^[\u3040-\u30ff\u4e00-\u9fff\s]{3,10}$"
)
_LATIN_NAME = re.compile(r"^[^\W\d_][\w.’'`-]*(?:\s+[\w.’'`-]+){0,4}$")
_BYLINE_NAMES = re.compile(r"author|byline|writer|zuozhe|reporter|journalist|contributor", re.IGNORECASE)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af)\s+(?P<names>[^\d|•·]{3,80}?)(?:\s*[|•·,–—-]\s*.*|\s+(?:on|in|at)\s.*|\s*\d.*|)$",
    re.IGNORECASE,
)
_HAN_BYLINE = re.compile(
    r"(?:^|[\s　（(|｜/])(?:文|撰文|作者|记者|記者|采写|撰稿|文字)\s*[:：/／|｜丨]\s*(?P<names>[\u4e00-\u9fff·、，,\s]{2,24}?)(?=$|[\s　）)|｜/]|编辑|責任|责任|来源|發|发|摄|图)|(?:本报|本報)?(?:记者|記者)\s+(?P<reporter>[\u4e00-\u9fff]{2,4})(?=[\s）)／/]|$)"
)
_MAX_NAME, _MAX_AUTHORS = 60, 8


def find_authors(
    tree: HtmlElement,
    declared: Declared,
    segments: Sequence[Segment],
    site_names: Iterable[str] = (),
    from_feed: Iterable[str] = (),
) -> tuple[str, ...]:
    """The people named as authors, in the page's order; empty where none is.

    The first statement that names a person wins: JSON-LD, meta tags, marked-up bylines, lines such as "By A and B" or
    "文｜某某", what the feed says.
    """
    outlets = {
        squeezed(name)
        for name in [*site_names, declared.first("og:site_name"), declared.first("application-name")]
        if name
    }
    for statement in (
        (name for node in declared.articles for name in _json_names(node.get("author"))),
        (content for name in _META for content in declared.meta.get(name, ())),
        _marked(tree),
        _lines(segments),
        from_feed,
    ):
        if people := _people(statement, outlets):
            return people
    return ()


def _json_names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict) and not {"Organization", "NewsMediaOrganization"} & set(types_of(item)):
            name = item.get("name")
            yield from (str(part) for part in (name if isinstance(name, list) else [name]) if part)


def _marked(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("a", "span", "div", "p", "address", "li", "h4", "h5", "strong", "cite"):
        attributes = element.attrib
        if "author" in (attributes.get("rel") or "").split() or (attributes.get("itemprop") or "") in {
            "author",
            "name author",
        }:
            name = element.find(".//*[@itemprop='name']")
            yield " ".join(((element if name is None else name).text_content() or "").split())
        elif (names := attributes.get("class")) and len(names) < 200 and _BYLINE_NAMES.search(names):
            text = " ".join((element.text_content() or "").split())
            if 2 <= len(text) <= 90:  # longer ones are biographies
                yield text


def _lines(segments: Sequence[Segment]) -> Iterator[str]:
    start = next((i for i, item in enumerate(segments) if item.kind == "heading" and item.level == 1), 0)
    near = [item.text for item in segments[start : start + 20]] + [item.text for item in segments[-12:]]
    for text in near:
        if len(text) <= 120 and (match := _BYLINE.match(text)):
            yield match["names"]
    for item in segments[start:]:
        if len(item.text) <= 80 and (match := _HAN_BYLINE.search(item.text)):
            yield match["names"] or match["reporter"]


def _people(statement: Iterable[str], outlets: set[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in statement:
        for name in split_names(text):
            key = squeezed(name)
            if key and key not in outlets and not any(len(outlet) > 4 and outlet in key for outlet in outlets):
                found.setdefault(key, name)
        if len(found) >= _MAX_AUTHORS:
            break
    return tuple(found.values())[:_MAX_AUTHORS]


def split_names(text: str) -> Iterator[str]:
    """The names of people in a byline such as "By A. Smith and B. Jones, Staff Writers"."""
    if "://" in text or text.startswith("@"):
        return
    text = _PREFIX.sub("", " ".join(text.split()))
    for part in _SPLIT.split(text):
        name = _HONORIFIC.sub("", _PREFIX.sub("", _TAIL.sub("", part).strip(" .:：-–—|"))).strip()
        if (
            2 <= len(name) <= _MAX_NAME
            and not _NOBODY.match(name)
            and not _ORGANISATION.search(name)
            and _is_name(name)
        ):
            yield name


def _is_name(name: str) -> bool:
    if _HAN_NAME.match(name):
        return True
    return bool(_LATIN_NAME.match(name)) and any(char.isupper() for char in name)
