"""Who wrote it: people, not desks, outlets, agencies' handles or "admin"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crawler.extraction.declared import squeezed, types_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    r"^(?:(?:story|text|words|written|reported|posted|published|edited|reviewed|fact checked)\s+)?by[:\s]+|^(?:von|par|por|di|door|av|af|przez|автор)\s*:?\s+|^(?:author|authors|autor|autore|auteur|writer|reporter|redaktion)\s*[:：]\s*|^(?:文|撰文|作者|记者|記者|采访|采写|本报记者|撰稿|編輯|责编|文字)\s*[:：/／|｜丨]\s*|^(?:本报|本報)?(?:记者|記者)\s+|\s?(?:기자|특파원)$",
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
    r"小编|编辑|编辑部|本站|网络|佚名|匿名|未知|管理员|记者|通讯员|综合|来源|原创|facebook|twitter|linkedin|instagram|home|news|share|follow)$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:news|team|staff|desk|media|magazine|times|press|editorial|editors?|group|inc|ltd|llc|gmbh|agency|agencies|wire|studio|network|online|tv|radio|redaktion|bureau|correspondents?|reporters?|contributors?|university|institute|company|corporation|services?|blog|department)\b|(?:网|社|报|日报|晚报|客户端|编辑部|工作室|公司|新闻|记者|必读|科技|财经|传媒|频道|中心|局|部|委|平台|号|杂志|周刊|電子報|新聞|編輯部)$",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(
    r"^[\u4e00-\u9fff]{2,4}$|^(?=.*[·・])[\u4e00-\u9fff\u30a0-\u30ff·・]{4,14}$|^[가-힣]{2,4}$"
    r"|^(?=.*[\u3040-\u30ff々\s])[\u3040-\u30ff\u4e00-\u9fff々\s]{3,10}$"
)
# The surnames of more than 95 in 100 Chinese names, in simplified and traditional characters, and frequent Japanese openings.
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏"
    "薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
    "庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强強柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来來嵺苟全褚廉简簡娄婁盖蓋符奚木穆党黨燕郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺冼原官衣楚佟栗匡宗应應台巫鞠僧桑荆荊谌諶银銀扬揚明沙薄伏岑习習胥保和蔺藺水云雲昌凤鳳酆皮元平和尉禹狄贝貝臧杭隗崇"
    "佐鈴高田伊渡山中小加吉松井木林斎清橋森池石前藤岡遠青坂村福太"
)
_DOUBLE_SURNAMES = frozenset(
    {
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "司徒",
        "东方",
        "東方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "夏侯",
    }
)
_LATIN_NAME = re.compile(r"^[^\W\d_][\w.’'`-]*(?:\s+[\w.’'`-]+){0,4}$")
_BIOGRAPHY = re.compile(r"bio|box|about|desc|card|info|image|photo|avatar|social|title|role|date", re.IGNORECASE)
_OTHER_ZONES = frozenset({"related", "comments", "sidebar", "nav", "footer", "ad"})
_BYLINE_NAMES = re.compile(r"author|byline|writer|zuozhe|reporter|journalist|contributor", re.IGNORECASE)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af)\s+(?P<names>[^\d|•·]{3,80}?)(?:\s*[|•·,–—-]\s*.*|\s+(?:on|in|at)\s.*|\s*\d.*|)$",
    re.IGNORECASE,
)
_BYLINE_INSIDE = re.compile(
    r"\b(?:By|Von|Par|Por)\s+(?P<names>[A-ZÄÖÜÉÁ][\w.'’-]+(?:\s+[A-ZÄÖÜÉÁ][\w.'’-]*){1,3})(?=$|\s*[|•·,–—\d])"
)
_HAN_BYLINE = re.compile(
    r"(?:^|[\s　（(|｜/])(?:文|撰文|作者|记者|記者|采写|撰稿|文字)\s*[:：/／|｜丨]\s*"
    r"(?P<names>[\u4e00-\u9fff々]{1,3}[ 　][\u4e00-\u9fff々\u3040-\u30ff]{1,4}(?=$)|[\u4e00-\u9fff·、，,\s]{2,24}?)"
    r"(?=$|[\s　）)|｜/]|编辑|責任|责任|来源|發|发|摄|图)"
    r"|(?:本报|本報)?(?:记者|記者)\s+(?P<reporter>[\u4e00-\u9fff]{2,4})(?=[\s）)／/]|$)"
    r"|(?<![가-힣])(?P<korean>[가-힣]{2,4})\s?(?:기자|특파원)(?![가-힣])"
)
_MAX_NAME, _MAX_AUTHORS = 60, 6


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
        _marked(tree, segments, _is_author),
        _marked(tree, segments, _is_byline),
        _lines(segments),
        from_feed,
    ):
        people = _people(statement, outlets)
        # A dozen names are a list of columnists, not a byline.
        if people and len(people) <= _MAX_AUTHORS:
            return people
    return ()


def _json_names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict) and not {"Organization", "NewsMediaOrganization"} & set(types_of(item)):
            name = item.get("name")
            yield from (str(part) for part in (name if isinstance(name, list) else [name]) if part)


def _marked(tree: HtmlElement, segments: Sequence[Segment], is_sign: Callable[[HtmlElement], bool]) -> Iterator[str]:
    elsewhere = {item.opener for item in segments if item.opener is not None and item.zone in _OTHER_ZONES}
    for element in tree.iter("a", "span", "div", "p", "address", "li", "h4", "h5", "strong", "cite"):
        if not element.attrib or not is_sign(element):
            continue
        if element in elsewhere or any(above in elsewhere for above in element.iterancestors()):
            continue
        name = element.find(".//*[@itemprop='name']")
        text = " ".join(((element if name is None else name).text_content() or "").split())
        if 2 <= len(text) <= 90:  # longer ones are biographies
            yield text


def _is_author(element: HtmlElement) -> bool:
    attributes = element.attrib
    return "author" in (attributes.get("rel") or "").split() or attributes.get("itemprop") in {"author", "name author"}


def _is_byline(element: HtmlElement) -> bool:
    names = element.get("class") or ""
    return 0 < len(names) < 200 and bool(_BYLINE_NAMES.search(names)) and not _BIOGRAPHY.search(names)


def _lines(segments: Sequence[Segment]) -> Iterator[str]:
    start = next((i for i, item in enumerate(segments) if item.kind == "heading" and item.level == 1), 0)
    near = [item.text for item in segments[start : start + 20]] + [item.text for item in segments[-12:]]
    for text in near:
        if len(text) <= 120 and (match := _BYLINE.match(text) or _BYLINE_INSIDE.search(text)):
            yield match["names"]
    for item in segments[start:]:
        if len(item.text) > 80:
            continue
        if match := _HAN_BYLINE.search(item.text):
            yield match["names"] or match["reporter"] or match["korean"]


def _people(statement: Iterable[str], outlets: set[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for text in statement:
        for name in split_names(text):
            key = squeezed(name)
            if key and key not in outlets and not any(len(outlet) > 4 and outlet in key for outlet in outlets):
                found.setdefault(key, name)
        if len(found) > _MAX_AUTHORS:
            break
    return tuple(found.values())


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
        # Two to four characters are a Chinese name only with a surname in front; longer ones are Japanese or transcribed.
        return not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name) or name[0] in _SURNAMES or name[:2] in _DOUBLE_SURNAMES
    return bool(_LATIN_NAME.match(name)) and any(char.isupper() for char in name)
