"""The zones of a page, by what elements are called: navigation, comments, related articles, share rows, boxes.

A name is a hint, not a proof: a zone that holds much of a page's prose is void (see `segments`), and prose that is
hidden until a click survives by the engine's word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ZONES = tuple(
    (zone, re.compile(pattern))
    for zone, pattern in (
        ("hidden", r"(?:^|\s)(?:(?:is-)?hidden|visually-?hidden|sr-only|screen-reader-text|d-none|noprint|print-only)(?:$|\s)"),
        ("comments", r"(?:^|[\s_-])(?:comments?(?!ary)|comment-?list|disqus|respond|replies|reply-|pinglun|liuyan|comentarios?|commentaires?|commenti|kommentare?r?|komment|reacties|reactions?|yorum(?:lar)?|komentar\w*)(?:$|[\s_-]|\d)|^comment|commentlist|livefyre"),
        ("related", r"related|recommend|more-?(?:stories|news|articles|from|on)|most-?(?:read|popular|viewed)|also-?(?:like|read)|read-?(?:more|next|also)|up-?next|next-(?:article|post|story)|prev-?next|outbrain|taboola|zergnet|mgid|tuijian|xiangguan|hot-?(?:news|list|article)|trending|popular-?posts|latest-?(?:news|posts|articles|stories)|you-?may|see-?also|further-?reading|teaser|relacionad|relaciona|relates|lire-?aussi|a-?lire|articles?-lies|mas-?(?:leid|vist|notic)|te-?puede|leia-?(?:tambem|mais)|veja-?(?:tambem|mais)|saiba-?mais|leggi-?anche|correlat|verwandt|weitere-?(?:artikel|themen)|meistgelesen|mehr-?zum|zum-?thema|lees-?ook|gerelateerd|lasmer|les-?ogsa|czytaj|powiazan|polecan|souvisejici|suvisi|ilgili|benzer|cok-?okunan|pohozh|po-?teme|baca-?juga|terkait|terpopuler|lien-?quan|doc-?them|kanren|osusume|(?:^|[\s_-])pager(?:$|\s)|pagination|post-?nav"),
        ("share", r"(?:^|[\s_-])(?:share|sharing|social|shares|sns|bdshare|jiathis|addthis|sharedaddy|sociable|fenxiang|teilen|partage[rz]?|compart\w+|condividi|paylas)(?:$|[\s_-])|^share|social-?(?:media|links|icons|share|bar)|share-?(?:bar|buttons?|links?|tools?)|follow-?us"),
        ("newsletter", r"newsletter|subscri(?:be|ption)|sign-?up|mailing|mc_embed|mailchimp|optin|opt-in|lead-?magnet|infolettre|boletin|abonnez|suscrib|cta(?:$|[\s_-])|call-?to-?action|email-?capture"),
        ("consent", r"cookie|consent|gdpr|onetrust|cmp-?(?:banner|box|overlay|modal|notice)|privacy-?(?:banner|notice)"),
        ("ad", r"(?:^|[\s_-])(?:ads?|advert\w*|adbox|ad-?slot|adsense|adsbygoogle|dfp|sponsor\w*|promo\w*|guanggao|gg\d+|anzeigen?|werbung|publicidad|publicite|pubblicita|reklam[aey]?|iklan)(?:$|[\s_-])|advertisement"),
        ("author", r"(?:^|\s)(?:authors?|vcard)(?:$|\s)|author-?(?:bio|box|info|card|about|description|profile|block)|about-?(?:the-?)?author|(?:^|[\s_-])bio(?:$|[\s_-])|byline|contributor"),
        ("tags", r"(?:^|[\s_-])(?:tags?-?(?:list|cloud|links|box|wrap\w*)|tags|post-?tags|article-?tags|keywords|cat-?links|categories|biaoqian)(?:$|[\s_-])"),
        ("nav", r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|menu|submenu|bread-?crumbs?|crumbs?|toolbar|topbar|masthead|mianbao|site-?header|skip-?link)(?:$|[\s_-])|breadcrumb|navigation"),
        ("footer", r"(?:^|[\s_-])(?:footer|foot|colophon|copyright|site-?info|bottom-?bar|yejiao)(?:$|[\s_-])|footer"),
        ("sidebar", r"(?:^|[\s_-])(?:sidebar|side-?bar|side|aside|rail|right-?(?:col\w*|rail|side|bar)|widget-?area|(?<!elementor-)widgets?)(?:$|[\s_-])|sidebar"),
        ("meta", r"(?:^|[\s_-])(?:meta|post-?meta|entry-?meta|article-?(?:meta|info)|post-?info|infos?|dateline|timestamp|publish-?(?:date|time|info)|pubtime|source|editor|zebian|bianji|rating|views|read-?time)(?:$|[\s_-])"),
        ("toc", r"(?:^|[\s_-])(?:toc|table-?of-?contents?|ez-toc\S*|jump-?links|mulu)(?:$|[\s_-])"),
        ("caption", r"caption|(?:^|[\s_-])(?:legenda?|didascalia|bildunterschrift|bildtext|pie-?(?:de-?)?foto|epigrafe|kuvateksti|bijschrift|credit|photo-?credit|image-?(?:credit|source))(?:$|[\s_-])"),
        ("player", r"(?:^|[\s_-])(?:(?:video|audio)-?(?:js|player|controls|transcript\w*|playlist|desc\w*|info|title|caption)|player|jwplayer|vjs|mejs|plyr|brightcove|jw-\w+|vjs-\w+)(?:$|[\s_-])"),
        ("dialog", r"paywall|regwall|piano-|(?:^|[\s_-])(?:login|log-?in|signin|modal|popup|lightbox|overlay|toast|tooltip|dropdown)(?:$|[\s_-])"),
    )
)  # fmt: skip
BOXES = frozenset({"comments", "consent", "newsletter", "share", "dialog", "tags"})  # never the article, by any witness
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TAG_ZONES = {"nav": "nav", "footer": "footer", "aside": "sidebar", "form": "form", "figcaption": "caption"}
_BODIES = frozenset({"html", "body", "main", "article"})
_UNSEEN = re.compile(r"display:\s*none")
_ROLE_ZONES = {
    "navigation": "nav", "banner": "nav", "contentinfo": "footer", "complementary": "sidebar", "search": "form",
    "dialog": "consent", "alertdialog": "consent", "menu": "nav", "menubar": "nav",
}  # fmt: skip


_ORDER = {zone: i for i, (zone, _) in enumerate(_ZONES)}


@lru_cache(maxsize=16_384)
def _word_zone(word: str) -> str:
    return next((zone for zone, pattern in _ZONES if pattern.search(word)), "")


@lru_cache(maxsize=4_096)
def name_zone(names: str) -> str:
    """The zone that a class or id attribute speaks of in any case, or ''; of several the one that is decided first.

    Pages differ in how they put names together, hardly in the names: word by word nearly all were seen before.
    """
    found = {zone for word in names.lower().split() if (zone := _word_zone(word))}
    return min(found, key=_ORDER.__getitem__) if found else ""


def own_zone(element: HtmlElement) -> str:
    """The zone an element opens by its tag, role, class, id or style; '' if none."""
    tag = element.tag
    if tag in _BODIES:
        return ""
    attributes = dict(element.items())  # `attrib` refuses names with braces, which templates leave behind
    if not attributes:
        return _TAG_ZONES.get(tag) or (_figure_zone(element) if tag == "figure" else "")
    if "hidden" in attributes or ("style" in attributes and _UNSEEN.search(attributes["style"])):
        return "hidden"
    if zone := (
        (_figure_zone(element) if tag == "figure" else _TAG_ZONES.get(tag))
        or _ROLE_ZONES.get(attributes.get("role", ""))
    ):
        return zone
    # The id of a heading is made of its words.
    names = (
        attributes.get("class", "") if tag in HEADINGS else f"{attributes.get('class', '')} {attributes.get('id', '')}"
    )
    return "" if attributes.get("itemprop") == "articleBody" else name_zone(names[:400])


def _figure_zone(figure: HtmlElement) -> str:
    """A figure shows a picture with its caption, unless it wraps a table, a listing or a pulled quote."""
    return "" if next(figure.iter("table", "blockquote", "pre", "li", "h2", "h3"), None) is not None else "caption"
