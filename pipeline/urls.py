"""Identity of an article: its canonical URL and the id made of it.

Trackers go, article ids stay (WeChat's `__biz, mid, idx, sn` above all), and http/https, `www.`, `m.`, AMP variants and
default ports of one article give one key.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

if TYPE_CHECKING:
    from collections.abc import Collection
    from urllib.parse import SplitResult

# Parameters that only say where a reader came from. Exact names, then prefixes; nothing that any site uses for ids.
TRACKERS = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid igshid igsh yclid twclid ttclid li_fat_id mc_cid mc_eid mkt_tok srsltid "
    "spm scm spm_id_from vd_source share_token share_source share_medium share_plat share_from share_id shareuid "
    "isappinstalled nsukey wt_mc wt_zmc xtor ns_mchannel ns_source ns_campaign cmpid ncid n_cid smid sref ocid _ga _gl _hsenc _hsmi "
    "vero_id oly_enc_id oly_anon_id ref_src ref_url referrer fb_ref fb_source fb_action_ids fb_action_types "
    "__twitter_impression guccounter guce_referrer guce_referrer_sig soc_src soc_trk tpcc icid mbid cndid bxid esrc "
    "ysclid yadclid _openstat s_cid wickedid dm_i rb_clickid sudaref wfr hmsr hmpl hmcu hmkw hmci bd_vid xsec_token xsec_source "
    "from_spmid share_session_id unique_k plat_id buvid is_story_h5 amp_js_v amp_gsa usqp "
    "phpsessid jsessionid aspsessionid cfid cftoken session_id sessionid".split()
)
TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "at_campaign", "at_medium", "__cft__", "__tn__")
# Names that some sites use for ids, with the values by which sharing marks a link: WeChat's `from`, a word in `ref`.
_MARKS = {
    "from": re.compile(r"timeline|singlemessage|groupmessage|message|rss|feed|weibo|qq", re.IGNORECASE),
    "ref": re.compile(r"(?!\d+$).*", re.DOTALL),
    "source": re.compile(r"rss|feed|twitter|facebook|newsletter|weibo|wechat", re.IGNORECASE),
    "partner": re.compile(r"rss|feed\w*", re.IGNORECASE),
    "emc": re.compile(r"rss|edit_\w+", re.IGNORECASE),
    "mod": re.compile(r"rss\w*|djem\w*|hp_\w+|mhp|article_inline", re.IGNORECASE),
    "cmp": re.compile(r"(?!\d+$).*", re.DOTALL),
    "feature": re.compile(r"youtu\.be|share\w*", re.IGNORECASE),
    "for": re.compile(r"pc"),
}
# Where only some parameters say which article it is, and sharing adds a dozen others.
_SITES: dict[str, frozenset[str]] = {
    "mp.weixin.qq.com": frozenset({"__biz", "mid", "idx", "sn", "appmsgid", "itemidx"}),
}
# Pages that only lead on, by host and path, with the parameters that hold the target: Google Alerts, link warnings.
_LEADING_ON = {
    "www.google.com/url": ("url", "q"),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "out.reddit.com/": ("url",),
    "link.zhihu.com/": ("target",),
    "link.juejin.cn/": ("target",),
    "weibo.cn/sinaurl": ("u", "toasturl"),
    "t.umblr.com/redirect": ("z",),
}
# Hosts that show the same article under the same path.
_SAME_HOSTS = {"new.qq.com": "news.qq.com"}

_HOST_VARIANT = re.compile(r"^(?:(?:www\d?|m|mobile|amp|wap|3g|touch)\.(?=[^.]+\.))+")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u3000]")
_AMP_PATH = re.compile(r"/amp/?$|^/amp(?=/)|(?<=[^/])\.amp(?=\.html?$|/?$)")
# Other renderings of one page: for phones, for printers.
_VIEWS = frozenset(
    "amp amp= amp=1 amp=true outputType=amp outputtype=amp output=amp view=amp print=1 print=true print=yes print=print "
    "view=print mode=print printable=yes printable=true printer=1".split()
)
_AMP_CACHE = re.compile(
    r"https://(?:[\w-]+\.cdn\.ampproject\.org/\w{1,2}|www\.(?:google\.[a-z.]{2,6}|bing\.com)/amp)/(s/)?([^/]+\.[^/]+/?.*)"
)
_ROUTE = re.compile(r"!?/[^\s:]*\w")  # a fragment that names a page of an application: "#!/news/7", "#/news/7"
_ESCAPED_AMPERSAND = re.compile(r"&(?:amp;)+")
_SECOND_MARK = re.compile(r"\?(?=utm_|fbclid=|from=|spm=)")  # "?id=1?utm_source=feed": trackers hung on by hand
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php|aspx?|jsp)$")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_SECRET = re.compile(
    r"([?&;](?:[\w-]*(?:token|secret|password|passwd|signature|api-?_?key|access-?_?key|auth)|key|sig|pwd)=)[^&;#\s]+",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"/{2,}")


def check_url(url: str) -> str:
    """The URL, if it is an absolute http(s) address without credentials, spaces or control characters.

    Raises:
        ValueError: it is not; the message says why.
    """
    if _UNPRINTABLE.search(url):
        raise ValueError(f"{url!r} holds spaces or control characters; write them percent-encoded")
    parts = urlsplit(url)  # raises ValueError for a broken IPv6 address
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{url!r} is no absolute http(s) address; example: https://example.org/feed")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{parts.hostname}: an address must not hold a user name or password")
    if parts.port == 0:  # the property raises ValueError beyond 65535
        raise ValueError(f"{url!r} has port 0")
    return url


def canonical_url(url: str, *, keep: Collection[str] = (), drop: Collection[str] = ()) -> str:
    """The URL an article is known by: https, no trackers, sorted parameters, no default port, no place in the page.

    A fragment stays where it is a route: "#!/news/7" is another article than "#!/news/8". Pages that only lead on give way
    to what they lead to.

    Args:
        url: absolute http or https URL.
        keep: parameters the source's table protects; when given, all others go.
        drop: parameters the source's table drops besides the known trackers.

    Raises:
        ValueError: the URL is not absolute http(s).
    """
    shown = _target(url.strip())
    parts = urlsplit(shown)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"not an absolute http(s) URL: {url!r}")
    query = _SECOND_MARK.sub("&", _ESCAPED_AMPERSAND.sub("&", parts.query))
    parts = urlsplit(canonicalize_url(urlunsplit(parts._replace(query=query)), keep_fragments=True))
    host = _host(parts)
    wanted = frozenset(keep) or _SITES.get(host)
    dropped = {name.lower() for name in drop}
    query = "&".join(pair for pair in parts.query.split("&") if pair and _identifies(pair, wanted, dropped))
    route = parts.fragment if _ROUTE.fullmatch(parts.fragment) else ""
    return urlunsplit(("https", host, _SESSION.sub("", parts.path) or "/", query, route))


def _target(url: str) -> str:
    """What a page that only leads on leads to; any other URL as it is."""
    for _ in range(3):  # redirects through several such pages
        parts = urlsplit(url)
        names = _LEADING_ON.get(f"{(parts.hostname or '').lower()}{parts.path or '/'}")
        if names is None:
            return url
        given = parse_qs(parts.query)
        target = next((given[name][0] for name in names if name in given), "")
        if not target.lower().startswith(("http://", "https://")):
            return url
        url = target
    return url


def _host(parts: SplitResult) -> str:
    """Host and port in lower case, without a default port, a final dot or credentials; an IPv6 address in brackets."""
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError("the URL has no host")
    port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
    return (f"[{host}]" if ":" in host else host) + port


def _identifies(pair: str, wanted: frozenset[str] | None, dropped: Collection[str]) -> bool:
    """Whether a parameter may tell one article from another."""
    name, _, value = pair.partition("=")
    if wanted is not None:
        return unquote(name) in wanted
    name = unquote(name).lower()
    if name in TRACKERS or name.startswith(TRACKER_PREFIXES) or name in dropped:
        return False
    return not (name in _MARKS and _MARKS[name].fullmatch(unquote(value)))


def identity_key(url: str) -> str:
    """The canonical URL with the variants of one page folded together: `www.`, `m.`, AMP, a trailing slash.

    Raises:
        ValueError: the URL is not absolute http(s).
    """
    canonical = canonical_url(url)
    while cached := _AMP_CACHE.fullmatch(canonical):
        canonical = canonical_url("https://" + cached[2])
    parts = urlsplit(canonical)
    host = _HOST_VARIANT.sub("", parts.netloc)
    path = _INDEX.sub("/", _AMP_PATH.sub("", _SLASHES.sub("/", parts.path))).rstrip("/") or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair not in _VIEWS)
    return urlunsplit(("https", _SAME_HOSTS.get(host, host), path, query, parts.fragment))


def without_secrets(url: str) -> str:
    """The URL for logs and messages: what a parameter like `token` holds is starred."""
    return _SECRET.sub(r"\1***", url)


def article_id(url: str) -> str:
    """Stable id of the article behind a canonical URL: 16 hex digits of the SHA-256 of its identity key.

    Raises:
        ValueError: the URL is not absolute http(s).
    """
    return hashlib.sha256(identity_key(url).encode()).hexdigest()[:16]
